import "server-only";
import { entryPlaces, resolveCodes } from "@/lib/features/reference/queries";
import type { Actor } from "@/lib/kernel/actor";
import { AppError } from "@/lib/kernel/app-error";
import { civilDateInChina, yearOf } from "@/lib/kernel/fiscal-year";
import type { Places, Scope } from "@/lib/kernel/scope";
import { emptySql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";
import { requireKeeper } from "./policy";
import { narrowed, standingOf } from "./rules";
import type { CalendarQuery, Expectation } from "./schema";
import type { ExpectedPeriod, NilDeclaration, PeriodFacts, StandingNil } from "./types";

const moment = (column: Sql) =>
  sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const chinaDay = (column: Sql) => sql`(${column} AT TIME ZONE 'Asia/Shanghai')::date`;

/** Over nil_declarations `n`. */
const NIL = sql`json_build_object(
  'id', n.id::text, 'organisation', no.code, 'programme', np.code, 'periodFrom', n.period_from::text,
  'periodTo', n.period_to::text, 'reason', n.reason_code, 'words', n.words,
  'declaredBy', json_build_object('id', nu.id, 'nameZh', nu.name_zh, 'nameEn', nu.name_en),
  'declaredAt', ${moment(sql`n.created_at`)}, 'end', lower(n.end_kind), 'endedAt', ${moment(sql`n.ended_at`)},
  'supersededBy', n.superseded_by::text, 'version', n.version)`;
const NIL_JOINS = sql`
  JOIN organisations no ON no.id = n.organisation_id JOIN programmes np ON np.id = n.programme_id
  JOIN users nu ON nu.id = n.created_by`;

/** Is the record `d` one of the period `x`: under a day of it, or over all of it? */
const OF_PERIOD = sql`(d.organisation_id, d.programme_id) = (x.organisation_id, x.programme_id)
  AND d.fiscal_year BETWEEN x.year - 1 AND x.year + 1
  AND (d.ledger_on BETWEEN x.period_from AND x.period_to OR d.starts_on <= x.period_from AND d.ends_on >= x.period_to)`;
const SENT = sql`d.status IN ('SUBMITTED', 'APPROVED')`;
const IN_IT = sql`d.ledger_on BETWEEN x.period_from AND x.period_to`;

type Asked = {
  db: Reader;
  places: Places;
  years: readonly number[];
  today: string;
  /** Over the expected period `x`. */
  where?: Sql;
};

/**
 * What is expected and where it stands, in one statement. When the first record of a period was sent is asked of the
 * steps only where the records themselves say it came late: a return moves their own time on.
 */
export async function listExpected(asked: Asked): Promise<ExpectedPeriod[]> {
  const { db, places, years, today, where } = asked;
  const rows = await db.rows<PeriodFacts & { organisation: string; programme: string }>(sql`
    WITH x AS MATERIALIZED (
      SELECT x.*, y.year FROM unnest(${years}::int[]) AS y (year)
      CROSS JOIN LATERAL guard.expected_periods(y.year) AS x
      WHERE ${within(sql`x.organisation_id`, places)} ${where ? sql`AND ${where}` : emptySql}
    ), entered AS (
      SELECT x.organisation_id, x.programme_id, x.period_from, x.due_on,
        count(*) FILTER (WHERE d.status = 'APPROVED' AND ${IN_IT})::int AS approved,
        count(*) FILTER (WHERE d.status = 'SUBMITTED' AND ${IN_IT})::int AS submitted,
        count(*) FILTER (WHERE d.status = 'RETURNED')::int AS returned,
        count(*) FILTER (WHERE d.status = 'DRAFT')::int AS draft,
        min(d.id) FILTER (WHERE ${SENT} AND NOT ${IN_IT}) AS covering,
        ${chinaDay(sql`min(d.submitted_at) FILTER (WHERE ${SENT})`)} AS sent_on
      FROM x JOIN guard.dated_entries d ON ${OF_PERIOD}
      GROUP BY x.organisation_id, x.programme_id, x.period_from, x.due_on
    ), first_sent AS (
      SELECT x.organisation_id, x.programme_id, x.period_from, ${chinaDay(sql`min(s.at)`)} AS sent_on
      FROM x JOIN entered e ON (e.organisation_id, e.programme_id, e.period_from)
        = (x.organisation_id, x.programme_id, x.period_from) AND e.sent_on > e.due_on
      JOIN guard.dated_entries d ON ${OF_PERIOD} AND ${SENT}
      JOIN approval_steps s ON s.disbursement_id = d.id AND s.action = 'SUBMIT'
      GROUP BY x.organisation_id, x.programme_id, x.period_from
    )
    SELECT o.code AS organisation, p.code AS programme, x.period_from::text AS "periodFrom",
      x.period_to::text AS "periodTo", x.due_on::text AS "dueOn",
      coalesce(e.approved, 0) AS approved, coalesce(e.submitted, 0) AS submitted,
      coalesce(e.returned, 0) AS returned, coalesce(e.draft, 0) AS draft,
      CASE WHEN e.approved + e.submitted = 0 THEN e.covering::text END AS covering,
      coalesce(f.sent_on, e.sent_on)::text AS "firstSentOn", coalesce(guard.takes_entries(y.status, y.reopened_until), false) AS "yearOpen", nil.nil
    FROM x JOIN organisations o ON o.id = x.organisation_id JOIN programmes p ON p.id = x.programme_id
    LEFT JOIN years y ON y.year = x.year
    LEFT JOIN entered e ON (e.organisation_id, e.programme_id, e.period_from) = (x.organisation_id, x.programme_id, x.period_from)
    LEFT JOIN first_sent f ON (f.organisation_id, f.programme_id, f.period_from) = (x.organisation_id, x.programme_id, x.period_from)
    LEFT JOIN LATERAL (
      SELECT ${NIL} AS nil FROM nil_declarations n ${NIL_JOINS}
      WHERE (n.organisation_id, n.programme_id) = (x.organisation_id, x.programme_id)
        AND n.period_from <= x.period_from AND n.period_to >= x.period_to
      ORDER BY n.end_kind IS NOT NULL, n.id DESC LIMIT 1) AS nil ON true
    ORDER BY o.code COLLATE "C", p.sort_order, p.id, x.period_from`);
  return rows.map((row) => standingOf(row, today));
}

type Asking = { db: Reader; scope: Scope; now: Date };

/** A year's calendar of a subtree; of everything in reach where none is named; narrowed to what is asked for. */
export async function getCalendar({ db, scope, now, query }: Asking & { query: CalendarQuery }) {
  const today = civilDateInChina(now);
  const year = query.year ?? yearOf(today);
  const { org, programme } = query;
  const places = await resolveCodes({ db, scope, asked: { org, programme } });
  const periods = await listExpected({ db, places, years: [year], today });
  return { year, today, items: narrowed(periods, query) };
}

/**
 * What the offices where this person enters records owe: what is due in January belongs to the year before, and a
 * winter to the year in which it ends.
 */
export async function listOwed(input: { db: Reader; actor: Actor; today: string }) {
  const { db, actor, today } = input;
  const homes = entryPlaces(actor).homes.map((home) => ({ ...home, alone: true as const }));
  if (homes.length === 0) return [];
  const year = yearOf(today);
  const places = { homes, everything: false };
  return listExpected({ db, places, years: [year - 1, year, year + 1], today });
}

/** What stands declared where this person enters records: a record of those days will take its place. */
export async function listStandingNils(db: Reader, actor: Actor): Promise<StandingNil[]> {
  const offices = entryPlaces(actor).homes.map((home) => ({ ...home, alone: true as const }));
  return db.rows<StandingNil>(sql`
    SELECT o.code AS organisation, p.code AS programme, n.period_from::text AS "periodFrom", n.period_to::text AS "periodTo"
    FROM nil_declarations n JOIN organisations o ON o.id = n.organisation_id JOIN programmes p ON p.id = n.programme_id
    WHERE n.end_kind IS NULL AND ${within(sql`n.organisation_id`, { homes: offices, everything: false })}
    ORDER BY n.period_to DESC LIMIT 100`);
}

/** A declaration in reach, with the path of the organisation it is of. */
export async function getNil(input: {
  db: Reader;
  scope: Scope;
  id: string;
}): Promise<NilDeclaration & { path: string }> {
  const { db, scope, id } = input;
  const [row] = await db.rows<{ nil: NilDeclaration; path: string }>(sql`
    SELECT ${NIL} AS nil, no.path FROM nil_declarations n ${NIL_JOINS}
    WHERE n.id = ${id}::bigint AND ${within(sql`n.organisation_id`, scope)}`);
  if (!row) throw new AppError("NOT_FOUND");
  return { ...row.nil, path: row.path };
}

type Kept = Omit<Expectation, "when"> & {
  repeats: Expectation["when"]["repeats"];
  fromMonth: number;
  fromDay: number;
  toMonth: number;
  toDay: number;
  dueMonth: number;
  dueDay: number;
};

const twoDigits = (n: number) => String(n).padStart(2, "0");
const monthDay = (month: number, day: number) => `${twoDigits(month)}-${twoDigits(day)}`;

function toExpectation(row: Kept): Expectation {
  const { repeats, fromMonth, fromDay, toMonth, toDay, dueMonth, dueDay, ...rest } = row;
  if (repeats === "never") return { ...rest, when: { repeats } };
  if (repeats === "monthly") return { ...rest, when: { repeats, fromMonth, toMonth, dueDay } };
  const from = monthDay(fromMonth, fromDay);
  const [to, due] = [monthDay(toMonth, toDay), monthDay(dueMonth, dueDay)];
  return { ...rest, when: { repeats, from, to, due } };
}

const EXPECTATIONS = sql`
  SELECT e.id::text, json_build_object('code', p.code, 'nameZh', p.name_zh, 'nameEn', p.name_en) AS programme,
    json_build_object('code', o.code, 'nameZh', o.name_zh, 'nameEn', o.name_en) AS organisation,
    e.owed_by AS "owedBy", lower(e.repeats) AS repeats, e.from_month AS "fromMonth", e.from_day AS "fromDay",
    e.to_month AS "toMonth", e.to_day AS "toDay", e.due_month AS "dueMonth", e.due_day AS "dueDay",
    e.first_year AS "firstYear", e.last_year AS "lastYear", e.source, e.active, e.version
  FROM expectations e JOIN programmes p ON p.id = e.programme_id JOIN organisations o ON o.id = e.organisation_id`;

export async function listExpectations({
  db,
  actor,
}: {
  db: Reader;
  actor: Actor;
}): Promise<Expectation[]> {
  requireKeeper(actor);
  const rows = await db.rows<Kept>(sql`${EXPECTATIONS}
    ORDER BY NOT e.active, p.sort_order, p.id, o.code COLLATE "C", e.first_year, e.from_month, e.id`);
  return rows.map(toExpectation);
}

export async function findExpectation(db: Reader, id: string): Promise<Expectation | undefined> {
  const [row] = await db.rows<Kept>(sql`${EXPECTATIONS} WHERE e.id = ${Number(id)}`);
  return row && toExpectation(row);
}
