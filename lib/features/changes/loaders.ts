import "server-only";
import { readPlaces } from "@/lib/features/filter/queries";
import { withNamed } from "@/lib/features/reference/queries";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { listChanges } from "./queries";
import { startsOf } from "./rules";
import { changesAddressSchema } from "./schema";
import type { ChangesView } from "./types";

/** A moment that has not come, or an end before its beginning, is no address of this page: it is named as one. */
async function orRefused<T>(ask: () => Promise<T>, instead: () => Promise<T>) {
  try {
    return { found: await ask(), refused: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "VALIDATION") throw error;
    return { found: await instead(), refused: Object.keys(error.fieldErrors ?? {}) };
  }
}

export async function loadChanges(searchParams: SearchParams): Promise<ChangesView> {
  const { query, ignored } = readSearch(changesAddressSchema, searchParams);
  const { since: named, until, cursor, limit, ...asked } = query;
  const today = civilDateInChina(new Date());
  const starts = startsOf(today);
  const usual = starts.find(({ key }) => key === "week")?.since ?? "0";
  const since = named ?? usual;
  return readPage(
    async ({ db, scope, actor }) => {
      const start = await readPlaces({ db, scope, actor, asked, current: yearOf(today) });
      const { root, places, filter } = start;
      const reading = { db, scope, filter, limit };
      const { found: changes, refused } = await orRefused(
        () => listChanges({ ...reading, since, until, cursor }),
        () => listChanges({ ...reading, since: usual }),
      );
      const seen = changes.lines.flatMap(({ organisation, legs }) => [
        organisation,
        ...legs.map((leg) => leg.organisation),
      ]);
      return {
        reference: await withNamed({ db }, start.reference, seen),
        places,
        root,
        filter,
        since,
        until,
        cursor,
        ignored: [...ignored, ...start.unknown, ...refused],
        changes,
        starts,
      };
    },
    { settled: true },
  );
}
