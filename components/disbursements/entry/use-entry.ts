"use client";

import { useEffect, useReducer, useState } from "react";
import type { SaidOnSubmit } from "@/components/disbursements/answers-dialog";
import { useCommand } from "@/components/command/use-command";
import { CopyKeeper, type Typed } from "@/components/working-copies/copy-keeper";
import { Intent } from "@/lib/browser/intent";
import { beginCopy, type KeptCopy } from "@/lib/browser/kept-copy";
import type { Failure } from "@/lib/browser/api-client";
import { getDisbursement } from "@/lib/features/disbursements/client";
import { momentText } from "@/lib/kernel/written";
import { openFindings } from "@/lib/features/findings/present";
import { returnOf } from "@/lib/features/disbursements/present";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { Finding } from "@/lib/features/findings/types";
import { readEntry } from "@/lib/features/entry/rules";
import { isStored, saveEntry, sendEntry, submitEntry, type EntryIntent } from "./entry-saving";
import { entryReducer, isUnsaved, type EntryEvent, type EntryState } from "./entry-state";
import type { EntryStart, EntryText } from "./entry-start";
import { entryOf } from "@/lib/features/entry/present";
import { useKeptEntry } from "./use-kept-entry";

const textOf = ({ body }: KeptCopy): Partial<EntryText> => body;

/** Nothing is to be chosen where the record says what was typed: the page was left while it was being saved. */
function textLeft({ copy, record, values, reading }: EntryStart): KeptCopy | null {
  if (copy === null || record === null || copy.baseVersion === record.version) return copy;
  const typed = { ...values, ...textOf(copy).values };
  return isStored(typed, record, reading) ? null : copy;
}

function intentOf(start: EntryStart): EntryIntent {
  const left = textLeft(start);
  return new Intent(sendEntry, left && textOf(left).open);
}

function openState(start: EntryStart): EntryState {
  const { record } = start;
  const copy = textLeft(start);
  const baseline = record ? entryOf(record) : start.values;
  // Somebody changed the record after this text was begun: whose words stay has to be chosen.
  const overtaken =
    record !== null &&
    copy !== null &&
    (copy.baseVersion !== record.version || !record.actions.includes("edit"));
  return {
    values: { ...start.values, ...(copy && textOf(copy).values) },
    baseline,
    record: overtaken ? { ...record, version: copy.baseVersion ?? record.version } : record,
    serverErrors: {},
    refusals: 0,
    refusedPhase: "saving",
    focused: null,
    phase: "idle",
    failure: null,
    theirs: overtaken ? record : null,
    savedAt: record ? momentText(record.updatedAt).slice(11) : null,
    offeredDay: copy ? null : start.offeredDay,
    restoredAt: copy ? momentText(copy.at) : null,
    unstored: 0,
  };
}

const typedOf = (
  { titleOf }: EntryStart,
  body: EntryText,
  record: DisbursementDetail | null,
): Typed => ({
  ...{ title: titleOf(body.values), body },
  ...{ subject: record?.id ?? null, baseVersion: record?.version ?? null },
});

/** The save has failed: its text is sent on again. Where it was saved before, this is another form from now on. */
function keepAgain(keeper: CopyKeeper, typed: Typed, { code }: Failure): void {
  if (keeper.begun) keeper.type(typed);
  if (code === "IDEMPOTENCY_MISMATCH") keeper.renew();
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

/** 网络已断开 goes as soon as the line is known to be back. */
function useLine(down: boolean, sends: number, dispatch: (event: EntryEvent) => void): void {
  useEffect(() => {
    if (sends > 0) dispatch({ type: "line-back" });
  }, [sends, dispatch]);
  useEffect(() => {
    if (!down) return;
    const back = () => dispatch({ type: "line-back" });
    window.addEventListener("online", back);
    return () => window.removeEventListener("online", back);
  }, [down, dispatch]);
}

export function useEntry(start: EntryStart, onSubmitted: (record: DisbursementDetail) => void) {
  const [state, dispatch] = useReducer(entryReducer, start, openState);
  const [intent] = useState(() => intentOf(start));
  const [keeper] = useState(
    () => new CopyKeeper(start.userId, start.copy ?? beginCopy("disbursement", start.record)),
  );
  const [asked, setAsked] = useState<Finding[] | null>(null);
  const [done, setDone] = useState(false);
  const command = useCommand();
  const reading = readEntry(state.values, start.reading);
  const unsaved = isUnsaved(state) && !done;
  const kept = useKeptEntry({ start, state, intent, keeper, done });

  useLine(state.failure === "OFFLINE", kept.sends, dispatch);

  async function run(
    phase: "saving" | "submitting",
    then: (record: DisbursementDetail) => Promise<void>,
  ) {
    const unread = Object.keys(reading.problems);
    if (phase === "submitting" && unread.length > 0) return dispatch({ type: "refused", phase });
    // Without a programme there is no record yet; the words are kept all the same.
    if (reading.input.programme === "" || reading.input.organisation === "") {
      await keeper.flush();
      return dispatch({ type: "refused", phase });
    }
    let known = state.record;
    const { values } = state;
    const text = (open: EntryText["open"]) => typedOf(start, { values, open }, known);
    const outcome = await command.run(async () => {
      dispatch({ type: "started", phase });
      await keeper.rest();
      const unanswered = intent.open !== null;
      const ends = unread.length === 0 && keeper.begun ? { workingCopy: keeper.copy.id } : {};
      known = await saveEntry({
        intent,
        record: state.record,
        input: reading.input,
        ends,
        changed: isUnsaved(state) || keeper.begun,
        form: { id: keeper.copy.id, hold: (open) => keeper.hold(text(open)) },
      });
      // Asked again after a lost answer, the server may have kept the copy meanwhile.
      if (unread.length === 0) await (unanswered ? keeper.discard() : keeper.end());
      const at = momentText(known.updatedAt).slice(11);
      dispatch({ type: "saved", record: known, values, at, unstored: unread.length });
      await then(known);
    });
    if (outcome.ok || outcome.failure === null) return;
    keepAgain(keeper, text(intent.open), outcome.failure);
    for (const event of await explain(outcome.failure, known)) dispatch(event);
  }

  const save = () => run("saving", async () => dispatch({ type: "stopped" }));

  const submit = (said: SaidOnSubmit = { answers: [] }) =>
    run("submitting", async (record) => {
      const { hard, unanswered } = openFindings(record.findings);
      const open = unanswered.filter(({ rule }) => !said.answers.some((a) => a.rule === rule));
      const unsaid = open.length > 0 || (returnOf(record) !== null && !said.reply);
      if (record.status !== "submitted" && hard.length > 0)
        return dispatch({ type: "refused", phase: "submitting" });
      if (record.status !== "submitted" && unsaid) {
        setAsked(unanswered);
        return dispatch({ type: "stopped" });
      }
      const submitted = await submitEntry(intent, record, said);
      setDone(true);
      setAsked(null);
      onSubmitted(submitted);
    });

  /** The record is voided: nothing that was typed for it is wanted. */
  const discard = () => {
    setDone(true);
    return keeper.discard();
  };

  return {
    ...{ state, dispatch, reading, unsaved, kept, discard },
    ...{ asked, setAsked, command, save, submit },
  };
}
