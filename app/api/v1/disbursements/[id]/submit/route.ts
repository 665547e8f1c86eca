import { submitDisbursementContract } from "@/lib/features/steps/schema";
import { submitDisbursement } from "@/lib/features/steps/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  submitDisbursementContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    submitDisbursement({ tx, db, scope, actor, now, id: params.id, input: body }),
);
