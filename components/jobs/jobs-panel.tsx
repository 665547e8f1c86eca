"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import type { DataColumn } from "@/components/table/columns";
import { DataTable } from "@/components/table/data-table";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { cancelJob } from "@/lib/features/jobs/client";
import { jobFileHref } from "@/lib/features/jobs/address";
import type { Job } from "@/lib/features/jobs/schema";
import { isOpen, type JobStatus } from "@/lib/features/jobs/types";
import { momentText } from "@/lib/kernel/written";
import { JobProgress } from "./job-progress";
import styles from "./jobs.module.css";
import { useOpenJobs } from "./open-jobs";

const TONES: Record<JobStatus, Tone> = {
  waiting: "neutral",
  running: "info",
  done: "success",
  failed: "danger",
  cancelled: "neutral",
};

function useColumns(cancel: (job: Job) => void, busy: boolean) {
  const t = useTranslations("jobs");
  const moment = (iso: string | null) => (iso === null ? "—" : momentText(iso));
  const columns: DataColumn<Job>[] = [
    {
      id: "kind",
      header: t("kindTitle"),
      width: "9em",
      hideable: false,
      cell: ({ kind, mine }) => (
        <>
          {t(`kind.${kind}`)}
          {!mine && <span className={styles.quiet}> {t("bySystem")}</span>}
        </>
      ),
    },
    {
      id: "status",
      header: t("status"),
      width: "16em",
      hideable: false,
      cell: (job) => (
        <div className={styles.state}>
          <Badge tone={TONES[job.status]}>{t(`state.${job.status}`)}</Badge>
          {job.status === "running" && <JobProgress job={job} />}
          {job.message && (
            <span className={styles.quiet}>
              {t(`message.${job.message.key}`, job.message.values)}
            </span>
          )}
        </div>
      ),
    },
    { id: "askedAt", header: t("askedAt"), cell: ({ askedAt }) => moment(askedAt) },
    {
      id: "finishedAt",
      header: t("finishedAt"),
      phone: "hidden",
      cell: ({ finishedAt }) => moment(finishedAt),
    },
    {
      id: "files",
      header: t("files"),
      width: "12em",
      cell: ({ id, files }) =>
        files.length === 0
          ? "—"
          : files.map((file) => (
              <a key={file.id} href={jobFileHref(id, file.id)} download>
                {t("download", { name: file.name })}
              </a>
            )),
    },
    {
      id: "actions",
      header: t("actions"),
      hideable: false,
      cell: (job) =>
        job.mine && isOpen(job.status) ? (
          <Button
            size="small"
            variant="quiet"
            busy={busy}
            aria-label={t("cancelOne", { kind: t(`kind.${job.kind}`) })}
            onClick={() => cancel(job)}
          >
            {t("cancel")}
          </Button>
        ) : (
          "—"
        ),
    },
  ];
  return columns;
}

/** The list as the page was loaded, with what has been heard since of those that run. */
export function JobsPanel({ items }: { items: readonly Job[] }) {
  const t = useTranslations("jobs");
  const router = useRouter();
  const command = useCommand();
  const { jobs, watch } = useOpenJobs();
  const waits = items.some((job) => job.mine && isOpen(job.status));

  useEffect(() => {
    // asked for on another desk, or before this page was loaded: follow it here too
    if (waits) watch();
  }, [waits, watch]);

  async function cancel(job: Job) {
    await command.run(() => cancelJob(job.id));
    router.refresh();
  }
  const columns = useColumns((job) => void cancel(job), command.busy);
  const news = new Map(jobs.map((job) => [job.id, job]));
  return (
    <>
      {command.failure && <FailureNote failure={command.failure} />}
      <DataTable
        id="jobs"
        caption={t("caption")}
        columns={columns}
        rows={items.map((job) => news.get(job.id) ?? job)}
        rowId={({ id }) => id}
        rowName={({ kind }) => t(`kind.${kind}`)}
        menu={false}
        empty={<EmptyState title={t("empty")}>{t("emptyHint")}</EmptyState>}
      />
    </>
  );
}
