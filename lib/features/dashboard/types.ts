import type { FigureFilter } from "@/lib/features/filter/types";
import type { Known } from "@/lib/kernel/known";

export const CARDS = [
  "places",
  "months",
  "programmes",
  "balance",
  "sources",
  "recipients",
  "categories",
  "forms",
  "campaigns",
  "cross",
] as const;
export type CardId = (typeof CARDS)[number];

/** What a name or a figure opens: exactly the rows it is made of. */
export type Opens = { page: "dashboard" | "explain" | "allotments"; filter: FigureFilter };

export type CardValue =
  | Known
  | { kind: "count"; count: number }
  /** Money for one of something: read in yuan, whatever the page's unit. */
  | { kind: "rate"; fen: bigint }
  /** Rounded to a tenth of a percent; null = nothing to compare with. */
  | { kind: "permille"; permille: bigint | null };

export type CardCell = { value: CardValue; opens?: Opens | undefined };

export type CardColumn = {
  id: string;
  header: string;
  /** What neighbours share: the measure and its unit. */
  group?: string | undefined;
  /** How the drawing shows it; a column without one stands in the table alone. */
  tone?: "now" | "before" | "accent" | undefined;
  /** The page about this column alone. */
  opens?: Opens | undefined;
};

export type CardRow = {
  key: string;
  label: string;
  opens?: Opens | undefined;
  level: number;
  /** The sum of rows that stand below it. */
  subtotal: boolean;
  /** What its figures hold of corrections of earlier years. */
  earlier?: string | undefined;
  cells: CardCell[];
};

/** What one card says: the screen, the paper and the files have it from here. */
export type CardTable = {
  id: CardId;
  title: string;
  note?: string | undefined;
  nameHeader: string;
  columns: CardColumn[];
  rows: CardRow[];
  totals: CardCell[];
  /** Where the list is cut while it is folded, and what stands in the place of the rest. */
  rest: { after: number; count: number; cells: CardCell[] } | null;
};
