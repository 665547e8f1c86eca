import { revealHousehold } from "@/lib/features/households/commands";
import { revealHouseholdContract } from "@/lib/features/households/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  revealHouseholdContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    revealHousehold({ tx, db, scope, actor, now, id: params.id, input: body }),
);
