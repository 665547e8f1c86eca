import "server-only";
import {
  askable,
  cellsOf,
  narrow,
  partOf,
  rowsOf,
  summed,
  waitingIsKept,
  type CellSet,
} from "@/lib/features/cells/queries";
import {
  countedUpTo,
  leavesUnplaced,
  resolveStamped,
  timeAndUnplaced,
  yearSql,
  type ResolvedFilter,
} from "@/lib/features/filter/queries";
import type { FigureFilter } from "@/lib/features/filter/types";
import { PREFECTURE_CODE, PREFECTURE_JOIN } from "@/lib/features/reference/queries";
import { listReceived, type ReceivedAxis } from "@/lib/features/received/queries";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import { civilDateInChina, type CivilDate } from "@/lib/kernel/fiscal-year";
import type { Position, Stamp } from "@/lib/kernel/position";
import { spanOfYear, type YearAxis } from "@/lib/kernel/year-axis";
import type { Places, Scope } from "@/lib/kernel/scope";
import { emptySql, joinSql, sql, wholeSql, type Reader, type Sql } from "@/lib/platform/db";
import { recordsWithin } from "@/lib/platform/scope-sql";
import {
  addSums,
  balanceAxes,
  balanceRows,
  cellOf,
  compareAnswers,
  comparedPeriod,
  emptySums,
  FIGURE_DEFINITION,
  leftOutOf,
  monthsOf,
  namedOf,
  sumsOf,
  totalsOf,
  vouchersOf,
  wholeOf,
  yearsCompare,
  type Answer,
  type CellRow,
  type Compare,
  type Origins,
  type Part,
} from "./rules";
import type { Axis, Balance } from "./types";

/** How an axis is grouped (over `f`), then joined, named and put in order (over the groups `c`). */
type AxisSql = { key: Sql; alias: Sql; join: Sql; value: Sql; order: Sql };

const coded = (key: Sql, alias: Sql, table: Sql, order = sql`sort_order`): AxisSql => ({
  key,
  alias,
  join: sql`LEFT JOIN ${table} x_${alias} ON x_${alias}.id = c.${alias}`,
  value: sql`coalesce(x_${alias}.code, '')`,
  order: sql`x_${alias}.${order}`,
});
const plain = (key: Sql, alias: Sql): AxisSql => ({
  key,
  alias,
  join: emptySql,
  value: sql`c.${alias}::text`,
  order: sql`c.${alias}`,
});

const CALENDAR: Record<Axis, AxisSql> = {
  organisation: coded(sql`f.organisation_id`, sql`organisation`, sql`organisations`, sql`code`),
  prefecture: plain(sql`place.prefecture`, sql`prefecture`),
  programme: coded(sql`f.programme_id`, sql`programme`, sql`programmes`),
  year: plain(sql`f.fiscal_year`, sql`year`),
  month: plain(sql`f.month`, sql`month`),
  fundSource: coded(sql`f.fund_source_id`, sql`source`, sql`fund_sources`),
  aidCategory: coded(sql`f.aid_category_id`, sql`category`, sql`aid_categories`),
  recipientKind: coded(sql`f.recipient_kind_id`, sql`recipient`, sql`recipient_kinds`),
  campaign: coded(sql`f.campaign_id`, sql`campaign`, sql`campaigns`, sql`code`),
  form: {
    ...plain(sql`f.form`, sql`form`),
    value: sql`lower(c.form)`,
    order: sql`array_position(${AID_FORMS.map((form) => form.toUpperCase())}::text[], c.form)`,
  },
};

/** In a statistics year October comes first; what lies in none of them (an unknown month) before all others. */
const STATISTICS: Record<Axis, AxisSql> = {
  ...CALENDAR,
  year: plain(yearSql("f", "statistics"), sql`year`),
  month: {
    ...CALENDAR.month,
    order: sql`CASE WHEN c.month = 0 THEN -1 ELSE (c.month + 2) % 12 END`,
  },
};

const glue = (pieces: Sql[]): Sql => (pieces.length ? joinSql(pieces, " ") : emptySql);

/** One set of the one statement behind every figure: what counts beside what is left out. */
function setSql(set: FigureSet, at: number): Sql {
  const { resolved, groupBy } = set;
  const AXIS = resolved.yearAxis === "statistics" ? STATISTICS : CALENDAR;
  const cells = cellsOf(set);
  const place = groupBy.includes("prefecture")
    ? sql`JOIN (SELECT o.id, ${PREFECTURE_CODE} AS prefecture FROM organisations o ${PREFECTURE_JOIN}) place
        ON place.id = f.organisation_id`
    : emptySql;
  const keys = groupBy.map((axis) => sql`CASE WHEN sort.part = 'row' THEN ${AXIS[axis].key} END`);
  const values = groupBy.map((axis) => AXIS[axis].value);
  const order = glue(groupBy.map((axis) => sql`, ${AXIS[axis].order}`));
  return sql`
    SELECT ${wholeSql(at)} AS at, (row_number() OVER (ORDER BY c.part ${order}))::int AS line, c.part,
      ${summed((_, name) => `c."${name}"`)}, ARRAY[${values.length ? joinSql(values) : emptySql}]::text[] AS keys
    FROM (
      SELECT sort.part ${glue(groupBy.map((axis, i) => sql`, ${keys[i]} AS ${AXIS[axis].alias}`))},
        ${summed((column, name) => `sum(f.${column}${name.endsWith("Fen") ? "" : " * sort.weight"})::bigint AS "${name}"`)}
      FROM ${rowsOf(set)} f ${place}
      CROSS JOIN LATERAL (SELECT ${partOf(resolved, cells)} AS part, ${cells.weight} AS weight) sort
      WHERE ${joinSql([cells.chosen, ...narrow(resolved, timeAndUnplaced(resolved))], " AND ")} AND sort.part IS NOT NULL
      GROUP BY sort.part ${glue(keys.map((key) => sql`, ${key}`))}
      -- a rollup row whose records have all moved on stays behind with zeros; what was corrected away is a zero
      HAVING sum((f.records + 2 * f.reversal_records) * sort.weight) <> 0
    ) c ${glue(groupBy.map((axis) => AXIS[axis].join))}`;
}

const OTHERS = new Set<Part>(["draft", "submitted", "returned", "voided"]);

type Head = { asOf: string; seq: number };

function answerOf({ resolved, groupBy, records }: FigureSet, rows: CellRow[], head: Head): Answer {
  const counted = rows.filter((row) => row.part === "row");
  const whole = rows.filter((row) => row.part === "total");
  // of several sources, "total" holds what was counted more than once: see cellsOf
  const corrected = (resolved.fundSourceIds?.length ?? 0) > 1 && !records;
  const summed = whole.length === 0 ? counted : corrected ? [...counted, ...whole] : whole;
  const totals = summed.reduce((sum, row) => addSums(sum, sumsOf(row)), emptySums());
  const { at } = resolved;
  return {
    rows: groupBy.length === 0 ? [] : counted.map((row) => cellOf(row, groupBy)),
    totals: totalsOf(totals),
    reversals: totals.reversals,
    named: namedOf(totals),
    listed: rows
      .filter(({ part }) => part === "contributory" || (!resolved.statuses && OTHERS.has(part)))
      .reduce((sum, row) => sum + vouchersOf(sumsOf(row)), vouchersOf(totals)),
    leftOut: leftOutOf(rows, totals, leavesUnplaced(resolved)),
    waitingKnown: waitingIsKept(resolved),
    ...(at ? { asOf: at.at, seq: at.seq } : head),
    definition: FIGURE_DEFINITION,
  };
}

/** One answer among several asked for at once. */
export type FigureSet = CellSet<Axis>;

export type Answers<Sets> = { [set in keyof Sets]: Answer };

/** What of a figure has a file to show: a condition over its records, since a file may come after the approval. */
export const EVIDENCED = sql`d.id IN (SELECT guard.evidenced_records())`;

/**
 * Several figures (years, axes) in one round trip; each as queryFigures would answer it. Where in the chain they stand
 * is read in the same statement: the stamp of an answer is never a clock.
 */
export async function figuresOf<const Sets extends readonly FigureSet[]>(
  db: Reader,
  asked: Sets,
  planned?: "once",
): Promise<Answers<Sets>> {
  const sets = asked.map((set) => askable({ ...set, groupBy: [...new Set(set.groupBy)] }));
  const none = summed((_, name) => `NULL::bigint AS "${name}"`);
  const [first, ...found] = await db.rows<CellRow>(
    sql`
    SELECT -1 AS at, 0 AS line, NULL::text AS part, ${none}, ARRAY[to_json(h.at) #>> '{}', h.seq::text] AS keys
    FROM guard.chain_head() h
    UNION ALL ${joinSql(sets.map(setSql), " UNION ALL ")} ORDER BY at, line`,
    planned,
  );
  const [at, seq] = first?.keys ?? [];
  const head = { asOf: new Date(at ?? Number.NaN).toISOString(), seq: Number(seq) };
  return sets.map((set, n) =>
    answerOf(
      set,
      found.filter((row) => row.at === n),
      head,
    ),
  ) as Answers<Sets>;
}

/**
 * The one definition of every number. Counts approved records (or the statuses asked for) of the
 * reader's organisations ∩ the filter; contributory programmes only where asked for by name.
 *
 * By fund source, a row's amount is that source's shares, so the rows' amounts sum to the total; its
 * records and counts are those of every record the source takes part in, so they do not: a record
 * paid by two sources stands in both rows and once in the totals.
 */
export async function queryFigures(input: {
  db: Reader;
  scope: Scope;
  filter: FigureFilter & Stamp;
  groupBy: readonly Axis[];
  records?: Sql;
}): Promise<Answer> {
  const { db, scope, filter, ...asked } = input;
  const resolved = await resolveStamped({ db, scope, filter });
  const [answer] = await figuresOf(db, [{ ...asked, resolved }]);
  return answer;
}

type BalanceAsked = { resolved: ResolvedFilter; groupBy: ReceivedAxis };

/**
 * Which kinds of records the approved ones of a year are, or were at a position: invented ones are named wherever they
 * are shown.
 */
export async function readOrigins(
  db: Reader,
  places: Places & { at?: Position | undefined },
  years: readonly number[],
  yearAxis?: YearAxis,
): Promise<Origins[]> {
  const then = places.at ? sql`AND ${countedUpTo(places.at)}` : emptySql;
  const lies = (year: number) => {
    if (yearAxis !== "statistics") return sql`d.fiscal_year = ${year}::smallint`;
    const { from, to } = spanOfYear(yearAxis, year);
    return sql`d.ledger_on BETWEEN ${from}::date AND ${to}::date AND d.month > 0`;
  };
  const has = (year: number, origin: string) => sql`EXISTS (SELECT FROM disbursements d
    WHERE ${recordsWithin(places)} AND ${lies(year)} AND d.status = 'APPROVED' AND ${sql([origin])} ${then})`;
  const rows = years.map(
    (year) => sql`SELECT ${has(year, "d.origin <> 'ENTERED' AND d.origin = 'DEMO'")} AS demo,
      ${has(year, "d.origin <> 'ENTERED' AND d.origin = 'PUBLISHED'")} AS published,
      ${has(year, "true")} AS any`,
  );
  return db.rows<Origins>(joinSql(rows, " UNION ALL "));
}

/** Figures of a year, each row beside the same part of the year before; null where the years are not compared. */
export async function queryComparison(input: {
  db: Reader;
  scope: Scope;
  filter: FigureFilter & Stamp & { year: number };
  groupBy: readonly Axis[];
  compare: Compare;
  today: CivilDate;
}) {
  const { db, scope, filter, groupBy, compare, today } = input;
  const { year, yearAxis } = filter;
  const resolved = await resolveStamped({ db, scope, filter });
  const { at } = resolved;
  const asked = comparedPeriod(
    year,
    at ? civilDateInChina(new Date(at.at)) : today,
    compare,
    yearAxis,
  );
  const [now, before] = await readOrigins(db, resolved, [year, year - 1], yearAxis);
  const period = asked && now && before && yearsCompare(now, before) ? asked : null;
  const part = { ...resolved, throughMonth: period ? monthsOf(period) : 0 };
  const [whole, same, last] = await figuresOf(db, [
    { resolved, groupBy },
    { resolved: part, groupBy },
    { resolved: { ...part, year: year - 1 }, groupBy },
  ]);
  return { ...compareAnswers(groupBy, { whole, same, last }), compare: period };
}

/** What was received beside what `figures` (of the same filter, by balanceAxes) say was spent. */
export async function readBalance(
  db: Reader,
  { resolved, groupBy }: BalanceAsked,
  figures: Answer,
): Promise<Balance> {
  const received = await listReceived(db, groupBy, resolved);
  return {
    ...balanceRows(groupBy, received, { rows: figures.rows, total: wholeOf(figures) }),
    asOf: figures.asOf,
    seq: figures.seq,
    definition: figures.definition,
  };
}

/**
 * 到位 / 支出 / 结余 of a year: allotments not voided, approved relief, and what is left. Allotments made
 * for a contributory programme stand apart, as its spending does.
 */
export async function queryBalance(input: {
  db: Reader;
  scope: Scope;
  filter: { year: number; org?: string | undefined } & Stamp;
  groupBy: ReceivedAxis;
}): Promise<Balance> {
  const { db, scope, filter, groupBy } = input;
  const resolved = await resolveStamped({ db, scope, filter });
  const [spent] = await figuresOf(db, [{ resolved, groupBy: balanceAxes(groupBy) }]);
  return readBalance(db, { resolved, groupBy }, spent);
}
