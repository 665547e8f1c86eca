import type { PageReference } from "@/lib/features/reference/types";
import type { OrganisationKind, Role } from "@/lib/kernel/actor";
import type { AdminProgramme } from "./schema";

/** Where each role may be held; null = at any organisation. */
export const ROLE_KINDS: Record<Role, readonly OrganisationKind[] | null> = {
  CLERK: null,
  REVIEWER: null,
  PROVINCE: ["PROVINCE"],
  AUDITOR: null,
  ADMIN: ["PROVINCE"],
};

/** Roles that open the whole province or the accounts: two administrators give them (prisma/sql/44-two-administrators.sql). */
export const ROLES_BY_TWO = ["PROVINCE", "AUDITOR", "ADMIN"] as const satisfies readonly Role[];

/** What may stand directly below what. The province itself is part of the reference data. */
export const PARENT_KINDS: Record<
  Exclude<OrganisationKind, "PROVINCE">,
  readonly OrganisationKind[]
> = {
  PREFECTURE: ["PROVINCE"],
  COUNTY: ["PREFECTURE"],
  INDUSTRIAL_UNION: ["PROVINCE", "PREFECTURE"],
  AFFILIATED_UNION: ["PROVINCE", "PREFECTURE", "COUNTY"],
  GRASS_ROOTS: ["PREFECTURE", "COUNTY", "INDUSTRIAL_UNION", "AFFILIATED_UNION"],
};

/** What a new programme may fill in. */
export type ProgrammeChoices = Pick<PageReference, "aidCategories" | "recipientKinds">;
export type ProgrammesView = { programmes: AdminProgramme[]; choices: ProgrammeChoices };
