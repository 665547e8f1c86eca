import { addHouseholdEvent } from "@/lib/features/households/commands";
import { addHouseholdEventContract } from "@/lib/features/households/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(
  addHouseholdEventContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    addHouseholdEvent({ tx, db, scope, actor, now, id: params.id, input: body }),
);
