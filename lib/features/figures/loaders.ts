import { topOf } from "@/lib/features/reference/present";
import { getReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import type { Reader } from "@/lib/platform/db";
import { readPage } from "@/lib/platform/session";
import "server-only";
import { knownCodes } from "./address";
import { originOfYear, yearsCompare } from "./labels";
import { lastYear, type DashboardView, type YearFigures } from "./present";
import { queryBalance, queryFigures } from "./queries";
import { figureFilterSchema } from "./schema";
import type { Axis, FigureFilter } from "./types";

const dashboardFilterSchema = figureFilterSchema.omit({
  month: true,
  status: true,
  organisation: true,
  prefecture: true,
});

type Reading = { db: Reader; scope: Scope; filter: FigureFilter };

async function readYear({ db, scope, filter }: Reading): Promise<YearFigures> {
  const by = (axis: Axis) => queryFigures({ db, scope, filter, groupBy: [axis] });
  const organisations = await by("organisation");
  const { totals, leftOut, asOf } = organisations;
  return {
    totals,
    leftOut,
    asOf,
    byOrganisation: organisations.rows,
    byProgramme: (await by("programme")).rows,
    byMonth: (await by("month")).rows,
    byFundSource: (await by("fundSource")).rows,
  };
}

/** The year asked for, else the current one, else the latest there is. */
function yearFor(asked: number | undefined, current: number, reference: Reference): number {
  if (asked !== undefined) return asked;
  const years = reference.years.map((year) => year.year);
  return years.includes(current) || years.length === 0 ? current : Math.max(...years);
}

/** Reference, readable places and the filter made whole: what every page of figures starts from. */
export async function readPlaces(input: {
  db: Reader;
  scope: Scope;
  asked: FigureFilter;
  /** The civil year in China. */
  current: number;
}) {
  const { db, scope, asked, current } = input;
  const reference = await getReference({ db });
  const readable = new Set(scope.organisationIds);
  const places = reference.organisations.filter((place) => readable.has(place.id));
  const top = topOf(places);
  if (!top) throw new AppError("FORBIDDEN");
  const { filter: known, unknown } = knownCodes(asked, reference);
  const org = known.org ?? top.code;
  const root = places.find((place) => place.code === org);
  if (!root) throw new AppError("NOT_FOUND");
  const year = yearFor(known.year, current, reference);
  return { reference, places, root, unknown, asked: known, filter: { ...known, org, year } };
}

/** One snapshot for the whole page: its charts, tables and sentences cannot contradict each other. */
export async function loadDashboard(searchParams: SearchParams): Promise<DashboardView> {
  const { query, ignored } = readSearch(dashboardFilterSchema, searchParams);
  const current = yearOf(civilDateInChina(new Date()));
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, asked: query, current });
    const { reference, places, root, filter } = start;
    const { year, org, ...narrowed } = filter;
    const compare = yearsCompare(year, actor.isDemo);
    const isWhole = Object.values(narrowed).every((value) => value === undefined);
    return {
      actor,
      reference,
      places,
      root,
      filter,
      ignored: [...ignored, ...start.unknown],
      origin: originOfYear(year, actor.isDemo),
      now: await readYear({ db, scope, filter }),
      before: compare ? await readYear({ db, scope, filter: lastYear(filter) }) : null,
      balance: isWhole
        ? await queryBalance({
            db,
            scope,
            filter: { year, org },
            groupBy: root.kind === "PROVINCE" ? "prefecture" : "organisation",
          })
        : null,
      running: year === current,
    };
  });
}
