import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { NarrativePaper } from "@/components/narratives/narrative-paper";
import { briefHref } from "@/lib/features/narrative-texts/address";
import { loadBrief } from "@/lib/features/narrative-texts/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";
import type { SearchParams } from "@/lib/kernel/search";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("narrative");
  return { title: t("title") };
}

export default async function NarrativePage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [view, { locale }] = await Promise.all([loadBrief(await searchParams), loadPreferences()]);
  const { year, root, length, ignored } = view;
  if (ignored.length > 0)
    return <UnreadableAddress names={ignored} href={briefHref({ year, org: root.code, length })} />; // prettier-ignore
  return <NarrativePaper view={view} locale={locale} />;
}
