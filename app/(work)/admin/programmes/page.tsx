import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { ProgrammesPanel } from "@/components/admin/programmes-panel";
import { loadAdminProgrammes } from "@/lib/features/admin/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: `${t("tabs.programmes")} · ${t("title")}` };
}

export default async function ProgrammesPage() {
  const view = await loadAdminProgrammes();
  return (
    <div className="stack">
      <AdminHead tab="programmes" />
      <ProgrammesPanel programmes={view.programmes} choices={view.choices} />
    </div>
  );
}
