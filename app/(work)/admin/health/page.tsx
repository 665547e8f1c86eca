import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminHead } from "@/components/admin/admin-head";
import { ChecksTable } from "@/components/health/checks-table";
import { HealthSummary } from "@/components/health/health-summary";
import { AskJob } from "@/components/jobs/ask-job";
import { AppLink } from "@/components/ui/app-link";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { loadHealth } from "@/lib/features/health/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("health");
  return { title: t("title") };
}

/** An auditor comes here from the audit page and has no other business under 管理. */
export default async function HealthPage() {
  const { items, administers } = await loadHealth();
  const t = await getTranslations("health");
  return (
    <div className="stack">
      {administers ? (
        <AdminHead tab="health" />
      ) : (
        <PageHeader title={t("title")} lead={t("lead")} />
      )}
      <HealthSummary checks={items} />
      <AskJob kind="invariants" />
      <p>
        <AppLink href="/jobs">{t("toJobs")}</AppLink>
      </p>
      <Card>
        <ChecksTable checks={items} />
      </Card>
    </div>
  );
}
