import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { ThresholdsPanel } from "@/components/catalogue/thresholds-panel";
import { ChecksList } from "@/components/findings/checks-list";
import { loadThresholds } from "@/lib/features/catalogue/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: `${t("tabs.thresholds")} · ${t("title")}` };
}

export default async function ThresholdsPage() {
  const { thresholds, reference } = await loadThresholds();
  const t = await getTranslations("admin.thresholds");
  return (
    <div className="stack">
      <AdminHead tab="thresholds" />
      <p className="quiet">{t("lead")}</p>
      <ThresholdsPanel thresholds={thresholds} reference={reference} />
      <ChecksList />
    </div>
  );
}
