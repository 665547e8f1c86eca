import { householdAid } from "@/lib/features/household-aid/queries";
import { householdAidContract } from "@/lib/features/households/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(householdAidContract, ({ db, scope, actor, params }) =>
  householdAid({ db, scope, actor, id: params.id }),
);
