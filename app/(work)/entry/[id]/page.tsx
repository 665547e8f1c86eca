import { getTranslations } from "next-intl/server";
import { EntryPage } from "@/components/disbursements/entry/entry-page";
import { loadEntry } from "@/lib/features/disbursements/loaders";

export async function generateMetadata() {
  const t = await getTranslations("entry");
  return { title: t("editTitle") };
}

export default async function EditEntryPage({ params, searchParams }: PageProps<"/entry/[id]">) {
  const { id } = await params;
  const { copy } = await searchParams;
  return <EntryPage view={await loadEntry({ id, hasText: typeof copy === "string" })} />;
}
