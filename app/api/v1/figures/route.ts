import { queryComparison, queryFigures } from "@/lib/features/figures/queries";
import { pickMeasures } from "@/lib/features/figures/present";
import { CHANGES } from "@/lib/features/figures/rules";
import { figuresContract } from "@/lib/features/figures/schema";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { defineRoute } from "@/lib/platform/route";

export const GET = defineRoute(figuresContract, async ({ db, scope, query, now }) => {
  const { groupBy, measures, compare, ...filter } = query;
  const { year } = filter;
  if (compare === "none")
    return pickMeasures(await queryFigures({ db, scope, filter, groupBy }), groupBy, measures);
  if (year === undefined)
    throw new AppError("VALIDATION", { fieldErrors: { year: [{ key: "required" }] } });
  const today = civilDateInChina(now);
  const asked = { db, scope, filter: { ...filter, year }, groupBy, compare, today };
  const compared = await queryComparison(asked);
  const picked = pickMeasures(compared, groupBy, [...measures, ...CHANGES]);
  return { ...picked, compare: compared.compare };
});
