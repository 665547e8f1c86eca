import { FILE_TYPES } from "@/lib/kernel/file-format";
import type {
  CrossAxis,
  CrossCell,
  CrossFilter,
  CrossLine,
  CrossMeasure,
  CrossWords,
} from "@/lib/features/cross/types";
import type { DashboardView } from "@/lib/features/figures/present";
import type { FigureWords, LeftOutThen, Standing, Totals } from "@/lib/features/figures/types";
import type { KeptLayout, Layout, LayoutGroup } from "./schema";

/** Raised where a layout says what an earlier program could not read. */
export const LAYOUT_SCHEMA = 1;

/** A file of a form; to be printed it is the very pages. */
export const LAYOUT_TYPES = { ...FILE_TYPES, pdf: "application/pdf" } as const;
export type LayoutFormat = keyof typeof LAYOUT_TYPES;

/** The forms that come with the program. */
export const SHIPPED_IDS = [
  "annual",
  "warm-winter",
  "cool-summer",
  "golden-autumn",
  "four-seasons",
] as const;
export type ShippedId = (typeof SHIPPED_IDS)[number];

/** On these axes several values may stand in one column: each of them is a list in a filter. */
export const GROUPED_AXES = [
  "programme",
  "fundSource",
  "aidCategory",
  "recipientKind",
  "form",
] as const satisfies CrossAxis[];
export type GroupedAxis = (typeof GROUPED_AXES)[number];

/** `rest`: what no group of its part names; `apart`: in no total. */
export type LaidLine = Pick<CrossLine, "key" | "code" | "own" | "level"> & {
  kind: "item" | "subtotal" | "total" | "apart" | "rest";
};

/** One column of figures: a part of the layout, a line of its axis, a measure. */
export type LaidColumn = {
  /** Which part of the layout, from 0. */
  block: number;
  line: LaidLine;
  group: LayoutGroup | null;
  measure: CrossMeasure;
  /** By row. */
  cells: CrossCell[];
};

export type Laid = {
  rows: CrossLine[];
  /** What each row comes to, whatever its columns show of it. */
  edge: CrossCell[];
  columns: LaidColumn[];
  /** What corrects earlier years, by row. */
  earlier: (
    | (Pick<Totals, "amountFen"> & Record<Exclude<keyof Totals, "amountFen" | "records">, number>)
    | null
  )[];
  /** How much more the lines of an axis come to than the total, where a record counts in several. */
  surplus: { axis: CrossAxis; count: bigint }[];
  leftOut: LeftOutThen;
} & Standing;

export type LayoutView = Pick<DashboardView, "reference" | "places" | "root" | "origin"> & {
  /** What the address says that is not there. */
  ignored: string[];
  kept: KeptLayout;
  layout: Layout;
  /** Whether the reader draws forms of the province's own. */
  draws: boolean;
  filter: CrossFilter & { year: number; org: string };
  /** The filter in words. */
  said: string;
  /** Codes that the layout names and this ledger has not. */
  unknown: string[];
  laid: Laid | null;
  refused: { why: "unknownCodes" } | { why: "tooManyCells"; cells: number } | null;
};

export type LayoutWords = CrossWords & { layouts: FigureWords["common"] };

export type LayoutsView = {
  items: KeptLayout[];
  /** Whether the reader draws forms of the province's own. */
  draws: boolean;
};
