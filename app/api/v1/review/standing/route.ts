import { listStanding } from "@/lib/features/review/queries";
import { getStandingContract } from "@/lib/features/review/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(getStandingContract, async ({ db, scope, query }) => ({
  items: await listStanding({ db, scope, ids: query.ids.split(",") }),
}));
