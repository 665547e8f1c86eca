import { reopenYear } from "@/lib/features/years/commands";
import { reopenYearContract } from "@/lib/features/years/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(reopenYearContract, ({ tx, db, scope, actor, now, params, body }) =>
  reopenYear({ tx, db, scope, actor, now, year: params.year, input: body }),
);
