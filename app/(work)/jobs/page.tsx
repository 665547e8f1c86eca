import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AskJob } from "@/components/jobs/ask-job";
import { JobsPanel } from "@/components/jobs/jobs-panel";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { jobsHref } from "@/lib/features/jobs/address";
import { loadJobs } from "@/lib/features/jobs/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("jobs");
  return { title: t("title") };
}

export default async function JobsPage({ searchParams }: PageProps<"/jobs">) {
  const { page, mayAsk, paged } = await loadJobs(await searchParams);
  const [t, tHealth] = await Promise.all([getTranslations("jobs"), getTranslations("health")]);
  return (
    <div className="stack">
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          mayAsk.includes("invariants") && (
            <LinkButton href="/admin/health">{tHealth("title")}</LinkButton>
          )
        }
      />
      {mayAsk.map((kind) => (
        <AskJob key={kind} kind={kind} />
      ))}
      <JobsPanel items={page.items} />
      <Pagination
        previousHref={null}
        nextHref={page.nextCursor && jobsHref(page.nextCursor)}
        summary={
          paged && (
            <LinkButton href={jobsHref()} size="small" variant="quiet">
              {t("newest")}
            </LinkButton>
          )
        }
      />
    </div>
  );
}
