import {
  addTotals,
  axisRows,
  monthRows,
  placeRows,
  type AxisRow,
  type DashboardView,
  type MonthRow,
  type PlaceRow,
  type Sum,
} from "@/lib/features/figures/present";
import { monthsOf, type FigureCell } from "@/lib/features/figures/rules";
import { nameOf } from "@/lib/features/reference/present";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import { monthsOfYear, placeOfMonth, type YearAxis } from "@/lib/kernel/year-axis";
import type { ComparedPeriod, FigureWords } from "@/lib/features/figures/types";
import { perUnit } from "@/lib/features/map/rules";
import type { CardCell, CardId, CardTable } from "./types";

/** The rows behind the cards, each of exactly the records it opens. */

export type KindAxis =
  "programme" | "fundSource" | "recipientKind" | "aidCategory" | "form" | "campaign";

/** A row that nothing of its list stands below. */
const isLeaf = (rows: readonly { level: number }[], at: number): boolean =>
  (rows[at + 1]?.level ?? 0) <= (rows[at]?.level ?? 0);

type RowsOf = "byPlace" | "byMonth" | "byFundSource" | "byKind" | "byCampaign";

const years = ({ now, same, before }: DashboardView, rows: RowsOf) => ({
  now: now[rows],
  same: same[rows],
  before: before && before[rows],
});

export const placesOf = (view: DashboardView): PlaceRow[] =>
  placeRows({
    places: view.places,
    root: view.root,
    filter: view.filter,
    ...years(view, "byPlace"),
  });

export const monthsIn = (view: DashboardView): MonthRow[] =>
  monthRows({ filter: view.filter, ...years(view, "byMonth") });

const AXIS_ROWS = {
  programme: "byPlace",
  fundSource: "byFundSource",
  recipientKind: "byKind",
  aidCategory: "byKind",
  form: "byKind",
  campaign: "byCampaign",
} as const satisfies Record<KindAxis, RowsOf>;

/** The rows of a coded axis, in the reference's own order; of campaigns the latest first, then what belongs to none. */
export function kindRows(axis: KindAxis, view: DashboardView, words: FigureWords): AxisRow[] {
  const { reference } = view;
  const lists = {
    programme: reference.programmes,
    fundSource: reference.fundSources,
    recipientKind: reference.recipientKinds,
    aidCategory: reference.aidCategories,
    campaign: reference.campaigns,
  };
  const none = { code: "", label: words.labels("noCampaign") };
  const choices =
    axis === "form"
      ? AID_FORMS.map((code) => ({ code, label: words.labels(`form.${code}`) }))
      : [
          ...lists[axis].map((item) => ({ ...item, label: nameOf(item, words.locale) })),
          ...(axis === "campaign" ? [none] : []),
        ];
  return axisRows({ axis, choices, filter: view.filter, ...years(view, AXIS_ROWS[axis]) });
}

/** The places that nothing in the list stands below. */
export const leavesOf = (rows: readonly PlaceRow[]): PlaceRow[] =>
  rows.filter((_, at) => isLeaf(rows, at));

/** Whether a row of places holds a cell: 本级 what it paid itself, any other what everything below it paid. */
export function paidBy(row: PlaceRow, { places }: DashboardView): (cell: FigureCell) => boolean {
  const within = places.filter(({ path }) => path.startsWith(row.place.path));
  const payers = new Set((row.kind === "own" ? [row.place] : within).map(({ code }) => code));
  return ({ organisation }) => payers.has(organisation ?? "");
}

/** The corrections of earlier years among the records of a row. */
export const earlierAmong = (
  { earlier }: DashboardView,
  holds: (cell: FigureCell) => boolean,
  rows: keyof DashboardView["earlier"] = "byRecord",
): Sum | null => addTotals(earlier[rows].filter(holds));

/** A list longer than so many rows is folded; what is folded is summed up in one. */
export const FOLDED_AT = 7;
export type Built = Omit<CardTable, "rest">;

type Summed<Row> = { rows: readonly Row[]; sum: (folded: readonly Row[]) => CardCell[] };

/** The rows after the seventh as one; their leaves alone, so that nothing is in it twice. */
export function folded<Row extends { level: number }>(
  table: Built,
  { rows, sum }: Summed<Row>,
): CardTable {
  // one row more than fits would be folded into one row
  if (rows.length <= FOLDED_AT + 1) return { ...table, rest: null };
  const rest = rows.filter((_, at) => at >= FOLDED_AT && isLeaf(rows, at));
  return {
    ...table,
    rest: { after: FOLDED_AT, count: rest.length, cells: sum(rest) },
  };
}

/**
 * The same for one month alone, once it is over; what has no known month is compared between whole years only. Through the
 * last month of the year: nothing but the month itself narrows either side.
 */
export function comparedMonth(
  period: ComparedPeriod | null,
  month: number | undefined,
  yearAxis?: YearAxis,
): ComparedPeriod | null {
  if (period === null || month === undefined || monthsOf(period) === undefined) return period;
  const place = (one: number) => placeOfMonth(yearAxis, one);
  const throughMonth = monthsOfYear(yearAxis)[11] ?? 12;
  return month >= 1 && place(month) <= place(period.throughMonth)
    ? { ...period, throughMonth }
    : null;
}

/** 2026 年, or the one month that the page is narrowed to, of this year or one before. */
export function periodWords(
  { filter }: Pick<DashboardView, "filter">,
  dashboard: FigureWords["dashboard"],
  yearsBack = 0,
): string {
  const year = String(filter.year - yearsBack);
  if (filter.yearAxis === "statistics") {
    if (filter.month === undefined) return dashboard("period.statistics", { year });
    if (filter.month === 0) return dashboard("period.statisticsUnknown", { year });
    return dashboard("period.statisticsMonth", { year, month: filter.month });
  }
  if (filter.month === undefined) return dashboard("period.year", { year });
  if (filter.month === 0) return dashboard("period.unknownMonth", { year });
  return dashboard("period.month", { year, month: filter.month });
}

export const CARD_AXES = {
  programmes: "programme",
  sources: "fundSource",
  recipients: "recipientKind",
  categories: "aidCategory",
  forms: "form",
  campaigns: "campaign",
} as const satisfies Partial<Record<CardId, KindAxis>>;

const RATES = ["persons", "households"] as const;
type Rate = (typeof RATES)[number];

/** By what the spending of some of these places can be divided. */
export const ratesAmong = (rows: readonly PlaceRow[], view: DashboardView): Rate[] =>
  RATES.filter((unit) =>
    rows.some((row) => {
      const paid = view.now.byPlace.filter(paidBy(row, view));
      return perUnit(paid, unit, view.reference.programmes).kind === "money";
    }),
  );

/** What one of each came to; no list sums to a quotient, so it opens none. */
export const rateCells = (
  rates: readonly Rate[],
  cells: readonly FigureCell[],
  { reference }: DashboardView,
): CardCell[] =>
  rates.map((unit) => {
    const known = perUnit(cells, unit, reference.programmes);
    return { value: known.kind === "money" ? { kind: "rate", fen: known.fen } : known };
  });
