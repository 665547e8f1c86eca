import { openDisbursementContract } from "@/lib/features/steps/schema";
import { openDisbursement } from "@/lib/features/steps/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  openDisbursementContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    openDisbursement({ tx, db, scope, actor, now, id: params.id, input: body }),
);
