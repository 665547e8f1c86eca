import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NothingPublished } from "@/components/publications/nothing-published";
import { PublicPage } from "@/components/publications/public-page";
import { loadPublic } from "@/lib/features/publications/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("publicPage");
  return { title: t("title") };
}

/** For everybody: no session is asked for, and what is read here is what was published and nothing else. */
export default async function Public({ searchParams }: PageProps<"/public">) {
  const { year } = await searchParams;
  const [{ years, published, busy, review }, { locale, unit }] = await Promise.all([
    loadPublic(year),
    loadPreferences(),
  ]);
  if (published === null) return <NothingPublished years={years} busy={busy} />;
  return <PublicPage {...{ published, years, review }} show={{ locale, unit }} />;
}
