import "server-only";
import { AppError, type FieldErrors } from "@/lib/kernel/app-error";
import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import type { Scope } from "@/lib/kernel/scope";
import { emptySql, joinSql, sql, type Reader, type Sql } from "@/lib/platform/db";
import { addSums, balanceOf, emptySums, totalsOf, type FigureCell, type Sums } from "./rules";
import type { Axis, Balance, BalanceRow, FigureFilter, Figures, LeftOut } from "./types";

/** A filter with its codes resolved: what the database can compare. Absent = not narrowed. */
export type ResolvedFilter = {
  organisationIds: number[];
  year: number | undefined;
  month: number | undefined;
  programmeIds: number[] | undefined;
  aidCategoryIds: number[] | undefined;
  recipientKindIds: number[] | undefined;
  fundSourceIds: number[] | undefined;
  forms: string[] | undefined;
  /** The statuses asked for, as the database spells them; undefined = none asked for. */
  statuses: string[] | undefined;
};

const CODED = {
  programme: sql`programmes`,
  aidCategory: sql`aid_categories`,
  recipientKind: sql`recipient_kinds`,
  fundSource: sql`fund_sources`,
} as const;
type CodedAxis = keyof typeof CODED;
const PLACES = ["org", "organisation", "prefecture"] as const;
type Place = (typeof PLACES)[number];

/** The prefecture of organisation `o`: its own or its ancestor's code, else that of the province. */
const PREFECTURE_JOIN = sql`
  JOIN organisations province ON province.id = split_part(o.path, '/', 2)::int
  LEFT JOIN organisations prefecture ON prefecture.kind = 'PREFECTURE'
    AND prefecture.id = NULLIF(split_part(o.path, '/', 3), '')::int`;
const PREFECTURE_CODE = sql`coalesce(prefecture.code, province.code)`;

function placeLookup(place: Place, code: string): Sql {
  if (place === "org")
    return sql`SELECT 'org' AS axis, top.code, o.id, o.id = top.id AS itself FROM organisations top
      JOIN organisations o ON starts_with(o.path, top.path) WHERE top.code = ${code}`;
  if (place === "organisation")
    return sql`SELECT 'organisation' AS axis, o.code, o.id, true AS itself
      FROM organisations o WHERE o.code = ${code}`;
  return sql`SELECT 'prefecture' AS axis, ${code} AS code, o.id, false AS itself
    FROM organisations o ${PREFECTURE_JOIN} WHERE ${PREFECTURE_CODE} = ${code}`;
}

type Found = { axis: string; code: string; id: number; itself: boolean };

/** Organisations of the scope that the filter leaves; a place the reader may not see is NOT_FOUND. */
function narrowPlaces(scope: Scope, filter: FigureFilter, found: Found[], errors: FieldErrors) {
  let ids = [...scope.organisationIds];
  for (const place of PLACES) {
    const code = filter[place];
    if (code === undefined) continue;
    const rows = found.filter((row) => row.axis === place);
    if (rows.length === 0) errors[place] = [{ key: "unknownCode", values: { value: code } }];
    const inPlace = new Set(rows.map((row) => row.id));
    const readable = new Set(scope.organisationIds);
    const seen =
      place === "prefecture"
        ? rows.some((row) => readable.has(row.id))
        : rows.some((row) => row.itself && readable.has(row.id));
    if (rows.length > 0 && !seen) throw new AppError("NOT_FOUND");
    ids = ids.filter((id) => inPlace.has(id));
  }
  return ids;
}

/**
 * Turns codes into ids, in the reader's scope. Unknown code: VALIDATION naming the field. An
 * organisation outside the scope: NOT_FOUND, whether it exists or not matters to nobody.
 */
export async function resolveFilter(input: {
  db: Reader;
  scope: Scope;
  filter: FigureFilter;
}): Promise<ResolvedFilter> {
  const { db, scope, filter } = input;
  if (scope.organisationIds.length === 0) throw new AppError("FORBIDDEN");
  const axes = (Object.keys(CODED) as CodedAxis[]).filter((axis) => filter[axis]?.length);
  const lookups = [
    ...PLACES.flatMap((place) => (filter[place] ? [placeLookup(place, filter[place])] : [])),
    ...axes.map(
      (axis) => sql`SELECT ${axis} AS axis, code, id, true AS itself FROM ${CODED[axis]}
        WHERE code = ANY (${filter[axis]}::text[])`,
    ),
  ];
  const found = lookups.length ? await db.rows<Found>(joinSql(lookups, " UNION ALL ")) : [];
  const errors: FieldErrors = {};
  const organisationIds = narrowPlaces(scope, filter, found, errors);
  const ids = (axis: CodedAxis) => {
    const asked = filter[axis];
    if (!asked?.length) return undefined;
    const rows = found.filter((row) => row.axis === axis);
    const unknown = asked.find((code) => !rows.some((row) => row.code === code));
    if (unknown !== undefined) errors[axis] = [{ key: "unknownCode", values: { value: unknown } }];
    return rows.map((row) => row.id);
  };
  const resolved: ResolvedFilter = {
    organisationIds,
    year: filter.year,
    month: filter.month,
    programmeIds: ids("programme"),
    aidCategoryIds: ids("aidCategory"),
    recipientKindIds: ids("recipientKind"),
    fundSourceIds: ids("fundSource"),
    forms: filter.form?.length ? filter.form.map((form) => form.toUpperCase()) : undefined,
    statuses: filter.status?.length ? filter.status.map((s) => s.toUpperCase()) : undefined,
  };
  if (Object.keys(errors).length > 0) throw new AppError("VALIDATION", { fieldErrors: errors });
  return resolved;
}

/** How an axis is grouped (over `f`), then joined, named and put in order (over the groups `c`). */
type AxisSql = { key: Sql; alias: Sql; join: Sql; value: Sql; order: Sql };

const coded = (key: Sql, alias: Sql, table: Sql, x: Sql, order = sql`sort_order`): AxisSql => ({
  key,
  alias,
  join: sql`LEFT JOIN ${table} ${x} ON ${x}.id = c.${alias}`,
  value: sql`coalesce(${x}.code, '') AS ${alias}`,
  order: sql`${x}.${order}`,
});
const plain = (key: Sql, alias: Sql): AxisSql => ({
  key,
  alias,
  join: emptySql,
  value: sql`c.${alias}`,
  order: sql`c.${alias}`,
});

const AXIS: Record<Axis, AxisSql> = {
  organisation: coded(
    sql`f.organisation_id`,
    sql`organisation`,
    sql`organisations`,
    sql`x1`,
    sql`code`,
  ),
  prefecture: plain(sql`place.prefecture`, sql`prefecture`),
  programme: coded(sql`f.programme_id`, sql`programme`, sql`programmes`, sql`x2`),
  month: plain(sql`f.month`, sql`month`),
  fundSource: coded(sql`f.fund_source_id`, sql`"fundSource"`, sql`fund_sources`, sql`x3`),
  aidCategory: coded(sql`f.aid_category_id`, sql`"aidCategory"`, sql`aid_categories`, sql`x4`),
  recipientKind: coded(
    sql`f.recipient_kind_id`,
    sql`"recipientKind"`,
    sql`recipient_kinds`,
    sql`x5`,
  ),
  form: {
    ...plain(sql`f.form`, sql`form`),
    value: sql`lower(c.form) AS form`,
    order: sql`array_position(${AID_FORMS.map((form) => form.toUpperCase())}::text[], c.form)`,
  },
};

const SUMS = sql`sum(f.records)::bigint AS records, sum(f.unvalued_records)::bigint AS unvalued,
  sum(f.estimated_records)::bigint AS estimated, sum(f.amount_fen)::bigint AS "amountFen",
  sum(f.households)::bigint AS households, sum(f.persons)::bigint AS persons,
  sum(f.person_times)::bigint AS "personTimes", sum(f.packs)::bigint AS packs,
  sum(f.employers)::bigint AS employers, sum(f.sessions)::bigint AS sessions,
  sum(f.posts)::bigint AS posts`;

/** Rows like figure_rows, from the records themselves: for a set that no axis describes (a search), and
 * for several fund sources at once, where a record must not count twice. */
function rawRows(resolved: ResolvedFilter, records: Sql | undefined): Sql {
  const sources = resolved.fundSourceIds;
  const ofSources = sources
    ? sql`s.disbursement_id = d.id AND s.fund_source_id = ANY (${sources}::int[])`
    : sql`s.disbursement_id = d.id`;
  const whole = sources
    ? sql`SELECT 0, sum(s.amount_fen)::bigint FROM disbursement_shares s WHERE ${ofSources} HAVING count(*) > 0`
    : sql`SELECT 0, d.amount_fen`;
  return sql`(SELECT d.fiscal_year, d.month, d.organisation_id, d.programme_id,
      coalesce(d.aid_category_id, 0) AS aid_category_id, coalesce(d.recipient_kind_id, 0) AS recipient_kind_id,
      coalesce(d.form::text, '') AS form, p.fund_source_id, d.status, 1 AS records,
      (d.amount_kind = 'UNVALUED')::int AS unvalued_records, (d.amount_kind = 'ESTIMATED')::int AS estimated_records,
      coalesce(p.amount_fen, 0) AS amount_fen, coalesce(d.households, 0) AS households,
      coalesce(d.persons, 0) AS persons, coalesce(d.person_times, 0) AS person_times,
      coalesce(d.packs, 0) AS packs, coalesce(d.employers, 0) AS employers,
      coalesce(d.sessions, 0) AS sessions, coalesce(d.posts, 0) AS posts
    FROM disbursements d
    CROSS JOIN LATERAL (${whole} UNION ALL
      SELECT s.fund_source_id, s.amount_fen FROM disbursement_shares s WHERE ${ofSources}
    ) AS p (fund_source_id, amount_fen)
    WHERE ${records ?? sql`true`})`;
}

const TOTAL_COLUMNS = sql`organisation_id, fiscal_year, month, fund_source_id, programme_id, status, records,
  unvalued_records, estimated_records, amount_fen, households, persons, person_times, packs, employers,
  sessions, posts`;

/**
 * The smallest rollup that can answer: figure_totals where neither category, kind nor form is asked for
 * (month -1 = whole years, year 0 = all of them), else figure_rows. Unfolded deltas are in both.
 */
function rolledRows(resolved: ResolvedFilter, groupBy: readonly Axis[]): Sql {
  const { year, month, aidCategoryIds, recipientKindIds, forms } = resolved;
  const fine = groupBy.some((axis) => ["aidCategory", "recipientKind", "form"].includes(axis));
  if (fine || aidCategoryIds || recipientKindIds || forms) return sql`figure_rows`;
  const monthly = month !== undefined || groupBy.includes("month");
  const grain = monthly
    ? sql`month >= 0 AND fiscal_year ${year === undefined ? sql`> 0` : sql`= ${year}`}`
    : sql`month = -1 AND fiscal_year = ${year ?? 0}`;
  return sql`(SELECT ${TOTAL_COLUMNS} FROM figure_totals WHERE ${grain}
    UNION ALL SELECT ${TOTAL_COLUMNS} FROM figure_deltas)`;
}

/** Where clause over figure rows `f`: everything but status, which decides the part a row belongs to. */
function narrow(resolved: ResolvedFilter): Sql[] {
  const { year, month, programmeIds, aidCategoryIds, recipientKindIds, forms } = resolved;
  return [
    sql`f.organisation_id = ANY (${resolved.organisationIds}::int[])`,
    ...(year === undefined ? [] : [sql`f.fiscal_year = ${year}`]),
    ...(month === undefined ? [] : [sql`f.month = ${month}`]),
    ...(programmeIds ? [sql`f.programme_id = ANY (${programmeIds}::int[])`] : []),
    ...(aidCategoryIds ? [sql`f.aid_category_id = ANY (${aidCategoryIds}::int[])`] : []),
    ...(recipientKindIds ? [sql`f.recipient_kind_id = ANY (${recipientKindIds}::int[])`] : []),
    ...(forms ? [sql`f.form = ANY (${forms}::text[])`] : []),
  ];
}

/** Statuses that count: those asked for, else approved alone. */
export const countedStatuses = (resolved: ResolvedFilter): string[] =>
  resolved.statuses ?? ["APPROVED"];

type Part = "row" | "total" | "draft" | "submitted" | "returned" | "contributory";
type CellRow = { part: Part | null; asOf: Date } & Record<
  "records" | "unvalued" | "estimated" | "amountFen" | CountUnit,
  bigint
> &
  Partial<Record<Axis, string | number>>;

/** Which part of the answer a figure row belongs to; null = none (voided, or a status not asked for). */
function partOf(resolved: ResolvedFilter, splitTotal: boolean): Sql {
  const whole = splitTotal ? sql`f.fund_source_id = 0` : sql`true`;
  const counted = sql`f.status = ANY (${countedStatuses(resolved)}::text[])`;
  const contributory = resolved.programmeIds
    ? sql`false`
    : sql`f.programme_id = ANY (ARRAY(SELECT id FROM programmes WHERE contributory))`;
  return sql`CASE
    WHEN ${contributory} THEN CASE WHEN ${counted} AND ${whole} THEN 'contributory' END
    WHEN ${counted} THEN ${splitTotal ? sql`CASE WHEN ${whole} THEN 'total' ELSE 'row' END` : sql`'row'`}
    WHEN f.status IN ('DRAFT', 'SUBMITTED', 'RETURNED') AND ${whole} THEN lower(f.status::text)
  END`;
}

const glue = (pieces: Sql[]): Sql => (pieces.length ? joinSql(pieces, " ") : emptySql);

/** The one statement behind every figure: rollup and unfolded deltas, what counts beside what is left out. */
function figuresSql(resolved: ResolvedFilter, groupBy: readonly Axis[], records?: Sql): Sql {
  const raw = records !== undefined || (resolved.fundSourceIds?.length ?? 0) > 1;
  const bySource = groupBy.includes("fundSource");
  const oneSource = raw ? undefined : resolved.fundSourceIds?.[0];
  const where = narrow(resolved);
  if (oneSource !== undefined) where.push(sql`f.fund_source_id = ${oneSource}`);
  else if (!bySource) where.push(sql`f.fund_source_id = 0`);
  const place = groupBy.includes("prefecture")
    ? sql`JOIN (SELECT o.id, ${PREFECTURE_CODE} AS prefecture FROM organisations o ${PREFECTURE_JOIN}) place
        ON place.id = f.organisation_id`
    : emptySql;
  const keys = groupBy.map((axis) => sql`CASE WHEN sort.part = 'row' THEN ${AXIS[axis].key} END`);
  return sql`
    WITH cells AS (
      SELECT sort.part ${glue(groupBy.map((axis, i) => sql`, ${keys[i]} AS ${AXIS[axis].alias}`))}, ${SUMS}
      FROM ${raw ? rawRows(resolved, records) : rolledRows(resolved, groupBy)} f ${place}
      CROSS JOIN LATERAL (SELECT ${partOf(resolved, bySource && oneSource === undefined)} AS part) sort
      WHERE ${joinSql(where, " AND ")} AND sort.part IS NOT NULL
      GROUP BY sort.part ${glue(keys.map((key) => sql`, ${key}`))}
      -- a rollup row whose records have all moved on stays behind with zeros
      HAVING sum(f.records) <> 0
    )
    SELECT now() AS "asOf", c.part, c.records, c.unvalued, c.estimated, c."amountFen", c.households,
      c.persons, c."personTimes", c.packs, c.employers, c.sessions, c.posts
      ${glue(groupBy.map((axis) => sql`, ${AXIS[axis].value}`))}
    FROM (SELECT 1) one LEFT JOIN cells c ON true
    ${glue(groupBy.map((axis) => AXIS[axis].join))}
    ORDER BY c.part ${glue(groupBy.map((axis) => sql`, ${AXIS[axis].order}`))}`;
}

function sumsOf(row: CellRow): Sums {
  const sums = emptySums();
  sums.amountFen = row.amountFen;
  for (const name of ["records", "unvalued", "estimated", ...COUNT_UNITS] as const)
    sums[name] = Number(row[name]);
  return sums;
}

function cellOf(row: CellRow, groupBy: readonly Axis[]): FigureCell {
  const sums = sumsOf(row);
  const keys = Object.fromEntries(groupBy.map((axis) => [axis, row[axis]]));
  return { ...keys, ...totalsOf(sums), unvalued: sums.unvalued, estimated: sums.estimated };
}

function leftOutOf(rows: CellRow[], totals: Sums): LeftOut {
  const waiting = (part: Part) => Number(rows.find((row) => row.part === part)?.records ?? 0n);
  const contributory = rows.find((row) => row.part === "contributory");
  return {
    draft: waiting("draft"),
    submitted: waiting("submitted"),
    returned: waiting("returned"),
    unvalued: totals.unvalued,
    estimated: totals.estimated,
    contributory: {
      records: Number(contributory?.records ?? 0n),
      amountFen: (contributory?.amountFen ?? 0n).toString(),
    },
  };
}

type FiguresInput = { db: Reader; scope: Scope; filter: FigureFilter; groupBy: readonly Axis[] };

/**
 * The one definition of every number. Counts approved records (or the statuses asked for) of the
 * reader's organisations ∩ the filter; contributory programmes only where asked for by name.
 *
 * By fund source, a row's amount is that source's shares, so the rows' amounts sum to the total; its
 * records and counts are those of every record the source takes part in, so they do not: a record
 * paid by two sources stands in both rows and once in the totals.
 *
 * `records` narrows further, by a condition over `disbursements d`; then raw rows are summed.
 */
export async function queryFigures(
  input: FiguresInput & { records?: Sql },
): Promise<Omit<Figures, "rows"> & { rows: FigureCell[] }> {
  const { db, scope, filter, groupBy, records } = input;
  const resolved = await resolveFilter({ db, scope, filter });
  const found = await db.rows<CellRow>(figuresSql(resolved, [...new Set(groupBy)], records));
  const counted = found.filter((row) => row.part === "row");
  const whole = found.filter((row) => row.part === "total");
  const totals = (whole.length > 0 ? whole : counted).reduce(
    (sum, row) => addSums(sum, sumsOf(row)),
    emptySums(),
  );
  return {
    rows: groupBy.length === 0 ? [] : counted.map((row) => cellOf(row, groupBy)),
    totals: totalsOf(totals),
    leftOut: leftOutOf(found, totals),
    asOf: (found[0]?.asOf ?? new Date()).toISOString(),
  };
}

export type BalanceAxis = "organisation" | "prefecture" | "fundSource";

function receivedSql(axis: BalanceAxis, resolved: ResolvedFilter): Sql {
  const allotted = sql`a.fiscal_year = ${resolved.year} AND a.voided_at IS NULL
    AND a.organisation_id = ANY (${resolved.organisationIds}::int[])
    AND NOT EXISTS (SELECT FROM programmes p WHERE p.id = a.programme_id AND p.contributory)`;
  if (axis === "fundSource")
    return sql`SELECT s.code, coalesce(sum(a.amount_fen), 0)::bigint AS received
      FROM fund_sources s LEFT JOIN allotments a ON a.fund_source_id = s.id AND ${allotted}
      GROUP BY s.code, s.sort_order ORDER BY s.sort_order`;
  const code = axis === "organisation" ? sql`o.code` : PREFECTURE_CODE;
  return sql`SELECT ${code} AS code, coalesce(sum(a.amount_fen), 0)::bigint AS received
    FROM organisations o ${PREFECTURE_JOIN} LEFT JOIN allotments a ON a.organisation_id = o.id AND ${allotted}
    WHERE o.id = ANY (${resolved.organisationIds}::int[])
    GROUP BY 1 ORDER BY 1`;
}

/**
 * 到位 / 支出 / 结余 of a year: allotments not voided, approved relief, and what is left. Allotments made
 * for a contributory programme stand apart, as its spending does.
 */
export async function queryBalance(input: {
  db: Reader;
  scope: Scope;
  filter: { year: number; org?: string | undefined };
  groupBy: BalanceAxis;
}): Promise<Balance> {
  const { db, scope, filter, groupBy } = input;
  const resolved = await resolveFilter({ db, scope, filter });
  const received = await db.rows<{ code: string; received: bigint }>(
    receivedSql(groupBy, resolved),
  );
  const figures = await queryFigures({ db, scope, filter, groupBy: [groupBy] });
  const spent = new Map(figures.rows.map((row) => [row[groupBy], BigInt(row.amountFen)]));
  const lines = received.map((row) => ({ ...row, spent: spent.get(row.code) ?? 0n }));
  const sum = (pick: (line: (typeof lines)[number]) => bigint) =>
    lines.reduce((total, line) => total + pick(line), 0n);
  return {
    rows: lines
      .filter((line) => line.received !== 0n || line.spent !== 0n)
      .map((line): BalanceRow => ({
        [groupBy]: line.code,
        ...balanceOf(line.received, line.spent),
      })),
    totals: balanceOf(
      sum((line) => line.received),
      sum((line) => line.spent),
    ),
    asOf: figures.asOf,
  };
}
