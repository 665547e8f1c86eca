import { getTranslations } from "next-intl/server";
import { RosterPage } from "@/components/rosters/roster-page";
import { loadRoster } from "@/lib/features/rosters/loaders";

type Props = PageProps<"/disbursements/[id]/roster">;

export async function generateMetadata({ params }: Props) {
  const { record } = await loadRoster((await params).id);
  const t = await getTranslations("rosters");
  return { title: t("pageTitle", { reference: record.reference }) };
}

export default async function Page({ params }: Props) {
  return <RosterPage view={await loadRoster((await params).id)} />;
}
