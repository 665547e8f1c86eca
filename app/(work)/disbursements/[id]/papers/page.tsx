import { getTranslations } from "next-intl/server";
import { PapersPage } from "@/components/papers/papers-page";
import { loadRoster } from "@/lib/features/rosters/loaders";

type Props = PageProps<"/disbursements/[id]/papers">;

export async function generateMetadata({ params }: Props) {
  const { record } = await loadRoster((await params).id);
  const t = await getTranslations("papers");
  return { title: t("pageTitle", { reference: record.reference }) };
}

export default async function Page({ params }: Props) {
  return <PapersPage view={await loadRoster((await params).id)} />;
}
