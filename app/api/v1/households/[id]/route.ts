import { changeHousehold } from "@/lib/features/households/commands";
import { getHousehold } from "@/lib/features/households/queries";
import { getHouseholdContract, updateHouseholdContract } from "@/lib/features/households/schema";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getHouseholdContract, ({ db, scope, actor, now, params }) =>
  getHousehold({ db, scope, actor, id: params.id, today: civilDateInChina(now) }),
);

export const PATCH = defineRoute(
  updateHouseholdContract,
  ({ tx, db, scope, actor, now, params, body }) =>
    changeHousehold({ tx, db, scope, actor, now, id: params.id, input: body }),
);
