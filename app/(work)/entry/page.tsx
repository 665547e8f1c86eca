import { getTranslations } from "next-intl/server";
import { EntryPage } from "@/components/disbursements/entry/entry-page";
import { loadEntry } from "@/lib/features/disbursements/loaders";

export async function generateMetadata() {
  const t = await getTranslations("entry");
  return { title: t("title") };
}

export default async function NewEntryPage({ searchParams }: PageProps<"/entry">) {
  const { like, programme, organisation } = await searchParams;
  const one = (value: typeof like) => (typeof value === "string" ? value : undefined);
  const view = await loadEntry({
    id: null,
    likeId: one(like),
    begun: { programme: one(programme), organisation: one(organisation) },
  });
  return <EntryPage view={view} />;
}
