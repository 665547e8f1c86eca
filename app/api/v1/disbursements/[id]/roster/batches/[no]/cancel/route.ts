import { cancelBatch } from "@/lib/features/payments/commands";
import { cancelBatchContract } from "@/lib/features/payments/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  cancelBatchContract,
  ({ tx, db, scope, actor, now, params: { id, no }, body }) =>
    cancelBatch({ tx, db, scope, actor, now, id, no, input: body }),
);
