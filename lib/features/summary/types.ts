import type { Sums } from "@/lib/features/figures/rules";
import type { Balance, ComparedPeriod, LeftOut } from "@/lib/features/figures/types";
import type { FileFormat } from "@/lib/kernel/file-format";
import type { Wordless } from "@/lib/kernel/known";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { YearAxis } from "@/lib/kernel/year-axis";
import type { Coded, Organisation, PageReference, Season } from "@/lib/features/reference/types";

/** What one line of the yearly summary says. Money in fen; null = the year before is not comparable. */
export type SummaryFigures = {
  /** Null = no receipt is recorded. */
  receivedFen: bigint | null;
  spent: Sums;
  /** What is left, of the organisations of which both sides are known; null = of none. */
  leftFen: bigint | null;
  seasons: Record<Season, Sums>;
  categories: Record<string, Sums>;
  /** Contributory programmes: printed apart, never part of `spent`. */
  mutual: Sums;
  /** The part of this year that is compared; null = the whole of it. */
  same: Sums | null;
  before: Sums | null;
  /** What `spent` holds of corrections of earlier years. */
  earlier: Sums;
};

/**
 * `total`: the subtree asked for; `subtotal`: a prefecture with all below it; `own`: what a union with
 * unions below it paid itself (本级); `unit`: a county, an industrial union.
 */
export type SummaryLine = Coded & {
  kind: "total" | "subtotal" | "own" | "unit";
  level: number;
  figures: SummaryFigures;
  /** Lines (by index) this one adds up; none for `own` and `unit`. */
  parts: number[];
};

export type YearSummary = {
  year: number;
  /** Of a statistics year neither received nor left is known: those are kept by civil year. */
  yearAxis?: YearAxis | undefined;
  root: Coded & { id: number };
  /** Names of the programmes each season gathers. */
  programmes: (Coded & { season: Season })[];
  contributory: Coded[];
  categories: Coded[];
  lines: SummaryLine[];
  leftOut: LeftOut;
  /** Organisations that no balance is worked out for. */
  withoutBalance: Balance["leftOut"];
  /** The subtree added up at once, not line by line: what the lines are checked against. */
  whole: { spentFen: bigint; receivedFen: bigint | null };
  /** Invented demonstration records take part. */
  demo: boolean;
  /** Figures published by the unions take part. */
  published: boolean;
  /** Which part of the year before is compared; null = none. */
  compare: ComparedPeriod | null;
  /** False where one of the two years is invented and the other is not: no increase is worked out. */
  comparable: boolean;
  asOf: string;
  /** The position of that moment. */
  seq: number;
};

/** A cell as screen, xlsx and csv all print it; what has no number says why (kernel/known). */
export type SummaryCell =
  | { kind: "money"; fen: string }
  | { kind: "count"; value: number }
  | { kind: "permille"; value: string }
  | { kind: Wordless };

/** What stands together on a sheet and is never torn apart. */
export type SummaryBlock =
  "funds" | `season.${Season}` | "category" | "mutual" | "comparison" | "vouchers";

/** A column of a table on paper. */
export type PaperColumn = {
  key: string;
  /** Printed as (1), (2)… under the header. */
  number: number;
  kind: "money" | "count" | "permille";
  /** Header words from the outermost group down to the column's own. */
  path: string[];
  /** Worked out from two other columns instead of added up. */
  derived?: { rule: "difference" | "growth"; of: [string, string]; onLeavesOnly?: true };
  /** Its lines do not add up to their sum: a ratio, or what counts in several lines at once. */
  loose?: true;
};
export type SummaryColumn = PaperColumn & { block: SummaryBlock };

export type HeaderCell = { text: string; column: number; colSpan: number; rowSpan: number };

export type SummaryRow = Pick<SummaryLine, "code" | "kind" | "level" | "parts"> & {
  name: string;
  cells: SummaryCell[];
};

/**
 * `(2) = (4) + (6) + …`: column keys; or a column against what was added up without the lines, in fen. Whether it
 * holds on the total line. Only what could fail is checked.
 */
export type SummaryCheck = {
  left: string;
  right: { keys: readonly string[] } | { fen: string };
  /** In numbers of columns; `text` says whether it holds, too. */
  formula: string;
  text: string;
  holds: boolean;
};

/** 表一, 表二: the columns that one width of paper carries, and how wide each has to be, in digits. */
export type PaperSheet<Column extends PaperColumn = PaperColumn> = {
  title: string;
  columns: Column[];
  widths: { name: number; code: number; columns: number[] };
};
export type SummarySheet = PaperSheet<SummaryColumn>;

/** A table as paper has it, and the screen and each file with it. */
export type PaperTable<Column extends PaperColumn = PaperColumn> = {
  title: string;
  /** What stands above the headings, on the left. */
  filledBy: string;
  /** On the right; without it the unit of money. */
  units?: string;
  nameHeader: string;
  /** Null: its lines have no code that anybody would look for. */
  codeHeader: string | null;
  /** Under the two leading columns, as (1), (2)… under the others. */
  marks: [string, string];
  /** Whether its columns bear their numbers. */
  numbered: boolean;
  columns: Column[];
  rows: SummaryRow[];
  checks: SummaryCheck[];
  asOf: string;
  notes: string[];
  signatures: string[];
  demo: string | null;
};
export type SummaryTable = PaperTable<SummaryColumn>;

export type SummaryView = {
  summary: YearSummary;
  reference: PageReference;
  places: Organisation[];
  root: Organisation;
  year: number;
  ignored: string[];
};

/** A file of it, as it is asked for. */
export type SummaryAsked = Pick<YearSummary, "year" | "yearAxis"> & {
  org?: string | undefined;
  format: FileFormat;
  unit: MoneyUnit;
};
