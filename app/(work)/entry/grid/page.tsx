import { getTranslations } from "next-intl/server";
import { GridPage } from "@/components/grid/grid-page";
import { loadEntry } from "@/lib/features/disbursements/loaders";

export async function generateMetadata() {
  const t = await getTranslations("grid");
  return { title: t("title") };
}

export default async function ManyEntriesPage() {
  return <GridPage view={await loadEntry({ id: null })} />;
}
