import { updateRule } from "@/lib/features/catalogue/commands";
import { updateRuleContract } from "@/lib/features/catalogue/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(updateRuleContract, updateRule);
