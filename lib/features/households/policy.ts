import { hasRole, holdsRole, type Actor } from "@/lib/kernel/actor";
import type { HouseholdStatus } from "./labels";
import type { Sight } from "./types";

type Subject = {
  readonly organisationPath: string;
  readonly status: HouseholdStatus;
  readonly forgotten: boolean;
};

/** Files are for those who keep them and those who judge there: where somebody is one of these. */
export const FILE_ROLES = ["CLERK", "REVIEWER"] as const;

/** The province and auditors read sums, administrators not even those. */
export const mayReadFiles = (actor: Actor): boolean => hasRole(actor, FILE_ROLES);

export const mayFile = (actor: Actor, path: string): boolean => holdsRole(actor, ["CLERK"], path);

/** A closed file is read alone, and so is one that was emptied. */
export const mayWriteFile = (
  actor: Actor,
  { organisationPath, status, forgotten }: Subject,
): boolean => status !== "closed" && !forgotten && mayFile(actor, organisationPath);

/** As it was typed to whoever may still mend it, masked to the others who work there, and not at all to anybody else. */
export function sightOf(actor: Actor, subject: Subject): Sight | null {
  if (mayWriteFile(actor, subject)) return "open";
  return holdsRole(actor, FILE_ROLES, subject.organisationPath) ? "masked" : null;
}
