import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { YearPage } from "@/components/years/year-page";
import { loadYearEnd } from "@/lib/features/year-end/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata({ params }: PageProps<"/years/[year]">): Promise<Metadata> {
  const { year } = await params;
  const t = await getTranslations("yearEnd");
  return { title: t("title", { year }) };
}

export default async function Year({ params }: PageProps<"/years/[year]">) {
  const { year } = await params;
  const [view, { locale, unit }] = await Promise.all([loadYearEnd(year), loadPreferences()]);
  return <YearPage view={view} show={{ locale, unit }} />;
}
