import { z } from "zod";
import { createUserInputSchema } from "@/lib/features/admin/schema";
import { ROLES_BY_TWO } from "@/lib/features/admin/types";
import { contract } from "@/lib/kernel/contract";
import { codeSchema } from "@/lib/kernel/wire";
import { REQUEST_KINDS, REQUEST_STATES } from "./types";

const personSchema = z.object({
  id: z.string(),
  username: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
});

export const adminRequestSchema = z.object({
  id: z.string(),
  kind: z.enum(REQUEST_KINDS),
  state: z.enum(REQUEST_STATES),
  /** Of an account that is not opened yet, what it will be called. */
  account: personSchema.extend({ id: z.string().nullable() }),
  role: z
    .object({
      role: z.enum(ROLES_BY_TWO),
      organisation: z.string(),
      organisationZh: z.string(),
      organisationEn: z.string(),
    })
    .nullable(),
  identity: z.object({ issuer: z.string(), subject: z.string() }).nullable(),
  requestedBy: personSchema,
  requestedAt: z.string(),
  /** From then on nobody can confirm it. */
  lapsesAt: z.string(),
  decidedBy: personSchema.nullable(),
  decidedAt: z.string().nullable(),
});
export type AdminRequest = z.infer<typeof adminRequestSchema>;

const membership = z.strictObject({ role: z.enum(ROLES_BY_TWO), organisation: codeSchema });
const user = z.uuid();
export const createAdminRequestInputSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...createUserInputSchema.shape, kind: z.literal("open-account"), membership }),
  z.strictObject({ kind: z.literal("grant-role"), user, ...membership.shape }),
  z.strictObject({ kind: z.literal("reset-password"), user }),
  z.strictObject({
    kind: z.literal("link-identity"),
    user,
    subject: z.string().trim().min(1, { error: "required" }).max(255, { error: "tooLong" }),
  }),
  z.strictObject({ kind: z.literal("enable-account"), user }),
  z.strictObject({ kind: z.literal("lift-factor"), user }),
]);
export type CreateAdminRequestInput = z.infer<typeof createAdminRequestInputSchema>;

const tag = "admin";
const params = z.strictObject({ id: z.string().regex(/^[1-9]\d{0,17}$/) });
const nothing = z.strictObject({});

const confirmedSchema = z.object({
  request: adminRequestSchema,
  /** One-time, where an account was opened or its password reset: shown this once; only its hash is kept. */
  password: z.string().nullable(),
});
export type ConfirmedRequest = z.infer<typeof confirmedSchema>;

export const listAdminRequestsContract = contract({
  id: "listAdminRequests",
  method: "GET",
  path: "/admin/requests",
  tag,
  rate: "read",
  summary:
    "What administrators asked for and another one decides: those that wait, then the 50 latest decided or lapsed",
  response: z.object({ items: z.array(adminRequestSchema) }),
});
export const createAdminRequestContract = contract({
  id: "createAdminRequest",
  method: "POST",
  path: "/admin/requests",
  tag,
  rate: "write",
  stepUp: "always",
  status: 201,
  summary:
    "Ask for what takes two administrators: PROVINCE, AUDITOR or ADMIN for somebody, or a way into such an account. Another administrator confirms it within 7 days",
  body: createAdminRequestInputSchema,
  response: adminRequestSchema,
});
export const confirmAdminRequestContract = contract({
  id: "confirmAdminRequest",
  method: "POST",
  path: "/admin/requests/{id}/confirm",
  tag,
  rate: "write",
  stepUp: "always",
  answersOnce: true,
  summary: "Confirm another administrator's request, which does exactly what was asked for",
  params,
  body: nothing,
  response: confirmedSchema,
});
export const declineAdminRequestContract = contract({
  id: "declineAdminRequest",
  method: "POST",
  path: "/admin/requests/{id}/decline",
  tag,
  rate: "write",
  summary: "Decline another administrator's request, or take one's own back",
  params,
  body: nothing,
  response: adminRequestSchema,
});
