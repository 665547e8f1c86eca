"use client";

import type { CopyKeeper, KeeperState } from "@/components/working-copies/copy-keeper";
import { useKeptForm } from "@/components/working-copies/use-kept-form";
import type { EntryIntent } from "./entry-saving";
import { isUnsaved, type EntryState } from "./entry-state";
import type { EntryStart, EntryText } from "./entry-start";

export function useKeptEntry({
  start,
  state,
  intent,
  keeper,
  done,
}: {
  start: EntryStart;
  state: EntryState;
  intent: EntryIntent;
  keeper: CopyKeeper;
  done: boolean;
}): KeeperState {
  const { values, record, unstored, phase } = state;
  const text: EntryText = { values, open: intent.open };
  return useKeptForm({
    ...{ keeper, text, done },
    restored: start.copy !== null,
    held: isUnsaved(state) || intent.open !== null || unstored > 0,
    title: start.titleOf(values),
    subject: record?.id ?? null,
    baseVersion: record?.version ?? null,
    resting: !start.live || phase !== "idle",
    onAddress: start.onAddress,
  });
}
