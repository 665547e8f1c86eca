import "server-only";
import { randomUUID } from "node:crypto";
import type { DisbursementRecord } from "@/lib/features/disbursements/queries";
import { sql, type Tx } from "@/lib/platform/db";
import { digestsOf, seal } from "@/lib/platform/sealing";
import { asJson } from "@/lib/platform/tables";
import type { Result } from "./rules";
import type { PayableLine } from "./types";

type Record = Pick<DisbursementRecord, "id" | "organisationId">;

/** By which a return is known again, under each key at hand, the one in use first. */
export const digestsOfReturn = (id: string, said: unknown): string[] =>
  digestsOf("payment-return", id, JSON.stringify(said)).map(({ digest }) => digest);

export async function wasPosted(tx: Tx, { id }: Record, digests: readonly string[]) {
  const found = await tx.rows(sql`
    SELECT FROM payment_postings s WHERE s.disbursement_id = ${id}::bigint
      AND encode(s.digest, 'hex') = ANY (${digests}::text[])`);
  return found.length > 0;
}

/** What is said of these lines, after what was said before. `digest`: of a return; null where they are paid anew. */
export async function postResults(
  tx: Tx,
  { id, organisationId }: Record,
  { on, digest, results }: { on: string; digest: string | null; results: readonly Result[] },
): Promise<void> {
  const [posting] = await tx.rows<{ id: string }>(sql`
    INSERT INTO payment_postings (disbursement_id, organisation_id, kind, told_on, digest, posted_by)
    VALUES (${id}::bigint, ${organisationId}, ${digest === null ? "REISSUE" : "RETURN"}, ${on}::date,
      decode(${digest}, 'hex'), guard.session_user_id()) RETURNING id::text`);
  const rows = results.map(({ line, state, reason, words }) => ({
    id: randomUUID(),
    line_id: line.id,
    no: line.said + 1,
    state: state.toUpperCase(),
    reason: reason?.toUpperCase() ?? null,
    words,
  }));
  const said = rows.map(({ words: _, ...row }) => row);
  await tx.run(sql`
    INSERT INTO payment_results (id, posting_id, line_id, disbursement_id, organisation_id, no, state, reason)
    SELECT r.id, ${posting?.id}::bigint, r.line_id, ${id}::bigint, ${organisationId}, r.no, r.state, r.reason
    FROM jsonb_populate_recordset(NULL::payment_results, ${asJson(said)}::jsonb) AS r`);
  const words = rows.flatMap(
    (row) =>
    row.words === null
      ? []
      : [{ id: row.id, words: seal(row.words, { table: "payment_words", column: "words", row: row.id }) }], // prettier-ignore
  );
  if (words.length === 0) return;
  await tx.run(sql`
    INSERT INTO payment_words (id, organisation_id, words, key_id)
    SELECT w.id, ${organisationId}, w.words, encode(substring(w.words FROM 3 FOR 4), 'hex')
    FROM jsonb_populate_recordset(NULL::payment_words, ${asJson(words)}::jsonb) AS w`);
}

/** A batch of these lines, and its number. */
export async function insertBatch(
  tx: Tx,
  { id, organisationId }: Record,
  batch: { format: string; sha256: string; madeAt: Date; lines: readonly PayableLine[] },
): Promise<number> {
  const { format, sha256, madeAt, lines } = batch;
  const amountFen = lines.reduce((sum, line) => sum + line.amountFen, 0n).toString();
  const [made] = await tx.rows<{ id: string; no: number }>(sql`
    INSERT INTO payment_batches (disbursement_id, organisation_id, no, format, lines, amount_fen, sha256, made_by, made_at)
    VALUES (${id}::bigint, ${organisationId}, 1, ${format.toUpperCase()}, ${lines.length}, ${amountFen}::bigint,
      decode(${sha256}, 'hex'), guard.session_user_id(), ${madeAt}::timestamptz)
    RETURNING id::text AS id, no`);
  const ids = lines.map((line) => line.id);
  await tx.run(sql`
    INSERT INTO payment_batch_lines (batch_id, line_id, organisation_id)
    SELECT ${made?.id}::bigint, l, ${organisationId} FROM unnest(${ids}::uuid[]) AS l`);
  return made?.no ?? 0;
}

export async function paysElsewhere(tx: Tx, { id }: Record): Promise<boolean> {
  const [row] = await tx.rows<{ pays: boolean }>(sql`SELECT guard.case_pays_elsewhere(${id}::bigint) AS pays`); // prettier-ignore
  return row?.pays === true;
}

export async function endBatch(
  tx: Tx,
  { id }: Record,
  { no, reason, now }: { no: number; reason: string; now: Date },
): Promise<void> {
  await tx.run(
    sql`SELECT guard.cancel_batch(${id}::bigint, ${no}, ${reason}, ${now}::timestamptz)::text`,
  );
}
