import "server-only";
import { sql, type Sql } from "@/lib/platform/db";
import { rowsOf, storableJson } from "@/lib/platform/tables";
import type { LineProblem } from "@/lib/features/imports/types";
import type { LineRow } from "./types";

export const insertLines = (importId: string, rows: readonly LineRow[]): Sql => sql`
  INSERT INTO import_lines (import_id, row, organisation_id, status, cells, problems, fields, reading, nth, of_import, of_row)
  SELECT ${importId}::bigint, l.row, l."organisationId", l.status, l.cells, l.problems, l.fields, l.reading, l.nth,
    l."ofImport", l."ofRow"
  FROM jsonb_to_recordset(${storableJson(rows)}::jsonb) AS l(row int, "organisationId" int, status text, cells jsonb,
    problems jsonb, fields jsonb, reading char(64), nth int, "ofImport" bigint, "ofRow" int)`;

/**
 * A set of rows outgrows what the plans of a connection were made for, and they are kept: a table that had a page when
 * they were made has ten thousand rows at the end. By index they are right at any size.
 */
export const BY_INDEX = sql`SET LOCAL enable_seqscan = off`;

/** Each line by both halves of its key: with one of them alone the other would be gone through for every line. */
const linesOf = (importId: string, rows: readonly number[]): Sql =>
  sql`unnest(${rows.map(() => importId)}::bigint[], ${rows}::int[]) AS w(import_id, row)`;

export const enterLines = (
  importId: string,
  entered: readonly { row: number; record: string }[],
): Sql => sql`
  UPDATE import_lines l SET status = 'IN', disbursement_id = e.record
  FROM unnest(${entered.map(() => importId)}::bigint[], ${entered.map(({ row }) => row)}::int[],
    ${entered.map(({ record }) => record)}::bigint[]) AS e(import_id, row, record)
  WHERE l.import_id = e.import_id AND l.row = e.row AND l.status = 'GOOD'`;

export const answerLines = (answers: readonly object[]): Sql => sql`
  INSERT INTO finding_answers (disbursement_id, organisation_id, rule, given_for, answer_code, words, answered_by, answered_at)
  SELECT disbursement_id, organisation_id, rule, given_for, answer_code, words, answered_by, answered_at
  FROM ${rowsOf("finding_answers", answers)}`;

/** Rows that turned out to be bad only when they were to be stored. */
export const spoilLines = (
  importId: string,
  spoilt: readonly { row: number; problems: readonly LineProblem[] }[],
): Sql => sql`
  UPDATE import_lines l SET status = 'BAD', problems = l.problems || e.problems
  FROM jsonb_to_recordset(${storableJson(spoilt.map((one) => ({ ...one, of: importId })))}::jsonb)
    AS e("of" bigint, row int, problems jsonb)
  WHERE l.import_id = e."of" AND l.row = e.row AND l.status = 'GOOD'`;

/** Rows that another import brought in since this one was looked at. */
export const recogniseLines = (importId: string, rows: readonly number[]): Sql => sql`
  UPDATE import_lines l SET status = 'KNOWN' FROM ${linesOf(importId, rows)}
  WHERE l.import_id = w.import_id AND l.row = w.row AND l.status = 'GOOD' AND (
    EXISTS (SELECT FROM import_lines o WHERE o.status = 'IN' AND o.reading = l.reading AND o.nth = l.nth)
    OR EXISTS (SELECT FROM import_lines o WHERE o.status = 'IN' AND o.of_import = l.of_import AND o.of_row = l.of_row))
  RETURNING l.row`;

export const leaveLines = (importId: string, rows: readonly number[]): Sql => sql`
  UPDATE import_lines l SET status = 'UNDONE' FROM ${linesOf(importId, rows)}
  WHERE l.import_id = w.import_id AND l.row = w.row AND l.status = 'IN'`;
