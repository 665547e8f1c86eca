/** What a row says, as it was typed: by column, absent = empty. */
export type Texts = Readonly<Record<string, string>>;

export type GridRow = { id: string; texts: Texts };

/** The rows in the order in which they were entered; how they are shown is a view. */
export type GridContent = {
  order: readonly string[];
  texts: Readonly<Record<string, Texts>>;
};

/** A rectangle of cells between two corners, by the ids of rows and columns. */
export type Place = { row: string; column: string };
export type Range = { anchor: Place; focus: Place };

/** One change, carrying what takes it back. */
export type Op =
  | { kind: "set"; row: string; column: string; old: string; new: string }
  | { kind: "insert" | "remove"; at: number; rows: readonly GridRow[] };

type StepKind =
  "type" | "paste" | "cut" | "clear" | "fill" | "replace" | "insert" | "remove" | "copy-rows";

/** One act of a person. `before`, `after`: what was selected. */
export type Step = {
  kind: StepKind;
  ops: readonly Op[];
  before: Range | null;
  after: Range | null;
};

/** Everything done and taken back, the latest last. */
export type History = { done: readonly Step[]; undone: readonly Step[] };

/** The rows and columns of a view, in the order shown. */
export type Shown = { rows: readonly string[]; columns: readonly string[] };

/** A rectangle of the view, from its first row and column. */
export type Area = { row: number; column: number; rows: number; columns: number };
