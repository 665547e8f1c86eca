import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SummaryReport } from "@/components/summary/summary-report";
import type { SearchParams } from "@/lib/kernel/search";
import { loadYearSummary } from "@/lib/features/summary/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reports");
  return { title: t("title") };
}

export default async function ReportsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [view, { locale, unit }] = await Promise.all([
    loadYearSummary(await searchParams),
    loadPreferences(),
  ]);
  return <SummaryReport view={view} show={{ locale, unit }} />;
}
