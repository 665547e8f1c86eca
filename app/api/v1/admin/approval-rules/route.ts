import { createRule } from "@/lib/features/catalogue/commands";
import { listRules } from "@/lib/features/catalogue/queries";
import { createRuleContract, listRulesContract } from "@/lib/features/catalogue/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listRulesContract, async ({ db, actor }) => ({
  items: await listRules({ db, actor }),
}));
export const POST = defineRoute(createRuleContract, createRule);
