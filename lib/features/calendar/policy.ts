import { hasRole, holdsRole, type Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";

/** What is expected is laid down by administrators, who owe nothing themselves. */
export function requireKeeper(actor: Actor): void {
  if (!hasRole(actor, ["ADMIN"])) throw new AppError("FORBIDDEN");
}

/** Whoever may enter a record there may say that there was none, and take it back: an office, not a person, owes it. */
export const mayDeclare = (actor: Actor, organisationPath: string): boolean =>
  holdsRole(actor, ["CLERK"], organisationPath);
