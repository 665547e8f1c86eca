import { getYear } from "@/lib/features/years/queries";
import { getYearContract } from "@/lib/features/years/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getYearContract, ({ db, scope, actor, now, params }) =>
  getYear({ db, scope, actor, now, year: params.year }),
);
