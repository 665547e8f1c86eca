import { hasRole, type Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";

/** What everybody chooses from is kept by administrators, who choose nothing from it themselves. */
export function requireKeeper(actor: Actor): void {
  if (!hasRole(actor, ["ADMIN"])) throw new AppError("FORBIDDEN");
}
