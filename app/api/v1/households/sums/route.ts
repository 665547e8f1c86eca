import { householdSums } from "@/lib/features/households/queries";
import { householdSumsContract } from "@/lib/features/households/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(householdSumsContract, ({ db, scope, query }) =>
  householdSums({ db, scope, query }),
);
