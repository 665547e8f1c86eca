"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { NumberInput, TextInput } from "@/components/form/text-input";
import { JobProgress } from "@/components/jobs/job-progress";
import { useOpenJobs } from "@/components/jobs/open-jobs";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { askEvidencePack } from "@/lib/features/evidence-packs/client";
import styles from "./evidence-packs.module.css";

const useUnderWay = () => useOpenJobs().jobs.find(({ kind }) => kind === "evidence");

/** All of a year, or a sample that anybody can draw again. */
export function AskEvidencePack({ year, org }: { year: number; org: string }) {
  const t = useTranslations("evidencePacks");
  const router = useRouter();
  const command = useCommand();
  const { watch } = useOpenJobs();
  const job = useUnderWay();
  const [sampled, setSampled] = useState(true);
  const [size, setSize] = useState("20");
  const [seed, setSeed] = useState(`${org}-${year}`);

  async function ask() {
    const sample = { size: Number(size), seed: seed.trim() };
    const body = { year, org, ...(sampled ? { sample } : {}) };
    const outcome = await command.run((send) => send(askEvidencePack, { body }));
    if (outcome.ok || outcome.failure?.code === "CONFLICT") watch();
    if (outcome.ok) router.refresh();
  }
  return (
    <div className={`no-print ${styles.ask}`}>
      {command.failure?.code === "CONFLICT" ? (
        <Callout tone="info" live>
          {t("underWay")}
        </Callout>
      ) : (
        <FailureNote failure={command.failure} />
      )}
      <Field label={t("what")} width="half">
        {(control) => (
          <Select
            {...control}
            value={sampled ? "sample" : "all"}
            onChange={(event) => setSampled(event.target.value === "sample")}
            options={[
              { value: "sample", label: t("sample") },
              { value: "all", label: t("all") },
            ]}
          />
        )}
      </Field>
      {sampled && (
        <>
          <Field label={t("size")} width="short" error={command.errorOf("sample.size")}>
            {(control) => (
              <NumberInput
                {...control}
                value={size}
                maxLength={3}
                onChange={(event) => setSize(event.target.value)}
              />
            )}
          </Field>
          <Field
            label={t("seed")}
            hint={t("seedHint")}
            width="half"
            error={command.errorOf("sample.seed")}
          >
            {(control) => (
              <TextInput
                {...control}
                value={seed}
                maxLength={60}
                onChange={(event) => setSeed(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
      <Button busy={command.busy || job !== undefined} onClick={() => void ask()}>
        {t("ask")}
      </Button>
    </div>
  );
}

/** How far one's own is, as it is heard; what the page was loaded with until then. */
export function EvidencePackProgress({ percent }: { percent: number }) {
  const t = useTranslations("evidencePacks");
  const { watch } = useOpenJobs();
  const job = useUnderWay();
  useEffect(() => {
    watch();
  }, [watch]);
  if (job) return <JobProgress job={job} />;
  return <progress max={100} value={percent} aria-label={t("progress", { percent })} />;
}
