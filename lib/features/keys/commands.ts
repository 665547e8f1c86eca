import "server-only";
import { inJob, sql, type Tx } from "@/lib/platform/db";
import { keysOf } from "@/lib/platform/keys";
import type { Running } from "@/lib/platform/worker";
import { SEALED_TABLES } from "./rules";
import { digestNext, markNext, recogniseNext, resealNext, retireKeys, type Batch } from "./statements"; // prettier-ignore

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
  let count = 0;
  for (const [key, next] of [
    [field, resealNext],
    [index, digestNext],
    [index, recogniseNext],
  ] as const)
    for (const table of SEALED_TABLES)
      count = await batches(running, (tx, after) => next(tx, table, key, after), count);
  count = await batches(running, (tx, after) => markNext(tx, index, after), count);
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
