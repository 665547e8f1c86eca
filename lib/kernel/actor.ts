export const ROLES = ["CLERK", "REVIEWER", "PROVINCE", "AUDITOR", "ADMIN"] as const;
export type Role = (typeof ROLES)[number];

/** Kinds that stand below another organisation, and so can be added to one. */
export const LOWER_KINDS = [
  "PREFECTURE",
  "COUNTY",
  "INDUSTRIAL_UNION",
  "AFFILIATED_UNION",
  "GRASS_ROOTS",
] as const;
export const ORGANISATION_KINDS = ["PROVINCE", ...LOWER_KINDS] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** A role at an organisation reaches its whole subtree. `path` lists the ancestors' ids: "/1/5/23/". */
export type Membership = {
  readonly role: Role;
  readonly organisationId: number;
  readonly path: string;
  readonly code: string;
  readonly kind: OrganisationKind;
  readonly nameZh: string;
  readonly nameEn: string;
};

/** Who is asking, as the database derived it from the session of this very transaction. */
export type Actor = {
  readonly userId: string;
  readonly username: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly isDemo: boolean;
  readonly memberships: readonly Membership[];
};

/** Does the actor hold one of the roles at the organisation with this path, or above it? */
export function holdsRole(actor: Actor, roles: readonly Role[], path: string): boolean {
  return actor.memberships.some((m) => roles.includes(m.role) && path.startsWith(m.path));
}

export function hasRole(actor: Actor, roles: readonly Role[]): boolean {
  return actor.memberships.some((m) => roles.includes(m.role));
}

export type Person = { id: string; nameZh: string; nameEn: string };
