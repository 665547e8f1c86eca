import { closeYear } from "@/lib/features/years/commands";
import { closeYearContract } from "@/lib/features/years/schema";
import { defineRoute } from "@/lib/platform/route";

export const POST = defineRoute(closeYearContract, ({ tx, db, scope, actor, now, params, body }) =>
  closeYear({ tx, db, scope, actor, now, year: params.year, input: body }),
);
