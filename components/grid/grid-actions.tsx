"use client";

import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { FailureNote } from "@/components/command/failure-note";
import { SaveState, type SaveStatus } from "@/components/form/save-state";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { shownFindings } from "@/lib/features/findings/present";
import { namesOf } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import type { GridWords } from "./grid-words";
import type { AskedRow } from "./submit-dialog";
import type { Grid } from "./use-grid";
import type { GridDeeds, Told } from "./use-grid-actions";
import styles from "./grid.module.css";

/** Asked by the server alone: it comes when there is something to answer. */
const SubmitDialog = dynamic(() => import("./submit-dialog").then((m) => m.SubmitDialog));

function ToldLine({ told, words }: { told: Told; words: GridWords }) {
  const { t } = words;
  const { saved, submitted, forked } = told;
  const parts = [
    forked && t("told.forked"),
    submitted && submitted.submitted.length > 0 && t("told.submitted", { count: submitted.submitted.length }), // prettier-ignore
    submitted && submitted.staying.length > 0 && t("told.staying", { count: submitted.staying.length }), // prettier-ignore
    saved && !submitted && t("told.saved", { count: saved.kept }),
    saved && saved.unread > 0 && t("told.unread", { count: saved.unread }),
    saved && saved.refused > 0 && t("told.refused", { count: saved.refused }),
  ].filter((part) => typeof part === "string");
  if (parts.length === 0) return null;
  return (
    <p role="status" className={styles.told}>
      {parts.join("；")}
      {submitted && submitted.submitted.length > 0 && (
        <>
          {" "}
          <AppLink href="/ledger?status=submitted">{t("told.look")}</AppLink>
        </>
      )}
    </p>
  );
}

export function GridActions({
  grid,
  deeds,
  reference,
  words,
  status,
}: {
  grid: Grid;
  deeds: GridDeeds;
  reference: Reference;
  words: GridWords;
  status: SaveStatus | null;
}) {
  const { t, locale } = words;
  const labels = useTranslations("labels");
  const { command, told, asked, nothing, save, submit, leave } = deeds;
  const names = namesOf(reference, locale);
  const rows: AskedRow[] = asked.map(({ id, findings }) => ({
    id,
    number: grid.shown.rows.indexOf(id) + 1,
    findings: shownFindings(findings, { names, label: labels, locale }),
  }));
  return (
    <>
      <div className={styles.verbs}>
        {status && <SaveState status={status} />}
        <Button size="small" busy={command.busy} disabled={nothing} onClick={() => void save()}>
          {t("saveDrafts")}
        </Button>
        <Button
          size="small"
          variant="primary"
          busy={command.busy}
          disabled={nothing}
          onClick={() => void submit()}
        >
          {t("submit")}
        </Button>
      </div>
      <ToldLine told={told} words={words} />
      <FailureNote failure={command.failure} />
      {rows.length > 0 && (
        <SubmitDialog
          rows={rows}
          words={words}
          command={command}
          onAnswered={(answers) => void submit(answers)}
          onClose={leave}
        />
      )}
    </>
  );
}
