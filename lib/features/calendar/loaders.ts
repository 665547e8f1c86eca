import "server-only";
import { readPlaces } from "@/lib/features/filter/queries";
import { getPageReference } from "@/lib/features/reference/queries";
import type { PageReference } from "@/lib/features/reference/types";
import { hasRole } from "@/lib/kernel/actor";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import { readPage } from "@/lib/platform/session";
import { mayDeclare } from "./policy";
import { matrixOf } from "./present";
import { listExpectations, listExpected } from "./queries";
import { completenessOf, narrowed } from "./rules";
import { calendarQuerySchema, type Expectation } from "./schema";
import type { CalendarView } from "./types";

/** A year's calendar of a place: of one office every period by itself, of several a line each. */
export async function loadCalendar(searchParams: SearchParams): Promise<CalendarView> {
  const { query, ignored } = readSearch(calendarQuerySchema, searchParams);
  const today = civilDateInChina(new Date());
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, actor, asked: query, current: yearOf(today) });
    const { reference, places, root, filter, unknown } = start;
    const below = { homes: [root], everything: false };
    const { year, programme } = filter;
    const expected = await listExpected({ db, places: below, years: [year], today });
    const asked = { programme, state: query.state };
    const periods = narrowed(expected, asked);
    const named = new Set(expected.map((period) => period.programme));
    return {
      ...{ reference, places, root, year, today, asked },
      programmes: reference.programmes.flatMap(({ code }) => (named.has(code) ? [code] : [])),
      whole: completenessOf(narrowed(expected, { programme })),
      ignored: [...ignored, ...unknown],
      keepsYears: hasRole(actor, ["REVIEWER", "PROVINCE", "AUDITOR"]),
      mayDeclare: mayDeclare(actor, root.path),
      one: root.leaf ? periods : periods.filter(({ organisation }) => organisation === root.code),
      matrix: root.leaf ? null : matrixOf(periods, { reference, year }),
    };
  });
}

type ExpectationsView = { expectations: Expectation[]; reference: PageReference };

export function loadExpectations(): Promise<ExpectationsView> {
  return readPage(async ({ db, scope, actor }) => ({
    expectations: await listExpectations({ db, actor }),
    reference: await getPageReference({ db, scope, actor, named: [] }),
  }));
}
