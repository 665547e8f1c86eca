import { listFactorRules } from "@/lib/features/factor-rules/queries";
import { listFactorRulesContract } from "@/lib/features/factor-rules/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listFactorRulesContract, listFactorRules);
