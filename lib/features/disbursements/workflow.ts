import type { Role } from "@/lib/kernel/actor";
import {
  ADJUST_REASONS,
  RETURN_REASONS,
  VOID_REASONS,
  type Action,
  type Status,
} from "@/lib/kernel/record-codes";

/** What the record and the person must fulfil beyond role and status; policy decides each. */
export type Requirement =
  "own-words" | "open-year" | "not-opened" | "not-own-entry" | "approval-level" | "not-corrected";

type WorkingRole = Extract<Role, "CLERK" | "REVIEWER" | "PROVINCE">;

/** Coded reasons, by the group of the `labels` messages that has their words. */
const REASONS = {
  returnReason: RETURN_REASONS,
  voidReason: VOID_REASONS,
  adjustReason: ADJUST_REASONS,
} as const;

export type ReasonGroup = keyof typeof REASONS;

export type Transition = {
  readonly role: WorkingRole;
  readonly from: Status;
  readonly action: Action;
  /** Absent where the record stays as it is. */
  readonly to?: Status;
  /** An approval: where the record stays until the last of those it needs is given. */
  readonly until?: Status;
  readonly requires: readonly Requirement[];
  /** `settled`: hard findings stop it, and soft ones want an answer first. `no-hard`: hard ones stop it still. */
  readonly findings?: "settled" | "no-hard" | undefined;
  /** The list of which the person names one. */
  readonly reason?: ReasonGroup;
  /** Words beside the reason: always, or where the reason is “other”. */
  readonly words?: "always" | "with-other";
  /** Message key in the `labels` namespace. */
  readonly label: string;
};

const written = { requires: ["own-words"], label: "action.edit" } as const;
const submitted = { to: "submitted", requires: ["open-year"], findings: "settled" } as const;
const approved = { action: "approve", to: "approved", until: "submitted", requires: ["open-year", "not-own-entry", "approval-level"], findings: "no-hard", label: "action.approve" } as const; // prettier-ignore
const returned = { action: "return", to: "returned", requires: [], reason: "returnReason", words: "always", label: "action.return" } as const; // prettier-ignore
const voided = { action: "void", to: "voided", requires: [], reason: "voidReason", words: "with-other", label: "action.void" } as const; // prettier-ignore

/**
 * The life of a disbursement. Next status, button and its word, what is asked for, and how approvals are
 * counted are looked up here and written nowhere else. What never counted may leave a closed year (edited into an
 * open one, taken back, returned, voided); nothing comes to count there. Auditors and administrators take no step.
 */
export const WORKFLOW = [
  { role: "CLERK", from: "draft", action: "edit", ...written },
  { role: "CLERK", from: "draft", action: "submit", ...submitted, label: "action.submit" },
  { role: "CLERK", from: "draft", ...voided },
  { role: "CLERK", from: "returned", action: "edit", ...written },
  { role: "CLERK", from: "returned", action: "submit", ...submitted, label: "action.resubmit" },
  { role: "CLERK", from: "returned", ...voided },
  { role: "CLERK", from: "submitted", action: "withdraw", to: "draft", requires: ["not-opened"], label: "action.withdraw" }, // prettier-ignore
  { role: "CLERK", from: "submitted", ...voided },
  { role: "CLERK", from: "approved", action: "adjust", requires: ["not-corrected"], reason: "adjustReason", words: "always", label: "action.adjust" }, // prettier-ignore
  { role: "REVIEWER", from: "submitted", ...approved },
  { role: "REVIEWER", from: "submitted", ...returned },
  { role: "PROVINCE", from: "submitted", ...approved },
  { role: "PROVINCE", from: "submitted", ...returned },
] as const satisfies readonly Transition[];

export type Workflow = readonly Transition[];

/** The step as it is offered from this status; the same whoever takes it. */
export function stepFrom(
  action: Action,
  from: Status,
  workflow: Workflow = WORKFLOW,
): Transition | undefined {
  return workflow.find((t) => t.action === action && t.from === from);
}

type Approvals = { readonly approvalsGiven: number; readonly approvalsNeeded: number };

/** Where a record stands after the step; a new submission begins the counting of approvals anew. */
export function standingAfter(
  step: Transition,
  { approvalsGiven, approvalsNeeded }: Approvals,
): { status: Status; approvalsGiven: number } {
  const to = step.to ?? step.from;
  if (step.until === undefined)
    return { status: to, approvalsGiven: beginsRound(step) ? 0 : approvalsGiven };
  const given = approvalsGiven + 1;
  return { status: given < approvalsNeeded ? step.until : to, approvalsGiven: given };
}

/** Approvals of an earlier round do not count in the next. */
export function beginsRound(step: Transition): boolean {
  return step.to === "submitted";
}

/** The steps that ask for a reason. */
export type Reasoned = Extract<(typeof WORKFLOW)[number], { reason: ReasonGroup }>["action"];
type Asking<A extends Reasoned> = Extract<(typeof WORKFLOW)[number], { action: A }>;
type Asked<A extends Reasoned> = {
  group: Asking<A>["reason"];
  reasons: (typeof REASONS)[Asking<A>["reason"]];
  words: Asking<A>["words"];
};

/** What a person who takes this step has to say, from whatever status. */
export function askedFor<A extends Reasoned>(action: A, workflow: Workflow = WORKFLOW): Asked<A> {
  const step = workflow.find((t) => t.action === action);
  const group = step?.reason ?? "returnReason";
  return { group, reasons: REASONS[group], words: step?.words } as Asked<A>;
}

/** A reason alone explains itself, except “other”. */
export function needsWords(words: Transition["words"], reason: string): boolean {
  return words === "always" || (words === "with-other" && reason === "other");
}
