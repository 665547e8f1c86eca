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
import { ALLOTMENT_ACTIONS, ALLOTTED_KINDS, SOURCE_KINDS, TRANSFER_KINDS } from "./types";

const words = (max: number) => z.string().trim().max(max, { error: "tooLong" });
const someFen = fenInputSchema.refine((fen) => fen !== "0", { error: "required" });
const idSchema = z.string().regex(/^[1-9]\d{0,17}$/);
/** An approved project of the same organisation, year, fund source and programme. */
const projectOf = { project: idSchema.nullable().optional() };
const person = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });

export const allotmentSchema = z.object({
  id: z.string(),
  version: z.int(),
  organisation: z.string(),
  fiscalYear: z.int(),
  fundSource: z.string(),
  programme: z.string().nullable(),
  purpose: z.string().nullable(),
  documentNumber: z.string().nullable(),
  sourceKind: z.enum(SOURCE_KINDS).nullable(),
  project: z.object({ id: z.string(), name: z.string() }).nullable(),
  transfer: z
    .object({
      kind: z.enum(TRANSFER_KINDS),
      direction: z.enum(["in", "out"]),
      organisation: z.string(),
      fiscalYear: z.int(),
    })
    .nullable()
    .meta({
      description:
        "One of two rows that sum to zero: passed down between organisations, or carried between years; names the other end",
    }),
  amountFen: fenTextSchema,
  leftFen: fenTextSchema.nullable(),
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
  organisation: codeSchema.optional(),
  prefecture: codeSchema.optional(),
  fundSource: codeSchema.optional(),
  project: idSchema.optional(),
  cursor: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

export const allotmentInputSchema = z.strictObject({
  organisation: codeSchema,
  fiscalYear: z.int().min(2000).max(2100),
  fundSource: codeSchema,
  /** What the money is meant for, where it is meant for one programme. */
  programme: codeSchema.nullable().optional(),
  purpose: words(200).nullable().optional(),
  documentNumber: words(100).nullable().optional(),
  sourceKind: z.enum(SOURCE_KINDS).nullable().optional(),
  amountFen: someFen,
  amountKind: z.enum(ALLOTTED_KINDS).default("exact"),
  amountWording: words(100).nullable().optional(),
  receivedOn: civilDateSchema.nullable().optional(),
  note: words(1000).nullable().optional(),
  ...projectOf,
});
export type AllotmentInput = z.infer<typeof allotmentInputSchema>;

export const voidAllotmentInputSchema = z.strictObject({
  version: z.int().min(1),
  reason: words(500).min(1, { error: "required" }),
});
export type VoidAllotmentInput = z.infer<typeof voidAllotmentInputSchema>;

export const passDownInputSchema = z.strictObject({
  to: z
    .array(
      z.strictObject({
        organisation: codeSchema,
        amountFen: someFen,
        purpose: words(200).nullable().optional(),
        ...projectOf,
      }),
    )
    .min(1)
    .max(100),
  documentNumber: words(100).min(1, { error: "required" }),
  passedOn: civilDateSchema,
});
export type PassDownInput = z.infer<typeof passDownInputSchema>;

export const carryOverInputSchema = z.strictObject({
  amountFen: someFen,
  carriedOn: civilDateSchema.nullable().optional(),
  documentNumber: words(100).nullable().optional(),
});
export type CarryOverInput = z.infer<typeof carryOverInputSchema>;

const tag = "allotments";
const params = z.strictObject({ id: idSchema });
/** What was given from, as it stands now, and what was received of it. */
const given = z.object({ from: allotmentSchema, received: z.array(allotmentSchema) });

export const listAllotmentsContract = contract({
  id: "listAllotments",
  method: "GET",
  path: "/allotments",
  tag,
  rate: "read",
  summary:
    "Money received and given away, newest first, with the words that figures have: org means the subtree, organisation exactly one; voided ones stay visible and uncounted",
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
  summary:
    "Void an allotment with a reason; it is never changed, but voided and entered anew. What was passed down or carried over is voided at both ends and so given back; an allotment of which something was given away is not voided before that is (PASSED_ON)",
  params,
  body: voidAllotmentInputSchema,
  response: allotmentSchema,
});

export const passDownContract = contract({
  id: "passDownAllotment",
  method: "POST",
  path: "/allotments/{id}/pass-down",
  tag,
  rate: "write",
  summary:
    "Pass money down to organisations below the one that received it, by a document's number: each part is given and received in one, all of them or none, and never more than is left; provincial staff, and reviewers of what their own organisations received",
  params,
  body: passDownInputSchema,
  response: given,
});

export const carryOverContract = contract({
  id: "carryOverAllotment",
  method: "POST",
  path: "/allotments/{id}/carry-over",
  tag,
  rate: "write",
  summary:
    "Carry what is neither spent nor submitted of an allotment into the next year: out of the one, into the other; provincial staff, both years open",
  params,
  body: carryOverInputSchema,
  response: given,
});
