import {
  actionContract,
  detailSchema,
  idSchema,
  reasonInput,
  refusalSchema,
  standingSchema,
} from "@/lib/features/disbursements/schema";
import { askedFor, needsWords } from "@/lib/features/disbursements/workflow";
import { answerInputSchema, findingSchema } from "@/lib/features/findings/schema";
import { contract } from "@/lib/kernel/contract";
import { STATUSES } from "@/lib/kernel/record-codes";
import { FINDING_RULES } from "@/lib/kernel/record-codes";
import { endsCopy, versionSchema, wordsSchema } from "@/lib/kernel/wire";
import { z } from "zod";

export const submitInputSchema = z.strictObject({
  version: versionSchema,
  answers: z.array(answerInputSchema).max(FINDING_RULES.length).optional(),
  /** To whoever returned it: what was done about it. */
  reply: wordsSchema(500).nullable().optional(),
});

export const withdrawInputSchema = z.strictObject({ version: versionSchema });
export const openInputSchema = z.strictObject({ version: versionSchema });
export const approveInputSchema = z.strictObject({ version: versionSchema });

export const returnInputSchema = z.strictObject({
  version: versionSchema,
  ...reasonInput("return"),
});

export const voidInputSchema = z
  .strictObject({ version: versionSchema, ...reasonInput("void") })
  .refine(({ reason, words }) => !needsWords(askedFor("void").words, reason) || words, {
    path: ["words"],
    error: "required",
  });

export type SubmitInput = z.infer<typeof submitInputSchema>;

export type ReturnInput = z.infer<typeof returnInputSchema>;

export type VoidInput = z.infer<typeof voidInputSchema>;

export const submitDisbursementContract = actionContract("submit", {
  summary: "Submit for review; hard findings answer 422 FINDINGS, soft ones need an answer",
  body: submitInputSchema.extend(endsCopy),
  response: detailSchema,
});

/** So many records are submitted in one transaction at most. */
const MOST_SUBMITTED = 500;

const submittedSetSchema = z.object({
  /** In the order asked for. `code` null = submitted; else why it stays as it is. */
  items: z.array(
    refusalSchema.extend({
      id: z.string(),
      /** As it now stands; null where it is not there for this person. */
      reference: z.string().nullable(),
      version: z.int().nullable(),
      status: z.enum(STATUSES).nullable(),
      findings: z.array(findingSchema),
    }),
  ),
});
export type SubmittedSet = z.infer<typeof submittedSetSchema>;

const submitSetInputSchema = z.strictObject({
  items: z
    .array(submitInputSchema.extend({ id: idSchema }))
    .min(1, { error: "tooFew" })
    .max(MOST_SUBMITTED, { error: "tooMany" })
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, {
      error: "duplicate",
    }),
});

export type SubmitSetInput = z.infer<typeof submitSetInputSchema>;

export const submitDisbursementSetContract = contract({
  id: "submitDisbursementSet",
  method: "POST",
  path: "/disbursements/set/submit",
  tag: "disbursements",
  rate: "write",
  summary: "Submit those of many records that may go; each of the others answers why it stays",
  body: submitSetInputSchema,
  maxBytes: 1024 * 1024,
  response: submittedSetSchema,
});

export const withdrawDisbursementContract = actionContract("withdraw", {
  summary: "Take a submission back, until a reviewer has opened it (409 OPENED)",
  body: withdrawInputSchema,
  response: standingSchema,
});

export const openDisbursementContract = actionContract("open", {
  summary: "Say that its reviewer has it open: from then on it is not withdrawn; once a submission",
  body: openInputSchema,
  response: standingSchema,
});

export const approveDisbursementContract = actionContract("approve", {
  summary: "Give the next approval; never on one's own entry",
  body: approveInputSchema,
  response: standingSchema,
});

export const returnDisbursementContract = actionContract("return", {
  summary: "Return to the clerk with a coded reason and words",
  body: returnInputSchema,
  response: standingSchema,
});

export const voidDisbursementContract = actionContract("void", {
  summary: "Void a record that is not yet approved",
  body: voidInputSchema,
  response: standingSchema,
});
