import { findHouseholds } from "@/lib/features/households/queries";
import { findHouseholdsContract } from "@/lib/features/households/schema";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(findHouseholdsContract, ({ db, scope, actor, now, body }) =>
  findHouseholds({ db, scope, actor, input: body, today: civilDateInChina(now) }),
);
