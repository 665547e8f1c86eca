import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { NarrativePaper } from "@/components/narratives/narrative-paper";
import { narrativeHref } from "@/lib/features/narratives/address";
import { loadNarrative } from "@/lib/features/narratives/loaders";
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
  const [view, { locale }] = await Promise.all([
    loadNarrative(await searchParams),
    loadPreferences(),
  ]);
  const { year, root, length, ignored } = view;
  if (ignored.length > 0)
    return <UnreadableAddress names={ignored} href={narrativeHref({ year, org: root.code }, length)} />; // prettier-ignore
  return <NarrativePaper view={view} locale={locale} />;
}
