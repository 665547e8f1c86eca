import "server-only";
import {
  ROW_COLUMNS,
  ROW_JOINS,
  toRow,
  type RowRecord,
} from "@/lib/features/disbursements/queries";
import { listOwed } from "@/lib/features/calendar/queries";
import type { ExpectedPeriod } from "@/lib/features/calendar/types";
import { figuresOf, readBalance } from "@/lib/features/figures/queries";
import { balanceAxes } from "@/lib/features/figures/rules";
import type { Answer } from "@/lib/features/figures/rules";
import { resolveFilter } from "@/lib/features/filter/queries";
import { knownSum } from "@/lib/kernel/known";
import type { FigureRow } from "@/lib/features/figures/types";
import { listNotices } from "@/lib/features/notices/queries";
import { entryPlaces, getPageReference } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import { listReviewQueue } from "@/lib/features/review/queries";
import { hasRole, type Actor } from "@/lib/kernel/actor";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import type { Scope } from "@/lib/kernel/scope";
import { recordsWithin, within } from "@/lib/platform/scope-sql";
import { joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import type { Counted, ReturnedRow, WaitingRow, Workbench } from "./types";

/** Whatever has been begun: everything but what was voided. */
const STANDING = ["DRAFT", "SUBMITTED", "RETURNED", "APPROVED"];

type Reading = { db: Reader; scope: Scope; actor: Actor };

/** A correction is listed once, by the half that is written: not by its reversal. */
const WRITTEN = sql`(d.entry_kind <> 'REVERSAL' OR NOT EXISTS (
  SELECT FROM adjustments a WHERE a.reversal_id = d.id AND a.replacement_id IS NOT NULL))`;

type List = { part: "drafts" | "returned" | "waiting" | "approved"; where: Sql; order: Sql };

/** What this person works on, and what was passed lately. */
function listsFor({ actor, scope }: Reading, year: number): List[] {
  const latest = sql`d.updated_at DESC, d.id DESC`;
  const approved: List = {
    part: "approved",
    where: sql`${recordsWithin(scope)} AND d.status = 'APPROVED' AND d.fiscal_year = ${year}`,
    order: sql`d.ledger_on DESC, d.id DESC`,
  };
  if (!hasRole(actor, ["CLERK"])) return [approved];
  const waiting = sql`${within(sql`d.organisation_id`, scope)} AND ${within(sql`d.organisation_id`, entryPlaces(actor))}`;
  const mine = sql`${actor.userId}::uuid IN (d.created_by, d.last_edited_by, d.submitted_by)`;
  const entered = (status: Sql) => sql`${waiting} AND d.status = ${status} AND ${WRITTEN}`;
  return [
    approved,
    { part: "drafts", where: sql`${entered(sql`'DRAFT'`)} AND ${mine}`, order: latest },
    { part: "returned", where: entered(sql`'RETURNED'`), order: latest },
    { part: "waiting", where: entered(sql`'SUBMITTED'`), order: sql`d.submitted_at, d.id` },
  ];
}

type Listed = RowRecord &
  Pick<ReturnedRow, "returned"> &
  Pick<WaitingRow, "opened"> & { part: List["part"]; total: number };

/** The first rows of each list and how many there are, in one statement. */
async function readLists(reading: Reading, year: number) {
  const { db } = reading;
  const parts = listsFor(reading, year).map(({ part, where, order }) => {
    const all = sql`disbursements d WHERE ${where}`;
    // nobody counts what was approved: it is nearly everything
    const total = part === "approved" ? sql`0` : sql`(SELECT count(*)::int FROM ${all})`;
    return sql`(SELECT ${part} AS part, ${total} AS total, row_number() OVER (ORDER BY ${order}) AS place, d.*
      FROM (SELECT d.* FROM ${all} ORDER BY ${order} LIMIT ${part === "approved" ? 8 : 20}) d)`;
  });
  const rows = await db.rows<Listed>(sql`
    SELECT ${ROW_COLUMNS}, d.part, d.total, back.returned,
      d.part = 'waiting' AND EXISTS (SELECT FROM approval_steps s WHERE s.disbursement_id = d.id
        AND s.action IN ('OPEN', 'APPROVE') AND s.round = (SELECT count(*) FROM approval_steps x
          WHERE x.disbursement_id = d.id AND x.action = 'SUBMIT')) AS opened
    FROM (${joinSql(parts, " UNION ALL ")}) d ${ROW_JOINS}
    LEFT JOIN LATERAL (
      SELECT json_build_object('reason', s.reason_code, 'words', s.words,
        'at', to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'actor', json_build_object('id', u.id, 'nameZh', u.name_zh, 'nameEn', u.name_en)) AS returned
      FROM approval_steps s JOIN users u ON u.id = s.actor_id
      WHERE s.disbursement_id = d.id AND s.action = 'RETURN' ORDER BY s.id DESC LIMIT 1) back ON d.part = 'returned'
    ORDER BY d.part, d.place`);
  const of = <Row>(part: List["part"], as: (row: Listed) => Row): Counted<Row> => {
    const items = rows.filter((row) => row.part === part);
    return { items: items.map(as), total: items[0]?.total ?? 0 };
  };
  return {
    drafts: of("drafts", toRow),
    returned: of("returned", (row) => ({ ...toRow(row), returned: row.returned })),
    waiting: of("waiting", (row) => ({ ...toRow(row), opened: row.opened })),
    approved: of("approved", toRow).items,
  };
}

type Season = {
  reference: Reference;
  today: string;
  homes: readonly string[];
  /** Of which the calendar tells. */
  expected: readonly ExpectedPeriod[];
};

/** In season now, paid by this organisation last year, nothing entered this year: perhaps forgotten. */
function forgottenOf(
  { reference, today, homes, expected }: Season,
  [paid, begun]: readonly [Answer, Answer],
): Workbench["forgotten"] {
  const month = Number(today.slice(5, 7));
  const seasonal = new Set(
    reference.programmes
      .filter((one) => one.active && !one.contributory && one.seasonMonths.includes(month))
      .map((one) => one.code),
  );
  const key = (row: Pick<FigureRow, "organisation" | "programme">) =>
    `${row.organisation} ${row.programme}`;
  const asked = new Set(expected.map(key));
  const entered = new Set(begun.rows.filter((row) => row.records > 0).map(key));
  return paid.rows.flatMap((row) => {
    const { organisation = "", programme = "" } = row;
    const due =
      homes.includes(organisation) &&
      seasonal.has(programme) &&
      !entered.has(key(row)) &&
      !asked.has(key(row));
    return due && row.records > 0 ? [{ organisation, programme, lastYear: knownSum(row) }] : [];
  });
}

/** One person's working day, from one snapshot. */
export async function getWorkbench(reading: Reading & { now: Date }): Promise<Workbench> {
  const { db, scope, actor, now } = reading;
  const today = civilDateInChina(now);
  const year = yearOf(today);
  const [home, ...others] = scope.homes;
  const balanceBy = home?.leaf && others.length === 0 ? "fundSource" : "organisation";
  const resolved = await resolveFilter({ db, scope, filter: { year } });
  const programmes = ["organisation", "programme"] as const;
  const [spent, ...season] = await figuresOf(db, [
    { resolved, groupBy: balanceAxes(balanceBy) },
    { resolved: { ...resolved, year: year - 1 }, groupBy: programmes },
    { resolved: { ...resolved, statuses: STANDING }, groupBy: programmes },
  ]);
  const lists = await readLists(reading, year);
  const queue = await listReviewQueue(reading);
  const balance = await readBalance(db, { resolved, groupBy: balanceBy }, spent);
  const listed = [lists.drafts, lists.returned, lists.waiting].flatMap(({ items }) => items);
  const rows = [...listed, ...lists.approved, ...queue.items.map(({ record }) => record)];
  const expected = await listOwed({ db, actor, today });
  const notices = await listNotices({ ...reading, owed: expected });
  const named = [...rows, ...balance.rows, ...notices.items].map(
    ({ organisation }) => organisation,
  );
  const reference = await getPageReference({ ...reading, named });
  const homes = actor.memberships.filter((m) => m.role === "CLERK").map((m) => m.code);
  return {
    year,
    reference,
    ...lists,
    queue,
    owed: expected.filter(({ state }) => state === "due" || state === "late"),
    notices,
    forgotten: forgottenOf({ reference, today, homes, expected }, season),
    totals: spent.totals,
    leftOut: spent.leftOut,
    balance,
  };
}
