import "server-only";
import type { KeptMapping } from "@/lib/features/imports/rules";
import type { SaidMapping } from "@/lib/features/imports/types";
import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import { setsOf } from "./rules";
import type { Known } from "./types";
import { judgePairs, listRecords } from "@/lib/features/disbursements/queries";
import type { Actor } from "@/lib/kernel/actor";
import type { Scope } from "@/lib/kernel/scope";
import { AppError } from "@/lib/kernel/app-error";
import { sql, type Reader } from "@/lib/platform/db";

/** What is to be read, and for whom. */
export type ImportFile = {
  organisation: string;
  organisationId: number;
  programme: string | null;
  fileName: string;
  mapping: SaidMapping | null;
  content: Uint8Array | null;
};

export async function findFile(db: Reader, id: string): Promise<ImportFile> {
  const [row] = await db.rows<ImportFile>(sql`
    SELECT o.code AS organisation, o.id AS "organisationId", p.code AS programme, i.file_name AS "fileName", i.mapping, f.content
    FROM imports i JOIN organisations o ON o.id = i.organisation_id LEFT JOIN programmes p ON p.id = i.programme_id
    LEFT JOIN import_files f ON f.import_id = i.id WHERE i.id = ${id}::bigint`);
  if (!row) throw new AppError("NOT_FOUND");
  return row;
}

/** How a table with these heads was read before, in this organisation. */
export async function findKept(
  db: Reader,
  organisationId: number,
  headers: string,
): Promise<KeptMapping | null> {
  const [row] = await db.rows<{ mapping: KeptMapping }>(sql`
    SELECT mapping FROM import_mappings WHERE organisation_id = ${organisationId} AND headers = ${headers}`);
  return row?.mapping ?? null;
}

/** What of these rows is in already: each looked up by itself, however many are in. */
export async function findKnown(
  db: Reader,
  readings: readonly string[],
  returned: readonly { importId: string; row: number }[],
): Promise<Known> {
  const known = { readings: new Set<string>(), highest: new Map<string, number>(), returned: new Set<string>() }; // prettier-ignore
  for (const set of setsOf([...new Set(readings)])) {
    const found = await db.rows<{ reading: string; nth: number }>(sql`
      SELECT l.reading, l.nth FROM unnest(${set}::char(64)[]) AS w(reading)
      CROSS JOIN LATERAL (
        SELECT reading, nth FROM import_lines WHERE status = 'IN' AND reading = w.reading OFFSET 0) AS l`);
    for (const { reading, nth } of found) {
      known.readings.add(`${reading}:${nth}`);
      known.highest.set(reading, Math.max(nth, known.highest.get(reading) ?? 0));
    }
  }
  for (const set of setsOf(returned)) {
    const back = await db.rows<{ number: string }>(sql`
      SELECT w.import_id || '-' || w.row AS number
      FROM unnest(${set.map(({ importId }) => importId)}::bigint[], ${set.map(({ row }) => row)}::int[]) AS w(import_id, row)
      WHERE EXISTS (SELECT FROM import_lines l WHERE l.status = 'IN' AND l.import_id = w.import_id AND l.row = w.row)
        OR EXISTS (SELECT FROM import_lines l WHERE l.status = 'IN' AND l.of_import = w.import_id AND l.of_row = w.row)`);
    for (const { number } of back) known.returned.add(number);
  }
  return known;
}

/** What was said of rows that were known, as answers to the check that finds them alike; once they are in. */
export async function findOverruled(
  { db, scope, actor, now }: { db: Reader; scope: Scope; actor: Actor; now: Date },
  id: string,
  rows: readonly number[],
): Promise<object[]> {
  const said = await db.rows<{ record: string; words: string }>(sql`
    SELECT l.disbursement_id::text AS record, l.overruled_because AS words
    FROM unnest(${rows.map(() => id)}::bigint[], ${rows}::int[]) AS w(import_id, row)
    JOIN import_lines l ON l.import_id = w.import_id AND l.row = w.row AND l.overruled_because IS NOT NULL`);
  if (said.length === 0) return [];
  const records = await listRecords({ db, scope, ids: said.map(({ record }) => record) });
  const pairs = records.map((record) => ({ record, partner: null }));
  const found = await judgePairs({ db, scope, pairs, now });
  return pairs.flatMap((pair) => {
    const alike = found(pair).find(({ rule }) => rule === "possible-duplicate");
    if (!alike) return [];
    return {
      disbursementId: pair.record.id,
      organisationId: pair.record.organisationId,
      rule: alike.rule,
      givenFor: alike.values,
      answerCode: "checked-correct",
      words: said.find(({ record }) => record === pair.record.id)?.words,
      answeredBy: actor.userId,
      answeredAt: now,
    };
  });
}

/** Where a job stands in its file, and how much it takes at once. */
export type Stretch = { after: number; size: number };

export type WaitingLine = { row: number; fields: DisbursementFields };

export const findWaiting = (
  db: Reader,
  id: string,
  { after, size }: Stretch,
): Promise<WaitingLine[]> =>
  db.rows<WaitingLine>(sql`
    SELECT row, fields FROM import_lines
    WHERE import_id = ${id}::bigint AND row > ${after}::int AND status = 'GOOD' ORDER BY row LIMIT ${size}`);

export type Counted = { waiting: number; entered: number; undone: number };

/** How many rows wait, are in, and were taken back. */
export async function countLines(db: Reader, id: string): Promise<Counted> {
  const [row] = await db.rows<Counted>(sql`
    SELECT count(*) FILTER (WHERE status = 'GOOD')::int AS waiting, count(*) FILTER (WHERE status = 'IN')::int AS entered,
      count(*) FILTER (WHERE status = 'UNDONE')::int AS undone
    FROM import_lines WHERE import_id = ${id}::bigint`);
  return row ?? { waiting: 0, entered: 0, undone: 0 };
}

/**
 * Drafts as they were made: nobody has changed, submitted or voided them since. Each is found by its id alone: through
 * the index of drafts all of them would be gone through for every line.
 */
export const findUntouched = (
  db: Reader,
  id: string,
  { after, size }: Stretch,
): Promise<{ row: number; record: string }[]> =>
  db.rows<{ row: number; record: string }>(sql`
    SELECT l.row, d.record FROM import_lines l CROSS JOIN LATERAL (
      SELECT id::text AS record FROM disbursements
      WHERE id = l.disbursement_id AND status IS NOT DISTINCT FROM 'DRAFT' AND version = 1 FOR UPDATE) AS d
    WHERE l.import_id = ${id}::bigint AND l.row > ${after}::int AND l.status = 'IN' ORDER BY l.row LIMIT ${size}`);
