import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChangesReport } from "@/components/changes/changes-report";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { changesHref } from "@/lib/features/changes/address";
import { loadChanges } from "@/lib/features/changes/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("changes");
  return { title: t("title") };
}

export default async function ChangesPage({ searchParams }: PageProps<"/changes">) {
  const { trail, ...search } = await searchParams;
  const [view, { locale, unit }] = await Promise.all([loadChanges(search), loadPreferences()]);
  if (view.ignored.length > 0)
    return <UnreadableAddress names={view.ignored} href={changesHref(view.filter, undefined)} />;
  return (
    <ChangesReport
      view={view}
      trail={typeof trail === "string" ? trail : undefined}
      show={{ locale, unit }}
    />
  );
}
