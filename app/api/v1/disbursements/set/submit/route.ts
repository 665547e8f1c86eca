import { submitEach } from "@/lib/features/steps/commands";
import { submitDisbursementSetContract } from "@/lib/features/steps/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  submitDisbursementSetContract,
  ({ tx, db, scope, actor, now, body }) =>
    submitEach({
      ...{ tx, db, scope, actor, now },
      items: body.items.map(({ id, ...input }) => ({ id, input })),
    }),
);
