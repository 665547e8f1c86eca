import { holdsRole, type Actor } from "@/lib/kernel/actor";
import type { AppErrorCode } from "@/lib/kernel/app-error";
import { PROJECT_ACTIONS, type ProjectAction, type ProjectStatus } from "./types";

export type ProjectSubject = {
  organisationPath: string;
  status: ProjectStatus;
  declaredBy: string;
  yearOpen: boolean;
  /** Allotments that stand name it. */
  hasMoney: boolean;
};

/** The province, and reviewers of an organisation above: what one's own declared is decided by others. */
const isAbove = (actor: Actor, path: string): boolean =>
  actor.memberships.some(
    (m) =>
      path.startsWith(m.path) &&
      (m.role === "PROVINCE" || (m.role === "REVIEWER" && m.path !== path)),
  );

type Ask = {
  may: (actor: Actor, subject: ProjectSubject) => boolean;
  refuses: (actor: Actor, subject: ProjectSubject) => AppErrorCode | null;
};

const isClerk = (actor: Actor, path: string) => holdsRole(actor, ["CLERK"], path);
const unless = (holds: boolean): AppErrorCode | null => (holds ? null : "TRANSITION");

const ASKS: Record<ProjectAction, Ask> = {
  create: {
    may: (actor, { organisationPath }) => isClerk(actor, organisationPath),
    refuses: () => null,
  },
  approve: {
    may: (actor, { organisationPath }) => isAbove(actor, organisationPath),
    refuses: ({ userId }, { status, declaredBy }) =>
      userId === declaredBy ? "OWN_ENTRY" : unless(status === "declared"),
  },
  close: {
    may: (actor, { organisationPath }) => isAbove(actor, organisationPath),
    refuses: (_, { status }) => unless(status === "approved"),
  },
  void: {
    may: (actor, { organisationPath: path, status }) =>
      isAbove(actor, path) || (status === "declared" && isClerk(actor, path)),
    refuses: (_, { status, hasMoney }) =>
      hasMoney && status === "approved"
        ? "HAS_MONEY"
        : unless(status === "declared" || status === "approved"),
  },
};

/** In an open year, by those it is for. */
export function decide(
  actor: Actor,
  action: ProjectAction,
  subject: ProjectSubject,
): AppErrorCode | null {
  const { may, refuses } = ASKS[action];
  if (!may(actor, subject)) return "FORBIDDEN";
  return subject.yearOpen ? refuses(actor, subject) : "YEAR_CLOSED";
}

/** What may be done to a project that exists. */
export function allowedActions(actor: Actor, subject: ProjectSubject): ProjectAction[] {
  return PROJECT_ACTIONS.filter(
    (action) => action !== "create" && decide(actor, action, subject) === null,
  );
}
