import "server-only";
import { z } from "zod";
import { locales } from "@/lib/kernel/preferences";
import { appendAudits } from "@/lib/platform/audit";
import { inJob, sql, writeAs } from "@/lib/platform/db";
import { textFile } from "@/lib/platform/spreadsheet";
import { healthWordsOf } from "@/lib/platform/words";
import type { Running } from "@/lib/platform/worker";
import { requireAsker } from "@/lib/features/jobs/policy";
import { beijingStamp } from "@/lib/features/summary/present";
import { healthLines } from "./present";
import { getHealth } from "./queries";
import { INVARIANTS } from "./types";

const inputSchema = z.object({ locale: z.enum(locales) });

/** Some of them read every record there is. */
const LIMIT_MS = 15 * 60_000;

/** One transaction each: a check that takes its time holds no snapshot for the others. */
async function ask(running: Running): Promise<number> {
  let broken = 0;
  for (const [done, invariant] of INVARIANTS.entries()) {
    await running.report((100 * done) / INVARIANTS.length, {
      key: "checking",
      values: { done, total: INVARIANTS.length },
    });
    const [row] = await inJob(
      running,
      (tx) =>
        tx.rows<{ faults: bigint }>(sql`SELECT guard.check_invariant(${invariant}) AS faults`),
      { timeoutMs: LIMIT_MS },
    );
    if (row && row.faults > 0n) broken += 1;
  }
  return broken;
}

/** The work of the kind "invariants": by itself every night, or for somebody who asked, who gets a file. */
export async function checkInvariants(running: Running, now: () => Date): Promise<void> {
  const broken = await ask(running);
  const values = JSON.stringify({ total: INVARIANTS.length, broken });
  const finish = sql`SELECT guard.finish_job('checked', ${values}::jsonb)`;
  if (running.askedBy === null) {
    await inJob(running, (tx) => tx.run(finish));
    return;
  }
  await writeAs(running, async ({ tx, db, actor }) => {
    requireAsker(actor, "invariants");
    const { locale } = inputSchema.parse(running.input);
    const { items } = await getHealth({ db, actor, locale });
    const words = healthWordsOf(locale).file;
    const name = `${words.name}_${beijingStamp(now().toISOString()).slice(0, 10)}.csv`;
    const file = Buffer.from(textFile(healthLines(items, words)));
    await tx.run(
      sql`SELECT guard.keep_job_file(${name}, 'text/csv; charset=utf-8', ${file}::bytea)`,
    );
    appendAudits(tx, [
      {
        action: "job.finish",
        subjectId: running.jobId,
        body: { kind: "invariants", broken },
      },
    ]);
    // after the entry, which is the job's own: the door closes with the end of the job
    tx.atEnd.push(finish);
  });
}
