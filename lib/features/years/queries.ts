import { queryBalance, queryFigures } from "@/lib/features/figures/queries";
import type { BalanceSums, Figures } from "@/lib/features/figures/types";
import type { Actor, Person } from "@/lib/kernel/actor";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import { sql, type Reader } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import "server-only";
import { closesFrom, decide } from "./policy";
import type { Frozen, Later, Waiting, YearView } from "./types";

type Row = {
  year: number;
  version: number;
  status: "open" | "closed";
  closedAt: Date | null;
  closedBy: Person | null;
  sha256: string | null;
  content: YearSnapshot | null;
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

/** What a closing froze, as far as the reader may see it. */
function frozenOf(content: YearSnapshot | null): Frozen | null {
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

function laterOf(content: YearSnapshot | null, corrections: Corrections | undefined): Later | null {
  if (content === null) return null;
  return {
    corrections: corrections?.later ?? 0,
    amountFen: String(corrections?.laterFen ?? 0n),
  };
}

export async function listYears({ db, scope, actor, now }: Asking): Promise<YearView[]> {
  const today = civilDateInChina(now);
  const rows = await db.rows<Row>(sql`
    SELECT y.year, y.version, lower(y.status::text) AS status, y.closed_at AS "closedAt",
      (SELECT json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)
        FROM users u WHERE u.id = y.closed_by) AS "closedBy",
      f.sha256, f.content
    FROM years y LEFT JOIN guard.frozen_years f ON f.year = y.year ORDER BY y.year DESC`);
  const sees = scope.homes.length > 0;
  const waiting = sees ? await countWaiting({ db, scope }) : new Map<number, Waiting>();
  const corrections = sees ? await countCorrections({ db, scope }) : new Map<number, Corrections>();
  return rows.map((row): YearView => ({
    year: row.year,
    version: row.version,
    status: row.status,
    closedBy: row.closedBy,
    closedAt: row.closedAt?.toISOString() ?? null,
    snapshotSha256: row.sha256,
    waiting: sees ? (waiting.get(row.year) ?? NOTHING) : null,
    correctionsUnderWay: sees ? (corrections.get(row.year)?.underWay ?? 0) : null,
    frozen: frozenOf(row.content),
    later: laterOf(row.content, corrections.get(row.year)),
    closesFrom: closesFrom(row.year, today),
    actions:
      decide(actor, "close", row.status) === null && closesFrom(row.year, today) === null
        ? ["close"]
        : [],
  }));
}

type Money = Pick<BalanceSums, "receivedFen" | "spentFen" | "balanceFen">;
const money = ({ receivedFen, spentFen, balanceFen }: Money): Money => ({
  receivedFen,
  spentFen,
  balanceFen,
});

export type YearSnapshot = {
  year: number;
  figures: Pick<Figures, "rows" | "totals" | "leftOut">;
  contributory: Pick<Figures, "rows" | "totals">;
  balance: { rows: (Money & { organisation: string | undefined })[]; totals: Money };
  waiting: Waiting;
};

/** The year's figures as they are frozen: by paying organisation and programme, money as fen texts. */
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
  const { rows, totals, leftOut } = await queryFigures({ db, scope, filter: { year }, groupBy });
  const programme = programmes.map((one) => one.code);
  const apart = programme.length
    ? await queryFigures({ db, scope, filter: { year, programme }, groupBy })
    : { rows: [], totals: { ...totals, amountFen: "0", records: 0 } };
  const balance = await queryBalance({ db, scope, filter: { year }, groupBy: "organisation" });
  return {
    year,
    figures: { rows, totals, leftOut },
    contributory: { rows: apart.rows, totals: apart.totals },
    balance: {
      rows: balance.rows.map(({ organisation, ...row }) => ({ organisation, ...money(row) })),
      totals: money(balance.totals),
    },
    waiting: (await countWaiting({ db, scope, year })).get(year) ?? NOTHING,
  };
}
