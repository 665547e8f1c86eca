"use client";

import { useTranslations } from "next-intl";
import { AppLink } from "@/components/ui/app-link";
import { JobProgress } from "./job-progress";
import styles from "./jobs.module.css";
import { useOpenJobs } from "./open-jobs";

/** A quiet line under the head of every page, there only while a job of one's own waits or runs. */
export function JobsLine() {
  const t = useTranslations("jobs");
  const [job] = useOpenJobs().jobs;
  if (!job) return null;
  const kind = t(`kind.${job.kind}`);
  return (
    <aside className={styles.line} aria-label={t("title")}>
      <JobProgress job={job} />
      <AppLink href="/jobs">
        {job.message
          ? `${kind} · ${t(`message.${job.message.key}`, job.message.values)}`
          : t("line", { kind, percent: job.progress })}
      </AppLink>
    </aside>
  );
}
