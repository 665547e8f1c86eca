import { voidAllotment } from "@/lib/features/allotments/commands";
import { voidAllotmentContract } from "@/lib/features/allotments/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  voidAllotmentContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    voidAllotment({ tx, db, scope, actor, now, id: params.id, input: body }),
);
