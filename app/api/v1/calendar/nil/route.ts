import { declareNil } from "@/lib/features/calendar/commands";
import { declareNilContract } from "@/lib/features/calendar/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(declareNilContract, ({ tx, db, scope, actor, now, body }) =>
  declareNil({ tx, db, scope, actor, now, input: body }),
);
