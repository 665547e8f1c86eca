import "server-only";
import { listChanges } from "@/lib/features/changes/queries";
import { readPlaces } from "@/lib/features/filter/queries";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { listPacks } from "./queries";
import { packsQuerySchema } from "./schema";
import type { PacksView } from "./types";

const querySchema = packsQuerySchema.pick({ year: true, org: true, cursor: true });

export async function loadPacks(search: SearchParams): Promise<PacksView> {
  const { query, ignored } = readSearch(querySchema, search);
  const { cursor, ...asked } = query;
  const current = yearOf(civilDateInChina(new Date()));
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, actor, asked, current });
    const { reference, places, root, filter, unknown } = start;
    const { year, org } = filter;
    const page = await listPacks({ db, scope, actor, query: { year, org, cursor, limit: 20 } });
    const newest = cursor === undefined && page.items.find(({ status }) => status === "done");
    const since = newest
      ? {
          pack: newest.id,
          changes: await listChanges({
            ...{ db, scope, filter: { year, org } },
            since: String(newest.seq),
            limit: 1,
          }),
        }
      : null;
    return {
      ...{ page, since, reference, places, root, year },
      paged: cursor !== undefined,
      ignored: [...ignored, ...unknown],
    };
  });
}
