import "server-only";
import { laterEntries } from "@/lib/features/cells/queries";
import { figuresOf } from "@/lib/features/figures/queries";
import { countedOf, resolveFilter, type ResolvedFilter } from "@/lib/features/filter/queries";
import { headOf, positionOf } from "@/lib/features/positions/queries";
import { listReceived } from "@/lib/features/received/queries";
import { AppError } from "@/lib/kernel/app-error";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import type { Position } from "@/lib/kernel/position";
import { columnName } from "@/lib/kernel/record-fields";
import type { Scope } from "@/lib/kernel/scope";
import { emptySql, sql, wholeSql, type Reader, type Sql } from "@/lib/platform/db";
import { isSame, minus, nothing, plus, sumsOf } from "./rules";
import type { ChangeLine, Changes, ChangeSums } from "./schema";
import { stampOf, type ChangesFilter } from "./types";

type Window = { resolved: ResolvedFilter; from: Position; to: Position };

/** Entries `e` of the window, by their index. */
const entered = ({ resolved, from, to }: Window): Sql =>
  sql`${laterEntries(resolved, from)} AND e.seq <= ${wholeSql(to.seq)}`;

/** A correction's legs come to count together; its line stands where the reversal does, if that is in the filter. */
const CORRECTION = sql`LEFT JOIN LATERAL (
    SELECT a.reversal_id, a.replacement_id FROM adjustments a WHERE d.entry_kind = 'REVERSAL' AND a.reversal_id = d.id
    UNION ALL
    SELECT a.reversal_id, a.replacement_id FROM adjustments a WHERE d.entry_kind = 'REPLACEMENT' AND a.replacement_id = d.id
  ) a ON true`;

const inside = (id: Sql, resolved: ResolvedFilter): Sql =>
  sql`EXISTS (SELECT FROM disbursements d WHERE d.id = ${id} AND ${countedOf(resolved)})`;

/** FROM … WHERE of the lines that records make, each once. */
const recordLines = (window: Window): Sql => sql`FROM ledger_entries e
  JOIN disbursements d ON d.id = e.disbursement_id ${CORRECTION}
  WHERE ${entered(window)} AND ${countedOf(window.resolved)}
    AND (d.entry_kind <> 'REPLACEMENT' OR NOT ${inside(sql`a.reversal_id`, window.resolved)})`;

const MEASURES = sql([
  [
    "'records', n.net",
    "'unvalued', n.net * (d.amount_kind = 'UNVALUED')::int",
    "'estimated', n.net * (d.amount_kind = 'ESTIMATED')::int",
    "'withoutMoney', n.net * (d.amount_kind = 'NONE')::int",
    "'reversals', (n.net < 0)::int",
    ...COUNT_UNITS.map((unit) => `'${unit}', coalesce(d.${columnName(unit)}, 0)`),
  ].join(", "),
]);

/** The vouchers of a line, each with what it adds; of the sources asked for, their shares alone. */
function legsSql(resolved: ResolvedFilter): Sql {
  const sources = resolved.fundSourceIds;
  const counted = sources
    ? sql`(SELECT coalesce(sum(s.amount_fen), 0) FROM disbursement_shares s
        WHERE s.disbursement_id = d.id AND s.fund_source_id = ANY (${sources}::int[]))`
    : sql`coalesce(d.amount_fen, 0)`;
  return sql`CROSS JOIN LATERAL (SELECT json_agg(json_build_object(
      'id', d.id::text, 'entryKind', lower(d.entry_kind), 'organisation', o.code, 'programme', p.code,
      'year', d.fiscal_year, 'amountFen', d.amount_fen::text, 'inside', ${inside(sql`legs.id`, resolved)},
      'sum', json_build_object('amountFen', (${counted})::text, ${MEASURES})) ORDER BY d.entry_kind DESC, d.id) AS legs
    FROM unnest(CASE WHEN a.reversal_id IS NULL THEN ARRAY[d.id]
      ELSE array_remove(ARRAY[a.reversal_id, a.replacement_id], NULL) END) AS legs (id)
    JOIN disbursements d ON d.id = legs.id JOIN organisations o ON o.id = d.organisation_id
    JOIN programmes p ON p.id = d.programme_id
    CROSS JOIN LATERAL (SELECT CASE WHEN d.entry_kind = 'REVERSAL' THEN -1 ELSE 1 END AS net) n) legs`;
}

/** Who it was and when, over an entry `e`. */
const WHO = sql`LEFT JOIN audit_entries w ON w.root_id = e.root_id AND w.position = e.seq
  LEFT JOIN users u ON u.id = w.actor_id`;
const SAID = sql`w.at, CASE WHEN u.id IS NOT NULL
  THEN json_build_object('nameZh', u.name_zh, 'nameEn', u.name_en) END AS by`;

type Said = { seq: string; at: Date | null; by: ChangeLine["by"]; organisation: string; year: number }; // prettier-ignore
type Leg = ChangeLine["legs"][number] & { sum: ChangeSums };
type Page = { before: number | undefined; limit: number };

const from = ({ before }: Page): Sql =>
  before === undefined ? emptySql : sql`AND e.seq < ${wholeSql(before)}`;
const when = ({ at }: Said): string => (at ?? new Date(0)).toISOString();

async function listRecordLines(db: Reader, window: Window, page: Page): Promise<ChangeLine[]> {
  type Row = Said & { programme: string; legs: Leg[] };
  const rows = await db.rows<Row>(sql`
    SELECT e.seq::text, ${SAID}, o.code AS organisation, p.code AS programme, e.fiscal_year AS year, legs.legs
    FROM (SELECT e.root_id, e.seq, e.fiscal_year, d.id, d.organisation_id, d.programme_id, a.reversal_id, a.replacement_id
      ${recordLines(window)} ${from(page)} ORDER BY e.seq DESC LIMIT ${wholeSql(page.limit)}) e
    CROSS JOIN LATERAL (SELECT e.id) d CROSS JOIN LATERAL (SELECT e.reversal_id, e.replacement_id) a
    JOIN organisations o ON o.id = e.organisation_id JOIN programmes p ON p.id = e.programme_id
    ${legsSql(window.resolved)} ${WHO} ORDER BY e.seq DESC`);
  return rows.map((row) => ({
    seq: Number(row.seq),
    at: when(row),
    kind: row.legs.every(({ entryKind }) => entryKind === "original") ? "approved" : "corrected",
    by: row.by,
    organisation: row.organisation,
    programme: row.programme,
    year: row.year,
    legs: row.legs.map(({ sum: _sum, ...leg }) => leg),
    allotment: null,
    fundSource: null,
    sum: row.legs.filter((leg) => leg.inside).reduce((sum, leg) => plus(sum, leg.sum), nothing()),
  }));
}

/** Money received is known by year, place and source; under anything narrower a figure has none beside it. */
function isMoneyKnown(resolved: ResolvedFilter): boolean {
  const { homes, everything, prefectures, fundSourceIds, year, at, ...narrowed } = resolved;
  return Object.values(narrowed).every((value) => value === undefined);
}

const moneyLines = (window: Window): Sql => {
  const sources = window.resolved.fundSourceIds;
  return sql`FROM allotment_entries e JOIN allotments a ON a.id = e.allotment_id
    WHERE ${entered(window)} ${sources ? sql`AND a.fund_source_id = ANY (${sources}::int[])` : emptySql}
      AND NOT EXISTS (SELECT FROM programmes p WHERE p.id = a.programme_id AND p.contributory)`;
};

async function listMoneyLines(db: Reader, window: Window, page: Page): Promise<ChangeLine[]> {
  type Row = Said & {
    id: string;
    received: boolean;
    fen: string;
    source: string;
    programme: string | null;
  };
  const rows = await db.rows<Row>(sql`
    SELECT e.seq::text, ${SAID}, o.code AS organisation, e.fiscal_year AS year, e.id::text, e.received, e.fen::text,
      s.code AS source, p.code AS programme
    FROM (SELECT e.root_id, e.seq, e.fiscal_year, a.id, a.organisation_id, a.fund_source_id, a.programme_id,
        e.kind = 'RECEIVED' AS received, CASE e.kind WHEN 'RECEIVED' THEN a.amount_fen ELSE -a.amount_fen END AS fen
      ${moneyLines(window)} ${from(page)} ORDER BY e.seq DESC LIMIT ${wholeSql(page.limit)}) e
    JOIN organisations o ON o.id = e.organisation_id JOIN fund_sources s ON s.id = e.fund_source_id
    LEFT JOIN programmes p ON p.id = e.programme_id ${WHO} ORDER BY e.seq DESC`);
  return rows.map((row) => ({
    seq: Number(row.seq),
    at: when(row),
    kind: row.received ? "received" : "takenBack",
    by: row.by,
    organisation: row.organisation,
    programme: row.programme,
    year: row.year,
    legs: [],
    allotment: row.id,
    fundSource: row.source,
    sum: { ...nothing(), amountFen: row.fen },
  }));
}

type Counted = Changes["counts"] & { receivedFen: string };

async function countLines(db: Reader, window: Window, money: boolean): Promise<Counted> {
  const none = sql`FROM (VALUES ('', 0::bigint)) AS e (kind, amount_fen) WHERE false`;
  const [row] = await db.rows<Counted>(sql`
    SELECT r.approved, r.corrected, m.received, m."takenBack", m.fen::text AS "receivedFen"
    FROM (SELECT count(*) FILTER (WHERE d.entry_kind = 'ORIGINAL')::int AS approved,
        count(*) FILTER (WHERE d.entry_kind <> 'ORIGINAL')::int AS corrected ${recordLines(window)}) r,
      (SELECT count(*) FILTER (WHERE kind = 'RECEIVED')::int AS received,
        count(*) FILTER (WHERE kind = 'VOIDED')::int AS "takenBack",
        coalesce(sum(CASE kind WHEN 'RECEIVED' THEN amount_fen ELSE -amount_fen END), 0) AS fen
        ${money ? sql`FROM (SELECT e.kind, a.amount_fen ${moneyLines(window)}) e` : none}) m`);
  return row ?? { approved: 0, corrected: 0, received: 0, takenBack: 0, receivedFen: "0" };
}

/** What was received up to a position; null: nothing is recorded. */
async function receivedAt(db: Reader, resolved: ResolvedFilter): Promise<bigint | null> {
  const rows = await listReceived(db, "organisation", resolved);
  return rows.reduce<bigint | null>(
    (sum, { received }) => (received === null ? sum : (sum ?? 0n) + received),
    null,
  );
}

type Asked = { db: Reader; scope: Scope; filter: ChangesFilter; since: string; until?: string | undefined }; // prettier-ignore

async function windowOf({ db, scope, filter, since, until }: Asked): Promise<Window> {
  const resolved = await resolveFilter({ db, scope, filter });
  const start = await positionOf(db, stampOf(since), { asOf: "since", seq: "since" });
  const end =
    until === undefined
      ? await headOf(db)
      : await positionOf(db, stampOf(until), { asOf: "until", seq: "until" });
  if (!start || !end || start.seq > end.seq)
    throw new AppError("VALIDATION", { fieldErrors: { since: [{ key: "sinceAfterUntil" }] } });
  return { resolved, from: start, to: end };
}

/** Both figures, and the sum of what lies between them counted afresh; where these disagree nothing is shown. */
async function readSums(db: Reader, window: Window) {
  const { resolved, from: start, to } = window;
  const moved = sql`d.id IN (SELECT e.disbursement_id FROM ledger_entries e WHERE ${entered(window)})`;
  const [first, last, between] = await figuresOf(db, [
    { resolved: { ...resolved, at: start, countsAlone: true }, groupBy: [] },
    { resolved: { ...resolved, at: to, countsAlone: true }, groupBy: [] },
    { resolved, groupBy: [], records: moved },
  ]);
  const [before, after, sum] = [sumsOf(first), sumsOf(last), sumsOf(between)];
  if (!isSame(minus(after, before), sum)) throw new AppError("INTERNAL");
  return { before, after, sum, definition: last.definition };
}

async function readReceived(db: Reader, { resolved, from: start, to }: Window, sumFen: string) {
  const before = await receivedAt(db, { ...resolved, at: start });
  const after = await receivedAt(db, { ...resolved, at: to });
  if ((after ?? 0n) - (before ?? 0n) !== BigInt(sumFen)) throw new AppError("INTERNAL");
  return { beforeFen: before?.toString() ?? null, afterFen: after?.toString() ?? null, sumFen };
}

const standing = ({ at, seq }: Position) => ({ asOf: at, seq });

/** What moved a figure after one position, up to another; every line of it, newest first, page by page. */
export async function listChanges(
  input: Asked & { cursor?: string | undefined; limit?: number },
): Promise<Changes> {
  const { db, cursor, limit = 50 } = input;
  const window = await windowOf(input);
  const page = { before: cursor === undefined ? undefined : Number(cursor), limit: limit + 1 };
  const money = isMoneyKnown(window.resolved);
  const sums = await readSums(db, window);
  const { receivedFen, ...counts } = await countLines(db, window, money);
  const lines = [
    ...(await listRecordLines(db, window, page)),
    ...(money ? await listMoneyLines(db, window, page) : []),
  ].sort((a, b) => b.seq - a.seq);
  const shown = lines.slice(0, limit);
  return {
    since: standing(window.from),
    until: standing(window.to),
    ...sums,
    counts,
    lines: shown,
    nextCursor: lines.length > limit ? String(shown.at(-1)?.seq) : null,
    received: money ? await readReceived(db, window, receivedFen) : null,
  };
}
