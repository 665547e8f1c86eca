import { getTranslations } from "next-intl/server";
import { EntryPage } from "@/components/disbursements/entry/entry-page";
import { loadEntry } from "@/lib/features/disbursements/loaders";

export async function generateMetadata() {
  const t = await getTranslations("entry");
  return { title: t("title") };
}

export default async function NewEntryPage({ searchParams }: PageProps<"/entry">) {
  const { like } = await searchParams;
  const view = await loadEntry({ id: null, likeId: typeof like === "string" ? like : undefined });
  return <EntryPage view={view} />;
}
