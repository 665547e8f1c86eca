import { updateRetentionRule } from "@/lib/features/retention/commands";
import { updateRetentionRuleContract } from "@/lib/features/retention/schema";
import { defineRoute } from "@/lib/platform/route";

export const PATCH = defineRoute(
  updateRetentionRuleContract,
  ({ tx, db, scope, actor, params, body }) =>
    updateRetentionRule({ tx, db, scope, actor, kind: params.kind, input: body }),
);
