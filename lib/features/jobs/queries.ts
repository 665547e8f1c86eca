import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { emptySql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { mayAsk } from "./policy";
import type { Job, JobsPage, JobsQuery } from "./schema";
import { ASKED_KINDS, JOB_MESSAGES, type JobMessage } from "./types";

type Row = Omit<Job, "id" | "message" | "askedAt" | "finishedAt"> & {
  id: bigint;
  message_key: string | null;
  message_values: Record<string, string | number>;
  asked_at: Date;
  finished_at: Date | null;
};

const isMessage = (key: string): key is JobMessage => JOB_MESSAGES.some((known) => known === key);

function jobOf({ message_key, message_values, asked_at, finished_at, ...row }: Row): Job {
  return {
    ...row,
    id: String(row.id),
    message:
      message_key !== null && isMessage(message_key)
        ? { key: message_key, values: message_values }
        : null,
    askedAt: asked_at.toISOString(),
    finishedAt: finished_at?.toISOString() ?? null,
  };
}

async function jobRows(db: Reader, actor: Actor, condition: Sql, limit: number): Promise<Job[]> {
  // Row-level security hides the files as well; a query says by itself what it shows.
  const kinds = ASKED_KINDS.filter((kind) => mayAsk(actor, kind)).map((kind) => kind.toUpperCase());
  const rows = await db.rows<Row>(sql`
    SELECT j.id, lower(j.kind) AS kind, (j.asked_by IS NOT NULL) AS mine, lower(j.status) AS status,
      j.progress::int AS progress, j.message_key, j.message_values, j.attempts::int AS attempts,
      j.created_at AS asked_at, j.finished_at,
      coalesce((SELECT json_agg(json_build_object('id', f.id::text, 'name', f.name,
          'mediaType', f.media_type, 'bytes', f.bytes) ORDER BY f.id)
        FROM job_files f WHERE f.job_id = j.id AND j.kind = ANY (${kinds})), '[]') AS files
    FROM jobs j
    WHERE (j.asked_by = ${actor.userId}::uuid
        OR j.asked_by IS NULL AND ${mayAsk(actor, "invariants")}::boolean) AND ${condition}
    ORDER BY j.id DESC LIMIT ${limit}`);
  return rows.map(jobOf);
}

type Asking = { db: Reader; actor: Actor };

export async function listJobs({
  db,
  actor,
  query,
}: Asking & { query: JobsQuery }): Promise<JobsPage> {
  const open = query.open
    ? sql`AND j.asked_by = ${actor.userId}::uuid AND j.status IN ('WAITING', 'RUNNING')`
    : emptySql;
  const after = query.cursor ? sql`AND j.id < ${query.cursor}::bigint` : emptySql;
  const found = await jobRows(db, actor, sql`true ${open} ${after}`, query.limit + 1);
  const items = found.slice(0, query.limit);
  return { items, nextCursor: found.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

export async function findJob({ db, actor, id }: Asking & { id: string }): Promise<Job | null> {
  const [job] = await jobRows(db, actor, sql`j.id = ${id}::bigint`, 1);
  return job ?? null;
}

export type JobFile = { name: string; type: string; body: Uint8Array<ArrayBuffer> };

export async function findJobFile(
  input: Asking & { id: string; file: string },
): Promise<JobFile | null> {
  const job = await findJob(input);
  const file = job?.files.find(({ id }) => id === input.file);
  if (!file) return null;
  const [row] = await input.db.rows<{ content: Uint8Array }>(
    sql`SELECT content FROM job_files WHERE id = ${file.id}::bigint AND job_id = ${input.id}::bigint`,
  );
  return row ? { name: file.name, type: file.mediaType, body: new Uint8Array(row.content) } : null;
}
