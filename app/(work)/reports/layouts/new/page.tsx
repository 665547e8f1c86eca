import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UnreadableAddress } from "@/components/figures/unreadable-address";
import { DrawingPage } from "@/components/layouts/drawing-page";
import { layoutsHref } from "@/lib/features/layouts/address";
import { loadNewLayout } from "@/lib/features/layouts/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("layoutForms");
  return { title: t("newTitle") };
}

export default async function NewLayout({ searchParams }: PageProps<"/reports/layouts/new">) {
  const [asked, { locale, unit }] = await Promise.all([searchParams, loadPreferences()]);
  const drawing = await loadNewLayout(asked);
  if (drawing.ignored.length > 0)
    return <UnreadableAddress names={drawing.ignored} href={layoutsHref()} />;
  return <DrawingPage drawing={drawing} show={{ locale, unit }} />;
}
