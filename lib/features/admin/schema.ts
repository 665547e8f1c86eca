import { z } from "zod";
import { LOWER_KINDS, ORGANISATION_KINDS, ROLES } from "@/lib/kernel/actor";
import { contract } from "@/lib/kernel/contract";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { codeSchema, monthSchema, versionSchema, newCodeSchema } from "@/lib/kernel/wire";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import { claimsInputSchema, claimsSchema } from "@/lib/features/reference/schema";
import { SEASONS } from "@/lib/features/reference/types";

const nameSchema = (most: number) =>
  z
    .string()
    .trim()
    .min(1, { error: "required" })
    .max(most, { error: "tooLong" })
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { error: "oneLine" });
const personNameSchema = nameSchema(60);
/** Official English names of unions reach 73 characters. */
const placeNameSchema = nameSchema(120);
const usernameSchema = z.string().regex(/^[a-z][a-z0-9.-]{2,39}$/, { error: "username" });

export const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  active: z.boolean(),
  isDemo: z.boolean(),
  createdAt: z.string(),
  version: z.int(),
  /** Signs in with a code of a device beside the password. */
  secondFactor: z.boolean(),
  /** Who this person is to an identity provider: they may sign in through it. */
  identities: z.array(z.object({ issuer: z.string(), subject: z.string() })),
  memberships: z.array(
    z.object({
      id: z.int(),
      role: z.enum(ROLES),
      organisation: z.string(),
      /** Its names: the account may hold it anywhere. */
      organisationZh: z.string(),
      organisationEn: z.string(),
      grantedAt: z.string(),
    }),
  ),
});
export type AdminUser = z.infer<typeof userSchema>;
export const linkIdentityInputSchema = z.strictObject({
  version: versionSchema,
  subject: z
    .string()
    .trim()
    .min(1, { error: "required" })
    .max(255, { error: "tooLong" })
    .meta({ description: "What the identity provider calls the person (sub)" }),
});
export type LinkIdentityInput = z.infer<typeof linkIdentityInputSchema>;
export const unlinkIdentityInputSchema = linkIdentityInputSchema.extend({ issuer: z.url() });
export type UnlinkIdentityInput = z.infer<typeof unlinkIdentityInputSchema>;

export const usersQuerySchema = z.strictObject({
  q: z.string().trim().max(60).optional(),
  org: codeSchema.optional(),
  role: z.enum(ROLES).optional(),
  active: z.enum(["true", "false"]).optional(),
  cursor: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type UsersQuery = z.infer<typeof usersQuerySchema>;
export const usersPageSchema = z.object({
  items: z.array(userSchema),
  nextCursor: z.string().nullable(),
});
export type UsersPage = z.infer<typeof usersPageSchema>;

/** Attempts that failed, by account and address. Who has no account here is nobody: what was typed is not kept. */
export const failedSignInSchema = z.object({
  id: z.string(),
  user: z
    .object({ id: z.string(), username: z.string(), nameZh: z.string(), nameEn: z.string() })
    .nullable(),
  /** "signed-in" where somebody signed in mistyped their present password. */
  address: z.string(),
  failures: z.int(),
  /** Since the last time it was right. */
  failedInARow: z.int(),
  firstAt: z.string(),
  triedAt: z.string(),
  succeededAt: z.string().nullable(),
});
export type FailedSignIn = z.infer<typeof failedSignInSchema>;

export const membershipInputSchema = z.strictObject({
  role: z.enum(ROLES),
  organisation: codeSchema,
});
export type MembershipInput = z.infer<typeof membershipInputSchema>;
export const createUserInputSchema = z.strictObject({
  username: usernameSchema,
  nameZh: personNameSchema,
  nameEn: personNameSchema,
  membership: membershipInputSchema,
});
export type CreateUserInput = z.infer<typeof createUserInputSchema>;
const updateInputSchema = z.strictObject({
  version: versionSchema,
  nameZh: personNameSchema.optional(),
  nameEn: personNameSchema.optional(),
  active: z.boolean().optional(),
});
export type UpdateUserInput = z.infer<typeof updateInputSchema>;

export const organisationSchema = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  kind: z.enum(ORGANISATION_KINDS),
  parent: z.string().nullable(),
  parentZh: z.string().nullable(),
  parentEn: z.string().nullable(),
  active: z.boolean(),
  version: z.int(),
});
export type AdminOrganisation = z.infer<typeof organisationSchema>;
export const createOrganisationInputSchema = z.strictObject({
  code: z.string().regex(/^[0-9A-Za-z-]{2,20}$/, { error: "code" }),
  nameZh: placeNameSchema,
  nameEn: placeNameSchema,
  kind: z.enum(LOWER_KINDS),
  parent: codeSchema,
});
export type CreateOrganisationInput = z.infer<typeof createOrganisationInputSchema>;
const updatePlaceInputSchema = updateInputSchema.extend({
  nameZh: placeNameSchema.optional(),
  nameEn: placeNameSchema.optional(),
});
export type UpdateOrganisationInput = z.infer<typeof updatePlaceInputSchema>;

const sortOrder = z.int().min(0).max(9999);
const seasonMonths = z.array(monthSchema.min(1)).max(12);
const noticeFromYear = z.int().min(2000).max(2100).nullable().meta({
  description:
    "From which year on its named records are submitted only with a confirmed public notice of the roster as it stands; null: none is asked for",
});
export const programmeSchema = z.object({
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  season: z.enum(SEASONS),
  contributory: z.boolean(),
  seasonMonths,
  mainUnit: z.enum(COUNT_UNITS),
  allowedForms: z.array(z.enum(AID_FORMS)),
  defaultForm: z.enum(AID_FORMS),
  defaultAidCategory: z.string(),
  defaultRecipientKind: z.string(),
  noticeFromYear: z.int().nullable(),
  claims: claimsSchema,
  sortOrder: z.int(),
  active: z.boolean(),
  version: z.int(),
});
export type AdminProgramme = z.infer<typeof programmeSchema>;
export const createProgrammeInputSchema = z.strictObject({
  code: newCodeSchema,
  nameZh: placeNameSchema,
  nameEn: placeNameSchema,
  season: z.enum(SEASONS),
  contributory: z
    .boolean()
    .default(false)
    .meta({ description: "Mutual aid: counted apart, never in relief totals" }),
  seasonMonths: seasonMonths.default([]),
  mainUnit: z.enum(COUNT_UNITS),
  allowedForms: z.array(z.enum(AID_FORMS)).min(1, { error: "required" }),
  defaultForm: z.enum(AID_FORMS),
  defaultAidCategory: codeSchema,
  defaultRecipientKind: codeSchema,
  noticeFromYear: noticeFromYear.default(null),
  sortOrder: sortOrder.optional(),
});
export type CreateProgrammeInput = z.input<typeof createProgrammeInputSchema>;
export const updateProgrammeInputSchema = updatePlaceInputSchema.extend({
  seasonMonths: seasonMonths.optional(),
  noticeFromYear: noticeFromYear.optional(),
  claims: claimsInputSchema.optional(),
  sortOrder: sortOrder.optional(),
  contributory: z
    .boolean()
    .optional()
    .meta({ description: "Of a programme that no record names yet" }),
});
export type UpdateProgrammeInput = z.infer<typeof updateProgrammeInputSchema>;

const tag = "admin";
const idParams = z.strictObject({ id: z.uuid() });
const codeParams = z.strictObject({ code: codeSchema });
const nothing = z.strictObject({});
const passwordOnce = z.object({
  user: userSchema,
  /** Shown this once; only its hash is kept. */
  password: z.string(),
});
export type PasswordOnce = z.infer<typeof passwordOnce>;

export const listUsersContract = contract({
  id: "listUsers",
  method: "GET",
  path: "/admin/users",
  tag,
  rate: "read",
  summary: "Accounts and their roles",
  query: usersQuerySchema,
  response: usersPageSchema,
});
export const createUserContract = contract({
  id: "createUser",
  method: "POST",
  path: "/admin/users",
  tag,
  rate: "write",
  stepUp: "always",
  status: 201,
  answersOnce: true,
  summary: "Open an account with its first role; the password is answered once",
  body: createUserInputSchema,
  response: passwordOnce,
});
export const updateUserContract = contract({
  id: "updateUser",
  method: "PATCH",
  path: "/admin/users/{id}",
  tag,
  rate: "write",
  summary: "Rename, disable or enable an account; disabling ends its sessions",
  params: idParams,
  body: updateInputSchema,
  response: userSchema,
});
export const resetPasswordContract = contract({
  id: "resetPassword",
  method: "POST",
  path: "/admin/users/{id}/password",
  tag,
  rate: "write",
  answersOnce: true,
  summary: "Give an account a new password, answered once; its sessions end",
  params: idParams,
  body: nothing,
  response: passwordOnce,
});
export const linkIdentityContract = contract({
  id: "linkIdentity",
  method: "POST",
  path: "/admin/users/{id}/identities",
  tag,
  rate: "write",
  status: 201,
  summary: "Let an account sign in through the identity provider; its sessions end",
  params: idParams,
  body: linkIdentityInputSchema,
  response: userSchema,
});
export const unlinkIdentityContract = contract({
  id: "unlinkIdentity",
  method: "POST",
  path: "/admin/users/{id}/identities/unlink",
  tag,
  rate: "write",
  summary: "End an account's way in through the identity provider; its sessions end",
  params: idParams,
  body: unlinkIdentityInputSchema,
  response: userSchema,
});
export const liftFactorContract = contract({
  id: "liftSecondFactor",
  method: "POST",
  path: "/admin/users/{id}/second-factor/lift",
  tag,
  rate: "write",
  summary:
    "Take an account's second factor away, where device and recovery codes are lost; its sessions end",
  params: idParams,
  body: nothing,
  response: userSchema,
});
export const grantMembershipContract = contract({
  id: "grantMembership",
  method: "POST",
  path: "/admin/users/{id}/memberships",
  tag,
  rate: "write",
  stepUp: "always",
  status: 201,
  summary: "Give an account a role at an organisation; its sessions end",
  params: idParams,
  body: membershipInputSchema,
  response: userSchema,
});
export const revokeMembershipContract = contract({
  id: "revokeMembership",
  method: "POST",
  path: "/admin/memberships/{id}/revoke",
  tag,
  rate: "write",
  summary: "Take a role back; the account's sessions end",
  params: z.strictObject({ id: z.string().regex(/^[1-9]\d{0,8}$/) }),
  body: nothing,
  response: userSchema,
});
export const listAdminOrganisationsContract = contract({
  id: "listAdminOrganisations",
  method: "GET",
  path: "/admin/organisations",
  tag,
  rate: "read",
  summary: "Every organisation with its version, by code",
  response: z.object({ items: z.array(organisationSchema) }),
});
export const createOrganisationContract = contract({
  id: "createOrganisation",
  method: "POST",
  path: "/admin/organisations",
  tag,
  rate: "write",
  status: 201,
  summary: "Add an organisation below another",
  body: createOrganisationInputSchema,
  response: organisationSchema,
});
export const updateOrganisationContract = contract({
  id: "updateOrganisation",
  method: "PATCH",
  path: "/admin/organisations/{code}",
  tag,
  rate: "write",
  summary: "Rename an organisation, or take it out of use; its records stay",
  params: codeParams,
  body: updatePlaceInputSchema,
  response: organisationSchema,
});
export const listFailedSignInsContract = contract({
  id: "listFailedSignIns",
  method: "GET",
  path: "/admin/sign-ins",
  tag,
  rate: "read",
  summary: "Failed attempts to sign in of the last 90 days, by account and address, the 200 latest",
  response: z.object({ items: z.array(failedSignInSchema) }),
});
export const listAdminProgrammesContract = contract({
  id: "listAdminProgrammes",
  method: "GET",
  path: "/admin/programmes",
  tag,
  rate: "read",
  summary: "Every programme with its version",
  response: z.object({ items: z.array(programmeSchema) }),
});
export const createProgrammeContract = contract({
  id: "createProgramme",
  method: "POST",
  path: "/admin/programmes",
  tag,
  rate: "write",
  status: 201,
  summary:
    "Add a programme with what it fills in where a clerk says nothing; its code never changes",
  body: createProgrammeInputSchema,
  response: programmeSchema,
});
export const updateProgrammeContract = contract({
  id: "updateProgramme",
  method: "PATCH",
  path: "/admin/programmes/{code}",
  tag,
  rate: "write",
  summary:
    "Rename a programme, set its season or its place, or take it out of use; its records stay",
  params: codeParams,
  body: updateProgrammeInputSchema,
  response: programmeSchema,
});
