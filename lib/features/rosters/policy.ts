import { holdsRole, type Actor } from "@/lib/kernel/actor";
import type { EntryKind, Status } from "@/lib/kernel/record-codes";
import type { Sight } from "./types";

type Subject = {
  readonly organisationPath: string;
  readonly status: Status;
  readonly entryKind: EntryKind;
};

const EDITABLE: readonly Status[] = ["draft", "returned"];

/** Lines are typed by clerks of the place, while the record is theirs to change. A reversal names nobody. */
export const mayWriteRoster = (
  actor: Actor,
  { organisationPath, status, entryKind }: Subject,
): boolean =>
  entryKind !== "reversal" &&
  EDITABLE.includes(status) &&
  holdsRole(actor, ["CLERK"], organisationPath);

/**
 * Names are for those who enter and those who judge there, and as they were typed for who may still mend them. Whoever
 * reads the record reads what it comes to; administrators read no record.
 */
export function sightOf(actor: Actor, subject: Subject): Sight {
  if (mayWriteRoster(actor, subject)) return "open";
  return holdsRole(actor, ["CLERK", "REVIEWER"], subject.organisationPath) ? "masked" : "sums";
}

/** Payments are said of what was approved, by clerks of the place. */
export const mayPostPayments = (
  actor: Actor,
  { organisationPath, status, entryKind }: Subject,
): boolean =>
  status === "approved" &&
  entryKind !== "reversal" &&
  holdsRole(actor, ["CLERK"], organisationPath);

/** With a reason, as it was typed: whoever works there or looks over it. */
export const mayReveal = (actor: Actor, { organisationPath, entryKind }: Subject): boolean =>
  entryKind !== "reversal" &&
  holdsRole(actor, ["CLERK", "REVIEWER", "PROVINCE", "AUDITOR"], organisationPath);
