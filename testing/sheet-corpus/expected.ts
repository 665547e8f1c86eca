import type { CellNote } from "@/lib/kernel/sheet-file";

/** A cell as text, or with what it says besides. */
export type ExpectedCell = string | readonly [text: string, note: CellNote];
export type ExpectedSheet = {
  name?: string;
  hidden?: true;
  /** The file's own number, then the cells. */
  rows: readonly (readonly [row: number, ...cells: ExpectedCell[]])[];
  hiddenRows?: readonly number[];
  hiddenColumns?: readonly number[];
  merges?: number;
  beyond?: { row: number; rows: number };
  /** Key among the errors of fields: no row is taken. */
  problem?: string;
};
export type Expected =
  /** Key among the errors of fields. */
  | { refused: string }
  | { sheets: readonly ExpectedSheet[]; encoding?: string; delimiter?: string; linked?: true };

/** A file that a county may send, broken or built to do harm, and what becomes of it. */
export type CorpusFile = {
  /** What is odd about it. */
  name: string;
  /** What it is called. */
  file: string;
  bytes: () => Buffer;
  expected: Expected;
};

export const rows = (...all: ExpectedSheet["rows"][number][]): Expected => ({
  sheets: [{ rows: all }],
});
export const refused = (key: string): Expected => ({ refused: key });
