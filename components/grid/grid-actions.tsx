"use client";

import { useTranslations } from "next-intl";
import { useState, useSyncExternalStore } from "react";
import { FailureNote } from "@/components/command/failure-note";
import { useCommand } from "@/components/command/use-command";
import type { CopyKeeper } from "@/components/working-copies/copy-keeper";
import { SaveState, type SaveStatus } from "@/components/form/save-state";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { openFindings, shownFindings } from "@/lib/features/findings/present";
import { namesOf } from "@/lib/features/reference/present";
import type { Reference } from "@/lib/features/reference/types";
import { ForkedError, saveRows, submitRows, type RowAnswers, type SavedRows, type SubmittedRows } from "./grid-saving"; // prettier-ignore
import type { GridWords } from "./grid-words";
import { SubmitDialog, type AskedRow } from "./submit-dialog";
import type { Grid } from "./use-grid";
import styles from "./grid.module.css";

type Told = { saved: SavedRows | null; submitted: SubmittedRows | null; forked: boolean };
const UNTOLD: Told = { saved: null, submitted: null, forked: false };

type SaidValues = Record<string, string | number | { nameZh: string; nameEn: string }>;

/** A name among the values is said in the reader's language. */
const inWords = (values: SaidValues, locale: GridWords["locale"]) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const said = typeof value === "object" ? value[locale === "en" ? "nameEn" : "nameZh"] : value;
      return [name, said];
    }),
  );

/** 存为草稿 and 上报 of the table, and in words what became of them. */
function useActions(grid: Grid, keeper: CopyKeeper, words: GridWords) {
  const codes = useTranslations("errors.code");
  const command = useCommand();
  const [told, setTold] = useState<Told>(UNTOLD);
  const [asked, setAsked] = useState<SubmittedRows["staying"]>([]);
  const saving = { store: grid.store, keeper };

  async function run(work: () => Promise<Told>) {
    grid.commit();
    setTold(UNTOLD);
    await command.run(async () => {
      try {
        setTold(await work());
      } catch (error) {
        if (!(error instanceof ForkedError)) throw error;
        setTold({ ...UNTOLD, forked: true });
      }
    });
  }

  const save = () => run(async () => ({ ...UNTOLD, saved: await saveRows(saving) }));
  const submit = (answers: Readonly<Record<string, RowAnswers>> = {}) =>
    run(async () => {
      setAsked([]);
      const saved = await saveRows(saving);
      const submitted = await submitRows(saving, answers, ({ code, problems }) =>
        problems.length > 0
          ? problems
              .map(({ key, values }) =>
                words.problem({ key, values: inWords(values, words.locale) }),
              )
              .join(" ")
          : codes(code ?? "INTERNAL"),
      );
      const explained = submitted.staying.filter(({ findings }) => {
        const { hard, unanswered } = openFindings(findings);
        return hard.length === 0 && unanswered.length > 0;
      });
      setAsked(explained);
      if (grid.store.order().every((id) => grid.store.readingOf(id).blank)) await keeper.discard();
      return { saved, submitted, forked: false };
    });
  return { command, told, asked, save, submit, leave: () => setAsked([]) };
}

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
  keeper,
  reference,
  words,
  status,
}: {
  grid: Grid;
  keeper: CopyKeeper;
  reference: Reference;
  words: GridWords;
  status: SaveStatus | null;
}) {
  const { t, locale } = words;
  const labels = useTranslations("labels");
  const { command, told, asked, save, submit, leave } = useActions(grid, keeper, words);
  const views = useSyncExternalStore(grid.store.subscribe, grid.store.rows, grid.store.rows);
  const nothing = [...views.values()].every(({ reading }) => reading?.blank !== false);
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
