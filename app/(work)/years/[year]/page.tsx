import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PublicationCard } from "@/components/publications/publication-card";
import { YearPage } from "@/components/years/year-page";
import { loadPublications } from "@/lib/features/publications/loaders";
import { loadYearEnd } from "@/lib/features/year-end/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata({ params }: PageProps<"/years/[year]">): Promise<Metadata> {
  const { year } = await params;
  const t = await getTranslations("yearEnd");
  return { title: t("title", { year }) };
}

export default async function Year({ params }: PageProps<"/years/[year]">) {
  const { year } = await params;
  const [view, { locale, unit }, publications] = await Promise.all([
    loadYearEnd(year),
    loadPreferences(),
    loadPublications(year),
  ]);
  const show = { locale, unit };
  return (
    <YearPage view={view} show={show}>
      {publications && <PublicationCard view={publications} show={show} />}
    </YearPage>
  );
}
