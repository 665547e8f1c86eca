import {
  actionContract,
  detailSchema,
  reasonInput,
  standingSchema,
} from "@/lib/features/disbursements/schema";
import { askedFor, needsWords } from "@/lib/features/disbursements/workflow";
import { answerInputSchema } from "@/lib/features/findings/schema";
import { endsCopy, versionSchema, wordsSchema } from "@/lib/kernel/wire";
import { z } from "zod";

export const submitInputSchema = z.strictObject({
  version: versionSchema,
  answers: z.array(answerInputSchema).max(20).optional(),
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
