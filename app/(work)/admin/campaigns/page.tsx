import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { CampaignsPanel } from "@/components/catalogue/campaigns-panel";
import { loadCampaigns } from "@/lib/features/catalogue/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: `${t("tabs.campaigns")} · ${t("title")}` };
}

export default async function CampaignsPage() {
  const { campaigns, reference } = await loadCampaigns();
  const t = await getTranslations("admin.campaigns");
  return (
    <div className="stack">
      <AdminHead tab="campaigns" />
      <p className="quiet">{t("lead")}</p>
      <CampaignsPanel campaigns={campaigns} reference={reference} />
    </div>
  );
}
