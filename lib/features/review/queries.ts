import "server-only";
import { decide } from "@/lib/features/disbursements/policy";
import {
  contentHalf,
  listRecords,
  pairOf,
  subjectOf,
  toChecked,
  toRow,
  type RecordPair,
} from "@/lib/features/disbursements/queries";
import type { Finding } from "@/lib/features/findings/types";
import { listFindings } from "@/lib/features/findings/queries";
import { riskOf } from "@/lib/features/findings/rules";
import { hasRole, type Actor } from "@/lib/kernel/actor";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import type { QueueItem, ReviewQueue } from "./types";

type QueueInput = { db: Reader; scope: Scope; actor: Actor };

/**
 * Submitted records that this person may approve now, oldest first; a correction stands once, as its
 * replacement, and is judged by the half that needs more approvals. The level is asked of the law itself.
 */
function waitingSql({ scope, actor }: QueueInput): Sql {
  return sql`
    SELECT d.id, d.submitted_at FROM disbursements d
    LEFT JOIN adjustments done ON done.replacement_id = d.id
    LEFT JOIN adjustments undone ON undone.reversal_id = d.id
    CROSS JOIN LATERAL (
      SELECT x.* FROM disbursements x WHERE x.id IN (d.id, done.reversal_id)
      ORDER BY x.approvals_needed - x.approvals_given DESC, x.id DESC LIMIT 1) lead
    CROSS JOIN LATERAL (SELECT guard.approval_levels(lead.organisation_id, lead.amount_fen) AS list) levels
    WHERE d.status = 'SUBMITTED' AND d.organisation_id = ANY (${scope.organisationIds}::int[])
      AND undone.replacement_id IS NULL
      AND NOT EXISTS (SELECT FROM disbursements x WHERE x.id IN (d.id, done.reversal_id)
        AND ${actor.userId}::uuid IN (x.created_by, x.last_edited_by, x.submitted_by))
      AND NOT EXISTS (SELECT FROM approval_steps s WHERE s.disbursement_id = lead.id AND s.action = 'APPROVE'
        AND s.actor_id = ${actor.userId}::uuid AND s.round = (
          SELECT count(*) FROM approval_steps x WHERE x.disbursement_id = lead.id AND x.action = 'SUBMIT'))
      AND guard.may_approve(d.organisation_id, levels.list[least(lead.approvals_given + 1, cardinality(levels.list))])`;
}

const judges = (actor: Actor) => hasRole(actor, ["REVIEWER", "PROVINCE"]);

/** How many records wait for this reader. */
export async function countQueue(input: QueueInput): Promise<number> {
  if (!judges(input.actor)) return 0;
  const [row] = await input.db.rows<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM (${waitingSql(input)}) waiting`,
  );
  return row?.n ?? 0;
}

function toItem(pair: RecordPair, findings: Finding[]): QueueItem {
  const { record } = pair;
  return {
    record: toRow(record),
    submittedBy: record.submittedBy,
    findings,
    risk: riskOf(findings),
    level: subjectOf(pair).nextLevels[0] ?? "COUNTY",
    originalId: record.originalId,
  };
}

const LEVEL_ORDER = { PROVINCE: 0, PREFECTURE: 1, COUNTY: 2 } as const;

/**
 * The review queue: first what only a higher level can pass, then by risk, then the oldest. Findings of
 * all of them come from one statement.
 */
export async function listReviewQueue(
  input: QueueInput & { now: Date; limit?: number },
): Promise<ReviewQueue> {
  const { db, scope, actor, now, limit = 200 } = input;
  if (!judges(actor)) return { items: [], total: 0 };
  const waiting = await db.rows<{ id: string; total: number }>(sql`
    SELECT w.id::text AS id, count(*) OVER ()::int AS total FROM (${waitingSql(input)}) w
    ORDER BY w.submitted_at, w.id LIMIT ${limit}`);
  const ids = waiting.map((row) => row.id);
  const records = ids.length ? await listRecords({ db, scope, ids }) : [];
  const pairs = ids
    .flatMap((id) => pairOf(records, id) ?? [])
    .filter((pair) => decide(actor, "approve", subjectOf(pair)).allowed);
  const halves = pairs.flatMap((pair) => contentHalf(pair) ?? []);
  const found = await listFindings({ db, scope, records: halves.map(toChecked), now });
  const items = pairs.map((pair) => toItem(pair, found.get(pair.record.id) ?? []));
  items.sort((a, b) => LEVEL_ORDER[a.level] - LEVEL_ORDER[b.level] || a.risk - b.risk);
  return { items, total: waiting[0]?.total ?? 0 };
}
