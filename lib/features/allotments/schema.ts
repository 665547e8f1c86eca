import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import {
  civilDateSchema,
  codeSchema,
  fenInputSchema,
  fenTextSchema,
  yearSchema,
} from "@/lib/kernel/wire";
import { ORIGINS } from "@/lib/kernel/record-codes";
import { ALLOTMENT_ACTIONS, ALLOTTED_KINDS } from "./types";

const words = (max: number) => z.string().trim().max(max, { error: "tooLong" });
const person = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });

export const allotmentSchema = z.object({
  id: z.string(),
  version: z.int(),
  organisation: z.string(),
  fiscalYear: z.int(),
  fundSource: z.string(),
  programme: z.string().nullable(),
  purpose: z.string().nullable(),
  amountFen: fenTextSchema,
  amountKind: z.enum(ALLOTTED_KINDS),
  amountWording: z.string().nullable(),
  receivedOn: z.string().nullable(),
  note: z.string().nullable(),
  origin: z.enum(ORIGINS),
  sourceRef: z.string().nullable(),
  sourceCitation: z.string().nullable(),
  createdBy: person,
  createdAt: z.string(),
  voided: z.object({ at: z.string(), by: person, reason: z.string() }).nullable(),
  actions: z.array(z.enum(ALLOTMENT_ACTIONS)),
});

export const allotmentsQuerySchema = z.strictObject({
  year: yearSchema.optional(),
  org: codeSchema.optional(),
  fundSource: codeSchema.optional(),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

export const allotmentInputSchema = z.strictObject({
  organisation: codeSchema,
  fiscalYear: z.int().min(2000).max(2100),
  fundSource: codeSchema,
  /** What the money is meant for, where it is meant for one programme. */
  programme: codeSchema.nullable().optional(),
  purpose: words(200).nullable().optional(),
  amountFen: fenInputSchema.refine((fen) => fen !== "0", { error: "required" }),
  amountKind: z.enum(ALLOTTED_KINDS).default("exact"),
  amountWording: words(100).nullable().optional(),
  receivedOn: civilDateSchema.nullable().optional(),
  note: words(1000).nullable().optional(),
});
export type AllotmentInput = z.infer<typeof allotmentInputSchema>;

export const voidAllotmentInputSchema = z.strictObject({
  version: z.int().min(1),
  reason: words(500).min(1, { error: "required" }),
});
export type VoidAllotmentInput = z.infer<typeof voidAllotmentInputSchema>;

const tag = "allotments";

export const listAllotmentsContract = contract({
  id: "listAllotments",
  method: "GET",
  path: "/allotments",
  tag,
  rate: "read",
  summary:
    "Money received by the organisations of a subtree, newest first; voided ones stay visible and uncounted",
  query: allotmentsQuerySchema,
  response: z.object({
    items: z.array(allotmentSchema),
    nextCursor: z.string().nullable(),
    totals: z.object({ receivedFen: fenTextSchema.nullable(), allotments: z.int() }),
  }),
});

export const createAllotmentContract = contract({
  id: "createAllotment",
  method: "POST",
  path: "/allotments",
  tag,
  rate: "write",
  status: 201,
  summary: "Record money received; only provincial staff, only for an open year",
  body: allotmentInputSchema,
  response: allotmentSchema,
});

export const voidAllotmentContract = contract({
  id: "voidAllotment",
  method: "POST",
  path: "/allotments/{id}/void",
  tag,
  rate: "write",
  summary: "Void an allotment with a reason; it is never changed, but voided and entered anew",
  params: z.strictObject({ id: z.string().regex(/^[1-9]\d{0,17}$/) }),
  body: voidAllotmentInputSchema,
  response: allotmentSchema,
});
