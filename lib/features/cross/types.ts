import type { FigureWords } from "@/lib/features/figures/types";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { DashboardView } from "@/lib/features/figures/present";
import type { Stamp } from "@/lib/kernel/position";
import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import type { LeftOutThen, Standing } from "@/lib/features/figures/types";

/** With the position that it stands at, where that is an earlier one. */
export type CrossFilter = FigureFilter & Stamp;

export const CROSS_AXES = [
  "organisation",
  "prefecture",
  "programme",
  "month",
  "fundSource",
  "aidCategory",
  "recipientKind",
  "form",
  "campaign",
] as const;
export type CrossAxis = (typeof CROSS_AXES)[number];

/** Money by what it reached: a sum divided by a sum, each of the records that know both. */
export const RATIOS = {
  fenPerPerson: "persons",
  fenPerHousehold: "households",
  fenPerPersonTime: "personTimes",
  fenPerPack: "packs",
} as const satisfies Record<string, CountUnit>;
export type Ratio = keyof typeof RATIOS;

/** What a column of a report form can be of. */
export const FORM_MEASURES = [
  "amountFen",
  "records",
  ...COUNT_UNITS,
  ...(Object.keys(RATIOS) as Ratio[]),
  // of what was spent, what was handed in with a roster
  "namedFen",
] as const;

export type FormMeasure = (typeof FORM_MEASURES)[number];

/** And the share of it that is named, which is no money and no count. */
export const CROSS_MEASURES = [...FORM_MEASURES, "namedPermille"] as const;
export type CrossMeasure = (typeof CROSS_MEASURES)[number];

/** What stands on the two edges, and what is counted between them. */
export type CrossShape = { rows: CrossAxis; columns: CrossAxis; measure: CrossMeasure };

export const SHARES = ["value", "row", "column"] as const;
export const FACES = ["table", "heat"] as const;
export const EMPTIES = ["show", "hide"] as const;

/** How the table is looked at; no total changes by it. */
export type CrossLook = {
  share: (typeof SHARES)[number];
  face: (typeof FACES)[number];
  empty: (typeof EMPTIES)[number];
  /** The keys of the subtotals whose lines are folded away. */
  fold: string[];
  /** Which saved view was opened; it goes along wherever the table is looked at otherwise. */
  view?: string | undefined;
};

/** `total` is the edge; `apart` stands beside it and is in no total. */
export type CrossLine = {
  key: string;
  kind: "item" | "subtotal" | "total" | "apart";
  /** The value on the axis; of a subtotal the place or the season. */
  code: string;
  /** Only what the organisation paid itself. */
  own: boolean;
  level: number;
  /** Narrows the filter to this line; null where no filter can. */
  patch: FigureFilter | null;
};

/** None: no voucher. Unknown: vouchers, none of which says how many. Partly: some of them say no amount. */
export const CELL_STATES = ["none", "known", "partly", "unvalued", "noMoney", "unknown"] as const;
type CellState = (typeof CELL_STATES)[number];

export type CrossCell = {
  state: CellState;
  /** Fen, or how many; null where the state says why there is none. */
  value: bigint | number | null;
  records: number;
  unvalued: number;
  estimated: number;
  /** Records that know too little to be part of a ratio. */
  beside: number;
  /** Exactly its vouchers, as of the table's stamp; null where there is none. */
  filter: CrossFilter | null;
};

export type Cross = CrossShape & {
  /** In the order of the axis, then the total, then what stands apart. */
  rowLines: CrossLine[];
  columnLines: CrossLine[];
  cells: CrossCell[][];
  /** How much more the lines of an axis come to than the total; null where no sum is made of lines. */
  surplus: { rows: bigint; columns: bigint } | null;
  /** What corrects earlier years, by row. */
  earlier: (Earlier | null)[];
  leftOut: LeftOutThen;
} & Standing;
type Earlier = { amountFen: string } & Record<CountUnit, number>;

export type CrossView = Pick<
  DashboardView,
  "reference" | "places" | "root" | "ignored" | "origin"
> & {
  filter: CrossFilter & { year: number; org: string };
  shape: CrossShape;
  look: CrossLook;
  /** Null where there is none to be made: see refused. */
  cross: Cross | null;
  refused: { why: "sameAxis" } | { why: "tooManyCells"; cells: number } | null;
};

/** The words of a cross table, on the page and in a file. */
export type CrossWords = FigureWords & { cross: FigureWords["common"] };
