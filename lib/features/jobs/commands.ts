import "server-only";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import type { Locale } from "@/lib/kernel/preferences";
import { appendAudits } from "@/lib/platform/audit";
import { writeCheckpoints } from "@/lib/platform/checkpoint";
import { inJob, sql, type Reader, type Tx } from "@/lib/platform/db";
import type { Running } from "@/lib/platform/worker";
import { requireAsker } from "./policy";
import { findJob } from "./queries";
import type { AskJobInput, Job } from "./schema";

type Asking = { tx: Tx; db: Reader; actor: Actor };

async function jobAfter(input: Asking, id: string): Promise<Job> {
  const job = await findJob({ ...input, id });
  if (!job) throw new AppError("NOT_FOUND");
  return job;
}

/** The job itself runs later, as this person; the language is that of its files. */
export async function askJob(input: Asking & { input: AskJobInput; locale: Locale }): Promise<Job> {
  const { tx, actor, locale } = input;
  const { kind } = input.input;
  requireAsker(actor, kind);
  const home = actor.memberships[0]?.organisationId ?? null;
  const [row] = await tx.rows<{ id: bigint }>(sql`
    SELECT guard.ask_job(${kind.toUpperCase()}, ${home}::int, ${JSON.stringify({ locale })}::jsonb) AS id`);
  const job = await jobAfter(input, String(row?.id));
  appendAudits(tx, [
    {
      action: "job.ask",
      subjectId: job.id,
      body: { kind },
    },
  ]);
  return job;
}

export async function cancelJob(input: Asking & { id: string }): Promise<Job> {
  const { tx, id } = input;
  const before = await findJob(input);
  // the system's own are seen by administrators, and cancelled by nobody
  if (!before?.mine) throw new AppError("NOT_FOUND");
  await tx.run(sql`SELECT guard.cancel_job(${id}::bigint)::text`);
  appendAudits(tx, [
    {
      action: "job.cancel",
      subjectId: id,
      body: { kind: before.kind, progress: before.progress },
    },
  ]);
  return jobAfter(input, id);
}

/** Stored answers are given again for two days. */
const KEEP_HOURS = 48;

/** The work of the kind "purge". */
export async function purgeTransient(running: Running): Promise<void> {
  await inJob(running, async (tx) => {
    const [row] = await tx.rows<{ count: number }>(sql`
      SELECT guard.purge_transient(${KEEP_HOURS}::int) AS count`);
    const values = JSON.stringify({ count: row?.count ?? 0 });
    await tx.run(sql`SELECT guard.finish_job('purged', ${values}::jsonb)::text`);
  });
}

/** The rollups are read whole, so it may take its time. */
const CHECKPOINT_MS = 120_000;

/** The work of the kind "checkpoint": every hour, so that a rewritten chain is younger than its signature. */
export async function signCheckpoints(running: Running): Promise<void> {
  await inJob(
    running,
    async (tx) => {
      const signed = await writeCheckpoints(tx, "HOURLY");
      const values = JSON.stringify({ count: signed.length });
      await tx.run(sql`SELECT guard.finish_job('signed', ${values}::jsonb)`);
    },
    { timeoutMs: CHECKPOINT_MS },
  );
}
