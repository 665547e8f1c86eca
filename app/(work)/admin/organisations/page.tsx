import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { OrganisationsPanel } from "@/components/admin/organisations-panel";
import { loadAdminOrganisations } from "@/lib/features/admin/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: `${t("tabs.organisations")} · ${t("title")}` };
}

export default async function OrganisationsPage({
  searchParams,
}: PageProps<"/admin/organisations">) {
  const view = await loadAdminOrganisations(await searchParams);
  return (
    <div className="stack">
      <AdminHead tab="organisations" />
      <OrganisationsPanel key={view.q} view={view} />
    </div>
  );
}
