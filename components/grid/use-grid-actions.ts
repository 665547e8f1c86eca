"use client";

import { useState, useSyncExternalStore } from "react";
import { useCommand } from "@/components/command/use-command";
import type { CopyKeeper } from "@/components/working-copies/copy-keeper";
import { openFindings } from "@/lib/features/findings/present";
import { ForkedError, saveRows, submitRows, type RowAnswers, type SavedRows, type SubmittedRows } from "./grid-saving"; // prettier-ignore
import { strayDrafts } from "./grid-text";
import type { GridWords } from "./grid-words";
import type { Grid } from "./use-grid";

export type Told = { saved: SavedRows | null; submitted: SubmittedRows | null; forked: boolean };
const UNTOLD: Told = { saved: null, submitted: null, forked: false };

export type GridDeeds = ReturnType<typeof useGridActions>;

/** 存为草稿 and 上报 of the table, and in words what became of them. */
export function useGridActions(grid: Grid, keeper: CopyKeeper, words: GridWords) {
  const command = useCommand();
  const [told, setTold] = useState<Told>(UNTOLD);
  const [asked, setAsked] = useState<SubmittedRows["staying"]>([]);
  const { store } = grid;
  const saving = { store, keeper };
  const views = useSyncExternalStore(store.subscribe, store.rows, store.rows);
  const nothing = [...views.values()].every(({ reading }) => reading?.blank !== false);

  async function run(work: () => Promise<Told>) {
    grid.commit();
    if (store.order().every((id) => store.readingOf(id).blank)) return;
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
      const submitted = await submitRows(saving, answers, words.refusal);
      const explained = submitted.staying.filter(({ findings }) => {
        const { hard, unanswered } = openFindings(findings);
        return hard.length === 0 && unanswered.length > 0;
      });
      setAsked(explained);
      const empty = store.order().every((id) => store.readingOf(id).blank);
      // With the copy it would be forgotten that these were rows of it.
      if (empty && strayDrafts(store.state()).length === 0) await keeper.discard();
      return { saved, submitted, forked: false };
    });
  return { command, told, asked, nothing, save, submit, leave: () => setAsked([]) };
}
