import { checkDisbursement } from "@/lib/features/disbursements/commands";
import { checkDisbursementContract } from "@/lib/features/disbursements/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(checkDisbursementContract, ({ tx, db, scope, actor, now, body }) =>
  checkDisbursement({ tx, db, scope, actor, now, input: body }),
);
