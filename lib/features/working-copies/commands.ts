import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader, type Sql, type Tx } from "@/lib/platform/db";
import { recordsWithin } from "@/lib/platform/scope-sql";
import { SUMMARY_COLUMNS, toSummary } from "./queries";
import { MOST_COPIES } from "./rules";
import type { SaveWorkingCopyInput } from "./schema";
import type { WorkingCopySummary } from "./schema";

type Writing = { tx: Tx; actor: Actor; id: string };

async function requireSubject(db: Reader, scope: Scope, subject: string): Promise<void> {
  const [found] = await db.rows(
    sql`SELECT 1 FROM disbursements d WHERE d.id = ${subject}::bigint AND ${recordsWithin(scope)}`,
  );
  if (!found) throw new AppError("NOT_FOUND");
}

async function requireRoom({ tx, actor }: Writing): Promise<void> {
  const [{ count } = { count: 0 }] = await tx.rows<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM working_copies WHERE owner_id = ${actor.userId}::uuid`,
  );
  if (count >= MOST_COPIES)
    throw new AppError("CONFLICT", {
      fieldErrors: { id: [{ key: "copiesFull", values: { max: MOST_COPIES } }] },
    });
}

function writing({ actor, id }: Writing, input: SaveWorkingCopyInput): Sql {
  const body = JSON.stringify(input.body);
  const subject = sql`${input.subject}::bigint, ${input.baseVersion}::int`;
  if (input.version === 0)
    return sql`
      INSERT INTO working_copies (id, owner_id, kind, title, subject_id, base_version, edits, body)
      VALUES (${id}::uuid, ${actor.userId}::uuid, ${input.kind.toUpperCase()}, ${input.title}, ${subject},
        ${input.edits}::int, ${body}::jsonb)
      ON CONFLICT (id) DO NOTHING RETURNING ${SUMMARY_COLUMNS}`;
  return sql`
    UPDATE working_copies SET title = ${input.title}, (subject_id, base_version) = ROW(${subject}),
      edits = ${input.edits}::int, body = ${body}::jsonb, version = version + 1
    WHERE id = ${id}::uuid AND owner_id = ${actor.userId}::uuid AND version = ${input.version}::int
      AND kind = ${input.kind.toUpperCase()}
    RETURNING ${SUMMARY_COLUMNS}`;
}

/**
 * Keeps what is being typed. Nobody's record: it leaves no audit entry. Of two windows that hold the
 * same copy the second is refused as STALE, and both texts are still there.
 */
export async function saveWorkingCopy(
  input: Writing & { db: Reader; scope: Scope; input: SaveWorkingCopyInput },
): Promise<WorkingCopySummary> {
  const { tx, db, scope, input: given } = input;
  if (given.subject !== null) await requireSubject(db, scope, given.subject);
  if (given.version === 0) await requireRoom(input);
  type Row = Omit<WorkingCopySummary, "updatedAt"> & { updatedAt: Date };
  const [row] = await tx.rows<Row>(writing(input, given));
  if (!row) throw new AppError("STALE");
  return toSummary(row);
}

/** In the transaction that took what it held: a record saved or submitted has no working copy left. */
export async function endWorkingCopy({ tx, actor, id }: Writing): Promise<boolean> {
  const ended = await tx.run(
    sql`DELETE FROM working_copies WHERE id = ${id}::uuid AND owner_id = ${actor.userId}::uuid`,
  );
  return ended > 0;
}

export async function discardWorkingCopy(input: Writing): Promise<{ discarded: true }> {
  if (!(await endWorkingCopy(input))) throw new AppError("NOT_FOUND");
  return { discarded: true };
}
