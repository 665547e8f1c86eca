"use client";

import { useEffect, useReducer, useState } from "react";
import { useCommand } from "@/components/command/use-command";
import { Intent, type OpenRequest } from "@/lib/browser/intent";
import { dropDraft, keepDraft, draftKey } from "@/lib/browser/local-draft";
import type { Failure } from "@/lib/browser/api-client";
import { getDisbursement } from "@/lib/features/disbursements/client";
import { momentText } from "@/lib/kernel/written";
import { openFindings } from "@/lib/features/findings/present";
import type { SubmitInput } from "@/lib/features/steps/schema";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { Finding } from "@/lib/features/findings/types";
import { readEntry, type ReadingContext } from "./entry-reading";
import {
  saveEntry,
  sendEntry,
  submitEntry,
  type EntryIntent,
  type EntryRequest,
} from "./entry-saving";
import { entryReducer, isUnsaved, type EntryEvent, type EntryState } from "./entry-state";
import { entryOf, type EntryValues } from "./entry-values";

/** What this browser keeps while the server does not have it. */
export type EntryDraft = {
  values: EntryValues;
  record: DisbursementDetail | null;
  open: OpenRequest<EntryRequest> | null;
};

function openState(start: EntryStart): EntryState {
  const record = start.draft?.body.record ?? start.record;
  const baseline = record ? entryOf(record) : start.values;
  return {
    values: start.draft?.body.values ?? start.values,
    baseline,
    record,
    serverErrors: {},
    refusals: 0,
    focused: null,
    phase: "idle",
    failure: null,
    theirs: null,
    savedAt: record ? momentText(record.updatedAt).slice(11) : null,
    offeredDay: null,
    restoredAt: start.draft ? momentText(start.draft.at).slice(11) : null,
  };
}

export type EntryStart = {
  userId: string;
  values: EntryValues;
  record: DisbursementDetail | null;
  draft: { at: string; body: EntryDraft } | null;
  /** False in the first picture, before the browser's own drafts have been looked for. */
  live: boolean;
  reading: ReadingContext;
  /** The record has its number: its address is about to change. */
  onCreated: (id: string) => void;
};

/** Keeps in this browser what is typed, and asks before the page is left with it. */
function useKeptDraft(
  { userId, live }: EntryStart,
  state: EntryState,
  intent: EntryIntent,
  done: boolean,
) {
  const unsaved = isUnsaved(state) && !done;
  const name = draftKey(userId, state.record?.id ?? "new");
  useEffect(() => {
    if (!live) return;
    const { values, record } = state;
    const body: EntryDraft = { values, record, open: intent.open };
    if (!done && (unsaved || intent.open)) keepDraft(name, { at: new Date().toISOString(), body });
    else dropDraft(name);
  }, [live, name, unsaved, state, intent, done]);
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
  return unsaved;
}

/** Explains a failure: a newer state elsewhere is fetched, a refused submission shows its findings. */
async function explain(
  { code, fieldErrors }: Failure,
  record: DisbursementDetail | null,
): Promise<EntryEvent[]> {
  const failed: EntryEvent = { type: "failed", code, fieldErrors };
  if (record === null || (code !== "STALE" && code !== "FINDINGS")) return [failed];
  const latest = await getDisbursement(record.id).catch(() => null);
  if (latest === null) return [failed];
  if (code === "STALE") return [{ type: "stale", theirs: latest }];
  return [{ type: "fetched", record: latest }, failed];
}

export function useEntry(start: EntryStart, onSubmitted: (record: DisbursementDetail) => void) {
  const [state, dispatch] = useReducer(entryReducer, start, openState);
  const [intent] = useState(() => new Intent(sendEntry, start.draft?.body.open));
  const [asked, setAsked] = useState<Finding[]>([]);
  const [done, setDone] = useState(false);
  const command = useCommand();
  const reading = readEntry(state.values, start.reading);
  const unsaved = useKeptDraft(start, state, intent, done);

  async function run(
    phase: "saving" | "submitting",
    then: (record: DisbursementDetail) => Promise<void>,
  ) {
    if (Object.keys(reading.problems).length > 0) return dispatch({ type: "refused" });
    let known = state.record;
    const outcome = await command.run(async () => {
      dispatch({ type: "started", phase });
      known = await saveEntry({
        intent,
        record: state.record,
        input: reading.input,
        changed: isUnsaved(state),
      });
      if (state.record === null) {
        dropDraft(draftKey(start.userId, "new"));
        start.onCreated(known.id);
        window.history.replaceState(null, "", `/entry/${known.id}`);
      }
      const at = momentText(known.updatedAt).slice(11);
      dispatch({ type: "saved", record: known, values: state.values, at });
      await then(known);
    });
    if (!outcome.ok && outcome.failure)
      for (const event of await explain(outcome.failure, known)) dispatch(event);
  }

  const save = () => run("saving", async () => dispatch({ type: "stopped" }));

  const submit = (answers: NonNullable<SubmitInput["answers"]> = []) =>
    run("submitting", async (record) => {
      const { hard, unanswered } = openFindings(record.findings);
      const open = unanswered.filter(({ rule }) => !answers.some((a) => a.rule === rule));
      if (record.status !== "submitted" && hard.length > 0) return dispatch({ type: "refused" });
      if (record.status !== "submitted" && open.length > 0) {
        setAsked(unanswered);
        return dispatch({ type: "stopped" });
      }
      const submitted = await submitEntry(intent, record, answers);
      setDone(true);
      setAsked([]);
      onSubmitted(submitted);
    });

  return { state, dispatch, reading, unsaved, asked, setAsked, command, save, submit };
}
