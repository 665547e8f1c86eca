import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { WorkdaysPanel } from "@/components/workdays/workdays-panel";
import { loadWorkdays } from "@/lib/features/workdays/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: `${t("tabs.workdays")} · ${t("title")}` };
}

export default async function WorkdaysPage() {
  const years = await loadWorkdays();
  const t = await getTranslations("admin.workdays");
  return (
    <div className="stack">
      <AdminHead tab="workdays" />
      <p className="quiet">{t("lead")}</p>
      <WorkdaysPanel years={years} />
    </div>
  );
}
