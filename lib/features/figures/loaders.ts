import { topOf } from "@/lib/features/reference/present";
import { getPageReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import { reaches, type Scope } from "@/lib/kernel/scope";
import { readSearch, type SearchParams } from "@/lib/kernel/search";
import type { Reader } from "@/lib/platform/db";
import type { ReceivedAxis } from "@/lib/features/received/queries";
import { readPage } from "@/lib/platform/session";
import "server-only";
import { codesOf, knownCodes } from "@/lib/features/filter/address";
import {
  CORRECTS_EARLIER_YEAR,
  resolveFilter,
  type ResolvedFilter,
} from "@/lib/features/filter/queries";
import type { DashboardView, YearFigures } from "./present";
import { figuresOf, readBalance, readOrigins, type FigureSet } from "./queries";
import {
  balanceAxes,
  comparedPeriod,
  monthsOf,
  originOf,
  wholeOf,
  yearsCompare,
  type Answer,
} from "./rules";
import { figureFilterSchema } from "@/lib/features/filter/schema";
import { codeSchema } from "@/lib/kernel/wire";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { Axis } from "./types";

const dashboardFilterSchema = figureFilterSchema.extend({ org: codeSchema.optional() }).omit({
  month: true,
  status: true,
  organisation: true,
  prefecture: true,
  amountKind: true,
  throughMonth: true,
  paidFrom: true,
  paidTo: true,
  amountFrom: true,
  amountTo: true,
});

/** Axes a record has one value of each are asked for together: their cells add up along either. */
const DASHBOARD_AXES = [
  ["organisation", "programme"],
  ["month"],
  ["fundSource"],
  ["recipientKind", "aidCategory", "form"],
] as const satisfies readonly (readonly Axis[])[];
/** What corrects earlier years is little: by every axis at once, and by source. */
const EARLIER_AXES = [
  ["organisation", "programme", "month", "recipientKind", "aidCategory", "form"],
  ["fundSource"],
] as const satisfies readonly (readonly Axis[])[];
type ByAxis = [place: Answer, month: Answer, fundSource: Answer, kind: Answer];

function yearFigures([place, month, fundSource, kind]: ByAxis): YearFigures {
  return {
    totals: wholeOf(place),
    leftOut: place.leftOut,
    asOf: place.asOf,
    byPlace: place.rows,
    byMonth: month.rows,
    byFundSource: fundSource.rows,
    byKind: kind.rows,
  };
}

type Reading = { db: Reader; scope: Scope };
type DashboardAsked = {
  filter: FigureFilter & { year: number };
  /** In China. */
  today: CivilDate;
  /** By which received, spent and left stand; null = the filter is too narrow to compare them. */
  balanceBy: ReceivedAxis | null;
};

/** Every axis of the year (and the same of the year before, and the balance) in one statement. */
export async function readDashboard({ db, scope }: Reading, asked: DashboardAsked) {
  const { filter, today, balanceBy } = asked;
  const { year } = filter;
  const resolved = await resolveFilter({ db, scope, filter });
  const [origins, earlier] = await readOrigins(db, resolved, [year, year - 1]);
  const comparable = origins && earlier && yearsCompare(origins, earlier);
  const compare = comparable ? comparedPeriod(year, today, "same-period") : null;
  const part = { ...resolved, throughMonth: compare ? monthsOf(compare) : undefined };
  const ofYear = (of: ResolvedFilter): FigureSet[] =>
    DASHBOARD_AXES.map((groupBy) => ({ resolved: of, groupBy }));
  const sets = [
    ofYear(resolved),
    compare && part.throughMonth !== undefined ? ofYear(part) : [],
    compare ? ofYear({ ...part, year: year - 1 }) : [],
    balanceBy ? [{ resolved, groupBy: balanceAxes(balanceBy) }] : [],
    EARLIER_AXES.map((groupBy) => ({ resolved, groupBy, records: CORRECTS_EARLIER_YEAR })),
  ];
  const answers = await figuresOf(db, sets.flat());
  const [now, same, before, spent, earlierYears] = sets.map((set) => answers.splice(0, set.length));
  const figures = (of: Answer[] | undefined) => (of?.length ? yearFigures(of as ByAxis) : null);
  const thisYear = yearFigures(now as ByAxis);
  return {
    now: thisYear,
    same: figures(same) ?? thisYear,
    before: figures(before),
    compare,
    comparable: comparable === true,
    origin: origins ? originOf(origins) : "entered",
    earlier: {
      byRecord: earlierYears?.[0]?.rows ?? [],
      byFundSource: earlierYears?.[1]?.rows ?? [],
    },
    balance: spent?.[0]
      ? await readBalance(db, { resolved, groupBy: balanceBy as ReceivedAxis }, spent[0])
      : null,
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
  actor: Actor;
  whole?: boolean;
}) {
  const { scope, asked, current } = input;
  const named = [asked.org, asked.organisation, asked.prefecture].flatMap(codesOf);
  const reference = await getPageReference({ ...input, named });
  const places = reference.organisations.filter((place) => reaches(scope, place.path));
  const top = topOf(places);
  if (!top) throw new AppError("FORBIDDEN");
  const { filter: known, unknown } = knownCodes(asked, reference);
  const orgs = codesOf(known.org ?? top.code);
  const [root, ...others] = orgs.flatMap((code) => places.filter((place) => place.code === code));
  if (!root || others.length + 1 < orgs.length) throw new AppError("NOT_FOUND");
  const year = yearFor(known.year, current, reference);
  return {
    reference,
    places,
    root,
    unknown,
    asked: known,
    filter: { ...known, org: root.code, year },
  };
}

/** One snapshot for the whole page: its charts, tables and sentences cannot contradict each other. */
export async function loadDashboard(searchParams: SearchParams): Promise<DashboardView> {
  const { query, ignored } = readSearch(dashboardFilterSchema, searchParams);
  const today = civilDateInChina(new Date());
  const current = yearOf(today);
  return readPage(async ({ db, scope, actor }) => {
    const start = await readPlaces({ db, scope, actor, asked: query, current, whole: true });
    const { reference, places, root, filter } = start;
    const { year, org: _org, ...narrowed } = filter;
    const isWhole = Object.values(narrowed).every((value) => value === undefined);
    return {
      actor,
      reference,
      places,
      root,
      filter,
      ignored: [...ignored, ...start.unknown],
      ...(await readDashboard(
        { db, scope },
        {
          filter,
          today,
          balanceBy: !isWhole ? null : root.kind === "PROVINCE" ? "prefecture" : "organisation",
        },
      )),
    };
  });
}
