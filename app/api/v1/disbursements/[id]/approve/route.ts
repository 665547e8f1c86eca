import { approveDisbursementContract } from "@/lib/features/steps/schema";
import { approveDisbursement } from "@/lib/features/steps/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  approveDisbursementContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    approveDisbursement({ tx, db, scope, actor, now, id: params.id, input: body }),
);
