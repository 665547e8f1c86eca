import { actionContract, reasonInput } from "@/lib/features/disbursements/schema";
import { askedFor, needsWords } from "@/lib/features/disbursements/workflow";
import { answerInputSchema } from "@/lib/features/findings/schema";
import { versionSchema } from "@/lib/kernel/wire";
import { z } from "zod";

export const submitInputSchema = z.strictObject({
  version: versionSchema,
  answers: z.array(answerInputSchema).max(20).optional(),
});

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

export const submitDisbursementContract = actionContract(
  "submit",
  "Submit for review; hard findings answer 422 FINDINGS, soft ones need an answer",
  submitInputSchema,
);

export const approveDisbursementContract = actionContract(
  "approve",
  "Give the next approval; never on one's own entry",
  approveInputSchema,
);

export const returnDisbursementContract = actionContract(
  "return",
  "Return to the clerk with a coded reason and words",
  returnInputSchema,
);

export const voidDisbursementContract = actionContract(
  "void",
  "Void a record that is not yet approved",
  voidInputSchema,
);
