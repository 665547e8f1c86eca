import { createHousehold } from "@/lib/features/households/commands";
import { listHouseholds } from "@/lib/features/households/queries";
import { createHouseholdContract, listHouseholdsContract } from "@/lib/features/households/schema";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listHouseholdsContract, ({ db, scope, actor, query, now }) =>
  listHouseholds({ db, scope, actor, query, today: civilDateInChina(now) }),
);

export const POST = defineRoute(createHouseholdContract, ({ tx, db, scope, actor, now, body }) =>
  createHousehold({ tx, db, scope, actor, now, input: body }),
);
