"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Button } from "@/components/ui/button";
import { askJob } from "@/lib/features/jobs/client";
import type { AskedKind } from "@/lib/features/jobs/types";
import styles from "./jobs.module.css";
import { useOpenJobs } from "./open-jobs";

export function AskJob({ kind }: { kind: AskedKind }) {
  const t = useTranslations("jobs");
  const router = useRouter();
  const command = useCommand();
  const { jobs, watch } = useOpenJobs();
  const [asked, setAsked] = useState(false);
  const underWay = jobs.some((job) => job.kind === kind);

  async function ask() {
    const outcome = await command.run((send) => send(askJob, { body: { kind } }));
    if (!outcome.ok) return;
    setAsked(true);
    watch();
    router.refresh();
  }

  return (
    <div className={styles.ask}>
      <Button variant="primary" busy={command.busy || underWay} onClick={() => void ask()}>
        {t(`ask.${kind}`)}
      </Button>
      {command.failure && <FailureNote failure={command.failure} />}
      {asked && (
        <p role="status" className={styles.quiet}>
          {t("asked")}
        </p>
      )}
    </div>
  );
}
