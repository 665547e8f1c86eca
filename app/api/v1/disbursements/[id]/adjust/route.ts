import { adjustDisbursement } from "@/lib/features/disbursements/commands";
import { adjustDisbursementContract } from "@/lib/features/disbursements/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  adjustDisbursementContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    adjustDisbursement({ tx, db, scope, actor, now, id: params.id, input: body }),
);
