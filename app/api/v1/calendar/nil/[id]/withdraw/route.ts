import { withdrawNil } from "@/lib/features/calendar/commands";
import { withdrawNilContract } from "@/lib/features/calendar/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  withdrawNilContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    withdrawNil({ tx, db, scope, actor, now, id: params.id, input: body }),
);
