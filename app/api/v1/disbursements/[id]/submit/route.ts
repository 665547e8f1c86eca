import { submitDisbursementContract } from "@/lib/features/steps/schema";
import { submitDisbursement } from "@/lib/features/steps/commands";
import { endWorkingCopy } from "@/lib/features/working-copies/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  submitDisbursementContract,
  async ({ tx, db, scope, actor, now, params, body: { workingCopy, ...input } }) => {
    const record = await submitDisbursement({ tx, db, scope, actor, now, id: params.id, input });
    if (workingCopy) await endWorkingCopy({ tx, actor, id: workingCopy });
    return record;
  },
);
