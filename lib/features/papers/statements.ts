import "server-only";
import { randomUUID } from "node:crypto";
import { sql, type Tx } from "@/lib/platform/db";
import { seal } from "@/lib/platform/sealing";
import { wordsPlace } from "./queries";
import type { CloseNoticeInput, PostNoticeInput, SayInput } from "./schema";

type Record = { id: string; organisationId: number };

/** Which roster it is of, and what it comes to, the database says itself. */
export const insertSheet = (tx: Tx, { id, organisationId }: Record) =>
  tx.run(sql`
    INSERT INTO sign_sheets (disbursement_id, organisation_id, roster_digest, lines, made_by)
    VALUES (${id}::bigint, ${organisationId}, '\\x', 0, guard.session_user_id())`);

/** Of those whose roster has none as it stands; the others keep theirs. */
export const insertSheets = (tx: Tx, ids: readonly string[]) =>
  tx.rows<{ id: string; record: string; lines: number; amountFen: string | null }>(sql`
    INSERT INTO sign_sheets (disbursement_id, organisation_id, roster_digest, lines, made_by)
    SELECT d.id, d.organisation_id, '\\x', 0, guard.session_user_id() FROM disbursements d
    WHERE d.id = ANY (${ids}::bigint[]) AND NOT EXISTS (SELECT FROM sign_sheets s
      WHERE s.disbursement_id = d.id AND s.roster_digest = guard.roster_digest(d.id))
    ORDER BY d.id
    RETURNING id::text AS id, disbursement_id::text AS record, lines, amount_fen::text AS "amountFen"`);

/** Names of lines that nobody edits any more are shown with a reason: counted and noted before they are read. */
export const countShown = (tx: Tx, id: string, nos: readonly number[], why: string) =>
  tx.run(sql`
    SELECT FROM guard.reveal_lines(${id}::bigint, '{name,payee}', ${nos}::int[], 'OTHER', ${why})`);

export const insertNotice = (tx: Tx, { id, organisationId }: Record, input: PostNoticeInput) =>
  tx.run(sql`
    INSERT INTO public_notices (disbursement_id, organisation_id, roster_digest, lines, place, telephone, posted_on, posted_by)
    VALUES (${id}::bigint, ${organisationId}, '\\x', 0, ${input.place}, ${input.telephone}, ${input.postedOn}::date,
      guard.session_user_id())`);

export async function insertWords(
  tx: Tx,
  { id, organisationId }: Record,
  { on, words, answers, upheld }: SayInput,
): Promise<void> {
  const row = randomUUID();
  const sealed = seal(words, wordsPlace(row));
  await tx.run(sql`
    INSERT INTO notice_words (id, notice_id, organisation_id, kind, answers_id, upheld, said_on, words, key_id, written_by)
    VALUES (${row}::uuid, ${id}::bigint, ${organisationId}, ${answers ? "ANSWER" : "OBJECTION"}, ${answers ?? null}::uuid,
      ${answers ? (upheld ?? false) : null}, ${on}::date, ${sealed}::bytea,
      encode(substring(${sealed}::bytea FROM 3 FOR 4), 'hex'), guard.session_user_id())`);
}

/** How many were closed: none where somebody was faster. */
export const closeNotice = (tx: Tx, id: string, { as, reason }: CloseNoticeInput) =>
  tx.run(sql`
    UPDATE public_notices SET status = ${as.toUpperCase()}, closed_by = guard.session_user_id(), closed_at = now(),
      close_reason = ${as === "withdrawn" ? (reason ?? "") : null}
    WHERE id = ${id}::bigint AND status = 'POSTED'`);
