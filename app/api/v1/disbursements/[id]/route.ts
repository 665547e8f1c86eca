import { updateDisbursement } from "@/lib/features/disbursements/commands";
import { getDisbursement } from "@/lib/features/disbursements/queries";
import {
  getDisbursementContract,
  updateDisbursementContract,
} from "@/lib/features/disbursements/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getDisbursementContract, ({ db, scope, actor, now, params }) =>
  getDisbursement({ db, scope, actor, now, id: params.id }),
);

export const PATCH = defineRoute(
  updateDisbursementContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    updateDisbursement({ tx, db, scope, actor, now, id: params.id, input: body }),
);
