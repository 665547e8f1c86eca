import { queryFigures } from "@/lib/features/figures/queries";
import { pickMeasures } from "@/lib/features/figures/rules";
import { figuresContract } from "@/lib/features/figures/schema";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(figuresContract, async ({ db, scope, query }) => {
  const { groupBy, measures, ...filter } = query;
  return pickMeasures(await queryFigures({ db, scope, filter, groupBy }), groupBy, measures);
});
