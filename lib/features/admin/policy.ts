import { hasRole, type Actor, type OrganisationKind, type Role } from "@/lib/kernel/actor";
import { AppError, type FieldError } from "@/lib/kernel/app-error";
import { ROLE_KINDS, ROLES_BY_TWO } from "./types";

export function requireAdmin(actor: Actor): void {
  if (!hasRole(actor, ["ADMIN"])) throw new AppError("FORBIDDEN");
}

/** Nobody changes, disables or re-keys the account they are signed in with from here. */
export function requireOther(actor: Actor, userId: string): void {
  requireAdmin(actor);
  if (actor.userId === userId) throw new AppError("FORBIDDEN");
}

/** Why this role cannot be given; null = it can. Whoever keeps accounts holds no other role. */
export function grantFault(
  role: Role,
  kind: OrganisationKind,
  held: readonly Role[],
): { field: "role" | "organisation"; fault: FieldError } | null {
  const kinds = ROLE_KINDS[role];
  if (kinds && !kinds.includes(kind))
    return { field: "organisation", fault: { key: "roleAtProvince" } };
  const clash = held.some((other) => (other === "ADMIN") !== (role === "ADMIN"));
  return clash ? { field: "role", fault: { key: "adminAlone" } } : null;
}

export const needsTwo = (role: string): boolean => ROLES_BY_TWO.some((known) => known === role);

/** Does what opens a way into this account take two administrators? */
export const isFarReaching = (user: { memberships: readonly { role: Role }[] }): boolean =>
  user.memberships.some(({ role }) => needsTwo(role));

/** One administrator alone does nothing of this kind. */
export function requireOneEnough(farReaching: boolean): void {
  if (farReaching) throw new AppError("SECOND_ADMINISTRATOR");
}
