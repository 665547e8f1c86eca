import { FINDING_LEVELS } from "@/lib/features/checks/types";
import { ANSWER_CODES, FINDING_RULES } from "@/lib/kernel/record-codes";
import { wordsSchema } from "@/lib/kernel/wire";
import { z } from "zod";

export const answerInputSchema = z.strictObject({
  rule: z.enum(FINDING_RULES),
  answer: z.enum(ANSWER_CODES),
  words: wordsSchema(500).nullable().optional(),
});

export const findingSchema = z.object({
  rule: z.enum(FINDING_RULES),
  level: z.enum(FINDING_LEVELS),
  /** Field of the form to look at, or null for the record as a whole. */
  field: z.string().nullable(),
  /** Values for the rule's sentence and formula in the `findings` messages. Fen values end in Fen. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  answer: z
    .object({
      code: z.enum(ANSWER_CODES),
      words: z.string().nullable(),
      /** False where it was given for other values: then it answers nothing now. */
      covers: z.boolean(),
    })
    .nullable(),
});
