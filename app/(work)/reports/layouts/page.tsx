import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LayoutsPage } from "@/components/layouts/layouts-page";
import { loadLayouts } from "@/lib/features/layouts/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("layouts");
  return { title: t("title") };
}

export default async function ReportLayouts() {
  const [view, { locale, unit }] = await Promise.all([loadLayouts(), loadPreferences()]);
  return <LayoutsPage view={view} show={{ locale, unit }} />;
}
