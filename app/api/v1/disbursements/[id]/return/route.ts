import { returnDisbursementContract } from "@/lib/features/steps/schema";
import { returnDisbursement } from "@/lib/features/steps/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  returnDisbursementContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    returnDisbursement({ tx, db, scope, actor, now, id: params.id, input: body }),
);
