"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { Callout } from "@/components/ui/callout";
import { useCommand } from "@/components/command/use-command";
import { JobProgress } from "@/components/jobs/job-progress";
import { useOpenJobs } from "@/components/jobs/open-jobs";
import { Button } from "@/components/ui/button";
import type { Failure } from "@/lib/browser/api-client";
import { askPack, regeneratePack } from "@/lib/features/packs/client";
import type { MoneyUnit } from "@/lib/kernel/money";
import styles from "./packs.module.css";

const useUnderWay = () => useOpenJobs().jobs.find(({ kind }) => kind === "pack");

/** One that was asked for in another tab or of another place is still being made. */
function Refusal({ failure }: { failure: Failure | null }) {
  const t = useTranslations("packs");
  if (failure?.code !== "CONFLICT") return <FailureNote failure={failure} />;
  return (
    <Callout tone="info" live>
      {t("underWay")}
    </Callout>
  );
}

/** A pack is asked for here, and followed on this page and on every other. */
export function AskPack(asked: { year: number; org: string; unit: MoneyUnit }) {
  const t = useTranslations("packs");
  const router = useRouter();
  const command = useCommand();
  const { watch } = useOpenJobs();
  const job = useUnderWay();

  async function ask() {
    const outcome = await command.run((send) => send(askPack, { body: asked }));
    if (outcome.ok || outcome.failure?.code === "CONFLICT") watch();
    if (outcome.ok) router.refresh();
  }
  return (
    <div className={styles.ask}>
      <Button variant="primary" busy={command.busy || job !== undefined} onClick={() => void ask()}>
        {t("ask")}
      </Button>
      <Refusal failure={command.failure} />
    </div>
  );
}

/** The same figures and the same bytes, from the stamp alone. */
export function RegeneratePack({ id, at }: { id: string; at: string }) {
  const t = useTranslations("packs");
  const router = useRouter();
  const command = useCommand();
  const { watch } = useOpenJobs();
  const job = useUnderWay();

  async function again() {
    const outcome = await command.run((send) => send(regeneratePack, { id, body: {} }));
    if (outcome.ok || outcome.failure?.code === "CONFLICT") watch();
    if (outcome.ok) router.refresh();
  }
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        busy={command.busy || job !== undefined}
        aria-label={t("againOf", { at })}
        onClick={() => void again()}
      >
        {t("again")}
      </Button>
      <Refusal failure={command.failure} />
    </>
  );
}

/** How far one's own is, as it is heard; what the page was loaded with until then. */
export function PackProgress({ percent }: { percent: number }) {
  const t = useTranslations("packs");
  const jobWords = useTranslations("jobs.message");
  const { watch } = useOpenJobs();
  const job = useUnderWay();
  useEffect(() => {
    // asked for on another desk, or before this page was loaded: follow it here too
    watch();
  }, [watch]);
  if (!job) return <progress max={100} value={percent} aria-label={t("progress", { percent })} />;
  return (
    <span className={styles.progress}>
      <JobProgress job={job} />
      {job.message && <span>{jobWords(job.message.key, job.message.values)}</span>}
    </span>
  );
}
