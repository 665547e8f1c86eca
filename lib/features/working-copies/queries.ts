import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { sql, type Reader } from "@/lib/platform/db";
import type { WorkingCopy, WorkingCopySummary } from "./schema";

type Asking = { db: Reader; actor: Actor };
type SummaryRow = Omit<WorkingCopySummary, "updatedAt"> & { updatedAt: Date };

export const SUMMARY_COLUMNS = sql`id::text AS id, lower(kind) AS kind, title, subject_id::text AS subject,
  base_version AS "baseVersion", edits, version, updated_at AS "updatedAt"`;

export const toSummary = <Row extends SummaryRow>(row: Row) => ({
  ...row,
  updatedAt: row.updatedAt.toISOString(),
});

export async function listWorkingCopies({ db, actor }: Asking): Promise<WorkingCopySummary[]> {
  const rows = await db.rows<SummaryRow>(sql`
    SELECT ${SUMMARY_COLUMNS} FROM working_copies WHERE owner_id = ${actor.userId}::uuid
    ORDER BY updated_at DESC, id`);
  return rows.map(toSummary);
}

export async function findWorkingCopy({
  db,
  actor,
  id,
}: Asking & { id: string }): Promise<WorkingCopy | null> {
  const [row] = await db.rows<SummaryRow & Pick<WorkingCopy, "body">>(sql`
    SELECT ${SUMMARY_COLUMNS}, body FROM working_copies
    WHERE id = ${id}::uuid AND owner_id = ${actor.userId}::uuid`);
  return row ? toSummary(row) : null;
}
