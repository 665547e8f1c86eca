import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Ledger } from "@/components/ledger/ledger";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { ledgerHref } from "@/lib/features/ledger/address";
import { loadMapNames } from "@/lib/features/export-maps/loaders";
import type { SearchParams } from "@/lib/kernel/search";
import { loadLedger } from "@/lib/features/ledger/loaders";
import { loadViews } from "@/lib/features/views/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("ledger");
  return { title: t("title") };
}

export default async function LedgerPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const { trail, ...search } = await searchParams;
  const [view, views, maps, { locale, unit }] = await Promise.all([
    loadLedger(search),
    loadViews("ledger"),
    loadMapNames(),
    loadPreferences(),
  ]);
  if (view.ignored.length > 0)
    return <UnreadableAddress names={view.ignored} href={ledgerHref(view.filter)} />;
  return (
    <Ledger
      view={view}
      views={views}
      maps={maps}
      trail={typeof trail === "string" ? trail : undefined}
      show={{ locale, unit }}
    />
  );
}
