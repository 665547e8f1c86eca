import {
  axisRows,
  monthRows,
  placeRows,
  type AxisRow,
  type DashboardView,
  type MonthRow,
  type PlaceRow,
} from "@/lib/features/figures/present";
import { nameOf } from "@/lib/features/reference/present";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import type { CardWords } from "./types";

/** The rows behind the cards, each of exactly the records it opens. */

export type KindAxis = "programme" | "fundSource" | "recipientKind" | "aidCategory" | "form";

/** A row that nothing of its list stands below. */
export const isLeaf = (rows: readonly { level: number }[], at: number): boolean =>
  (rows[at + 1]?.level ?? 0) <= (rows[at]?.level ?? 0);

type RowsOf = "byPlace" | "byMonth" | "byFundSource" | "byKind";

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
} as const satisfies Record<KindAxis, RowsOf>;

/** The rows of a coded axis, in the reference's own order. */
export function kindRows(axis: KindAxis, view: DashboardView, words: CardWords): AxisRow[] {
  const { reference } = view;
  const lists = {
    programme: reference.programmes,
    fundSource: reference.fundSources,
    recipientKind: reference.recipientKinds,
    aidCategory: reference.aidCategories,
  };
  const choices =
    axis === "form"
      ? AID_FORMS.map((code) => ({ code, label: words.labels(`form.${code}`) }))
      : lists[axis].map((item) => ({ ...item, label: nameOf(item, words.locale) }));
  return axisRows({ axis, choices, filter: view.filter, ...years(view, AXIS_ROWS[axis]) });
}

/** The places that nothing in the list stands below. */
export const leavesOf = (rows: readonly PlaceRow[]): PlaceRow[] =>
  rows.filter((_, at) => isLeaf(rows, at));

/** Whose payments a row of places holds. */
export function payersOf(row: PlaceRow, { places }: DashboardView): ReadonlySet<string> {
  if (row.kind === "own") return new Set([row.place.code]);
  const within = places.filter(({ path }) => path.startsWith(row.place.path));
  return new Set(within.map(({ code }) => code));
}
