import "server-only";
import { figuresOf, queryBalance, queryFigures } from "@/lib/features/figures/queries";
import type { FigureCell } from "@/lib/features/figures/rules";
import type { Axis, BalanceSums, Figures } from "@/lib/features/figures/types";
import { resolveFilter } from "@/lib/features/filter/queries";
import type { Actor, Person } from "@/lib/kernel/actor";
import { found } from "@/lib/kernel/app-error";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import { emptySql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { closesFrom, decide, reopeningActions } from "./policy";
import {
  YEAR_ACTIONS,
  type Closing,
  type Entered,
  type EnteredLine,
  type Frozen,
  type Later,
  type Reopening,
  type Waiting,
  type YearDetail,
  type YearStatus,
  type YearView,
} from "./types";

type Row = {
  year: number;
  version: number;
  status: YearStatus;
  reopenedUntil: string | null;
  closedAt: Date | null;
  closedBy: Person | null;
  sha256: string | null;
  content: FrozenContent | null;
};
type Asking = { db: Reader; scope: Scope; actor: Actor; now: Date };

/** What waits, contributory programmes included: closing freezes those records too. */
async function countWaiting(input: {
  db: Reader;
  scope: Scope;
  year?: number;
}): Promise<Map<number, Waiting>> {
  const { db, scope, year } = input;
  const places = within(sql`organisation_id`, scope);
  const rows = await db.rows<{ year: number } & Record<keyof Waiting, bigint>>(sql`
    SELECT fiscal_year AS year,
      coalesce(sum(records) FILTER (WHERE status = 'DRAFT'), 0)::bigint AS draft,
      coalesce(sum(records) FILTER (WHERE status = 'SUBMITTED'), 0)::bigint AS submitted,
      coalesce(sum(records) FILTER (WHERE status = 'RETURNED'), 0)::bigint AS returned
    FROM (
      SELECT fiscal_year, fund_source_id, status, records FROM figure_totals WHERE month = -1 AND ${places}
      UNION ALL
      SELECT fiscal_year, fund_source_id, status, records FROM figure_deltas WHERE ${places}
    ) f
    WHERE f.fund_source_id = 0
      AND f.fiscal_year > 0 AND (${year ?? null}::int IS NULL OR f.fiscal_year = ${year ?? null}::int)
    GROUP BY fiscal_year`);
  return new Map(
    rows.map((row) => [
      row.year,
      {
        draft: Number(row.draft),
        submitted: Number(row.submitted),
        returned: Number(row.returned),
      },
    ]),
  );
}

const NOTHING: Waiting = { draft: 0, submitted: 0, returned: 0 };

type Corrections = { underWay: number; later: number; laterFen: bigint };

/** Corrections of each year's records: not decided in the year itself, and counted in a later one. */
async function countCorrections({ db, scope }: { db: Reader; scope: Scope }) {
  const rows = await db.rows<{ year: number } & Corrections>(sql`
    SELECT c.year, (count(*) FILTER (WHERE c.under_way))::int AS "underWay",
      (count(*) FILTER (WHERE c.later))::int AS later, coalesce(sum(c.later_fen), 0)::bigint AS "laterFen"
    FROM guard.corrections_of_years c WHERE ${within(sql`c.organisation_id`, scope)} GROUP BY c.year`);
  return new Map(rows.map((row): [number, Corrections] => [row.year, row]));
}

/** Of what a closing froze, the sums alone: with the rows it is some hundred kilobytes. */
type FrozenContent = {
  figures: Pick<YearSnapshot["figures"], "totals" | "leftOut">;
  contributory: Pick<YearSnapshot["contributory"], "totals">;
  balance: Pick<YearSnapshot["balance"], "totals">;
};
const FROZEN_SUMS = sql`CASE WHEN c.content IS NOT NULL THEN jsonb_build_object(
  'figures', (c.content -> 'figures') - 'rows', 'contributory', (c.content -> 'contributory') - 'rows',
  'balance', (c.content -> 'balance') - 'rows') END`;

/** What a closing froze, as far as the reader may see it. */
function frozenOf(content: FrozenContent | null): Frozen | null {
  if (content === null) return null;
  const { figures, contributory, balance } = content;
  return {
    records: figures.totals.records,
    unvalued: figures.leftOut.unvalued,
    amountFen: figures.totals.amountFen,
    contributory: {
      // a year closed before they were counted froze none of these
      ...{ unvalued: 0, withoutMoney: 0, reversals: 0 },
      ...{ amountFen: contributory.totals.amountFen, records: contributory.totals.records },
      ...figures.leftOut.contributory,
    },
    receivedFen: balance.totals.receivedFen,
    balanceFen: balance.totals.balanceFen,
  };
}

function laterOf(
  content: FrozenContent | null,
  corrections: Corrections | undefined,
): Later | null {
  if (content === null) return null;
  return {
    corrections: corrections?.later ?? 0,
    amountFen: String(corrections?.laterFen ?? 0n),
  };
}

const PERSON = sql`json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)`;
const instant = (column: Sql) =>
  sql`to_char((${column}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export async function listYears(asking: Asking & { year?: number }): Promise<YearView[]> {
  const { db, scope, actor, now, year } = asking;
  const today = civilDateInChina(now);
  const rows = await db.rows<Row>(sql`
    SELECT y.year, y.version, y.reopened_until::text AS "reopenedUntil", y.closed_at AS "closedAt",
      CASE WHEN y.reopened_until IS NULL THEN lower(y.status) ELSE 'reopened' END AS status,
      (SELECT ${PERSON} FROM users u WHERE u.id = y.closed_by) AS "closedBy",
      c.sha256, ${FROZEN_SUMS} AS content
    FROM years y LEFT JOIN guard.closings c ON c.year = y.year
      AND c.no = (SELECT max(last.no) FROM guard.closings last WHERE last.year = y.year)
    ${year === undefined ? emptySql : sql`WHERE y.year = ${year}::smallint`} ORDER BY y.year DESC`);
  const sees = scope.homes.length > 0;
  const waiting = sees ? await countWaiting({ db, scope }) : new Map<number, Waiting>();
  const corrections = sees ? await countCorrections({ db, scope }) : new Map<number, Corrections>();
  return rows.map(({ sha256, content, closedAt, ...row }): YearView => ({
    ...row,
    closedAt: closedAt?.toISOString() ?? null,
    snapshotSha256: sha256,
    waiting: sees ? (waiting.get(row.year) ?? NOTHING) : null,
    correctionsUnderWay: sees ? (corrections.get(row.year)?.underWay ?? 0) : null,
    frozen: frozenOf(content),
    later: laterOf(content, corrections.get(row.year)),
    closesFrom: closesFrom(row.year, today),
    actions: YEAR_ACTIONS.filter(
      (action) =>
        action !== "open" &&
        decide(actor, action, row.status) === null &&
        (action !== "close" || closesFrom(row.year, today) === null),
    ),
  }));
}

async function listClosings(db: Reader, year: number): Promise<Closing[]> {
  const rows = await db.rows<
    Omit<Closing, "seq" | "frozen"> & { seq: bigint; content: FrozenContent | null }
  >(sql`
    SELECT c.no, c.seq, ${instant(sql`c.at`)} AS at, ${PERSON} AS by, c.sha256, c.note, c.checkpoint,
      ${FROZEN_SUMS} AS content
    FROM guard.closings c JOIN users u ON u.id = c."by" WHERE c.year = ${year}::smallint ORDER BY c.no DESC`);
  return rows.map(({ content, seq, ...row }) => ({
    ...row,
    seq: Number(seq),
    frozen: frozenOf(content),
  }));
}

const LINES = 100;

/** What came to count in a year after one position of the chain, up to another. */
async function readEntered(
  { db, scope }: Pick<Asking, "db" | "scope">,
  year: number,
  { after, upTo }: { after: number; upTo: number | null },
): Promise<Entered> {
  const between = sql`l.seq > ${after}::bigint AND (${upTo}::bigint IS NULL OR l.seq <= ${upTo}::bigint)`;
  const records = sql`EXISTS (SELECT FROM ledger_entries l WHERE l.disbursement_id = d.id AND ${between})`;
  const { totals } = await queryFigures({ db, scope, filter: { year }, groupBy: [], records });
  const rows = await db.rows<Omit<EnteredLine, "seq"> & { seq: bigint; count: number }>(sql`
    SELECT d.id::text AS id, l.seq, lower(d.entry_kind) AS "entryKind", lower(d.amount_kind) AS "amountKind",
      o.code AS organisation, p.code AS programme, d.amount_fen::text AS "amountFen", (count(*) OVER ())::int AS count
    FROM ledger_entries l JOIN disbursements d ON d.id = l.disbursement_id
    JOIN organisations o ON o.id = d.organisation_id JOIN programmes p ON p.id = d.programme_id
    WHERE l.fiscal_year = ${year}::smallint AND ${within(sql`l.organisation_id`, scope)} AND ${between}
    ORDER BY l.seq, d.id LIMIT ${LINES}`);
  return {
    records: totals.records,
    amountFen: totals.amountFen,
    count: rows[0]?.count ?? 0,
    lines: rows.map(({ count: _, seq, ...line }) => ({ ...line, seq: Number(seq) })),
  };
}

const STATE = sql`CASE WHEN r.decision IS NOT NULL THEN lower(r.decision)
  WHEN r.until < (now() AT TIME ZONE 'Asia/Shanghai')::date THEN 'lapsed' ELSE 'pending' END`;

async function listReopenings(
  asking: Asking,
  year: number,
  closings: readonly Closing[],
): Promise<Reopening[]> {
  const { db, scope, actor } = asking;
  const rows = await db.rows<Omit<Reopening, "passed" | "actions">>(sql`
    SELECT r.id::text AS id, r.after_no AS "afterNo", ${STATE} AS state, r.reason, r.until::text AS until,
      (SELECT ${PERSON} FROM users u WHERE u.id = r.requested_by) AS "requestedBy",
      (SELECT ${PERSON} FROM users u WHERE u.id = r.decided_by) AS "decidedBy",
      ${instant(sql`r.requested_at`)} AS "requestedAt", ${instant(sql`r.decided_at`)} AS "decidedAt"
    FROM year_reopenings r WHERE r.year = ${year}::smallint ORDER BY r.id DESC LIMIT 50`);
  const seqOf = (no: number) => closings.find((one) => one.no === no)?.seq ?? null;
  const reopenings: Reopening[] = [];
  for (const row of rows) {
    const confirmed = row.state === "confirmed" && scope.homes.length > 0;
    const bounds = { after: seqOf(row.afterNo) ?? 0, upTo: seqOf(row.afterNo + 1) };
    reopenings.push({
      ...row,
      passed: confirmed ? await readEntered({ db, scope }, year, bounds) : null,
      actions: reopeningActions(actor, row),
    });
  }
  return reopenings;
}

/** The last day that a reopening asked for now may name. */
export async function lastReopeningDay(db: Reader, now: Date): Promise<string> {
  const [row] = await db.rows<{ day: string }>(
    sql`SELECT (${civilDateInChina(now)}::date + guard.longest_reopening())::text AS day`,
  );
  return found(row).day;
}

/** A year with its closings, what came to count since the last of them, and who opened it once more. */
export async function getYear(asking: Asking & { year: number }): Promise<YearDetail> {
  const { db, scope, year } = asking;
  const view = found((await listYears(asking))[0]);
  const closings = await listClosings(db, year);
  const [last] = closings;
  const sees = last !== undefined && scope.homes.length > 0;
  const since = { after: last?.seq ?? 0, upTo: null };
  return {
    ...view,
    snapshot: last
      ? {
          ...{ no: last.no, at: last.at, seq: last.seq, sha256: last.sha256 },
          amountFen: last.frozen?.amountFen ?? null,
          records: last.frozen?.records ?? null,
        }
      : null,
    closings,
    changedSince: sees ? await readEntered({ db, scope }, year, since) : null,
    reopenings: await listReopenings(asking, year, closings),
  };
}

type Money = Pick<BalanceSums, "receivedFen" | "spentFen" | "balanceFen">;
const money = ({ receivedFen, spentFen, balanceFen }: Money): Money => ({
  receivedFen,
  spentFen,
  balanceFen,
});

/** Each alone; organisation by programme, the pack's first table, holds every county's line. */
const FROZEN_AXES = [
  "organisation",
  "prefecture",
  "programme",
  "month",
  "fundSource",
  "aidCategory",
  "recipientKind",
  "form",
  "campaign",
] as const satisfies Axis[];

/** A closing is made of the sums that it always was (prisma/sql/65-closed-years). */
const withoutNames = ({
  namedRecords: _records,
  namedFen: _fen,
  namedPersons: _persons,
  namedHouseholds: _households,
  ...cell
}: FigureCell) => cell;

export type YearSnapshot = {
  year: number;
  figures: Pick<Figures, "rows" | "totals" | "leftOut">;
  axes: Partial<Record<(typeof FROZEN_AXES)[number], Figures["rows"]>>;
  contributory: Pick<Figures, "rows" | "totals">;
  balance: { rows: (Money & { organisation: string | undefined })[]; totals: Money };
  waiting: Waiting;
};

/** The year's figures as they are frozen: by paying organisation and programme and by each axis, money as fen texts. */
export async function getYearSnapshot(input: {
  db: Reader;
  scope: Scope;
  year: number;
}): Promise<YearSnapshot> {
  const { db, scope, year } = input;
  const programmes = await db.rows<{ code: string }>(
    sql`SELECT code FROM programmes WHERE contributory ORDER BY code`,
  );
  const groupBy = ["organisation", "programme"] as const;
  const resolved = await resolveFilter({ db, scope, filter: { year } });
  const [{ rows, totals, leftOut }, ...axes] = await figuresOf(db, [
    { resolved, groupBy },
    ...FROZEN_AXES.map((axis) => ({ resolved, groupBy: [axis] })),
  ]);
  const programme = programmes.map((one) => one.code);
  const apart = programme.length
    ? await queryFigures({ db, scope, filter: { year, programme }, groupBy })
    : { rows: [], totals: { ...totals, amountFen: "0", records: 0 } };
  const balance = await queryBalance({ db, scope, filter: { year }, groupBy: "organisation" });
  return {
    year,
    figures: { rows: rows.map(withoutNames), totals, leftOut },
    axes: Object.fromEntries(
      FROZEN_AXES.map((axis, at) => [axis, axes[at]?.rows.map(withoutNames)]),
    ),
    contributory: { rows: apart.rows.map(withoutNames), totals: apart.totals },
    balance: {
      rows: balance.rows.map(({ organisation, ...row }) => ({ organisation, ...money(row) })),
      totals: money(balance.totals),
    },
    waiting: (await countWaiting({ db, scope, year })).get(year) ?? NOTHING,
  };
}
