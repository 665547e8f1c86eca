import "server-only";
import { recordsBeyond, resolveFilter, type ResolvedFilter } from "@/lib/features/filter/queries";
import type { FigureFilter } from "@/lib/features/filter/types";
import { PREFECTURE_CODE, PREFECTURE_JOIN } from "@/lib/features/reference/queries";
import { listReceived, type ReceivedAxis } from "@/lib/features/received/queries";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import { columnName } from "@/lib/kernel/record-fields";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { Places, Scope } from "@/lib/kernel/scope";
import { emptySql, joinSql, sql, wholeSql, type Reader, type Sql } from "@/lib/platform/db";
import { recordsWithin, within } from "@/lib/platform/scope-sql";
import {
  addSums,
  balanceAxes,
  balanceRows,
  cellOf,
  compareAnswers,
  comparedPeriod,
  emptySums,
  leftOutOf,
  monthsOf,
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

const AXIS: Record<Axis, AxisSql> = {
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

/** The sums of a figure row: as the rollup spells them, as an answer does. */
const SUMMED = [
  ["records", "records"],
  ["unvalued_records", "unvalued"],
  ["estimated_records", "estimated"],
  ["without_money_records", "withoutMoney"],
  ["reversal_records", "reversals"],
  ["amount_fen", "amountFen"],
  ...COUNT_UNITS.map((unit) => [columnName(unit), unit]),
] as [column: string, name: string][];
const summed = (write: (column: string, name: string) => string): Sql =>
  sql([SUMMED.map(([column, name]) => write(column, name)).join(", ")]);

/** Rows like figure_rows, from the records themselves: for a set that no axis describes (a search). */
function rawRows({ resolved, groupBy, records = sql`true` }: FigureSet): Sql {
  const sources = resolved.fundSourceIds;
  const ofSources = sources
    ? sql`s.disbursement_id = d.id AND s.fund_source_id = ANY (${sources}::int[])`
    : sql`s.disbursement_id = d.id`;
  const whole = sources
    ? sql`SELECT 0, sum(s.amount_fen)::bigint FROM disbursement_shares s WHERE ${ofSources} HAVING count(*) > 0`
    : sql`SELECT 0, d.amount_fen`;
  // only who asks by source pays for a look at the shares of each
  const shares = groupBy.includes("fundSource")
    ? sql`UNION ALL SELECT s.fund_source_id, s.amount_fen FROM disbursement_shares s WHERE ${ofSources}`
    : emptySql;
  const counts = COUNT_UNITS.map(columnName).map((unit) => `coalesce(d.${unit}, 0) AS ${unit}`);
  return sql`(SELECT d.fiscal_year, d.month, d.organisation_id, d.programme_id,
      coalesce(d.aid_category_id, 0) AS aid_category_id, coalesce(d.recipient_kind_id, 0) AS recipient_kind_id,
      coalesce(d.form, '') AS form, coalesce(d.campaign_id, 0) AS campaign_id, p.fund_source_id, d.status, n.net AS records,
      n.net * (d.amount_kind = 'UNVALUED')::int AS unvalued_records,
      n.net * (d.amount_kind = 'ESTIMATED')::int AS estimated_records,
      n.net * (d.amount_kind = 'NONE')::int AS without_money_records, (n.net < 0)::int AS reversal_records,
      coalesce(p.amount_fen, 0) AS amount_fen, ${sql([counts.join(", ")])}
    FROM disbursements d
    CROSS JOIN LATERAL (${whole} ${shares}) AS p (fund_source_id, amount_fen)
    CROSS JOIN LATERAL (SELECT CASE WHEN d.entry_kind = 'REVERSAL' AND d.status = 'APPROVED' THEN -1 ELSE 1 END AS net) AS n
    WHERE ${recordsWithin(resolved)} AND ${records})`;
}

/** The cells of a set that no axis describes, where they are summed up already; shares are in no such sum. */
function foundRows({ resolved, groupBy, cells }: FigureSet): Sql | undefined {
  if (!cells || resolved.fundSourceIds || groupBy.length > 0) return undefined;
  return sql`(SELECT * FROM ${cells} AS c WHERE ${within(sql`c.organisation_id`, resolved)})`;
}

const TOTAL_COLUMNS = sql`organisation_id, fiscal_year, month, fund_source_id, programme_id, status,
  ${summed((column) => column)}`;
const FINE_COLUMNS = sql`${TOTAL_COLUMNS}, aid_category_id, recipient_kind_id, form, campaign_id`;

/**
 * The smallest rollup that can answer: figure_totals where neither category, kind, campaign nor form is asked for
 * (month -1 = whole years, year 0 = all of them), else figure_rollups. Unfolded deltas are in both. The
 * places stand in each part: outside, the planner would read the whole rollup before it looked for them.
 */
export function rolledRows(resolved: ResolvedFilter, groupBy: readonly Axis[]): Sql {
  const { year, month, throughMonth, aidCategoryIds, recipientKindIds, campaignIds } = resolved;
  const places = within(sql`organisation_id`, resolved);
  const fine = ["aidCategory", "recipientKind", "campaign", "form"] as const;
  const isFine = fine.some((axis) => groupBy.includes(axis));
  if (isFine || aidCategoryIds || recipientKindIds || campaignIds || resolved.forms)
    return sql`(SELECT ${FINE_COLUMNS} FROM figure_rollups WHERE ${places}
      UNION ALL SELECT ${FINE_COLUMNS} FROM figure_deltas WHERE ${places})`;
  const monthly = month !== undefined || throughMonth !== undefined || groupBy.includes("month");
  const apart = monthly || groupBy.includes("year");
  const years = year === undefined && apart ? sql`> 0` : sql`= ${wholeSql(year ?? 0)}`;
  const grain = sql`month ${monthly ? sql`>= 0` : sql`= -1`} AND fiscal_year ${years}`;
  return sql`(SELECT ${TOTAL_COLUMNS} FROM figure_totals WHERE ${grain} AND ${places}
    UNION ALL SELECT ${TOTAL_COLUMNS} FROM figure_deltas WHERE ${places})`;
}

/** Over figure rows `f`: all but the places, which they were read by, and status, which decides a row's part. */
export function narrow(resolved: ResolvedFilter): Sql[] {
  const { year, month, throughMonth, programmeIds, aidCategoryIds, recipientKindIds } = resolved;
  const { campaignIds, forms } = resolved;
  return [
    ...(year === undefined ? [] : [sql`f.fiscal_year = ${wholeSql(year)}`]),
    ...(month === undefined ? [] : [sql`f.month = ${month}`]),
    ...(throughMonth === undefined ? [] : [sql`f.month BETWEEN 1 AND ${throughMonth}::int`]),
    ...(programmeIds ? [sql`f.programme_id = ANY (${programmeIds}::int[])`] : []),
    ...(aidCategoryIds ? [sql`f.aid_category_id = ANY (${aidCategoryIds}::int[])`] : []),
    ...(recipientKindIds ? [sql`f.recipient_kind_id = ANY (${recipientKindIds}::int[])`] : []),
    ...(campaignIds ? [sql`f.campaign_id = ANY (${campaignIds}::int[])`] : []),
    ...(forms ? [sql`f.form = ANY (${forms}::text[])`] : []),
  ];
}

export const bitsOf = (sources: readonly number[]) => sources.reduce((b, id) => b | (1 << id), 0);

/** Which cells of the rollup a figure adds up, by what their fund_source_id says (prisma/sql/60-figures). */
type Cells = {
  /** Over `f`. */
  chosen: Sql;
  /** What "row", "total" and the parts left out are made of, each a condition over `f`. */
  row: Sql;
  whole: Sql;
  /** How often a cell's counts are added. */
  weight: Sql;
};

/**
 * Whole records (0); the shares of one source; or of several: then a record paid by n of them stands in n
 * cells, and the cell of its set of sources (negative, a bit a source) takes n − 1 out again.
 */
function cellsOf({ resolved, groupBy, records }: FigureSet): Cells {
  const sources = resolved.fundSourceIds ?? [];
  const bySource = groupBy.includes("fundSource");
  const once = { row: sql`true`, whole: sql`true`, weight: sql`1` };
  const share = sql`f.fund_source_id > 0`;
  const whole = sql`f.fund_source_id = 0`;
  if (sources.length === 0 || records) {
    if (!bySource) return { ...once, chosen: whole };
    return { ...once, chosen: sql`f.fund_source_id >= 0`, row: share, whole };
  }
  if (sources.length === 1) return { ...once, chosen: sql`f.fund_source_id = ${sources[0]}` };
  const among = sql`bit_count((-f.fund_source_id & ${bitsOf(sources)}::int)::bit(32))`;
  return {
    chosen: sql`(f.fund_source_id = ANY (${sources}::int[]) OR f.fund_source_id < 0 AND ${among} > 1)`,
    row: bySource ? share : sql`true`,
    whole: sql`true`,
    weight: sql`CASE WHEN ${share} THEN 1 ELSE 1 - ${among} END`,
  };
}

/** Which part of the answer a figure row belongs to; null = none: a status not asked for. */
function partOf(resolved: ResolvedFilter, { row, whole }: Cells): Sql {
  const counted = resolved.statuses
    ? sql`f.status = ANY (${resolved.statuses}::text[])`
    : sql`f.status = 'APPROVED'`;
  const contributory = resolved.programmeIds
    ? sql`false`
    : sql`f.programme_id = ANY (ARRAY(SELECT id FROM programmes WHERE contributory))`;
  return sql`CASE
    WHEN ${counted} AND ${contributory} THEN CASE WHEN ${whole} THEN 'contributory' END
    WHEN ${counted} THEN CASE WHEN ${row} THEN 'row' ELSE 'total' END
    WHEN f.status IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'VOIDED') AND ${whole} THEN lower(f.status)
  END`;
}

const glue = (pieces: Sql[]): Sql => (pieces.length ? joinSql(pieces, " ") : emptySql);

/** One set of the one statement behind every figure: what counts beside what is left out. */
function setSql(set: FigureSet, at: number): Sql {
  const { resolved, groupBy, records } = set;
  const rows = foundRows(set) ?? (records ? rawRows(set) : rolledRows(resolved, groupBy));
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
        ${summed((column, name) => `sum(f.${column}${name === "amountFen" ? "" : " * sort.weight"})::bigint AS "${name}"`)}
      FROM ${rows} f ${place}
      CROSS JOIN LATERAL (SELECT ${partOf(resolved, cells)} AS part, ${cells.weight} AS weight) sort
      WHERE ${joinSql([cells.chosen, ...narrow(resolved)], " AND ")} AND sort.part IS NOT NULL
      GROUP BY sort.part ${glue(keys.map((key) => sql`, ${key}`))}
      -- a rollup row whose records have all moved on stays behind with zeros; what was corrected away is a zero
      HAVING sum((f.records + 2 * f.reversal_records) * sort.weight) <> 0
    ) c ${glue(groupBy.map((axis) => AXIS[axis].join))}`;
}

const OTHERS = new Set<Part>(["draft", "submitted", "returned", "voided"]);

function answerOf(
  { resolved, groupBy, records }: FigureSet,
  rows: CellRow[],
  asOf: string,
): Answer {
  const counted = rows.filter((row) => row.part === "row");
  const whole = rows.filter((row) => row.part === "total");
  // of several sources, "total" holds what was counted more than once: see cellsOf
  const corrected = (resolved.fundSourceIds?.length ?? 0) > 1 && !records;
  const summed = whole.length === 0 ? counted : corrected ? [...counted, ...whole] : whole;
  const totals = summed.reduce((sum, row) => addSums(sum, sumsOf(row)), emptySums());
  return {
    rows: groupBy.length === 0 ? [] : counted.map((row) => cellOf(row, groupBy)),
    totals: totalsOf(totals),
    reversals: totals.reversals,
    listed: rows
      .filter(({ part }) => part === "contributory" || (!resolved.statuses && OTHERS.has(part)))
      .reduce((sum, row) => sum + vouchersOf(sumsOf(row)), vouchersOf(totals)),
    leftOut: leftOutOf(rows, totals),
    asOf,
  };
}

/** One answer among several asked for at once. */
export type FigureSet = {
  resolved: ResolvedFilter;
  groupBy: readonly Axis[];
  /** Narrows further, by a condition over `disbursements d`; then the records themselves are summed. */
  records?: Sql;
  /** The same records summed up already: whole ones, with the axes of the filter kept apart. */
  cells?: Sql;
};

/** What no rollup knows (kinds of amount, ranges) is asked of the records themselves. */
function askable({ cells, records, ...set }: FigureSet): FigureSet {
  const beyond = recordsBeyond(set.resolved);
  const groupBy = [...new Set(set.groupBy)];
  if (!beyond) return { ...set, groupBy, ...(records && { records }), ...(cells && { cells }) };
  return { ...set, groupBy, records: records ? sql`${records} AND ${beyond}` : beyond };
}

export type Answers<Sets> = { [set in keyof Sets]: Answer };

/** Several figures (years, axes) in one round trip; each as queryFigures would answer it. */
export async function figuresOf<const Sets extends readonly FigureSet[]>(
  db: Reader,
  asked: Sets,
  planned?: "once",
): Promise<Answers<Sets>> {
  const sets = asked.map(askable);
  const none = summed((_, name) => `NULL::bigint AS "${name}"`);
  const [head, ...found] = await db.rows<CellRow>(
    sql`
    SELECT -1 AS at, 0 AS line, NULL::text AS part, ${none}, ARRAY[to_json(now()) #>> '{}'] AS keys
    UNION ALL ${joinSql(sets.map(setSql), " UNION ALL ")} ORDER BY at, line`,
    planned,
  );
  const asOf = new Date(head?.keys[0] ?? Number.NaN).toISOString();
  return sets.map((set, at) =>
    answerOf(
      set,
      found.filter((row) => row.at === at),
      asOf,
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
  filter: FigureFilter;
  groupBy: readonly Axis[];
  records?: Sql;
}): Promise<Answer> {
  const { db, scope, filter, ...asked } = input;
  const resolved = await resolveFilter({ db, scope, filter });
  const [answer] = await figuresOf(db, [{ ...asked, resolved }]);
  return answer;
}

type BalanceAsked = { resolved: ResolvedFilter; groupBy: ReceivedAxis };

/** Which kinds of records the approved ones of a year are: invented ones are named wherever they are shown. */
export async function readOrigins(
  db: Reader,
  places: Places,
  years: readonly number[],
): Promise<Origins[]> {
  const has = (year: number, origin: string) => sql`EXISTS (SELECT FROM disbursements d
    WHERE ${recordsWithin(places)} AND d.fiscal_year = ${year}::smallint AND d.status = 'APPROVED' AND ${sql([origin])})`;
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
  filter: FigureFilter & { year: number };
  groupBy: readonly Axis[];
  compare: Compare;
  today: CivilDate;
}) {
  const { db, scope, filter, groupBy, compare, today } = input;
  const { year } = filter;
  const resolved = await resolveFilter({ db, scope, filter });
  const asked = comparedPeriod(year, today, compare);
  const [now, before] = await readOrigins(db, resolved, [year, year - 1]);
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
  };
}

/**
 * 到位 / 支出 / 结余 of a year: allotments not voided, approved relief, and what is left. Allotments made
 * for a contributory programme stand apart, as its spending does.
 */
export async function queryBalance(input: {
  db: Reader;
  scope: Scope;
  filter: { year: number; org?: string | undefined };
  groupBy: ReceivedAxis;
}): Promise<Balance> {
  const { db, scope, filter, groupBy } = input;
  const resolved = await resolveFilter({ db, scope, filter });
  const [spent] = await figuresOf(db, [{ resolved, groupBy: balanceAxes(groupBy) }]);
  return readBalance(db, { resolved, groupBy }, spent);
}
