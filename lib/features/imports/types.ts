import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import type { RowColumn, RowTexts } from "@/lib/features/rows/types";
import type { FieldError } from "@/lib/kernel/app-error";
import type { MoneyUnit } from "@/lib/kernel/money";

/** So large a file may be. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

export const IMPORT_STATUSES = [
  "reading",
  "preview",
  "committing",
  "committed",
  "undone",
  "refused",
] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** The steps that a job takes with an import. */
export const IMPORT_STEPS = ["read", "commit", "undo"] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];

/** Besides the columns of a record: the number of a row that was given back, and why it was. */
export const OWN_COLUMNS = ["lineNumber", "reason"] as const;
export type ImportColumn = RowColumn | (typeof OWN_COLUMNS)[number];

/** The lists of ours that a table may have words of its own for. */
export const VALUE_LISTS = [
  "organisation",
  "programme",
  "campaign",
  "aidCategory",
  "recipientKind",
  "form",
  "fundSource",
] as const;
export type ValueList = (typeof VALUE_LISTS)[number];

/** Their word, as it is written, and our code. */
export type ValueMaps = Partial<Record<ValueList, Record<string, string>>>;

/** So many words of one list are told, and kept. */
export const MOST_VALUES = 200;

/** How a table is read. `columns` and `units` stand in the order of its headers. */
export type Mapping = {
  /** Null: the one that looks most like a table. */
  sheet: string | null;
  /** The file's own number of the last row of headers. */
  headerRow: number | null;
  columns: (ImportColumn | null)[];
  units: (MoneyUnit | null)[];
  /** What stands for every row whose own cell is empty. */
  constants: RowTexts;
  /** Left out where the table says everything as we do. */
  values?: ValueMaps;
};

/** What was said of it; what is left out is as it was kept, or as it is recognised. */
export type SaidMapping = Omit<Mapping, "constants"> & Partial<Pick<Mapping, "constants">>;

/** Who said how the columns are to be read. */
export const MAPPING_SOURCES = ["recognised", "remembered", "chosen"] as const;
export type MappingSource = (typeof MAPPING_SOURCES)[number];

/** What the reader of the file has to say, by its key among the notes of imports. */
export type ImportNote = { key: string; values: Record<string, string | number> };

/** What was found in a file, and how it is read. */
export type ImportReading = {
  sheets: { name: string; rows: number; hidden: boolean; problem: FieldError | null }[];
  /** Joined where the head has two rows. */
  headers: string[];
  mapping: Mapping;
  source: MappingSource;
  /** Headers that stand for nothing we know. */
  unknown: string[];
  notes: ImportNote[];
};

/** Of a cell, or with `at` null of the whole row. */
export type LineProblem = {
  /** From 0, in the file. */
  at: number | null;
  column: string | null;
  key: string;
  values?: Record<string, string | number>;
  /** Worth a look; it does not keep the row out. */
  soft?: true;
};

/** A row of the file, read. */
export type ReadLine = {
  row: number;
  cells: string[];
  problems: LineProblem[];
  fields: DisbursementFields | null;
  /** The number it was given back with. */
  returned: { importId: string; row: number } | null;
};
