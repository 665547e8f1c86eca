import "server-only";
import { authorise } from "@/lib/features/disbursements/policy";
import { subjectOf } from "@/lib/features/disbursements/queries";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { appendAudits } from "@/lib/platform/audit";
import { inJob, sql, type Tx, type WriteContext } from "@/lib/platform/db";
import { keysOf } from "@/lib/platform/keys";
import type { Running } from "@/lib/platform/worker";
import { mayWriteRoster } from "./policy";
import { findRostered, rosterOf } from "./queries";
import { readLines, sumsOf } from "./rules";
import type { PutRosterInput } from "./schema";
import { recogniseNext, replaceLines, resealNext, retireKeys, type Batch } from "./statements";
import type { Roster } from "./types";

type Putting = WriteContext & { now: Date; id: string; input: PutRosterInput };

/**
 * Replaces the lines of a record, as an edit of it. What cannot be right is refused by line and field; what does not
 * add up is kept, and found in the record. The chain is told how many, and no name.
 */
export async function putRoster(context: Putting): Promise<Roster> {
  const { tx, actor, now, id, input } = context;
  const record = await findRostered(context);
  const versions = { read: input.version, stored: record.version };
  authorise(actor, "edit", subjectOf({ record, partner: null }), versions);
  if (!mayWriteRoster(actor, record)) throw new AppError("FORBIDDEN");
  const { lines, faults } = readLines(input.lines, civilDateInChina(now));
  if (Object.keys(faults).length > 0) throw new AppError("LINES", { fieldErrors: faults });
  await replaceLines(context, record, lines);
  const documented = lines.filter(({ document }) => document !== null).length;
  appendAudits(tx, [
    {
      action: "disbursement.roster",
      subjectId: id,
      body: { ...sumsOf(lines, documented), version: record.version + 1 },
    },
  ]);
  return rosterOf(context, { ...record, version: record.version + 1 });
}

const NIL = "00000000-0000-0000-0000-000000000000";
/** A batch opens and seals five hundred lines between two statements. */
const BATCH_MS = 30_000;

/** Batch after batch, each a transaction of its own, until one reads nothing. Answers how many it changed. */
async function batches(
  running: Running,
  next: (tx: Tx, after: string) => Promise<Batch>,
  before = 0,
): Promise<number> {
  let done = before;
  let after = NIL;
  for (;;) {
    await running.report(done === before ? 0 : 50, { key: "resealing", values: { done } });
    const batch = await inJob(running, (tx) => next(tx, after), { timeoutMs: BATCH_MS });
    if (batch.read === 0) return done;
    done += batch.done;
    after = batch.last;
  }
}

/**
 * The work of the kind "keys": what older keys sealed and recognised comes under the newest, and a key that nothing
 * waits for is retired. It keeps no place: whatever ends it, the next run begins with what is left.
 */
export async function rotateKeys(running: Running): Promise<void> {
  const [{ id: field }] = keysOf("FIELD");
  const [{ id: index }] = keysOf("INDEX");
  const resealed = await batches(running, (tx, after) => resealNext(tx, field, after));
  const count = await batches(running, (tx, after) => recogniseNext(tx, index, after), resealed);
  await inJob(
    running,
    async (tx) => {
      const left = await retireKeys(tx, { field, index });
      const values = JSON.stringify({ count, left });
      await tx.run(sql`SELECT guard.finish_job('resealed', ${values}::jsonb)::text`);
    },
    { timeoutMs: BATCH_MS },
  );
}
