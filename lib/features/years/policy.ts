import type { Actor } from "@/lib/kernel/actor";
import type { AppErrorCode } from "@/lib/kernel/app-error";
import type { YearAction } from "./types";

/** Years belong to the province: to its staff, at the province itself. */
export function decide(
  actor: Actor,
  action: YearAction,
  status: "open" | "closed" | null,
): AppErrorCode | null {
  const province = actor.memberships.some((m) => m.role === "PROVINCE" && m.kind === "PROVINCE");
  if (!province) return "FORBIDDEN";
  if (action === "open") return status === null ? null : "CONFLICT";
  if (status === null) return "NOT_FOUND";
  return status === "closed" ? "YEAR_CLOSED" : null;
}
