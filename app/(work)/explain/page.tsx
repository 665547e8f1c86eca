import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Explanation } from "@/components/ledger/explanation";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { explainHref } from "@/lib/features/ledger/address";
import type { SearchParams } from "@/lib/kernel/search";
import { loadExplain } from "@/lib/features/ledger/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("explain");
  return { title: t("title") };
}

export default async function ExplainPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const { trail, ...search } = await searchParams;
  const [view, { locale, unit }] = await Promise.all([loadExplain(search), loadPreferences()]);
  if (view.ignored.length > 0)
    return <UnreadableAddress names={view.ignored} href={explainHref(view.filter)} />;
  return (
    <Explanation
      view={view}
      trail={typeof trail === "string" ? trail : undefined}
      show={{ locale, unit }}
    />
  );
}
