import { passDownAllotment } from "@/lib/features/allotments/commands";
import { passDownContract } from "@/lib/features/allotments/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(passDownContract, ({ tx, db, scope, actor, now, params, body }) =>
  passDownAllotment({ tx, db, scope, actor, now, id: params.id, input: body }),
);
