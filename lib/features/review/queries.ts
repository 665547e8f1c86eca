import "server-only";
import { decide } from "@/lib/features/disbursements/policy";
import {
  targetOf,
  listRecords,
  listRounds,
  pairOf,
  referenceOf,
  subjectOf,
  toChecked,
  toRow,
  type RecordPair,
} from "@/lib/features/disbursements/queries";
import type { Finding } from "@/lib/features/findings/types";
import { listFindings } from "@/lib/features/findings/queries";
import { riskOf } from "@/lib/features/findings/rules";
import { hasRole, type Actor, type OrganisationKind } from "@/lib/kernel/actor";
import type { ReturnReason } from "@/lib/kernel/record-codes";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader, type Sql } from "@/lib/platform/db";
import { recordsWithin, within } from "@/lib/platform/scope-sql";
import type { QueueItem, ReviewQueue } from "./types";

type QueueInput = { db: Reader; scope: Scope; actor: Actor };

/** How many of the oldest submissions are looked through; more than that are not counted one by one. */
const LOOKED_THROUGH = 2_000;

const rankOf = (kind: OrganisationKind) =>
  kind === "PROVINCE" ? 3 : kind === "PREFECTURE" ? 2 : 1;

/**
 * The CTEs `subject`, `ladder` and `waiting` over `oldest`: which of the oldest submissions this person may
 * approve now. A correction stands once, as its replacement, and is judged by the half that needs more
 * approvals. Levels depend on the organisation and on which amounts of the rules a record reaches, so that
 * few are worked out for many records.
 */
function waitingSql({ scope, actor }: QueueInput): Sql {
  const seats = actor.memberships.filter((m) => m.role === "REVIEWER" || m.role === "PROVINCE");
  const mine = (d: Sql) =>
    sql`(${actor.userId}::uuid IN (${d}.created_by, ${d}.last_edited_by, ${d}.submitted_by)
      OR ${actor.userId}::uuid = ANY (${d}.editors))`;
  const reversalLeads = sql`(reversal.approvals_needed - reversal.approvals_given, reversal.id)
    > (d.approvals_needed - d.approvals_given, d.id)`;
  const lead = (column: Sql) =>
    sql`CASE WHEN ${reversalLeads} THEN reversal.${column} ELSE d.${column} END`;
  return sql`subject AS MATERIALIZED (
      SELECT d.id, d.submitted_at, o.path, ${lead(sql`id`)} AS lead_id, ${lead(sql`approvals_given`)} AS given,
        (SELECT max(r.min_amount_fen) FROM approval_rules r
          WHERE r.active AND r.min_amount_fen <= abs(coalesce(${lead(sql`amount_fen`)}, 0))) AS reached_fen
      FROM oldest JOIN disbursements d ON d.id = oldest.id
      JOIN organisations o ON o.id = d.organisation_id
      LEFT JOIN adjustments done ON d.entry_kind = 'REPLACEMENT' AND done.replacement_id = d.id
      LEFT JOIN disbursements reversal ON reversal.id = done.reversal_id
      WHERE ${recordsWithin(scope)}
        AND ${mine(sql`d`)} IS NOT TRUE AND ${mine(sql`reversal`)} IS NOT TRUE
        AND (d.entry_kind <> 'REVERSAL' OR NOT EXISTS (
          SELECT FROM adjustments a WHERE a.reversal_id = d.id AND a.replacement_id IS NOT NULL))
    ), ladder AS MATERIALIZED (
      SELECT k.path, k.reached_fen, l.levels FROM (SELECT DISTINCT path, reached_fen FROM subject) k
      CROSS JOIN LATERAL guard.approval_ladder(k.path, k.reached_fen) AS l
    ), waiting AS (
      SELECT s.id, s.submitted_at, s.given
      FROM subject s JOIN ladder l ON l.path = s.path AND l.reached_fen IS NOT DISTINCT FROM s.reached_fen
      WHERE CASE l.levels[least(s.given + 1, cardinality(l.levels))]
          WHEN 'COUNTY' THEN 1 WHEN 'PREFECTURE' THEN 2 ELSE 3 END <= (
            SELECT max(seat.rank) FROM unnest(${seats.map((m) => m.path)}::text[],
              ${seats.map((m) => rankOf(m.kind))}::int[]) AS seat (path, rank)
            WHERE starts_with(s.path, seat.path))
        AND (s.given = 0 OR NOT EXISTS (
          SELECT FROM approval_steps x WHERE x.disbursement_id = s.lead_id AND x.action = 'APPROVE'
            AND x.actor_id = ${actor.userId}::uuid AND x.round = (SELECT count(*) FROM approval_steps y
              WHERE y.disbursement_id = s.lead_id AND y.action = 'SUBMIT'))))`;
}

type Waiting = { id: string | null; total: number | null; looked: number };

/** Second approvals, then the oldest that wait for this person, among the oldest `look` submissions of the scope. */
async function findWaiting(input: QueueInput, limit: number, look: number | null) {
  const rows = await input.db.rows<Waiting>(sql`
    WITH oldest AS MATERIALIZED (
      SELECT d.id FROM disbursements d
      WHERE d.status = 'SUBMITTED' AND ${within(sql`d.organisation_id`, input.scope)}
      ORDER BY d.submitted_at, d.id LIMIT ${look}::int), ${waitingSql(input)}
    SELECT w.id::text AS id, w.total, looked.n AS looked
    FROM (SELECT count(*)::int AS n FROM oldest) looked
    LEFT JOIN (SELECT w.*, count(*) OVER ()::int AS total FROM waiting w
      ORDER BY w.given DESC, w.submitted_at, w.id LIMIT ${limit}) w ON true
    ORDER BY w.given DESC, w.submitted_at, w.id`);
  return {
    ids: rows.flatMap((row) => row.id ?? []),
    total: rows[0]?.total ?? 0,
    more: look !== null && (rows[0]?.looked ?? 0) >= look,
  };
}

type Correction = NonNullable<QueueItem["correction"]>;

/** Of the corrections among these records what they correct, by the record that is listed. */
async function listCorrected(
  db: Reader,
  pairs: readonly RecordPair[],
): Promise<Map<string, Correction>> {
  const ids = pairs.flatMap(({ record }) => (record.originalId === null ? [] : record.id));
  if (ids.length === 0) return new Map();
  const rows = await db.rows<
    Correction & { id: string; organisation: string; fiscalYear: number; original: string }
  >(sql`
    SELECT listed.id::text AS id, o.code AS organisation, d.fiscal_year AS "fiscalYear", d.id::text AS original,
      d.amount_fen::text AS "amountFen", a.reason_code AS reason, a.words
    FROM unnest(${ids}::bigint[]) AS listed (id)
    JOIN adjustments a ON a.replacement_id = listed.id OR a.reversal_id = listed.id
    JOIN disbursements d ON d.id = a.original_id JOIN organisations o ON o.id = d.organisation_id`);
  return new Map(
    rows.map(({ id, amountFen, reason, words, original, ...where }) => [
      id,
      { reference: referenceOf({ ...where, id: original }), amountFen, reason, words },
    ]),
  );
}

type Beside = { findings: Finding[]; changes: QueueItem["changes"]; correction: Correction | null };

function toItem(pair: RecordPair, { findings, changes, correction }: Beside): QueueItem {
  const { record } = pair;
  const { steps } = record;
  const back = steps.filter((step) => step.action === "return").at(-1);
  const sent = steps.filter((step) => step.action === "submit").at(-1);
  return {
    record: toRow(record),
    submittedBy: record.submittedBy,
    findings,
    risk: riskOf(findings),
    level: subjectOf(pair).nextLevels[0] ?? "COUNTY",
    returned: back
      ? { actor: back.actor, at: back.at, reason: back.reason as ReturnReason, words: back.words }
      : null,
    reply: sent?.words ?? null,
    changes,
    correction,
  };
}

const LEVEL_ORDER = { PROVINCE: 0, PREFECTURE: 1, COUNTY: 2 } as const;

/**
 * The review queue: first what only a higher level can pass, then by risk, then the oldest. Findings of
 * all of them come from one statement.
 */
export async function listReviewQueue(
  input: QueueInput & { now: Date; limit?: number; look?: number },
): Promise<ReviewQueue> {
  const { db, scope, actor, now, limit = 200, look = LOOKED_THROUGH } = input;
  if (!hasRole(actor, ["REVIEWER", "PROVINCE"])) return { items: [], total: 0, more: false };
  const first = await findWaiting(input, limit, look);
  // the oldest wait for others: then all are looked through
  const cut = first.more && first.ids.length < limit;
  const { ids, total, more } = cut ? await findWaiting(input, limit, null) : first;
  const records = ids.length ? await listRecords({ db, scope, ids }) : [];
  const pairs = ids
    .flatMap((id) => pairOf(records, id) ?? [])
    .filter((pair) => decide(actor, "approve", subjectOf(pair)).allowed);
  const targets = pairs.flatMap((pair) => targetOf(pair) ?? []);
  const findings = await listFindings({ db, scope, records: targets.map(toChecked), now });
  const again = pairs.flatMap(({ record }) => (record.round > 1 ? record.id : []));
  const rounds = await listRounds(db, again);
  const corrected = await listCorrected(db, pairs);
  const items = pairs.map((pair) => {
    const { id } = pair.record;
    return toItem(pair, {
      findings: findings.get(id) ?? [],
      changes: rounds.get(id)?.at(-1)?.changes ?? null,
      correction: corrected.get(id) ?? null,
    });
  });
  items.sort((a, b) => LEVEL_ORDER[a.level] - LEVEL_ORDER[b.level] || a.risk - b.risk);
  return { items, total, more };
}

/** Where these records stand, of those within reach: a probe of the key each. */
export async function listStanding(input: {
  db: Reader;
  scope: Scope;
  ids: readonly string[];
}): Promise<Pick<QueueItem["record"], "id" | "version" | "status">[]> {
  const { db, scope, ids } = input;
  return db.rows(sql`
    SELECT d.id::text AS id, d.version, lower(d.status) AS status FROM disbursements d
    WHERE d.id = ANY (${ids}::bigint[]) AND ${recordsWithin(scope)} ORDER BY d.id`);
}
