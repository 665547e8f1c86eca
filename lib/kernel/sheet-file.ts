import type { FieldError } from "./app-error";

/**
 * What a cell is besides its text.
 * `number`: a number, by the fifteen digits a spreadsheet shows; `longNumber`: it had more before the point,
 * and the last are lost; `percent`: shown as one, and its text says so; `date`: a day (2026-08-28), or a month
 * or year where no more was shown; `formula`: its stored result; `noResult`: a formula that was never worked out;
 * `error`: #DIV/0! and the like; `noDay`: a number shown as a day that is none; `merged`: covered by the first
 * cell of its area; `damaged`: points to nothing.
 */
export type CellNote =
  | "number"
  | "longNumber"
  | "percent"
  | "date"
  | "boolean"
  | "formula"
  | "noResult"
  | "error"
  | "noDay"
  | "merged"
  | "damaged";

export type SheetCell = { readonly text: string; readonly note?: CellNote };

/** `row` is the file's own number (from 1); cells stand up to the last that says something. */
export type SheetRow = {
  readonly row: number;
  readonly hidden?: true;
  readonly cells: readonly SheetCell[];
};

/** `row` from 1, `column` from 0, as in rows. */
export type SheetArea = {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
};

export type ReadSheet = {
  readonly name: string;
  readonly hidden: boolean;
  /** Those in which something is written. None where there is a problem. */
  readonly rows: readonly SheetRow[];
  readonly merges: readonly SheetArea[];
  /** Of those in which something is written, from 0. */
  readonly hiddenColumns: readonly number[];
  /** The sheet was taken to end above so many empty rows; below them, from `row` on, were `rows` more. */
  readonly beyond: { readonly row: number; readonly rows: number } | null;
  /** Why none of it can be taken, by its key among the errors of fields. */
  readonly problem: FieldError | null;
};

export type SheetFile = {
  readonly format: "xlsx" | "csv";
  /** Of a csv. */
  readonly encoding: "utf-8" | "gb18030" | "utf-16le" | "utf-16be" | null;
  readonly delimiter: "," | ";" | "\t" | "|" | null;
  /** Some of what it shows was taken from other files; those were not opened. */
  readonly linked: boolean;
  readonly sheets: readonly ReadSheet[];
};

/** What is wrong with a cell that no reader of fields can see in its text, by its key among the errors of fields. */
export const CELL_PROBLEM: Partial<Record<CellNote, string>> = {
  longNumber: "numberCut",
  noResult: "cellNoResult",
  error: "sheetError",
  noDay: "cellNoDay",
  damaged: "cellDamaged",
};
