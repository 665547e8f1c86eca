import { spentFen } from "@/lib/features/figures/queries";
import { receivedFen } from "@/lib/features/received/queries";
import type { CountUnit } from "@/lib/kernel/counts";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
import { recordsWithin } from "@/lib/platform/scope-sql";
import "server-only";
import {
  findFindings,
  standingFindings,
  type Answer,
  type Draft,
  type FindingContext,
} from "./rules";
import type { Finding } from "./types";
import type { CheckedRecord } from "./types";

type ContextRow = {
  id: string;
  yearOpen: boolean;
  seasonMonths: number[];
  allowedForms: string[];
  mainUnit: CountUnit;
  earmarked: { fundSource: string; receivedFen: string; spentFen: string }[];
  thisYearFen: string;
  lastYearFen: string;
  duplicates: string[];
  peers: number | null;
  medianFen: string | null;
  deviationFen: string | null;
};

/** What has been or is about to be spent: approved, or waiting for approval. */
const SPENT = sql`('APPROVED', 'SUBMITTED')`;
const OF_RECORD = { organisation: sql`d.organisation_id`, year: sql`d.fiscal_year` };
const FROM_SOURCE = { ...OF_RECORD, fundSource: sql`s.fund_source_id` };
const FOR_PROGRAMME = { ...OF_RECORD, programme: sql`d.programme_id` };

/**
 * Everything the records are compared with, for all of them in one statement. `pair`: a replacement and
 * its reversal count as what the two change together, so the original's money is not counted twice.
 */
const contextSql = (ids: readonly string[], scope: Scope) => sql`
  WITH checked AS (
    SELECT d.*, a.original_id, a.reversal_id FROM disbursements d
    LEFT JOIN adjustments a ON a.replacement_id = d.id
    WHERE d.id = ANY (${ids}::bigint[]) AND ${recordsWithin(scope)}
  ), peer AS MATERIALIZED (
    SELECT p.* FROM (
      SELECT array_agg(organisation_id) AS organisations, array_agg(programme_id) AS programmes,
        array_agg(fiscal_year::int) AS years FROM checked) k
    CROSS JOIN LATERAL guard.per_head_of_peers(k.organisations, k.programmes, k.years) p
  )
  SELECT d.id::text AS id, y.status = 'OPEN' AS "yearOpen", to_json(p.season_months) AS "seasonMonths",
    to_json(p.allowed_forms) AS "allowedForms", p.main_unit AS "mainUnit",
    (SELECT coalesce(json_agg(json_build_object('fundSource', f.code,
        'receivedFen', ${receivedFen(FROM_SOURCE)}::text,
        'spentFen', (coalesce(s.amount_fen, 0) + ${spentFen({ ...FROM_SOURCE, statuses: SPENT })}
          + (SELECT coalesce(sum(CASE WHEN e.id = d.id THEN -x.amount_fen
               WHEN e.status IN ${SPENT} THEN 0 ELSE x.amount_fen END), 0)
             FROM disbursements e JOIN disbursement_shares x ON x.disbursement_id = e.id
             WHERE e.id IN (d.id, d.reversal_id) AND e.fiscal_year = d.fiscal_year
               AND x.fund_source_id = s.fund_source_id
               AND (e.id <> d.id OR e.status IN ${SPENT})))::text)
        ORDER BY f.sort_order), '[]')
      FROM disbursement_shares s JOIN fund_sources f ON f.id = s.fund_source_id AND f.earmarked
      WHERE s.disbursement_id = d.id) AS earmarked,
    (${spentFen({ ...FOR_PROGRAMME, statuses: SPENT })} + CASE WHEN d.status IN ${SPENT} THEN 0 ELSE coalesce(d.amount_fen, 0) END
      + coalesce((SELECT e.amount_fen FROM disbursements e WHERE e.id = d.reversal_id
          AND e.fiscal_year = d.fiscal_year AND e.status NOT IN ${SPENT}), 0))::text AS "thisYearFen",
    ${spentFen({ ...FOR_PROGRAMME, year: sql`d.fiscal_year - 1`, statuses: sql`('APPROVED')` })}::text AS "lastYearFen",
    (SELECT coalesce(json_agg(t.reference), '[]') FROM (
      SELECT o.code || '-' || e.fiscal_year || '-' || lpad(e.id::text, greatest(6, length(e.id::text)), '0') AS reference
      FROM disbursements e JOIN organisations o ON o.id = e.organisation_id
      WHERE e.organisation_id = d.organisation_id
        AND e.fiscal_year IN (d.fiscal_year - 1, d.fiscal_year, d.fiscal_year + 1)
        AND e.ledger_on BETWEEN d.ledger_on - 7 AND d.ledger_on + 7
        AND e.programme_id = d.programme_id AND e.amount_fen = d.amount_fen
        AND e.status <> 'VOIDED' AND e.entry_kind <> 'REVERSAL'
        AND e.id <> d.id AND e.id IS DISTINCT FROM d.original_id
        AND NOT EXISTS (SELECT FROM adjustments c JOIN disbursements v ON v.id = c.reversal_id
          WHERE c.original_id = e.id AND v.status <> 'VOIDED')
        AND NOT EXISTS (SELECT FROM adjustments c WHERE c.original_id = d.id AND c.replacement_id = e.id)
      ORDER BY e.id DESC LIMIT 3) t) AS duplicates,
    peer.peers, peer.median_fen::text AS "medianFen", peer.deviation_fen::text AS "deviationFen"
  FROM checked d
  JOIN programmes p ON p.id = d.programme_id
  LEFT JOIN years y ON y.year = d.fiscal_year
  LEFT JOIN peer ON (peer.organisation_id, peer.programme_id, peer.fiscal_year)
    = (d.organisation_id, d.programme_id, d.fiscal_year)`;

function contextOf(row: ContextRow, now: Date): FindingContext {
  const peers =
    row.peers === null
      ? null
      : {
          count: row.peers,
          medianFen: BigInt(row.medianFen ?? 0),
          deviationFen: BigInt(row.deviationFen ?? 0),
        };
  return {
    today: civilDateInChina(now),
    yearOpen: row.yearOpen,
    seasonMonths: row.seasonMonths,
    allowedForms: row.allowedForms.map((form) => form.toLowerCase()),
    mainUnit: row.mainUnit,
    earmarked: row.earmarked.map((s) => ({
      fundSource: s.fundSource,
      receivedFen: BigInt(s.receivedFen),
      spentFen: BigInt(s.spentFen),
    })),
    thisYearFen: BigInt(row.thisYearFen),
    lastYearFen: BigInt(row.lastYearFen),
    duplicates: row.duplicates,
    peers,
  };
}

type Listed = CheckedRecord & {
  answers: readonly Answer[];
  /** When it is judged, where that is not now: what is imported was judged in its own day. */
  at?: Date | undefined;
};
type Asked = { db: Reader; scope: Scope; records: readonly Listed[]; now: Date };

/** What the checks find in many records at once, by record id; nothing in what only undoes. */
export async function judge(input: Asked): Promise<Map<string, Draft[]>> {
  const { db, scope, records, now } = input;
  const checked = records.filter((r) => r.entryKind !== "reversal" && r.status !== "voided");
  if (checked.length === 0) return new Map();
  const rows = await db.rows<ContextRow>(
    contextSql(
      checked.map((r) => r.id),
      scope,
    ),
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    checked.map((record) => {
      const row = found.get(record.id);
      return [record.id, row ? findFindings(record, contextOf(row, record.at ?? now)) : []];
    }),
  );
}

/** Findings of many records at once, by record id, with the answers given to them. */
export async function listFindings(input: Asked): Promise<Map<string, Finding[]>> {
  const found = await judge(input);
  return new Map(
    input.records.map((record) => [
      record.id,
      standingFindings(found.get(record.id) ?? [], record),
    ]),
  );
}
