import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { PageHeader } from "@/components/ui/page-header";
import { OpenYear } from "@/components/years/open-year";
import { YearCard } from "@/components/years/year-card";
import { loadYears } from "@/lib/features/years/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin.years");
  return { title: t("title") };
}

/** The province comes here from its own menu and has no other business under 管理. */
export default async function YearsPage() {
  const [{ years, opens, administers }, { locale, unit }] = await Promise.all([
    loadYears(),
    loadPreferences(),
  ]);
  const t = await getTranslations("admin.years");
  return (
    <div className="stack">
      {administers ? <AdminHead tab="years" /> : <PageHeader title={t("title")} lead={t("lead")} />}
      {administers && <p className="quiet">{t("noAmounts")}</p>}
      {opens !== null && (
        <div>
          <OpenYear year={opens} />
        </div>
      )}
      {years.map((view) => (
        <YearCard key={view.year} view={view} show={{ locale, unit }} />
      ))}
    </div>
  );
}
