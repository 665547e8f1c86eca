import type { Actor } from "@/lib/kernel/actor";
import type { AppErrorCode } from "@/lib/kernel/app-error";
import { yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import type { Reopening, YearAction, YearStatus } from "./types";

/** The day in China from which a year may be closed, while it has not come. */
export const closesFrom = (year: number, today: CivilDate): CivilDate | null =>
  year < yearOf(today) ? null : `${year + 1}-01-01`;

const isProvince = (actor: Actor) =>
  actor.memberships.some((m) => m.role === "PROVINCE" && m.kind === "PROVINCE");

/**
 * Years belong to the province: its staff opens and closes them, and opens a closed one once more. An administrator
 * opens one too, as the rest of what is chosen from, but does not decide that figures are final.
 */
export function decide(
  actor: Actor,
  action: YearAction,
  status: YearStatus | null,
): AppErrorCode | null {
  const administers = actor.memberships.some((m) => m.role === "ADMIN" && m.kind === "PROVINCE");
  if (!isProvince(actor) && !(action === "open" && administers)) return "FORBIDDEN";
  if (action === "open") return status === null ? null : "CONFLICT";
  if (status === null) return "NOT_FOUND";
  if (action === "reopen") return status === "closed" ? null : "CONFLICT";
  return status === "closed" ? "YEAR_CLOSED" : null;
}

/** Who asked takes it back, anybody else of the province confirms or declines it. */
export function reopeningActions(
  actor: Actor,
  { state, requestedBy }: Pick<Reopening, "state" | "requestedBy">,
): Reopening["actions"] {
  if (state !== "pending" || !isProvince(actor)) return [];
  return requestedBy.id === actor.userId ? ["withdraw"] : ["confirm", "decline"];
}
