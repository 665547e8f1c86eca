import { createDisbursement } from "@/lib/features/disbursements/commands";
import { createDisbursementContract } from "@/lib/features/disbursements/schema";
import { listDisbursementsContract } from "@/lib/features/ledger/schema";
import { listDisbursements } from "@/lib/features/ledger/queries";
import { endWorkingCopy } from "@/lib/features/working-copies/commands";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listDisbursementsContract, ({ db, scope, query }) =>
  listDisbursements({ db, scope, filter: query }),
);

// Field by field, so that nothing but the contract's body can reach the command.
export const POST = defineRoute(
  createDisbursementContract,
  async ({ tx, db, scope, actor, now, body: { workingCopy, ...input } }) => {
    const record = await createDisbursement({ tx, db, scope, actor, now, input });
    if (workingCopy) await endWorkingCopy({ tx, actor, id: workingCopy });
    return record;
  },
);
