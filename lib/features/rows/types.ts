import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import type { EntryReading, ReadingContext } from "@/lib/features/entry/types";
import type { Reference } from "@/lib/features/reference/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { OWN_TEXTS } from "@/lib/kernel/record-fields";

/** Before and after the sources, which are as many as a table has; in the order of a template. */
const BEFORE_SOURCES = [
  "organisation",
  "programme",
  "aidCategory",
  "recipientKind",
  "form",
  "paidOn",
  "periodFrom",
  "periodTo",
  "amount",
  "amountKind",
  "amountWording",
  "cash",
  "goods",
  ...COUNT_UNITS,
  /** 3户9人 in one column. */
  "counts",
  "rateUnit",
  "rateCount",
  "rateTimes",
  "rateNote",
] as const;
const AFTER_SOURCES = ["campaign", ...OWN_TEXTS] as const;

export type PlainColumn = (typeof BEFORE_SOURCES)[number] | (typeof AFTER_SOURCES)[number];
type SourceColumn = `fundSource${number}`;
type ShareColumn = `shareAmount${number}`;

/** A column of a table of rows. */
export type RowColumn = PlainColumn | SourceColumn | ShareColumn;

/** A record has so many sources at most. */
export const MOST_SOURCES = 20;

/** Every column of a table with so many sources. */
export function rowColumns(sources: number): RowColumn[] {
  const pairs = Array.from({ length: Math.max(1, sources) }, (_, at): RowColumn[] => [
    `fundSource${at + 1}`,
    `shareAmount${at + 1}`,
  ]);
  return [...BEFORE_SOURCES, ...pairs.flat(), ...AFTER_SOURCES];
}

/** A row of a grid or a file: text, as it stands there. */
export type RowTexts = Partial<Record<RowColumn, string>>;

/** How a file kept a cell, where that says more than its text: 2026.1 as a number may be October. */
export type CellKinds = Partial<Record<RowColumn, string>>;

/** What is said of a cell: a key, of `errors.field` for a problem and of `rows.note` for a note. */
export type CellSaid = { key: string; values?: Record<string, string | number> };

export type CellReading = {
  /** Why it cannot be read, or cannot be so. */
  problem?: CellSaid;
  /** Read, and worth a second look. */
  note?: CellSaid;
  /** What was read, where that is not what stands there. */
  echo?: string;
};

export type RowReading = {
  /** Nothing stands in it. */
  blank: boolean;
  cells: Partial<Record<RowColumn, CellReading>>;
  /** What stands for cells that say nothing, as the programme or the whole table brings it; a form by its code. */
  brought: RowTexts;
  /** What can be saved; null while anything cannot be read. */
  fields: DisbursementFields | null;
  /** As far as it is understood, for totals; null for a blank row. */
  read: EntryReading | null;
};

/** What the reading of rows depends on besides the rows. */
export type RowsInput = {
  reference: Reference;
  locale: Locale;
  reading: ReadingContext;
  /** Whose rows these are, where they do not say so. */
  organisation: string;
  /** Organisations that may be entered for; left out, the server alone decides. */
  places?: readonly string[];
  /** What stands for every row whose own cell is empty. */
  constants?: RowTexts;
  /** What a plain number in a column of money means. */
  units?: Partial<Record<RowColumn, MoneyUnit>>;
};
