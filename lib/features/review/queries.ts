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
import { hasRole, type Actor, type OrganisationKind } from "@/lib/kernel/actor";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import type { QueueItem, ReviewQueue } from "./types";

type QueueInput = { db: Reader; scope: Scope; actor: Actor };

/** Beyond this many, what waits is no longer counted one by one. */
const COUNTED_AT_MOST = 1_000;

const RANK = { PROVINCE: 3, PREFECTURE: 2 } as const satisfies Partial<
  Record<OrganisationKind, 2 | 3>
>;
const rankOf = (kind: OrganisationKind) =>
  kind === "PROVINCE" || kind === "PREFECTURE" ? RANK[kind] : 1;

/**
 * Submitted records that this person may approve now, oldest first; a correction stands once, as its
 * replacement, and is judged by the half that needs more approvals. Read in the order of an index and
 * stopped where nobody counts on, so that a long queue costs no more than a short one.
 */
function waitingSql({ scope, actor }: QueueInput): Sql {
  const seats = actor.memberships.filter((m) => m.role === "REVIEWER" || m.role === "PROVINCE");
  return sql`
    SELECT d.id, d.submitted_at FROM disbursements d
    JOIN organisations o ON o.id = d.organisation_id
    LEFT JOIN adjustments done ON d.entry_kind = 'REPLACEMENT' AND done.replacement_id = d.id
    LEFT JOIN disbursements half ON half.id = done.reversal_id
    CROSS JOIN LATERAL (
      SELECT x.* FROM (VALUES (d.id, d.amount_fen, d.approvals_needed, d.approvals_given),
        (half.id, half.amount_fen, half.approvals_needed, half.approvals_given)
      ) AS x (id, amount_fen, needed, given)
      WHERE x.id IS NOT NULL ORDER BY x.needed - x.given DESC, x.id DESC LIMIT 1) lead
    CROSS JOIN LATERAL guard.approval_ladder(o.path, lead.amount_fen) AS ladder
    WHERE d.status = 'SUBMITTED' AND d.organisation_id = ANY (${scope.organisationIds}::int[])
      AND ${actor.userId}::uuid <> ALL (ARRAY[d.created_by, d.last_edited_by, coalesce(d.submitted_by, d.created_by)])
      AND (half.id IS NULL
        OR ${actor.userId}::uuid <> ALL (ARRAY[half.created_by, half.last_edited_by, coalesce(half.submitted_by, half.created_by)]))
      AND (d.entry_kind <> 'REVERSAL' OR NOT EXISTS (
        SELECT FROM adjustments a WHERE a.reversal_id = d.id AND a.replacement_id IS NOT NULL))
      AND (lead.given = 0 OR NOT EXISTS (
        SELECT FROM approval_steps s WHERE s.disbursement_id = lead.id AND s.action = 'APPROVE'
          AND s.actor_id = ${actor.userId}::uuid AND s.round = (
            SELECT count(*) FROM approval_steps x WHERE x.disbursement_id = lead.id AND x.action = 'SUBMIT')))
      AND EXISTS (
        SELECT FROM unnest(${seats.map((m) => m.path)}::text[], ${seats.map((m) => rankOf(m.kind))}::int[]) AS seat (path, rank)
        WHERE starts_with(o.path, seat.path) AND seat.rank >=
          CASE ladder.levels[least(lead.given + 1, cardinality(ladder.levels))]
            WHEN 'COUNTY' THEN 1 WHEN 'PREFECTURE' THEN 2 ELSE 3 END)
    ORDER BY d.submitted_at, d.id LIMIT ${COUNTED_AT_MOST + 1}`;
}

const judges = (actor: Actor) => hasRole(actor, ["REVIEWER", "PROVINCE"]);

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
  if (!judges(actor)) return { items: [], total: 0, more: false };
  const waiting = await db.rows<{ id: string; total: number }>(sql`
    SELECT w.id::text AS id, count(*) OVER ()::int AS total FROM (${waitingSql(input)}) w
    ORDER BY w.submitted_at, w.id LIMIT ${limit}`);
  const ids = waiting.map((row) => row.id);
  const records = ids.length ? await listRecords({ db, scope, ids }) : [];
  const pairs = ids
    .flatMap((id) => pairOf(records, id) ?? [])
    .filter((pair) => decide(actor, "approve", subjectOf(pair)).allowed);
  const halves = pairs.flatMap((pair) => contentHalf(pair) ?? []);
  const findings = await listFindings({ db, scope, records: halves.map(toChecked), now });
  const items = pairs.map((pair) => toItem(pair, findings.get(pair.record.id) ?? []));
  items.sort((a, b) => LEVEL_ORDER[a.level] - LEVEL_ORDER[b.level] || a.risk - b.risk);
  const found = waiting[0]?.total ?? 0;
  return { items, total: Math.min(found, COUNTED_AT_MOST), more: found > COUNTED_AT_MOST };
}
