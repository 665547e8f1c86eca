import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { versionSchema } from "@/lib/kernel/wire";
import { FACTOR_ROLES, FACTOR_RULES } from "./types";

const roleSchema = z.enum(FACTOR_ROLES);
const ruleSchema = z.enum(FACTOR_RULES);
const factorRuleSchema = z.object({ role: roleSchema, rule: ruleSchema, version: z.int() });
export type FactorRule = z.infer<typeof factorRuleSchema>;
const updateFactorRuleInputSchema = z.strictObject({ version: versionSchema, rule: ruleSchema });
export type UpdateFactorRuleInput = z.infer<typeof updateFactorRuleInputSchema>;

const tag = "admin";

export const listFactorRulesContract = contract({
  id: "listFactorRules",
  method: "GET",
  path: "/admin/factor-rules",
  tag,
  rate: "read",
  summary: "Which roles sign in with a second factor: off, asked for, or required",
  response: z.object({ items: z.array(factorRuleSchema) }),
});
export const updateFactorRuleContract = contract({
  id: "updateFactorRule",
  method: "PATCH",
  path: "/admin/factor-rules/{role}",
  tag,
  rate: "write",
  summary:
    "Set whether a role signs in with a second factor; where it becomes required, the sessions of those without one end",
  params: z.strictObject({ role: roleSchema }),
  body: updateFactorRuleInputSchema,
  response: factorRuleSchema,
});
