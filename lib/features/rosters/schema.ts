import { CLAIM_PERIODS } from "@/lib/features/reference/types";
import { idSchema } from "@/lib/features/disbursements/schema";
import { contract } from "@/lib/kernel/contract";
import { ID_KINDS } from "@/lib/kernel/id-number";
import { AMOUNT_KINDS, STATUSES } from "@/lib/kernel/record-codes";
import { fenInputSchema, fenTextSchema, versionSchema, wordsSchema } from "@/lib/kernel/wire";
import { z } from "zod";
import { MOST_LINES, PAYMENT_STATES, RETURN_REASONS } from "./labels";

const countSchema = z
  .int({ error: "count" })
  .min(0, { error: "count" })
  .max(1_000_000, { error: "count" });
const secretWords = (max: number) => wordsSchema(max).nullable().optional();

export const lineInputSchema = z.strictObject({
  name: wordsSchema(120).min(1, { error: "required" }),
  idKind: z.enum(ID_KINDS).nullable().optional().meta({
    description: "Told from the number where it is left out",
  }),
  idNumber: secretWords(60),
  phone: secretWords(40),
  payee: secretWords(120).meta({ description: "Who is paid, where that is somebody else" }),
  account: secretWords(60),
  amountFen: fenInputSchema.nullable().optional(),
  packs: countSchema.nullable().optional(),
  persons: countSchema.nullable().optional().meta({
    description: "How many people the line stands for; left out: one",
  }),
  households: countSchema.nullable().optional(),
  note: secretWords(200),
});

export const putRosterInputSchema = z.strictObject({
  version: versionSchema,
  lines: z.array(lineInputSchema).max(MOST_LINES, { error: "tooMany" }),
});
export type PutRosterInput = z.infer<typeof putRosterInputSchema>;

/** What became of its money: of an approved record, and of lines that have an amount. */
const linePaymentSchema = z.object({
  state: z.enum(PAYMENT_STATES),
  on: z.string().nullable(),
  reason: z.enum(RETURN_REASONS).nullable(),
});

const paidSumSchema = z.object({ lines: z.int(), amountFen: fenTextSchema });
/** Lines and fen by where their money stands: together what the roster comes to. */
export const paymentSumsSchema = z.object({
  pending: paidSumSchema,
  paid: paidSumSchema,
  returned: paidSumSchema,
  reissued: paidSumSchema,
});

export const lineSchema = z.object({
  no: z.int(),
  /** Null where it is not shown, or where no key at hand opens it (`unreadable`). */
  name: z.string().nullable(),
  idKind: z.enum(ID_KINDS).nullable(),
  idNumber: z.string().nullable(),
  phone: z.string().nullable(),
  payee: z.string().nullable(),
  account: z.string().nullable(),
  note: z.string().nullable(),
  amountFen: fenTextSchema.nullable(),
  packs: z.int().nullable(),
  persons: z.int(),
  households: z.int().nullable(),
  unreadable: z.boolean(),
  forgotten: z.boolean().meta({ description: "Emptied: amount and counts are left" }),
  payment: linePaymentSchema.nullable(),
});

export const rosterSumsSchema = z.object({
  lines: z.int(),
  /** Lines with the number of a document. */
  documented: z.int(),
  amountFen: fenTextSchema.nullable(),
  persons: z.int(),
  households: z.int(),
  packs: z.int(),
});

export const rosterSchema = z.object({
  id: z.string(),
  /** Of the record: saving its roster is an edit of it. */
  version: z.int(),
  status: z.enum(STATUSES),
  sight: z.enum(["open", "masked", "sums"]),
  editable: z.boolean(),
  /** What the record says, which the lines are to come to. */
  recorded: z.object({
    amountKind: z.enum(AMOUNT_KINDS),
    amountFen: fenTextSchema.nullable(),
    persons: z.int().nullable(),
    households: z.int().nullable(),
    packs: z.int().nullable(),
  }),
  sums: rosterSumsSchema,
  claims: z.enum(CLAIM_PERIODS).meta({
    description: "How often one person may have aid of the programme in this year",
  }),
  /** Null until the record is approved. */
  payments: paymentSumsSchema.nullable(),
  /** Whether this reader posts what became of them. */
  postable: z.boolean(),
  /** Whether lines are shown to this reader as they were typed, once they say why. */
  revealable: z.boolean(),
  /** Null where only what they come to is shown. */
  lines: z.array(lineSchema).nullable(),
});

const tag = "disbursements";
const params = z.strictObject({ id: idSchema });

export const getRosterContract = contract({
  id: "getRoster",
  method: "GET",
  path: "/disbursements/{id}/roster",
  tag,
  rate: "read",
  personal: true,
  summary:
    "The roster of a record: as it was typed to the clerks of its organisation while it is editable, masked to clerks and reviewers afterwards, sums to everybody else who reads the record",
  params,
  response: rosterSchema,
});

export const putRosterContract = contract({
  id: "putRoster",
  method: "PUT",
  path: "/disbursements/{id}/roster",
  tag,
  rate: "write",
  personal: true,
  maxBytes: 10 * 1024 * 1024,
  summary:
    "Replace the lines of a draft or a returned record; an edit of it, with its version. A number, a name or an account that cannot be right answers 422 and names line and field; what the lines do not add up to, and who stands in them twice, are findings of the record",
  params,
  body: putRosterInputSchema,
  response: rosterSchema,
});

export const copyKeySchema = z.object({
  /** Whom they are for: another person has others. */
  person: z.string(),
  keys: z.array(z.object({ id: z.string(), key: z.string() })),
});

export const getCopyKeyContract = contract({
  id: "getRosterCopyKey",
  method: "GET",
  path: "/disbursements/{id}/roster/copy-key",
  tag,
  rate: "read",
  personal: true,
  summary:
    "The keys (AES-256-GCM, base64, the one in use first) under which a browser keeps what is typed of this roster and not saved: of one person and one record, to whoever may write it, and to be kept nowhere",
  params,
  response: copyKeySchema,
});
