import { checkDisbursement } from "@/lib/features/disbursements/commands";
import { checkDisbursementContract } from "@/lib/features/disbursements/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(checkDisbursementContract, ({ db, scope, actor, now, body }) =>
  checkDisbursement({ db, scope, actor, now, input: body }),
);
