import { updateFactorRule } from "@/lib/features/factor-rules/commands";
import { updateFactorRuleContract } from "@/lib/features/factor-rules/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(updateFactorRuleContract, updateFactorRule);
