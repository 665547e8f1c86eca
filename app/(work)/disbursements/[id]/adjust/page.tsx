import { getTranslations } from "next-intl/server";
import { AdjustForm } from "@/components/disbursements/entry/adjust-form";
import { loadAdjustment, loadDisbursement } from "@/lib/features/disbursements/loaders";

type Props = PageProps<"/disbursements/[id]/adjust">;

export async function generateMetadata({ params }: Props) {
  const { record } = await loadDisbursement((await params).id);
  const t = await getTranslations("disbursement.adjust");
  return { title: t("title", { reference: record.reference }) };
}

export default async function AdjustPage({ params }: Props) {
  return <AdjustForm {...await loadAdjustment((await params).id)} />;
}
