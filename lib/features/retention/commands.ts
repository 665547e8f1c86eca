import "server-only";
import { requireAdmin } from "@/lib/features/admin/policy";
import { AppError } from "@/lib/kernel/app-error";
import { appendAudits } from "@/lib/platform/audit";
import { inJob, sql, type WriteContext } from "@/lib/platform/db";
import type { Running } from "@/lib/platform/worker";
import { leastYears, RETENTION_KINDS, type RetentionKind } from "./labels";
import { findRule } from "./queries";
import type { RetentionRule, UpdateRetentionRuleInput } from "./types";

const word = (kind: RetentionKind) => kind.replace("-", "_").toUpperCase();

/** How long a kind is kept from now on; what is over then is emptied the next night. */
export async function updateRetentionRule(
  context: WriteContext & { kind: RetentionKind; input: UpdateRetentionRuleInput },
): Promise<RetentionRule> {
  const { tx, db, actor, kind, input } = context;
  requireAdmin(actor);
  const { version, years } = input;
  const least = leastYears(kind);
  if (years < least)
    throw new AppError("VALIDATION", { fieldErrors: { years: [{ key: "retentionLeast", values: { least } }] } }); // prettier-ignore
  const before = await findRule(db, kind);
  const moved = await tx.run(sql`
    UPDATE retention_rules SET years = ${years}::int, version = ${version + 1}::int
    WHERE kind = ${word(kind)} AND version = ${version}::int`);
  if (moved === 0) throw new AppError("STALE");
  appendAudits(tx, [
    {
      action: "retention-rule.update",
      subjectId: word(kind),
      body: { retained: kind, before: { years: before.years }, after: { years } },
    },
  ]);
  return { kind, years, version: version + 1 };
}

/** Files, records or words at a time: what one transaction empties and tells the chain. */
const BATCH = 50;
const BATCH_MS = 60_000;
const COUNTED = {
  "households-closed": "households",
  "households-lifted": "households",
  "roster-lines": "lines",
  "bank-words": "words",
  objections: "words",
  reveals: "reveals",
} as const satisfies Record<RetentionKind, string>;

/**
 * The work of the kind "retention": what is over its years is emptied, a batch a transaction. It keeps no place:
 * whatever ends it, the next run begins with what is left. No key is needed for it.
 */
export async function emptyWhatIsOver(running: Running): Promise<void> {
  const done = { households: 0, lines: 0, words: 0, reveals: 0 };
  const count = () => Object.values(done).reduce((sum, rows) => sum + rows, 0);
  for (const kind of RETENTION_KINDS) {
    let after = "";
    for (;;) {
      await running.report(50, { key: "retaining", values: { done: count() } });
      const [batch] = await inJob(
        running,
        (tx) =>
          tx.rows<{ subjects: number; emptied: number; last: string | null }>(sql`
            SELECT subjects, emptied, last FROM guard.retain_next(${word(kind)}, ${after}, ${BATCH})`),
        { timeoutMs: BATCH_MS },
      );
      if (!batch || batch.subjects === 0) break;
      done[COUNTED[kind]] += batch.emptied;
      after = batch.last ?? after;
    }
  }
  await inJob(
    running,
    async (tx) => {
      await tx.run(sql`SELECT guard.finish_job('retained', ${JSON.stringify(done)}::jsonb)::text`);
    },
    { timeoutMs: BATCH_MS },
  );
}
