import { getTranslations } from "next-intl/server";
import { AdjustPage } from "@/components/disbursements/entry/adjust-page";
import { loadAdjustment, loadDisbursement } from "@/lib/features/disbursements/loaders";

type Props = PageProps<"/disbursements/[id]/adjust">;

export async function generateMetadata({ params }: Props) {
  const { record } = await loadDisbursement((await params).id);
  const t = await getTranslations("disbursement.adjust");
  return { title: t("title", { reference: record.reference }) };
}

export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  const { copy } = await searchParams;
  return <AdjustPage view={await loadAdjustment({ id, hasText: typeof copy === "string" })} />;
}
