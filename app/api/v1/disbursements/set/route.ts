import { saveDisbursements } from "@/lib/features/disbursements/commands";
import { createDisbursementSetContract } from "@/lib/features/disbursements/schema";
import { endWorkingCopy } from "@/lib/features/working-copies/commands";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  createDisbursementSetContract,
  async ({ tx, db, scope, actor, now, body: { rows, workingCopy } }) => {
    const created = rows.map((fields, n) => ({ path: `rows.${n}`, fields }));
    const records = await saveDisbursements({ tx, db, scope, actor, now, created });
    if (workingCopy) await endWorkingCopy({ tx, actor, id: workingCopy });
    return {
      items: records.map(({ id, reference, version, findings }) => ({
        id,
        reference,
        version,
        findings,
      })),
    };
  },
);
