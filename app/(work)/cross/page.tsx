import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CrossPage } from "@/components/cross/cross-page";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { crossHref } from "@/lib/features/cross/address";
import { loadCross } from "@/lib/features/cross/loaders";
import type { SearchParams } from "@/lib/kernel/search";
import { loadPageViews } from "@/lib/features/frozen/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cross");
  return { title: t("title") };
}

export default async function Cross({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const asked = await searchParams;
  const { frozen: _frozen, ...search } = asked;
  const [view, saved, { locale, unit }] = await Promise.all([
    loadCross(search),
    loadPageViews("cross", asked),
    loadPreferences(),
  ]);
  if (view.ignored.length > 0)
    return (
      <UnreadableAddress
        names={view.ignored}
        href={crossHref(view.filter, { ...view.shape, ...view.look })}
      />
    );
  return <CrossPage view={view} show={{ locale, unit }} saved={saved} />;
}
