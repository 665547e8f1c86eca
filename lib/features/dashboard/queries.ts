import "server-only";
import {
  earlierOf,
  readPlaces,
  resolveFilter,
  type ResolvedFilter,
} from "@/lib/features/filter/queries";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { DashboardView, YearFigures } from "@/lib/features/figures/present";
import {
  figuresOf,
  readBalance,
  readOrigins,
  type FigureSet,
} from "@/lib/features/figures/queries";
import {
  balanceAxes,
  comparedPeriod,
  monthsOf,
  originOf,
  wholeOf,
  yearsCompare,
  type Answer,
} from "@/lib/features/figures/rules";
import type { Axis } from "@/lib/features/figures/types";
import type { ReceivedAxis } from "@/lib/features/received/queries";
import { comparedMonth } from "./rules";
import type { Actor } from "@/lib/kernel/actor";
import { yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import type { Reader } from "@/lib/platform/db";

/** Axes a record has one value of each are asked for together: their cells add up along either. */
const DASHBOARD_AXES = [
  ["organisation", "programme"],
  ["month"],
  ["fundSource"],
  ["recipientKind", "aidCategory", "form"],
  ["campaign"],
] as const satisfies readonly (readonly Axis[])[];
/** What corrects earlier years is little: by every axis at once, and by source. */
const EARLIER_AXES = [
  ["organisation", "programme", "month", "recipientKind", "aidCategory", "form", "campaign"],
  ["fundSource"],
] as const satisfies readonly (readonly Axis[])[];
type ByAxis = [place: Answer, month: Answer, fundSource: Answer, kind: Answer, campaign: Answer];

function yearFigures([place, month, fundSource, kind, campaign]: ByAxis): YearFigures {
  return {
    totals: wholeOf(place),
    named: place.named,
    leftOut: place.leftOut,
    asOf: place.asOf,
    byPlace: place.rows,
    byMonth: month.rows,
    byFundSource: fundSource.rows,
    byKind: kind.rows,
    byCampaign: campaign.rows,
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
  const { year, yearAxis, month } = filter;
  const resolved = await resolveFilter({ db, scope, filter });
  const [origins, earlier] = await readOrigins(db, resolved, [year, year - 1], yearAxis);
  const comparable = origins && earlier && yearsCompare(origins, earlier);
  const period = comparable ? comparedPeriod(year, today, "same-period", yearAxis) : null;
  const compare = comparedMonth(period, month, yearAxis);
  const part = { ...resolved, throughMonth: compare ? monthsOf(compare) : undefined };
  const ofYear = (of: ResolvedFilter): FigureSet[] =>
    DASHBOARD_AXES.map((groupBy) => ({ resolved: of, groupBy }));
  const sets = [
    ofYear(resolved),
    compare && part.throughMonth !== undefined ? ofYear(part) : [],
    compare ? ofYear({ ...part, year: year - 1 }) : [],
    balanceBy ? [{ resolved, groupBy: balanceAxes(balanceBy) }] : [],
    EARLIER_AXES.map((groupBy) => ({ resolved: earlierOf(resolved), groupBy })),
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

/** The whole dashboard of a filter out of one snapshot; `ignored`: what of the filter names nothing there is. */
export async function getDashboard(input: {
  db: Reader;
  scope: Scope;
  actor: Actor;
  asked: FigureFilter;
  today: CivilDate;
}): Promise<DashboardView> {
  const { db, scope, actor, asked, today } = input;
  const start = await readPlaces({ db, scope, actor, asked, current: yearOf(today), whole: true });
  const { reference, places, root, filter, unknown: ignored } = start;
  const { year: _year, org: _org, ...narrowed } = filter;
  const isWhole = Object.values(narrowed).every((value) => value === undefined);
  const balanceBy = !isWhole ? null : root.kind === "PROVINCE" ? "prefecture" : "organisation";
  const read = await readDashboard({ db, scope }, { filter, today, balanceBy });
  return { actor, reference, places, root, filter, ignored, ...read };
}
