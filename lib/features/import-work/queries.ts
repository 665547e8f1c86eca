import "server-only";
import type { KeptMapping } from "@/lib/features/imports/rules";
import type { SaidMapping } from "@/lib/features/imports/types";
import type { DisbursementFields } from "@/lib/features/disbursements/schema";
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

/** What of these rows is in already. */
export async function findKnown(
  db: Reader,
  readings: readonly string[],
  returned: readonly { importId: string; row: number }[],
): Promise<Known> {
  const found = await db.rows<{ reading: string; nth: number }>(sql`
    SELECT reading, nth FROM import_lines WHERE status = 'IN' AND reading = ANY (${[...new Set(readings)]}::char(64)[])`);
  const back = returned.length === 0 ? [] : await db.rows<{ number: string }>(sql`
    SELECT r."importId" || '-' || r.row AS number
    FROM jsonb_to_recordset(${JSON.stringify(returned)}::jsonb) AS r("importId" bigint, row int)
    WHERE EXISTS (SELECT FROM import_lines l WHERE l.status = 'IN' AND (
      l.import_id = r."importId" AND l.row = r.row OR l.of_import = r."importId" AND l.of_row = r.row))`); // prettier-ignore
  const highest = new Map<string, number>();
  for (const { reading, nth } of found)
    highest.set(reading, Math.max(nth, highest.get(reading) ?? 0));
  return {
    readings: new Set(found.map(({ reading, nth }) => `${reading}:${nth}`)),
    highest,
    returned: new Set(back.map(({ number }) => number)),
  };
}

/** What was said of rows that were known, as answers to the check that finds them alike; once they are in. */
export async function findOverruled(
  { db, scope, actor, now }: { db: Reader; scope: Scope; actor: Actor; now: Date },
  id: string,
  rows: readonly number[],
): Promise<object[]> {
  const said = await db.rows<{ record: string; words: string }>(sql`
    SELECT disbursement_id::text AS record, overruled_because AS words FROM import_lines
    WHERE import_id = ${id}::bigint AND row = ANY (${rows}::int[]) AND overruled_because IS NOT NULL`);
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

export type WaitingLine = { row: number; fields: DisbursementFields };

export const findWaiting = (db: Reader, id: string, limit: number): Promise<WaitingLine[]> =>
  db.rows<WaitingLine>(sql`
    SELECT row, fields FROM import_lines WHERE import_id = ${id}::bigint AND status = 'GOOD' ORDER BY row LIMIT ${limit}`);

/** How many rows wait, and how many are in. */
export async function countLines(
  db: Reader,
  id: string,
): Promise<{ waiting: number; entered: number }> {
  const [row] = await db.rows<{ waiting: number; entered: number }>(sql`
    SELECT count(*) FILTER (WHERE status = 'GOOD')::int AS waiting, count(*) FILTER (WHERE status = 'IN')::int AS entered
    FROM import_lines WHERE import_id = ${id}::bigint`);
  return row ?? { waiting: 0, entered: 0 };
}

/** Drafts as they were made: nobody has changed, submitted or voided them since. */
export const findUntouched = (db: Reader, id: string): Promise<{ row: number; record: string }[]> =>
  db.rows<{ row: number; record: string }>(sql`
    SELECT l.row, d.id::text AS record FROM import_lines l JOIN disbursements d ON d.id = l.disbursement_id
    WHERE l.import_id = ${id}::bigint AND l.status = 'IN' AND d.status = 'DRAFT' AND d.version = 1
    ORDER BY d.id FOR UPDATE OF d`);
