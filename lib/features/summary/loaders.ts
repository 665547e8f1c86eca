import { readPlaces } from "@/lib/features/filter/queries";
import { figureFilterSchema } from "@/lib/features/filter/schema";
import { codeSchema } from "@/lib/kernel/wire";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import "server-only";
import { getYearSummary } from "./queries";
import type { SummaryView } from "./types";

export async function loadYearSummary(searchParams: SearchParams): Promise<SummaryView> {
  const schema = figureFilterSchema
    .pick({ year: true, yearAxis: true })
    .extend({ org: codeSchema.optional() });
  const { query, ignored } = readSearch(schema, searchParams);
  const today = civilDateInChina(new Date());
  const current = yearOf(today);
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, actor, asked: query, current, whole: true });
    const { reference, places, root, filter } = start;
    return {
      summary: await getYearSummary({ db, scope, ...filter, today }),
      reference,
      places,
      root,
      year: filter.year,
      ignored: [...ignored, ...start.unknown],
    };
  });
}
