import { withdrawDisbursementContract } from "@/lib/features/steps/schema";
import { withdrawDisbursement } from "@/lib/features/steps/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  withdrawDisbursementContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    withdrawDisbursement({ tx, db, scope, actor, now, id: params.id, input: body }),
);
