import { idSchema } from "@/lib/features/disbursements/schema";
import { contract } from "@/lib/kernel/contract";
import { withoutNumbers } from "@/lib/kernel/id-number";
import { wordsSchema } from "@/lib/kernel/wire";
import { z } from "zod";
import {
  COUNTED_FIELDS,
  COUNTED_REASONS,
  MOST_LINES,
  REQUEST_ACTIONS,
  REQUEST_STATES,
  REVEAL_REASONS,
  REVEALED_FIELDS,
  REVEALED_OF,
} from "./labels";

const fieldSchema = z.enum(REVEALED_FIELDS);
const fieldsSchema = z.array(fieldSchema).min(1, { error: "required" }).max(REVEALED_FIELDS.length);
const reasonSchema = z.strictObject({
  code: z.enum(REVEAL_REASONS),
  words: wordsSchema(200)
    .min(2, { error: "required" })
    .refine(withoutNumbers, { error: "numberInReason" }),
});

export const revealInputSchema = z.strictObject({
  fields: fieldsSchema,
  lines: z
    .array(z.int().min(1))
    .min(1, { error: "required" })
    .max(MOST_LINES, { error: "tooMany" })
    .nullable()
    .optional()
    .meta({ description: "By their numbers; left out: all of them" }),
  reason: reasonSchema,
});
export type RevealInput = z.infer<typeof revealInputSchema>;

const revealedLineSchema = z.object({
  no: z.int(),
  /** What was asked for and is there. */
  values: z.partialRecord(fieldSchema, z.string()),
  unreadable: z.boolean(),
});

export const revealedSchema = z.object({
  lines: z.array(revealedLineSchema),
  /** Distinct lines that this person was shown within a day, of so many. */
  used: z.int(),
  most: z.int(),
});

const personSchema = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });

export const revealCountSchema = z.object({
  user: personSchema,
  day: z.string(),
  what: z.enum(REVEALED_OF).meta({ description: "Of lines of rosters, or of household files" }),
  reveals: z.int(),
  byTwo: z.int().meta({ description: "Of these, whole rosters that another person granted" }),
  lines: z.int().meta({ description: "Different lines, or files" }),
  fields: z.array(z.enum(COUNTED_FIELDS)),
  reasons: z.array(z.enum(COUNTED_REASONS)),
});

export const revealRosterContract = contract({
  id: "revealRoster",
  method: "POST",
  path: "/disbursements/{id}/roster/reveal",
  tag: "disbursements",
  rate: "write",
  personal: true,
  summary:
    "Lines of a roster as they were typed, to clerks, reviewers, the province and auditors over the place, with a reason. Counted and written into the audit chain before the answer, which is given once; above 20 different lines within a day the password is asked for again, above 50 it is refused (429)",
  params: z.strictObject({ id: idSchema }),
  body: revealInputSchema,
  response: revealedSchema,
});

export const listRevealsContract = contract({
  id: "listReveals",
  method: "GET",
  path: "/reveals",
  tag: "audit",
  rate: "read",
  summary:
    "Who was shown how many lines of rosters and how many household files as they were typed, by person and day, the 200 latest; to administrators and auditors",
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(30) }),
  response: z.object({ items: z.array(revealCountSchema) }),
});

export const requestRevealInputSchema = z.strictObject({
  fields: fieldsSchema,
  reason: reasonSchema,
});
export type RequestRevealInput = z.infer<typeof requestRevealInputSchema>;

export const revealRequestSchema = z.object({
  id: z.string(),
  record: z.string(),
  reference: z.string(),
  organisation: z.string(),
  lines: z.int(),
  fields: z.array(fieldSchema),
  reason: z.enum(REVEAL_REASONS),
  words: z.string().nullable(),
  requestedBy: personSchema,
  requestedAt: z.string(),
  state: z.enum(REQUEST_STATES),
  decidedBy: personSchema.nullable(),
  decidedAt: z.string().nullable(),
  until: z
    .string()
    .nullable()
    .meta({ description: "When what waits lapses: undecided after a day, granted after an hour" }),
  actions: z.array(z.enum(REQUEST_ACTIONS)),
});

const oneRequest = z.strictObject({ id: idSchema });
const nothing = z.strictObject({});

export const listRevealRequestsContract = contract({
  id: "listRevealRequests",
  method: "GET",
  path: "/reveal-requests",
  tag: "disbursements",
  rate: "read",
  summary:
    "Whole rosters that somebody asked to see as they were typed: one's own requests, and those where one judges or audits, what waits first, the 200 latest",
  response: z.object({ items: z.array(revealRequestSchema) }),
});

export const requestRevealContract = contract({
  id: "requestReveal",
  method: "POST",
  path: "/disbursements/{id}/roster/reveal-requests",
  tag: "disbursements",
  rate: "write",
  stepUp: "always",
  status: 201,
  summary:
    "Ask, with a reason, for all lines of a roster as they were typed, which takes two: a reviewer of the place from where it is asked or above it, or the province, grants it within a day. One waits at a time (409)",
  params: z.strictObject({ id: idSchema }),
  body: requestRevealInputSchema,
  response: revealRequestSchema,
});

export const grantRevealContract = contract({
  id: "grantReveal",
  method: "POST",
  path: "/reveal-requests/{id}/grant",
  tag: "disbursements",
  rate: "write",
  stepUp: "always",
  summary: "Grant what another person asked for: they may look once, within an hour",
  params: oneRequest,
  body: nothing,
  response: revealRequestSchema,
});

export const declineRevealContract = contract({
  id: "declineReveal",
  method: "POST",
  path: "/reveal-requests/{id}/decline",
  tag: "disbursements",
  rate: "write",
  summary: "Decline another person's request, or take one's own back",
  params: oneRequest,
  body: nothing,
  response: revealRequestSchema,
});

export const showGrantedContract = contract({
  id: "showGranted",
  method: "POST",
  path: "/reveal-requests/{id}/show",
  tag: "disbursements",
  rate: "write",
  personal: true,
  stepUp: "always",
  summary:
    "The lines that were granted, as they were typed, to whoever asked and once; counted and written into the audit chain before the answer",
  params: oneRequest,
  body: nothing,
  response: z.object({ lines: z.array(revealedLineSchema) }),
});
