import { hasRole, type Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import type { AskedKind } from "./types";

function isProvinceAuditor(actor: Actor): boolean {
  return actor.memberships.some(({ role, kind }) => role === "AUDITOR" && kind === "PROVINCE");
}

const MAY_ASK: Record<AskedKind, (actor: Actor) => boolean> = {
  invariants: (actor) => hasRole(actor, ["ADMIN"]) || isProvinceAuditor(actor),
};

/** guard.may_ask_job says the same in the database. */
export function mayAsk(actor: Actor, kind: AskedKind): boolean {
  return MAY_ASK[kind](actor);
}

/** Asked when a job is asked for, again when it runs, and again when its file is fetched. */
export function requireAsker(actor: Actor, kind: AskedKind): void {
  if (!mayAsk(actor, kind)) throw new AppError("FORBIDDEN");
}
