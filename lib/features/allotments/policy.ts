import { holdsRole, type Actor, type Role } from "@/lib/kernel/actor";
import type { AppErrorCode } from "@/lib/kernel/app-error";
import { ALLOTMENT_ACTIONS, type AllotmentAction } from "./types";

export type AllotmentSubject = {
  organisationPath: string;
  voided: boolean;
  yearOpen: boolean;
  /** Whose it was before it was passed down; null where it came from outside or was carried over. */
  giverPath: string | null;
  /** What can still be given away of it; null of what was given away. */
  leftFen: string | null;
  /** Something was given away of it that still stands. */
  givenOn: boolean;
  /** There are organisations below. */
  hasBelow: boolean;
  nextYearOpen: boolean;
};

type Ask = {
  roles: (subject: AllotmentSubject) => readonly Role[];
  refuses: (subject: AllotmentSubject) => AppErrorCode | null;
};

const isSpent = ({ leftFen }: AllotmentSubject) => leftFen === null || leftFen === "0";

/** Money from outside is the province's to record; what an organisation received, its reviewers pass down as well. */
const ASKS: Record<AllotmentAction, Ask> = {
  create: { roles: () => ["PROVINCE"], refuses: () => null },
  "pass-down": {
    roles: () => ["PROVINCE", "REVIEWER"],
    refuses: (subject) => (isSpent(subject) || !subject.hasBelow ? "TRANSITION" : null),
  },
  "carry-over": {
    roles: () => ["PROVINCE"],
    refuses: (subject) =>
      isSpent(subject) ? "TRANSITION" : subject.nextYearOpen ? null : "YEAR_CLOSED",
  },
  void: {
    roles: ({ giverPath }) => (giverPath === null ? ["PROVINCE"] : ["PROVINCE", "REVIEWER"]),
    refuses: (subject) => (subject.givenOn ? "PASSED_ON" : null),
  },
};

/** Of their subtree, in an open year; a voided one stays as it is. What was passed down is the giver's to take back. */
export function decide(
  actor: Actor,
  action: AllotmentAction,
  subject: AllotmentSubject,
): AppErrorCode | null {
  const { roles, refuses } = ASKS[action];
  const { giverPath, organisationPath } = subject;
  const path = action === "void" ? (giverPath ?? organisationPath) : organisationPath;
  if (!holdsRole(actor, roles(subject), path)) return "FORBIDDEN";
  if (!subject.yearOpen) return "YEAR_CLOSED";
  return action !== "create" && subject.voided ? "TRANSITION" : refuses(subject);
}

/** What may be done to an allotment that exists. */
export function allowedActions(actor: Actor, subject: AllotmentSubject): AllotmentAction[] {
  return ALLOTMENT_ACTIONS.filter(
    (action) => action !== "create" && decide(actor, action, subject) === null,
  );
}
