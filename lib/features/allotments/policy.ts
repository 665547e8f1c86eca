import { holdsRole, type Actor } from "@/lib/kernel/actor";
import type { AppErrorCode } from "@/lib/kernel/app-error";
import { ALLOTMENT_ACTIONS, type AllotmentAction } from "./types";

export type AllotmentSubject = { organisationPath: string; voided: boolean; yearOpen: boolean };

/** Provincial staff, for organisations of their subtree, in an open year; a voided one stays as it is. */
export function decide(
  actor: Actor,
  action: AllotmentAction,
  subject: AllotmentSubject,
): AppErrorCode | null {
  if (!holdsRole(actor, ["PROVINCE"], subject.organisationPath)) return "FORBIDDEN";
  if (!subject.yearOpen) return "YEAR_CLOSED";
  return action === "void" && subject.voided ? "TRANSITION" : null;
}

/** What may be done to an allotment that exists. */
export function allowedActions(actor: Actor, subject: AllotmentSubject): AllotmentAction[] {
  return ALLOTMENT_ACTIONS.filter(
    (action) => action !== "create" && decide(actor, action, subject) === null,
  );
}
