"use client";

import { useEffect, useReducer, useRef, useState } from "react";
import { dropDraft, keepDraft, draftKey } from "@/lib/browser/local-draft";
import {
  createDisbursement,
  getDisbursement,
  updateDisbursement,
} from "@/lib/features/disbursements/client";
import { failureOf, isDecided, newIdempotencyKey } from "@/lib/browser/api-client";
import { submitDisbursement } from "@/lib/features/steps/client";
import { momentText } from "@/lib/kernel/written";
import { openFindings } from "@/lib/features/findings/present";
import type { DisbursementFields, UpdateInput } from "@/lib/features/disbursements/schema";
import type { SubmitInput } from "@/lib/features/steps/schema";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { Finding } from "@/lib/features/findings/types";
import { Attempts, type Attempt } from "./attempts";
import { readEntry, type EntryReading } from "./entry-reading";
import { saveEntry } from "./entry-saving";
import { entryReducer, isUnsaved, type EntryEvent, type EntryState } from "./entry-state";
import { entryOf, type EntryValues } from "./entry-values";

/** What this browser keeps while the server does not have it. */
export type EntryDraft = {
  values: EntryValues;
  record: DisbursementDetail | null;
  pending: Attempt | null;
};
export type Answers = NonNullable<SubmitInput["answers"]>;

function send(attempt: Attempt): Promise<DisbursementDetail> {
  const { key: idempotencyKey, body } = attempt;
  if (attempt.verb === "create")
    return createDisbursement({ body: body as DisbursementFields, idempotencyKey });
  const { id } = attempt;
  return attempt.verb === "update"
    ? updateDisbursement({ id, body: body as UpdateInput, idempotencyKey })
    : submitDisbursement({ id, body: body as SubmitInput, idempotencyKey });
}

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
  /** The record has its number: its address is about to change. */
  onCreated: (id: string) => void;
};

/** Keeps in this browser what is typed, and asks before the page is left with it. */
function useKeptDraft(
  { userId, live }: EntryStart,
  state: EntryState,
  attempts: Attempts,
  done: boolean,
) {
  const unsaved = isUnsaved(state) && !done;
  const name = draftKey(userId, state.record?.id ?? "new");
  useEffect(() => {
    if (!live) return;
    const { values, record } = state;
    const body: EntryDraft = { values, record, pending: attempts.pending };
    if (!done && (unsaved || attempts.pending))
      keepDraft(name, { at: new Date().toISOString(), body });
    else dropDraft(name);
  }, [live, name, unsaved, state, attempts, done]);
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
  return unsaved;
}

type Run = { state: EntryState; reading: EntryReading; attempts: Attempts };

/** Explains a failure: a newer state elsewhere is fetched, a refused submission shows its findings. */
async function explain(error: unknown, record: DisbursementDetail | null): Promise<EntryEvent[]> {
  const { code, fieldErrors } = failureOf(error);
  const failed: EntryEvent = { type: "failed", code, fieldErrors };
  if (record === null || (code !== "STALE" && code !== "FINDINGS")) return [failed];
  const latest = await getDisbursement(record.id).catch(() => null);
  if (latest === null) return [failed];
  if (code === "STALE") return [{ type: "stale", theirs: latest }];
  return [{ type: "looked-up", record: latest }, failed];
}

async function bring({ state, reading, attempts }: Run): Promise<DisbursementDetail> {
  return saveEntry({
    attempts,
    record: state.record,
    input: reading.input,
    changed: isUnsaved(state),
  });
}

async function handIn(
  attempts: Attempts,
  record: DisbursementDetail,
  answers: Answers,
): Promise<DisbursementDetail> {
  if (record.status === "submitted") return record;
  const body: SubmitInput = { version: record.version, answers };
  return attempts.run({ verb: "submit", key: attempts.newKey(), id: record.id, body });
}

export function useEntry(start: EntryStart, onSubmitted: (record: DisbursementDetail) => void) {
  const [state, dispatch] = useReducer(entryReducer, start, openState);
  const [attempts] = useState(
    () =>
      new Attempts({
        send,
        answered: isDecided,
        newKey: newIdempotencyKey,
        pending: start.draft?.body.pending ?? null,
      }),
  );
  const [asked, setAsked] = useState<Finding[]>([]);
  const [done, setDone] = useState(false);
  const busy = useRef(false);
  const reading = readEntry(state.values);
  const unsaved = useKeptDraft(start, state, attempts, done);

  /** One thing at a time: a second press while the first is under way is the same intent. */
  async function run(
    phase: "saving" | "submitting",
    then: (record: DisbursementDetail) => Promise<void>,
  ) {
    if (busy.current) return;
    if (Object.keys(reading.problems).length > 0) return dispatch({ type: "refused" });
    busy.current = true;
    dispatch({ type: "started", phase });
    let known = state.record;
    try {
      known = await bring({ state, reading, attempts });
      if (state.record === null) {
        dropDraft(draftKey(start.userId, "new"));
        start.onCreated(known.id);
        window.history.replaceState(null, "", `/entry/${known.id}`);
      }
      const at = momentText(known.updatedAt).slice(11);
      dispatch({ type: "saved", record: known, values: state.values, at });
      await then(known);
    } catch (error) {
      for (const event of await explain(error, known)) dispatch(event);
    } finally {
      busy.current = false;
    }
  }

  const save = () => run("saving", async () => dispatch({ type: "stopped" }));

  const submit = (answers: Answers = []) =>
    run("submitting", async (record) => {
      const { hard, unanswered } = openFindings(record.findings);
      const open = unanswered.filter(({ rule }) => !answers.some((a) => a.rule === rule));
      if (record.status !== "submitted" && hard.length > 0) return dispatch({ type: "refused" });
      if (record.status !== "submitted" && open.length > 0) {
        setAsked(unanswered);
        return dispatch({ type: "stopped" });
      }
      const submitted = await handIn(attempts, record, answers);
      setDone(true);
      setAsked([]);
      onSubmitted(submitted);
    });

  return { state, dispatch, reading, unsaved, asked, setAsked, save, submit };
}
