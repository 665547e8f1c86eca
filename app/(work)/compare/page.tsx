import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ComparePage } from "@/components/compare/compare-page";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { compareHref } from "@/lib/features/compare/address";
import { loadCompare } from "@/lib/features/compare/loaders";
import type { SearchParams } from "@/lib/kernel/search";
import { loadPreferences, loadTurnedCards } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("compare");
  return { title: t("title") };
}

export default async function Compare({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [view, { locale, unit }, turned] = await Promise.all([
    loadCompare(await searchParams),
    loadPreferences(),
    loadTurnedCards(),
  ]);
  if (view.ignored.length > 0)
    return (
      <UnreadableAddress names={view.ignored} href={compareHref(view.common, { of: view.of })} />
    );
  return <ComparePage view={view} show={{ locale, unit }} turned={turned} />;
}
