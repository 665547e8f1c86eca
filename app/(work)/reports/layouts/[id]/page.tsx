import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { LayoutPage } from "@/components/layouts/layout-page";
import { layoutHref } from "@/lib/features/layouts/address";
import { loadLayout } from "@/lib/features/layouts/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("layouts");
  return { title: t("title") };
}

export default async function ReportLayout({
  params,
  searchParams,
}: PageProps<"/reports/layouts/[id]">) {
  const [{ id }, { locale, unit }] = await Promise.all([params, loadPreferences()]);
  const view = await loadLayout(id, await searchParams, locale);
  const { year, yearAxis, org } = view.filter;
  if (view.ignored.length > 0)
    return (
      <UnreadableAddress names={view.ignored} href={layoutHref(id, { year, yearAxis, org })} />
    );
  return <LayoutPage view={view} show={{ locale, unit }} />;
}
