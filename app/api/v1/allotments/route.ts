import { createAllotment } from "@/lib/features/allotments/commands";
import { listAllotments } from "@/lib/features/allotments/queries";
import { createAllotmentContract, listAllotmentsContract } from "@/lib/features/allotments/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listAllotmentsContract, ({ db, scope, actor, query }) =>
  listAllotments({ db, scope, actor, filter: query }),
);

// Field by field, so that nothing but the contract's body can reach the command.
export const POST = defineRoute(createAllotmentContract, ({ tx, db, scope, actor, now, body }) =>
  createAllotment({ tx, db, scope, actor, now, input: body }),
);
