import { contract } from "@/lib/kernel/contract";
import { STATUSES } from "@/lib/kernel/record-codes";
import { codeSchema, fenTextSchema, streamedBodySchema, wordsSchema } from "@/lib/kernel/wire";
import { z } from "zod";
import {
  IMPORT_STATUSES,
  MAPPING_SOURCES,
  MAX_FILE_BYTES,
  MOST_VALUES,
  VALUE_LISTS,
} from "./types";

/** A file of 20 MB, and what a form puts round it. */
export const MAX_UPLOAD_BYTES = MAX_FILE_BYTES + 64 * 1024;

const idSchema = z.string().regex(/^[1-9]\d{0,17}$/);
const columnSchema = z.string().max(40).nullable();
const unitSchema = z.enum(["yuan", "wan"]).nullable();
const constantsSchema = z.record(z.string().max(40), z.string().max(500));

const valuesSchema = z.partialRecord(
  z.enum(VALUE_LISTS),
  z
    .record(z.string().min(1).max(200), codeSchema)
    .refine((map) => Object.keys(map).length <= MOST_VALUES, { error: "tooMany" }),
);

const mappingSchema = z.object({
  sheet: z.string().nullable(),
  headerRow: z.int().nullable(),
  columns: z.array(columnSchema),
  units: z.array(unitSchema),
  constants: constantsSchema,
  values: valuesSchema,
});

export const mapImportInputSchema = z.strictObject({
  sheet: z.string().max(200).nullable().default(null),
  headerRow: z.int().min(1).max(1_048_576).nullable().default(null),
  columns: z.array(columnSchema).max(200).default([]).meta({
    description:
      "A column each, in the order of the headers; null = not read. Left out: as it is recognised",
  }),
  units: z.array(unitSchema).max(200).default([]),
  constants: constantsSchema.optional().meta({
    description: "What stands for every row whose own cell is empty, by column",
  }),
  values: valuesSchema.optional().meta({
    description:
      "Their word → our code, by list: a word that the table has and no code, name or alias of ours matches. Kept for tables with the same headers",
  }),
});
export type MapImportInput = z.infer<typeof mapImportInputSchema>;

const noteSchema = z.object({ code: z.string(), message: z.string() });

export const importSummarySchema = z.object({
  id: z.string(),
  status: z.enum(IMPORT_STATUSES),
  organisation: z.string(),
  programme: z.string().nullable(),
  fileName: z.string(),
  createdBy: z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string() }),
  createdAt: z.string(),
  committedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
  /** Filled rows below the headers, and what became of each. */
  rows: z.int(),
  good: z.int(),
  bad: z.int(),
  known: z.int(),
  entered: z.int(),
  undone: z.int(),
  /** A job is at work; percent. */
  progress: z.int().nullable(),
  /** The job ended before its work did: ask again. */
  stopped: z.boolean(),
});
export type ImportSummary = z.infer<typeof importSummarySchema>;

export const importProgressSchema = importSummarySchema.pick({
  status: true,
  progress: true,
  stopped: true,
});
export type ImportProgress = z.infer<typeof importProgressSchema>;

const problemSchema = z.object({
  sheet: z.string(),
  /** The file's own number. */
  row: z.int(),
  /** Its address, such as C7; null where it is of the whole row. */
  cell: z.string().nullable(),
  column: z.string().nullable(),
  header: z.string().nullable(),
  /** As it stands in the file. */
  text: z.string(),
  code: z.string(),
  message: z.string(),
  /** False: worth a look; the row comes in all the same. */
  blocks: z.boolean(),
});
export type ImportProblem = z.infer<typeof problemSchema>;

export const importSchema = importSummarySchema.extend({
  sheets: z.array(
    z.object({
      name: z.string(),
      rows: z.int(),
      hidden: z.boolean(),
      problem: z.string().nullable(),
    }),
  ),
  headers: z.array(z.string()),
  mapping: mappingSchema.nullable(),
  mappingSource: z.enum(MAPPING_SOURCES).nullable(),
  unknown: z.array(z.string()),
  values: z
    .array(
      z.object({
        list: z.enum(VALUE_LISTS),
        /** As it stands in the table. */
        text: z.string(),
        /** Null where it was mapped. */
        rows: z.int().nullable(),
        code: z.string().nullable(),
      }),
    )
    .meta({
      description:
        "Words of the table that stand for nothing of ours, with how many rows say so, and those that were mapped; 200 a list at most",
    }),
  notes: z.array(noteSchema),
  refusal: noteSchema.nullable(),
  /** Of the rows that are good: to lay beside the sums of the file. */
  totals: z.object({ amountFen: fenTextSchema.nullable(), counts: z.record(z.string(), z.int()) }),
  groups: z.array(
    z.object({
      column: z.string().nullable(),
      header: z.string().nullable(),
      code: z.string(),
      message: z.string(),
      rows: z.int(),
      blocks: z.boolean(),
    }),
  ),
  problems: z.array(problemSchema),
  /** Rows that were known and are another payment, as somebody said. */
  overruled: z.int(),
  /** Drafts that were changed or submitted since, which undoing leaves. */
  touched: z.object({
    count: z.int(),
    rows: z.array(z.object({ row: z.int(), id: z.string(), reference: z.string() })).meta({
      description: "The first hundred",
    }),
  }),
  nextCursor: z.string().nullable(),
});
export type ImportView = z.infer<typeof importSchema>;

const knownRowSchema = z.object({
  row: z.int(),
  /** As they stand in the file, 200 characters of each. */
  cells: z.array(z.string()),
  /** What it is known as; null where that has left meanwhile. */
  record: z.object({ id: z.string(), reference: z.string(), status: z.enum(STATUSES) }).nullable(),
  /** Why it is another payment all the same; null while it is taken for the same. */
  words: z.string().nullable(),
});
export type KnownRow = z.infer<typeof knownRowSchema>;

export const knownRowsSchema = z.object({
  items: z.array(knownRowSchema),
  nextCursor: z.string().nullable(),
});

const rowTextSchema = z.string().regex(/^[1-9]\d{0,6}$/);
const knownQuerySchema = z.strictObject({
  cursor: rowTextSchema.optional().meta({ description: "The rows below this one" }),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type KnownQuery = z.infer<typeof knownQuerySchema>;

export const overruleInputSchema = z.strictObject({
  words: wordsSchema(500).min(1, { error: "required" }).nullable().meta({
    description: "Why it is another payment; null: it is the same after all",
  }),
});

export const importQuerySchema = z.strictObject({
  cursor: z
    .string()
    .regex(/^\d{1,7}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100).meta({ description: "Rows" }),
  code: z.string().max(60).optional().meta({ description: "Problems of this kind alone" }),
  column: columnSchema
    .unwrap()
    .optional()
    .meta({ description: "Beside `code`: of this column alone" }),
});
export type ImportQuery = z.infer<typeof importQuerySchema>;

export const importsQuerySchema = z.strictObject({
  cursor: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type ImportsQuery = z.infer<typeof importsQuerySchema>;

export const importsPageSchema = z.object({
  items: z.array(importSummarySchema),
  nextCursor: z.string().nullable(),
});
export type ImportsPage = z.infer<typeof importsPageSchema>;

export const templateQuerySchema = z.strictObject({ programme: codeSchema });
export const commitImportInputSchema = z.strictObject({
  goodRowsOnly: z.boolean().meta({
    description: "False: all or none, refused while a row is bad",
  }),
});

const tag = "imports";
const params = z.strictObject({ id: idSchema });
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const begunSchema = z.object({ id: z.string(), status: z.enum(IMPORT_STATUSES) });

export const listImportsContract = contract({
  id: "listImports",
  method: "GET",
  path: "/imports",
  tag,
  rate: "read",
  summary: "Files brought in for the organisations where one enters records, newest first",
  query: importsQuerySchema,
  response: importsPageSchema,
});
export const createImportContract = contract({
  id: "createImport",
  method: "POST",
  path: "/imports",
  tag,
  rate: "write",
  status: 201,
  summary:
    "Bring in a file (xlsx or csv, 20 MB at most): multipart with `organisation`, `programme` (optional) and `file`. It is read by a job; GET says how far it is",
  consumes: "multipart",
  maxBytes: MAX_UPLOAD_BYTES,
  body: streamedBodySchema,
  response: begunSchema,
});
export const importTemplateContract = contract({
  id: "importTemplate",
  method: "GET",
  path: "/imports/template",
  tag,
  rate: "export",
  summary: "An empty table to fill in, for one programme",
  query: templateQuerySchema,
  produces: [XLSX],
});
export const getImportContract = contract({
  id: "getImport",
  method: "GET",
  path: "/imports/{id}",
  tag,
  rate: "read",
  summary: "What was found in a file, and every problem at its cell, a page of rows at a time",
  params,
  query: importQuerySchema,
  response: importSchema,
});
export const importProgressContract = contract({
  id: "importProgress",
  method: "GET",
  path: "/imports/{id}/progress",
  tag,
  rate: "read",
  summary: "How far a file is being read, stored or taken back, whoever of the union asked for it",
  params,
  response: importProgressSchema,
});
export const mapImportContract = contract({
  id: "mapImport",
  method: "PUT",
  path: "/imports/{id}/mapping",
  tag,
  rate: "write",
  summary:
    "Say how the file is to be read; it is read anew, and a table with the same headers likewise from now on. Nothing said: it is read again as was said before",
  params,
  body: mapImportInputSchema,
  response: begunSchema,
});
export const commitImportContract = contract({
  id: "commitImport",
  method: "POST",
  path: "/imports/{id}/commit",
  tag,
  rate: "write",
  summary: "Make drafts of the rows; what is in already is not made again",
  params,
  body: commitImportInputSchema,
  response: begunSchema,
});
export const knownRowsContract = contract({
  id: "knownRows",
  method: "GET",
  path: "/imports/{id}/known",
  tag,
  rate: "read",
  summary: "The rows that are in already, what each is known as, and of which somebody said that it is another payment", // prettier-ignore
  params,
  query: knownQuerySchema,
  response: knownRowsSchema,
});
export const overruleKnownContract = contract({
  id: "overruleKnown",
  method: "PUT",
  path: "/imports/{id}/known/{row}",
  tag,
  rate: "write",
  summary:
    "Say of one known row, in words, that it is another payment: it comes in with the rest, and the words answer the check for duplicates",
  params: params.extend({ row: rowTextSchema }),
  body: overruleInputSchema,
  response: z.object({ row: z.int(), words: z.string().nullable() }),
});
export const rejectedRowsContract = contract({
  id: "rejectedRows",
  method: "GET",
  path: "/imports/{id}/rejected",
  tag,
  rate: "export",
  summary:
    "The bad rows in the columns of the file, with the reason beside them and their cells marked",
  params,
  produces: [XLSX],
});
export const undoImportContract = contract({
  id: "undoImport",
  method: "POST",
  path: "/imports/{id}/undo",
  tag,
  rate: "write",
  summary:
    "Void every draft of the file that nobody has changed or submitted since; those stay and are named",
  params,
  body: z.strictObject({}),
  response: begunSchema,
});
