import { openYear } from "@/lib/features/years/commands";
import { listYears } from "@/lib/features/years/queries";
import { listYearsContract, openYearContract } from "@/lib/features/years/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(listYearsContract, async ({ db, scope, actor, now }) => ({
  items: await listYears({ db, scope, actor, now }),
}));

export const POST = defineRoute(openYearContract, ({ tx, db, scope, actor, now, body }) =>
  openYear({ tx, db, scope, actor, now, year: body.year }),
);
