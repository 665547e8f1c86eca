import { adjustDisbursement } from "@/lib/features/disbursements/commands";
import { adjustDisbursementContract } from "@/lib/features/disbursements/schema";
import { endWorkingCopy } from "@/lib/features/working-copies/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  adjustDisbursementContract,
  async ({ tx, db, scope, actor, now, params, body: { workingCopy, ...input } }) => {
    const record = await adjustDisbursement({ tx, db, scope, actor, now, id: params.id, input });
    if (workingCopy) await endWorkingCopy({ tx, actor, id: workingCopy });
    return record;
  },
);
