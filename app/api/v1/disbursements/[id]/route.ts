import { updateDisbursement } from "@/lib/features/disbursements/commands";
import { getDisbursement } from "@/lib/features/disbursements/queries";
import {
  getDisbursementContract,
  updateDisbursementContract,
} from "@/lib/features/disbursements/schema";
import { endWorkingCopy } from "@/lib/features/working-copies/commands";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getDisbursementContract, ({ db, scope, actor, now, params }) =>
  getDisbursement({ db, scope, actor, now, id: params.id }),
);

export const PATCH = defineRoute(
  updateDisbursementContract,
  async ({ tx, db, scope, actor, now, params, body: { workingCopy, ...input } }) => {
    const record = await updateDisbursement({ tx, db, scope, actor, now, id: params.id, input });
    if (workingCopy) await endWorkingCopy({ tx, actor, id: workingCopy });
    return record;
  },
);
