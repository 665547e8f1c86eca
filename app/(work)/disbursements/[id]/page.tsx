import { getTranslations } from "next-intl/server";
import { RecordPage } from "@/components/disbursements/record-page";
import { loadDisbursement } from "@/lib/features/disbursements/loaders";

export async function generateMetadata({ params }: PageProps<"/disbursements/[id]">) {
  const { record } = await loadDisbursement((await params).id);
  const t = await getTranslations("disbursement");
  return { title: t("pageTitle", { reference: record.reference }) };
}

export default async function DisbursementPage({ params }: PageProps<"/disbursements/[id]">) {
  return <RecordPage view={await loadDisbursement((await params).id)} />;
}
