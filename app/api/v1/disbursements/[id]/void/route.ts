import { voidDisbursementContract } from "@/lib/features/steps/schema";
import { voidDisbursement } from "@/lib/features/steps/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  voidDisbursementContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    voidDisbursement({ tx, db, scope, actor, now, id: params.id, input: body }),
);
