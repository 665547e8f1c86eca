import "server-only";
import {
  civilYears,
  countedUpTo,
  leavesUnplaced,
  recordsBeyond,
  timeOf,
  type ResolvedFilter,
} from "@/lib/features/filter/queries";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import type { Position } from "@/lib/kernel/position";
import { columnName } from "@/lib/kernel/record-fields";
import { emptySql, joinSql, sql, wholeSql, type Sql } from "@/lib/platform/db";
import { recordsWithin, within } from "@/lib/platform/scope-sql";

/** The cells that a figure is summed from: of the rollups, of the records themselves, of an earlier position. */

/** What is asked of them. */
export type CellSet<Axis extends string = string> = {
  resolved: ResolvedFilter;
  groupBy: readonly Axis[];
  /** Narrows further, by a condition over `disbursements d`; then the records themselves are summed. */
  records?: Sql;
  /** The same records summed up already: whole ones, with the axes of the filter kept apart. */
  cells?: Sql;
};

/** The sums of a figure row: as the rollup spells them, as an answer does. */
const SUMMED = [
  ["records", "records"],
  ["unvalued_records", "unvalued"],
  ["estimated_records", "estimated"],
  ["without_money_records", "withoutMoney"],
  ["reversal_records", "reversals"],
  ["amount_fen", "amountFen"],
  ["named_records", "namedRecords"],
  ["named_fen", "namedFen"],
  ["named_persons", "namedPersons"],
  ["named_households", "namedHouseholds"],
  ...COUNT_UNITS.map((unit) => [columnName(unit), unit]),
] as [column: string, name: string][];
export const summed = (write: (column: string, name: string) => string): Sql =>
  sql([SUMMED.map(([column, name]) => write(column, name)).join(", ")]);

/** Rows like figure_rows, from the records themselves: for a set that no axis describes (a search). */
function recordRows({ resolved, groupBy, records = sql`true` }: CellSet): Sql {
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
      coalesce(p.amount_fen, 0) AS amount_fen, ${sql([counts.join(", ")])},
      n.net * d.named::int AS named_records, d.named::int * coalesce(p.amount_fen, 0) AS named_fen,
      d.named::int * coalesce(d.persons, 0) AS named_persons, d.named::int * coalesce(d.households, 0) AS named_households
    FROM disbursements d
    CROSS JOIN LATERAL (${whole} ${shares}) AS p (fund_source_id, amount_fen)
    CROSS JOIN LATERAL (SELECT CASE WHEN d.entry_kind = 'REVERSAL' AND d.status = 'APPROVED' THEN -1 ELSE 1 END AS net) AS n
    WHERE ${recordsWithin(resolved)} AND ${records} ${resolved.at ? sql`AND ${countedUpTo(resolved.at)}` : emptySql})`;
}

/** The cells of a set that no axis describes, where they are summed up already; shares are in no such sum. */
function foundRows({ resolved, groupBy, cells }: CellSet): Sql | undefined {
  if (!cells || resolved.fundSourceIds || groupBy.length > 0 || resolved.at) return undefined;
  return sql`(SELECT * FROM ${cells} AS c WHERE ${within(sql`c.organisation_id`, resolved)})`;
}

const TOTAL_NAMES = [
  ...["organisation_id", "fiscal_year", "month", "fund_source_id", "programme_id", "status"],
  ...SUMMED.map(([column]) => column),
];
const FINE_NAMES = [
  ...TOTAL_NAMES,
  ...["aid_category_id", "recipient_kind_id", "form", "campaign_id"],
];
const TOTAL_COLUMNS = sql([TOTAL_NAMES.join(", ")]);
const FINE_COLUMNS = sql([FINE_NAMES.join(", ")]);

type Side = "before" | "after";

/** Of the entries `e` of a table of positions: those on one side of one, by its index; of a statistics year, of both civil ones. */
function entriesOn(side: Side, resolved: ResolvedFilter, at: Position): Sql {
  const asked = civilYears(resolved);
  const years =
    asked.length === 0
      ? sql`= ANY (ARRAY(SELECT year FROM years))`
      : sql`IN (${joinSql(asked.map((year) => sql`${wholeSql(year)}::smallint`))})`;
  const there = sql([side === "before" ? "<=" : ">"]);
  return sql`e.root_id = ${wholeSql(at.rootId)} AND e.fiscal_year ${years} AND e.seq ${there} ${wholeSql(at.seq)}
    AND ${within(sql`e.organisation_id`, resolved)}`;
}

export const laterEntries = (resolved: ResolvedFilter, at: Position): Sql =>
  entriesOn("after", resolved, at);

/** What waits is kept for each year, programme and organisation; narrower, nobody knows what waited then. */
export const waitingIsKept = (resolved: ResolvedFilter): boolean =>
  resolved.at === undefined ||
  [
    resolved.month,
    resolved.throughMonth,
    resolved.yearAxis,
    resolved.aidCategoryIds,
    resolved.recipientKindIds,
    resolved.campaignIds,
    resolved.fundSourceIds,
    resolved.forms,
    resolved.countsAlone,
    recordsBeyond(resolved),
  ].every((narrowed) => narrowed === undefined);

/** What of the rows of a position its reader looks at. */
type Look = { isFine: boolean; bySource: boolean; byMonth: boolean };

/**
 * What came to count on one side of a position, and what moved there while it waited: of what came after, each taken out
 * again, beside the rows of now; of what came before, each put in, beside none. Where no source is looked at
 * the whole records are enough, added up before they are laid beside the rest: far back they are many.
 */
function rowsOn(side: Side, resolved: ResolvedFilter, at: Position, look: Look): Sql {
  const { isFine, bySource, byMonth } = look;
  const [into, out] = side === "before" ? [sql`1`, sql`-1`] : [sql`-1`, sql`1`];
  const there = entriesOn(side, resolved, at);
  const names = isFine ? FINE_NAMES : TOTAL_NAMES;
  const cells = bySource
    ? sql`guard.figure_cells(ROW(d.*)::disbursements, ${into})`
    : sql`guard.figure_cell(ROW(d.*)::disbursements, ${into}, 0, d.amount_fen)`;
  const from = sql`FROM ledger_entries e JOIN disbursements d ON d.id = e.disbursement_id
    CROSS JOIN LATERAL (SELECT c.* FROM ${cells} AS c) AS c WHERE ${there}`;
  const month = byMonth ? sql`c.month` : sql`-1::smallint`;
  const approved = isFine
    ? sql`SELECT ${sql([names.map((column) => `c.${column}`).join(", ")])} ${from}`
    : sql`SELECT c.organisation_id, c.fiscal_year, ${month}, c.fund_source_id, c.programme_id, c.status,
        ${summed((column) => `sum(c.${column})::bigint`)} ${from} GROUP BY 1, 2, 3, 4, 5, 6`;
  if (!waitingIsKept(resolved)) return approved;
  const counted = summed((column) =>
    column === "records" ? "sum(e.moves * s.n)::bigint" : "0::bigint",
  );
  const noAxes = isFine ? sql`, 0, 0, '', 0` : emptySql;
  return sql`${approved}
    UNION ALL SELECT e.organisation_id, e.fiscal_year, 0::smallint, 0, e.programme_id, s.status, ${counted} ${noAxes}
    FROM (SELECT e.organisation_id, e.fiscal_year, e.programme_id, e.from_status, e.to_status, count(*) AS moves
      FROM record_moves e WHERE ${there} GROUP BY 1, 2, 3, 4, 5) e
    CROSS JOIN LATERAL (VALUES (e.to_status, ${into}), (e.from_status, ${out})) AS s (status, n)
    WHERE s.status <> 'APPROVED' GROUP BY e.organisation_id, e.fiscal_year, e.programme_id, s.status`;
}

/** Whether less happened up to a position than after it. */
const isEarly = ({ seq, head }: Position): boolean => 2 * seq < head;

/**
 * The smallest rollup that can answer: figure_totals where neither category, kind, campaign nor form is asked for
 * (month -1 = whole years, year 0 = all of them), else figure_rollups. Unfolded deltas are in both. Of an early
 * position what had come to count is added up instead: that is less than what has since. The
 * places stand in each part: outside, the planner would read the whole rollup before it looked for them.
 */
export function rolledRows(resolved: ResolvedFilter, groupBy: readonly string[]): Sql {
  const { year, yearAxis, month, throughMonth } = resolved;
  const { aidCategoryIds, recipientKindIds, campaignIds } = resolved;
  const places = within(sql`organisation_id`, resolved);
  const fine = ["aidCategory", "recipientKind", "campaign", "form"] as const;
  const isFine =
    fine.some((axis) => groupBy.includes(axis)) ||
    (aidCategoryIds ?? recipientKindIds ?? campaignIds ?? resolved.forms) !== undefined;
  const byYear = groupBy.includes("year");
  const isMonths = yearAxis === "statistics" && (year !== undefined || byYear);
  const monthly =
    isMonths || month !== undefined || throughMonth !== undefined || groupBy.includes("month");
  const { at } = resolved;
  const look = {
    ...{ isFine, byMonth: monthly },
    bySource: groupBy.includes("fundSource") || resolved.fundSourceIds !== undefined,
  };
  if (at && isEarly(at))
    return sql`(SELECT * FROM (${rowsOn("before", resolved, at, look)}) AS r (${isFine ? FINE_COLUMNS : TOTAL_COLUMNS}))`;
  const later = at ? sql`UNION ALL ${rowsOn("after", resolved, at, look)}` : emptySql;
  if (isFine)
    return sql`(SELECT ${FINE_COLUMNS} FROM figure_rollups WHERE ${places}
      UNION ALL SELECT ${FINE_COLUMNS} FROM figure_deltas WHERE ${places} ${later})`;
  const civil = civilYears(resolved);
  const years =
    civil.length > 0
      ? sql`IN (${joinSql(civil.map(wholeSql))})`
      : monthly || byYear
        ? sql`> 0`
        : sql`= 0`;
  const grain = sql`month ${monthly ? sql`>= 0` : sql`= -1`} AND fiscal_year ${years}`;
  return sql`(SELECT ${TOTAL_COLUMNS} FROM figure_totals WHERE ${grain} AND ${places}
    UNION ALL SELECT ${TOTAL_COLUMNS} FROM figure_deltas WHERE ${places} ${later})`;
}

/** Over figure rows `f`: all but the places, which they were read by, and status, which decides a row's part. */
export function narrow(resolved: ResolvedFilter, time = timeOf(resolved, "f")): Sql[] {
  const { programmeIds, aidCategoryIds, recipientKindIds, campaignIds, forms } = resolved;
  return [
    ...time,
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
export function cellsOf({ resolved, groupBy, records }: CellSet): Cells {
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
export function partOf(resolved: ResolvedFilter, { row, whole }: Cells): Sql {
  const counted = resolved.statuses
    ? sql`f.status = ANY (${resolved.statuses}::text[])`
    : sql`f.status = 'APPROVED'`;
  const contributory = resolved.programmeIds
    ? sql`false`
    : sql`f.programme_id = ANY (ARRAY(SELECT id FROM programmes WHERE contributory))`;
  const waiting = waitingIsKept(resolved)
    ? sql`WHEN f.status IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'VOIDED') AND ${whole} THEN lower(f.status)`
    : emptySql;
  const waits = sql`f.status IN ('DRAFT', 'SUBMITTED', 'RETURNED') AND ${whole}`;
  // of no statistics year: beside its total, and in no row of it
  const unplaced = leavesUnplaced(resolved)
    ? sql`WHEN f.month = 0 THEN CASE
        WHEN ${counted} AND NOT ${contributory} THEN CASE WHEN ${whole} THEN 'unplaced' END
        ${waitingIsKept(resolved) ? sql`WHEN ${waits} THEN 'unplacedWaiting'` : emptySql} END`
    : emptySql;
  return sql`CASE
    ${unplaced}
    WHEN ${counted} AND ${contributory} THEN CASE WHEN ${whole} THEN 'contributory' END
    WHEN ${counted} THEN CASE WHEN ${row} THEN 'row' ELSE 'total' END
    ${waiting}
  END`;
}

/** The rows `f` of a set: summed up as they are found, else from the records, else from the smallest rollup. */
export const rowsOf = (set: CellSet): Sql =>
  foundRows(set) ?? (set.records ? recordRows(set) : rolledRows(set.resolved, set.groupBy));

/** What no rollup knows (kinds of amount, ranges) is asked of the records themselves. */
export function askable<Axis extends string>({
  cells,
  records,
  ...set
}: CellSet<Axis>): CellSet<Axis> {
  const beyond = recordsBeyond(set.resolved);
  if (!beyond) return { ...set, ...(records && { records }), ...(cells && { cells }) };
  return { ...set, records: records ? sql`${records} AND ${beyond}` : beyond };
}
