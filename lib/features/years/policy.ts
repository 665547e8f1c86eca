import type { Actor } from "@/lib/kernel/actor";
import type { AppErrorCode } from "@/lib/kernel/app-error";
import { yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import type { YearAction } from "./types";

/** The day in China from which a year may be closed, while it has not come. */
export const closesFrom = (year: number, today: CivilDate): CivilDate | null =>
  year < yearOf(today) ? null : `${year + 1}-01-01`;

/**
 * Years belong to the province: its staff opens and closes them. An administrator opens one too, as the rest of
 * what is chosen from, but does not decide that figures are final.
 */
export function decide(
  actor: Actor,
  action: YearAction,
  status: "open" | "closed" | null,
): AppErrorCode | null {
  const province = actor.memberships.some((m) => m.role === "PROVINCE" && m.kind === "PROVINCE");
  const administers = actor.memberships.some((m) => m.role === "ADMIN" && m.kind === "PROVINCE");
  if (!province && !(action === "open" && administers)) return "FORBIDDEN";
  if (action === "open") return status === null ? null : "CONFLICT";
  if (status === null) return "NOT_FOUND";
  return status === "closed" ? "YEAR_CLOSED" : null;
}
