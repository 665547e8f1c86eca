import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Allotments } from "@/components/allotments/allotments";
import { loadAllotments } from "@/lib/features/allotments/loaders";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { allotmentsHref } from "@/lib/features/allotments/address";
import type { SearchParams } from "@/lib/kernel/search";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("allotments");
  return { title: t("title") };
}

export default async function AllotmentsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const { trail, ...search } = await searchParams;
  const [view, { locale, unit }] = await Promise.all([loadAllotments(search), loadPreferences()]);
  if (view.ignored.length > 0)
    return <UnreadableAddress names={view.ignored} href={allotmentsHref(view.filter)} />;
  return (
    <Allotments
      view={view}
      trail={typeof trail === "string" ? trail : undefined}
      show={{ locale, unit }}
    />
  );
}
