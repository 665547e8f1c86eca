import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SummaryReport } from "@/components/summary/summary-report";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { reportsHref } from "@/lib/features/summary/address";
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
  if (view.ignored.length > 0)
    return (
      <UnreadableAddress
        names={view.ignored}
        href={reportsHref({ year: view.year, org: view.root.code })}
      />
    );
  return <SummaryReport view={view} show={{ locale, unit }} />;
}
