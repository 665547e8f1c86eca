/** Lines of a table, some of them gathered into groups, over columns that are summed as well. */
export type Shape = {
  /** `group` null: counted in the whole alone. */
  rows: readonly { code: string; group: string | null }[];
  groups: readonly string[];
  columns: readonly string[];
};

/** The sum over all lines, or over all columns. */
export const WHOLE = "*";

/** A cell or a sum, by its line or group and its column; WHOLE is the sum. */
export type Spot = { line: string; column: string; level: "line" | "group" | "whole" };

/** One measure of every cell, in the order of `spotsOf`. */
export type Layer = {
  values: readonly number[];
  /**
   * How wide what can be worked out of a cell to be kept must be, and up to where it must reach; 0 = of this measure
   * nothing is to be kept.
   */
  need: readonly number[];
  /** What is published of no cell, as a sum of people over programmes. */
  withheld?: readonly boolean[];
};

export type Table = {
  shape: Shape;
  layers: readonly Layer[];
  /** Of too few, or otherwise to be kept. */
  sensitive: readonly boolean[];
  /** Of one alone, who therefore knows it. */
  sole: readonly boolean[];
  /** Hidden whatever comes: it was hidden before. */
  kept: readonly boolean[];
  /** There is nothing: it is shown as nothing, and can hide nothing. */
  empty: readonly boolean[];
  /** How many a cell is of: what hiding it costs its readers. */
  people: readonly number[];
};

/** What is hidden, cell by cell, and how many of it only so that the rest cannot be worked out. */
export type Pattern = { hidden: boolean[]; complements: number };
