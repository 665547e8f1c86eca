import type { z } from "zod";
import type { personalDataSchema, updateRetentionRuleInputSchema } from "./schema"; // prettier-ignore

export type PersonalData = z.infer<typeof personalDataSchema>;
export type RetentionRule = PersonalData["rules"][number];
export type UpdateRetentionRuleInput = z.infer<typeof updateRetentionRuleInputSchema>;
