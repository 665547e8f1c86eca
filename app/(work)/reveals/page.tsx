import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RequestsTable } from "@/components/reveals/requests-table";
import { PageHeader } from "@/components/ui/page-header";
import { loadRevealRequests } from "@/lib/features/reveals/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reveals");
  return { title: t("request.page") };
}

export default async function RevealRequestsPage() {
  const { items } = await loadRevealRequests();
  const t = await getTranslations("reveals");
  return (
    <div className="stack">
      <PageHeader title={t("request.page")} lead={t("request.lead")} />
      <RequestsTable items={items} />
    </div>
  );
}
