import { carryOverAllotment } from "@/lib/features/allotments/commands";
import { carryOverContract } from "@/lib/features/allotments/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(carryOverContract, ({ tx, db, scope, actor, now, params, body }) =>
  carryOverAllotment({ tx, db, scope, actor, now, id: params.id, input: body }),
);
