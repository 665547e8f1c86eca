import type { Actor } from "@/lib/kernel/actor";
import type { AppErrorCode } from "@/lib/kernel/app-error";
import type { YearStatus } from "@/lib/features/years/types";

/** What everybody may read is the province's to say, and to take back. */
export function decide(
  actor: Actor,
  action: "publish" | "withdraw",
  status: YearStatus | null,
): AppErrorCode | null {
  if (!actor.memberships.some((m) => m.role === "PROVINCE" && m.kind === "PROVINCE"))
    return "FORBIDDEN";
  if (action === "withdraw") return null;
  if (status === null) return "NOT_FOUND";
  return status === "closed" ? null : "CONFLICT";
}
