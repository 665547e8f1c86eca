import { wordsSchema } from "@/lib/kernel/wire";
import { z } from "zod";
import { ANSWER_CODES, FINDING_RULES } from "./types";

export const answerInputSchema = z.strictObject({
  rule: z.enum(FINDING_RULES),
  answer: z.enum(ANSWER_CODES),
  words: wordsSchema(500).nullable().optional(),
});

export const findingSchema = z.object({
  rule: z.enum(FINDING_RULES),
  level: z.enum(["hard", "soft", "notice"]),
  field: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  answer: z.object({ code: z.enum(ANSWER_CODES), words: z.string().nullable() }).nullable(),
});
