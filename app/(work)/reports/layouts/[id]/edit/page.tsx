import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DrawingPage } from "@/components/layouts/drawing-page";
import { loadLayoutChange } from "@/lib/features/layouts/loaders";
import { loadPreferences } from "@/lib/i18n/preferences";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("layoutForms");
  return { title: t("changeTitle") };
}

export default async function ChangeLayout({ params }: PageProps<"/reports/layouts/[id]/edit">) {
  const [{ id }, { locale, unit }] = await Promise.all([params, loadPreferences()]);
  const drawing = await loadLayoutChange(id);
  return <DrawingPage drawing={drawing} show={{ locale, unit }} />;
}
