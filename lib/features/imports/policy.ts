import { hasRole, holdsRole, type Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";

/** Whoever enters records brings in files; the database says the same (67-imports.sql). */
const mayImport = (actor: Actor): boolean => hasRole(actor, ["CLERK"]);

export function requireImporter(actor: Actor): void {
  if (!mayImport(actor)) throw new AppError("FORBIDDEN");
}

/** `path` is that of the organisation for which a file is brought in; null where it is out of reach. */
export function requirePlace(actor: Actor, path: string | null): void {
  requireImporter(actor);
  if (path === null || !holdsRole(actor, ["CLERK"], path))
    throw new AppError("VALIDATION", { fieldErrors: { organisation: [{ key: "choose" }] } });
}
