import { checkDisbursements } from "@/lib/features/disbursements/commands";
import { checkDisbursementSetContract } from "@/lib/features/disbursements/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(checkDisbursementSetContract, ({ db, scope, actor, now, body }) =>
  checkDisbursements({ db, scope, actor, now, rows: body.rows }),
);
