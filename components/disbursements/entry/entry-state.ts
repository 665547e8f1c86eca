import type { FailureCode } from "@/lib/browser/api-client";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import { entryOf } from "@/lib/features/entry/present";
import type { EntryValues } from "@/lib/features/entry/types";

export type EntryState = {
  values: EntryValues;
  /** The values as the server last took them; what differs is unsaved. */
  baseline: EntryValues;
  record: DisbursementDetail | null;
  /** Sentences in the reader’s language, by path. */
  serverErrors: Record<string, string[]>;
  /** Refused since opening; the error summary takes the focus each time it grows. */
  refusals: number;
  /** What was refused the last time. */
  refusedPhase: "saving" | "submitting";
  /** The field being typed in: nobody is corrected in the middle of a word. */
  focused: string | null;
  phase: "idle" | "saving" | "submitting";
  failure: FailureCode | null;
  /** Someone else's newer state of this record. */
  theirs: DisbursementDetail | null;
  savedAt: string | null;
  /** So many fields the saved draft does not hold, because they cannot be read yet. */
  unstored: number;
  restoredAt: string | null;
  /** The day that came with the programme: it stands there until it is changed or saved, and says so. */
  offeredDay: string | null;
};

export type EntryEvent =
  | { type: "typed"; patch: Partial<EntryValues> }
  | { type: "focused"; id: string | null }
  | { type: "started"; phase: "saving" | "submitting" }
  | { type: "refused"; phase: "saving" | "submitting" }
  | { type: "saved"; record: DisbursementDetail; values: EntryValues; at: string; unstored: number }
  | { type: "fetched"; record: DisbursementDetail }
  | { type: "failed"; code: FailureCode; fieldErrors: Record<string, string[]> }
  | { type: "stale"; theirs: DisbursementDetail }
  | { type: "line-back" }
  | { type: "stopped" }
  | { type: "kept-mine" }
  | { type: "took-theirs" }
  | { type: "discarded-draft" };

export function isUnsaved(state: Pick<EntryState, "values" | "baseline">): boolean {
  return JSON.stringify(state.values) !== JSON.stringify(state.baseline);
}

/** Errors of the server hold until the field they speak of is touched. */
function withoutTouched(
  errors: EntryState["serverErrors"],
  patch: Partial<EntryValues>,
): EntryState["serverErrors"] {
  const names = Object.keys(patch);
  const touches = (path: string) => {
    const [head = ""] = path.split(".");
    return names.some(
      (name) =>
        name === head || `${name}Fen` === head || (head === "rate" && name.startsWith("rate")),
    );
  };
  return Object.fromEntries(Object.entries(errors).filter(([path]) => !touches(path)));
}

/** The programme brings a day along; whoever writes one, or the same, has looked at it. */
function offeredDay(state: EntryState, patch: Partial<EntryValues>): string | null {
  if (patch.paidOn === undefined) return state.offeredDay;
  const brought = patch.programme !== undefined && patch.paidOn !== state.values.paidOn;
  return brought && patch.paidOn !== ""
    ? patch.paidOn
    : patch.programme === undefined
      ? null
      : state.offeredDay;
}

function opened(state: EntryState, record: DisbursementDetail, at: string | null): EntryState {
  const values = entryOf(record);
  return {
    ...state,
    values,
    baseline: values,
    record,
    serverErrors: {},
    failure: null,
    theirs: null,
    restoredAt: null,
    offeredDay: null,
    unstored: 0,
    savedAt: at,
  };
}

export function entryReducer(state: EntryState, event: EntryEvent): EntryState {
  switch (event.type) {
    case "typed":
      return {
        ...state,
        values: { ...state.values, ...event.patch },
        offeredDay: offeredDay(state, event.patch),
        serverErrors: withoutTouched(state.serverErrors, event.patch),
      };
    case "focused":
      return { ...state, focused: event.id };
    case "started":
      return { ...state, phase: event.phase, failure: null };
    case "refused":
      return {
        ...state,
        phase: "idle",
        refusals: state.refusals + 1,
        refusedPhase: event.phase,
      };
    case "saved":
      return {
        ...state,
        record: event.record,
        baseline: event.values,
        serverErrors: {},
        failure: null,
        theirs: null,
        restoredAt: null,
        offeredDay: null,
        unstored: event.unstored,
        savedAt: event.at,
      };
    case "fetched":
      return { ...state, record: event.record };
    case "failed":
      return {
        ...state,
        refusedPhase: state.phase === "submitting" ? "submitting" : "saving",
        phase: "idle",
        failure: event.code,
        serverErrors: event.fieldErrors,
        refusals: state.refusals + 1,
      };
    case "stale":
      return { ...state, phase: "idle", theirs: event.theirs };
    case "line-back":
      return state.failure === "OFFLINE" ? { ...state, failure: null } : state;
    case "stopped":
      return { ...state, phase: "idle" };
    case "kept-mine":
      return state.theirs === null
        ? state
        : { ...state, record: state.theirs, baseline: entryOf(state.theirs), theirs: null };
    case "took-theirs":
      return state.theirs === null ? state : opened(state, state.theirs, state.savedAt);
    case "discarded-draft":
      return {
        ...state,
        values: state.baseline,
        restoredAt: null,
        serverErrors: {},
        failure: null,
      };
  }
}
