import "server-only";
import {
  ROW_COLUMNS,
  ROW_JOINS,
  toRow,
  type RowRecord,
} from "@/lib/features/disbursements/queries";
import type { DisbursementRow } from "@/lib/features/disbursements/types";
import { queryBalance, queryFigures } from "@/lib/features/figures/queries";
import type { FigureRow } from "@/lib/features/figures/types";
import { countQueue } from "@/lib/features/review/queries";
import type { Actor } from "@/lib/kernel/actor";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import { emptySql, sql, type Reader, type Sql } from "@/lib/platform/db";
import type { Counted, ReturnedRow, Workbench } from "./types";

const SHOWN = 20;

type Reading = { db: Reader; scope: Scope; actor: Actor };

/** Where this person enters records. */
const WHERE_I_ENTER = sql`d.organisation_id = ANY ((SELECT guard.organisations_for('{CLERK}'))::int[])`;

async function listRows<T>(
  { db, scope }: Reading,
  part: { where: Sql; order: Sql; extra?: Sql; joins?: Sql; uncounted?: true },
): Promise<Counted<RowRecord & T>> {
  const total = part.uncounted ? sql`0` : sql`count(*) OVER ()::int`;
  const found = await db.rows<RowRecord & T & { total: number }>(sql`
    SELECT ${ROW_COLUMNS}, d.total ${part.extra ?? emptySql}
    FROM (SELECT d.*, ${total} AS total FROM disbursements d
      WHERE d.organisation_id = ANY (${scope.organisationIds}::int[]) AND ${part.where}
      ORDER BY ${part.order} LIMIT ${SHOWN}) d ${ROW_JOINS} ${part.joins ?? emptySql}
    ORDER BY ${part.order}`);
  return { items: found, total: found[0]?.total ?? 0 };
}

const rowsOf = ({ items, total }: Counted<RowRecord>): Counted<DisbursementRow> => ({
  items: items.map(toRow),
  total,
});

/** A correction is listed once, by the half that is written: not by its reversal. */
const WRITTEN = sql`(d.entry_kind <> 'REVERSAL' OR NOT EXISTS (
  SELECT FROM adjustments a WHERE a.reversal_id = d.id AND a.replacement_id IS NOT NULL))`;

async function listReturned(reading: Reading): Promise<Counted<ReturnedRow>> {
  const { items, total } = await listRows<Pick<ReturnedRow, "returned">>(reading, {
    where: sql`d.status = 'RETURNED' AND ${WRITTEN} AND ${WHERE_I_ENTER}`,
    order: sql`d.updated_at DESC, d.id DESC`,
    extra: sql`, back.returned`,
    joins: sql`CROSS JOIN LATERAL (
      SELECT json_build_object('reason', s.reason_code, 'words', s.words,
        'at', to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'actor', json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)) AS returned
      FROM approval_steps s JOIN users u ON u.id = s.actor_id
      WHERE s.disbursement_id = d.id AND s.action = 'RETURN' ORDER BY s.id DESC LIMIT 1) back`,
  });
  return { items: items.map((row) => ({ ...toRow(row), returned: row.returned })), total };
}

/** In season now, paid by this organisation last year, nothing entered this year: perhaps forgotten. */
async function listDue({ db, scope, actor }: Reading, today: string): Promise<Workbench["due"]> {
  const homes = actor.memberships.filter((m) => m.role === "CLERK").map((m) => m.code);
  if (homes.length === 0) return [];
  const year = yearOf(today);
  const groupBy = ["organisation", "programme"] as const;
  const inSeason = await db.rows<{ code: string }>(sql`
    SELECT code FROM programmes WHERE active AND NOT contributory
      AND ${Number(today.slice(5, 7))} = ANY (season_months)`);
  const paid = await queryFigures({ db, scope, filter: { year: year - 1 }, groupBy });
  const begun = await queryFigures({
    db,
    scope,
    groupBy,
    filter: { year, status: ["draft", "submitted", "returned", "approved"] },
  });
  const seasonal = new Set(inSeason.map((one) => one.code));
  const key = (row: FigureRow) => `${row.organisation} ${row.programme}`;
  const entered = new Set(begun.rows.filter((row) => row.records > 0).map(key));
  return paid.rows.flatMap((row) => {
    const { organisation = "", programme = "", amountFen } = row;
    const due = homes.includes(organisation) && seasonal.has(programme) && !entered.has(key(row));
    return due && BigInt(amountFen) > 0n
      ? [{ organisation, programme, lastYearFen: amountFen }]
      : [];
  });
}

/** One person's working day, from one snapshot. */
export async function getWorkbench(reading: Reading & { now: Date }): Promise<Workbench> {
  const { db, scope, actor, now } = reading;
  const today = civilDateInChina(now);
  const year = yearOf(today);
  const single = scope.organisationIds.length === 1;
  const drafts = await listRows(reading, {
    where: sql`d.status = 'DRAFT' AND ${WRITTEN} AND ${WHERE_I_ENTER}
      AND ${actor.userId}::uuid IN (d.created_by, d.last_edited_by)`,
    order: sql`d.updated_at DESC, d.id DESC`,
  });
  const waiting = await listRows(reading, {
    where: sql`d.status = 'SUBMITTED' AND ${WRITTEN} AND ${WHERE_I_ENTER}`,
    order: sql`d.submitted_at, d.id`,
  });
  const approved = await listRows(reading, {
    where: sql`d.status = 'APPROVED' AND d.fiscal_year = ${year}`,
    order: sql`d.ledger_on DESC, d.id DESC`,
    uncounted: true,
  });
  return {
    year,
    drafts: rowsOf(drafts),
    returned: await listReturned(reading),
    waiting: rowsOf(waiting),
    approved: rowsOf(approved).items.slice(0, 8),
    queue: await countQueue(reading),
    due: await listDue(reading, today),
    balance: await queryBalance({
      db,
      scope,
      filter: { year },
      groupBy: single ? "fundSource" : "organisation",
    }),
  };
}
