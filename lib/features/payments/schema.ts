import { idSchema } from "@/lib/features/disbursements/schema";
import { RETURN_REASONS } from "@/lib/features/rosters/labels";
import { paymentSumsSchema } from "@/lib/features/rosters/schema";
import { contract } from "@/lib/kernel/contract";
import { FILE_TYPES } from "@/lib/kernel/file-format";
import { civilDateSchema, fenInputSchema, fenTextSchema, wordsSchema } from "@/lib/kernel/wire";
import { z } from "zod";

/** As many as a roster has lines. */
const MOST_ROWS = 10_000;
const lineNoSchema = z.int().min(1, { error: "count" }).max(MOST_ROWS, { error: "count" });

export const returnRowSchema = z.strictObject({
  no: lineNoSchema.nullable().optional().meta({ description: "The line's number in the roster" }),
  account: wordsSchema(60).nullable().optional(),
  amountFen: fenInputSchema.nullable().optional(),
  result: z.enum(["paid", "returned"]),
  reason: z.enum(RETURN_REASONS).nullable().optional().meta({
    description: "Told from the bank's words where it is left out",
  }),
  words: wordsSchema(200)
    .nullable()
    .optional()
    .meta({ description: "The bank's own; kept sealed" }),
});

export const postPaymentsInputSchema = z.strictObject({
  on: civilDateSchema.meta({ description: "The day the bank speaks of" }),
  totalFen: fenInputSchema.nullable().optional().meta({
    description:
      "What the rows come to as the bank says it. Left out, rows of lines that wait must be all that wait",
  }),
  batch: z.int().min(1).nullable().optional().meta({
    description: "Rows are of lines of this batch; left out, of any line of the roster",
  }),
  rows: z.array(returnRowSchema).min(1, { error: "required" }).max(MOST_ROWS, { error: "tooMany" }),
});
export type PostPaymentsInput = z.infer<typeof postPaymentsInputSchema>;

export const reissueInputSchema = z.strictObject({
  on: civilDateSchema,
  lines: z.array(lineNoSchema).min(1, { error: "required" }).max(MOST_ROWS, { error: "tooMany" }),
});
export type ReissueInput = z.infer<typeof reissueInputSchema>;

export const makeBatchInputSchema = z.strictObject({
  format: z.enum(["csv", "xlsx"]),
  accept: z.boolean().optional().meta({
    description: "Accounts whose check digit does not fit were looked at, and are right",
  }),
});
export type MakeBatchInput = z.infer<typeof makeBatchInputSchema>;

export const cancelBatchInputSchema = z.strictObject({
  reason: wordsSchema(200)
    .min(1, { error: "required" })
    .refine((text) => !/\d{11}/.test(text.replace(/[\s-]/g, "")), { error: "numberInReason" }),
});
export type CancelBatchInput = z.infer<typeof cancelBatchInputSchema>;

const personSchema = z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() });
const batchSchema = z.object({
  no: z.int(),
  format: z.enum(["csv", "xlsx"]),
  lines: z.int(),
  amountFen: fenTextSchema,
  /** Of its file, which is the same each time it is taken. */
  sha256: z.string(),
  madeAt: z.string(),
  madeBy: personSchema,
  downloads: z.int(),
  /** The bank has answered for it. */
  answered: z.boolean(),
  cancelledAt: z.string().nullable(),
  cancelReason: z.string().nullable(),
});

const postingSchema = z.object({
  id: z.string(),
  kind: z.enum(["return", "reissue"]),
  on: z.string(),
  at: z.string(),
  by: personSchema,
});

export const paymentsSchema = z.object({
  id: z.string(),
  /** Null until the record is approved. */
  sums: paymentSumsSchema.nullable(),
  mayPost: z.boolean(),
  /** What the next batch would hold; lines without an account go to no bank. Null to whoever makes none. */
  next: z.object({ lines: z.int(), amountFen: fenTextSchema, withoutAccount: z.int() }).nullable(),
  /** The last fifty of each. */
  batches: z.array(batchSchema),
  postings: z.array(postingSchema),
});

export const postedSchema = z.object({
  posted: z.int(),
  /** Rows that say what was said before. */
  already: z.int(),
  postedFen: fenTextSchema,
  payments: paymentsSchema,
});

const tag = "disbursements";
const params = z.strictObject({ id: idSchema });

export const getPaymentsContract = contract({
  id: "getRosterPayments",
  method: "GET",
  path: "/disbursements/{id}/roster/payments",
  tag,
  rate: "read",
  summary:
    "Where the money of an approved roster stands: lines and fen by state, and what was posted when and by whom",
  params,
  response: paymentsSchema,
});

export const postPaymentsContract = contract({
  id: "postRosterPayments",
  method: "POST",
  path: "/disbursements/{id}/roster/payments",
  tag,
  rate: "write",
  personal: true,
  maxBytes: 4 * 1024 * 1024,
  summary:
    "Post a bank's return: each row is of one line, by its number, else by account and amount together. All rows or none: an unknown row, one that two lines fit, or a sum that does not agree answers 422 LINES and names the rows. The same return again posts nothing. Figures do not move by it; money that came back for good is a correction of the record",
  params,
  body: postPaymentsInputSchema,
  response: postedSchema,
});

const batchParams = z.strictObject({ id: idSchema, no: z.coerce.number().int().min(1) });

export const makeBatchContract = contract({
  id: "makePaymentBatch",
  method: "POST",
  path: "/disbursements/{id}/roster/batches",
  tag,
  rate: "write",
  summary:
    "Put the lines that wait for their money and have an account into a payment file. They are locked to it until their money comes back or the whole batch is cancelled. Accounts of 16 to 19 digits that begin with 62 and fail their check digit answer 422 LINES, unless they are accepted",
  params,
  body: makeBatchInputSchema,
  response: paymentsSchema,
});

export const cancelBatchContract = contract({
  id: "cancelPaymentBatch",
  method: "POST",
  path: "/disbursements/{id}/roster/batches/{no}/cancel",
  tag,
  rate: "write",
  summary: "Cancel a batch as a whole, before the bank has answered for any of its lines",
  params: batchParams,
  body: cancelBatchInputSchema,
  response: paymentsSchema,
});

export const batchFileContract = contract({
  id: "getPaymentFile",
  method: "GET",
  path: "/disbursements/{id}/roster/batches/{no}/file",
  tag,
  rate: "export",
  personal: true,
  stepUp: "always",
  summary:
    "The payment file of a batch, the same bytes each time: number, name, account, amount, note, and the total in words. To clerks of its place; each time is counted and written into the audit chain",
  params: batchParams,
  produces: [FILE_TYPES.csv, FILE_TYPES.xlsx],
});

export const reissuePaymentsContract = contract({
  id: "reissueRosterPayments",
  method: "POST",
  path: "/disbursements/{id}/roster/reissue",
  tag,
  rate: "write",
  summary:
    "Pay returned lines anew, once each. Takes again what the line claimed when it was submitted: whoever has had aid of this programme and period elsewhere meanwhile is refused (FINDINGS)",
  params,
  body: reissueInputSchema,
  response: postedSchema,
});
