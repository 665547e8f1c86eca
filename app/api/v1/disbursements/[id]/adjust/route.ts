import { adjustDisbursement } from "@/lib/features/disbursements/commands";
import { adjustDisbursementContract } from "@/lib/features/disbursements/schema";
import { takeLinesOver } from "@/lib/features/rosters/commands";
import { endWorkingCopy } from "@/lib/features/working-copies/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  adjustDisbursementContract,
  async ({ tx, db, scope, actor, now, params, body: { workingCopy, ...input } }) => {
    const record = await adjustDisbursement({ tx, db, scope, actor, now, id: params.id, input });
    // the newest correction of it is the one that this request made
    const to = record.adjustments
      .filter((one) => one.originalId === params.id)
      .at(-1)?.replacementId;
    if (to) await takeLinesOver({ tx, db, scope, actor, from: params.id, to });
    if (workingCopy) await endWorkingCopy({ tx, actor, id: workingCopy });
    return record;
  },
);
