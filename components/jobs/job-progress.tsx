import { useTranslations } from "next-intl";
import type { Job } from "@/lib/features/jobs/schema";
import styles from "./jobs.module.css";

/** How far it is, as a bar and in words. */
export function JobProgress({ job }: { job: Job }) {
  const t = useTranslations("jobs");
  const kind = t(`kind.${job.kind}`);
  return (
    <progress
      className={styles.bar}
      max={100}
      value={job.progress}
      aria-label={t("progress", { kind, percent: job.progress })}
    />
  );
}
