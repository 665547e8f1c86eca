"use client";

import { useState, useSyncExternalStore } from "react";
import { useCommand } from "@/components/command/use-command";
import type { CopyKeeper } from "@/components/working-copies/copy-keeper";
import { ApiFailure } from "@/lib/browser/api-client";
import { onceAtWork } from "@/lib/browser/at-work";
import { openFindings } from "@/lib/features/findings/present";
import type * as gridSaving from "./grid-saving";
import type { RowAnswers, SavedRows, SubmittedRows } from "./grid-saving";
import { strayDrafts } from "./grid-text";
import type { GridWords } from "./grid-words";
import type { Grid } from "./use-grid";

type Sending = typeof gridSaving;

/** What sends the rows: it comes with the first key, and who saves before that waits with the button busy. */
const sending = (): Promise<Sending> =>
  import("./grid-saving").catch(() => {
    throw new ApiFailure("OFFLINE", "grid: what sends the rows could not be fetched");
  });
onceAtWork(() => void sending().catch(() => undefined));

export type Told = { saved: SavedRows | null; submitted: SubmittedRows | null; forked: boolean };
const UNTOLD: Told = { saved: null, submitted: null, forked: false };

export type GridDeeds = ReturnType<typeof useGridActions>;

/** 存为草稿 and 上报 of the table, and in words what became of them. */
export function useGridActions(
  grid: Grid,
  keeper: CopyKeeper,
  words: GridWords,
  /** What was pasted and has not been read yet is saved with the others. */
  arriving: () => Promise<void> | null,
) {
  const command = useCommand();
  const [told, setTold] = useState<Told>(UNTOLD);
  const [asked, setAsked] = useState<SubmittedRows["staying"]>([]);
  const { store } = grid;
  const saving = { store, keeper };
  const views = useSyncExternalStore(store.subscribe, store.rows, store.rows);
  const nothing = [...views.values()].every(({ reading }) => reading?.blank !== false);

  async function run(work: (sending: Sending) => Promise<Told>) {
    grid.commit();
    const pasted = arriving();
    if (pasted === null && store.order().every((id) => store.readingOf(id).blank)) return;
    setTold(UNTOLD);
    await command.run(async () => {
      const [sender] = await Promise.all([sending(), pasted]);
      try {
        setTold(await work(sender));
      } catch (error) {
        if (!(error instanceof sender.ForkedError)) throw error;
        setTold({ ...UNTOLD, forked: true });
      }
    });
  }

  const save = () => run(async ({ saveRows }) => ({ ...UNTOLD, saved: await saveRows(saving) }));
  const submit = (answers: Readonly<Record<string, RowAnswers>> = {}) =>
    run(async ({ saveRows, submitRows }) => {
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
