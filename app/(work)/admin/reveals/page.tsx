import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { RevealsTable } from "@/components/reveals/reveals-table";
import { PageHeader } from "@/components/ui/page-header";
import { loadReveals } from "@/lib/features/reveals/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reveals");
  return { title: t("title") };
}

/** An auditor comes here from the audit page and has no other business under 管理. */
export default async function RevealsPage() {
  const { items, days, administers } = await loadReveals();
  const t = await getTranslations("reveals");
  return (
    <div className="stack">
      {administers ? (
        <AdminHead tab="reveals" />
      ) : (
        <PageHeader title={t("title")} lead={t("lead", { days })} />
      )}
      <RevealsTable items={items} lead={administers ? t("lead", { days }) : undefined} />
    </div>
  );
}
