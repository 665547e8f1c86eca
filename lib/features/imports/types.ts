import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import type { RowColumn, RowTexts } from "@/lib/features/rows/types";
import type { FieldError } from "@/lib/kernel/app-error";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { WriteContext } from "@/lib/platform/db";

export const IMPORT_STATUSES = [
  "reading",
  "preview",
  "committing",
  "committed",
  "undone",
  "refused",
] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** `known`: in already, by this file or another; `undone`: its draft was made and voided. */
export const LINE_STATUSES = ["good", "bad", "known", "in", "undone"] as const;
export type LineStatus = (typeof LINE_STATUSES)[number];

/** The steps that a job takes with an import. */
export const IMPORT_STEPS = ["read", "commit", "undo"] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];

/** Besides the columns of a record: the number of a row that was given back, and why it was. */
export const OWN_COLUMNS = ["lineNumber", "reason"] as const;
export type ImportColumn = RowColumn | (typeof OWN_COLUMNS)[number];

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
};

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

/** What belongs to another noun and is handed in where the job is put together (worker.ts). */
export type DraftCommands = {
  save: (
    context: WriteContext & {
      now: Date;
      created: readonly { path: string; fields: DisbursementFields }[];
    },
  ) => Promise<readonly { id: string }[]>;
  void: (
    context: WriteContext & {
      now: Date;
      items: readonly {
        path: string;
        id: string;
        input: { version: number; reason: "entered-by-mistake" };
      }[];
    },
  ) => Promise<unknown>;
};
