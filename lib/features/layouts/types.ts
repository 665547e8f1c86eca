import type {
  CrossAxis,
  CrossCell,
  CrossFilter,
  CrossLine,
  FormMeasure,
  CrossWords,
} from "@/lib/features/cross/types";
import type { DashboardView } from "@/lib/features/figures/present";
import type { Reference, Season } from "@/lib/features/reference/types";
import type { AidForm, AmountKind } from "@/lib/kernel/record-codes";
import type { FigureWords, LeftOutThen, Standing, Totals } from "@/lib/features/figures/types";

/** Raised where a layout says what an earlier program could not read. */
export const LAYOUT_SCHEMA = 1;

/** A file of a form: to be worked with, to be read by a program, to be printed. */
export const LAYOUT_FORMATS = ["xlsx", "csv", "pdf"] as const;
export type LayoutFormat = (typeof LAYOUT_FORMATS)[number];

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

/** How many of each a form has at most. */
export const LAYOUT_MOST = { blocks: 12, groups: 20, header: 4, footer: 6, notes: 10 } as const;

/** What a form may be narrowed by: seasons or programmes, one of the two. */
export const CONDITIONS = [
  "seasons",
  "programme",
  "aidCategory",
  "recipientKind",
  "campaign",
  "fundSource",
  "form",
  "amountKind",
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** In both languages; where English is missing, Chinese stands there. */
export type LayoutText = { zh: string; en: string };

/** A column that gathers values of an axis: by code, or every programme of some seasons. */
export type LayoutGroup = {
  name: LayoutText;
  codes?: string[] | undefined;
  seasons?: Season[] | undefined;
  /** Instead of those of the part. */
  measures?: FormMeasure[] | undefined;
};

export type LayoutBlock = {
  name: LayoutText;
  /** Null: the line's own sum. */
  axis: CrossAxis | null;
  measures: FormMeasure[];
  groups?: LayoutGroup[] | undefined;
};

export type LayoutFilter = {
  seasons?: Season[] | undefined;
  programme?: string[] | undefined;
  aidCategory?: string[] | undefined;
  recipientKind?: string[] | undefined;
  campaign?: string[] | undefined;
  fundSource?: string[] | undefined;
  form?: AidForm[] | undefined;
  amountKind?: AmountKind[] | undefined;
};

/**
 * A report form as data: what its lines and columns are, what it counts, and the lines around it. It holds no figure
 * and carries no right.
 */
export type Layout = {
  schema: typeof LAYOUT_SCHEMA;
  title: LayoutText;
  rows: CrossAxis;
  blocks: LayoutBlock[];
  filter: LayoutFilter;
  emptyRows: "show" | "hide";
  numbered: boolean;
  header: LayoutText[];
  footer: LayoutText[];
  notes: LayoutText[];
};

/** One that comes with the program has no version: nobody changes it. */
export type KeptLayout = {
  id: string;
  shipped: boolean;
  layout: Layout;
  version: number | null;
  updatedAt: string | null;
};

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
  measure: FormMeasure;
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

/** A form on its drawing board. */
export type LayoutDrawing = {
  layout: Layout;
  /** The form that is changed; null: a new one. */
  kept: { id: string; version: number } | null;
  /** The form that a new one is made from. */
  from: string | null;
  reference: Reference;
  /** Conditions of the cross table it is made from that no form keeps. */
  dropped: (keyof CrossFilter)[];
  /** What the address says that is not there. */
  ignored: string[];
};
