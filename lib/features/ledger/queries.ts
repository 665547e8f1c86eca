import "server-only";
import {
  listed,
  ROW_JOINS,
  selected,
  STANDING,
  toRow,
  type RowRecord,
} from "@/lib/features/disbursements/queries";
import { findRecords, type Search } from "@/lib/features/search/queries";
import type { ExplainPage, LedgerFilter, LedgerPage } from "./schema";
import { bitsOf, narrow, rolledRows } from "@/lib/features/cells/queries";
import { figuresOf, type FigureSet } from "@/lib/features/figures/queries";
import { leftOutThen, vouchersOf, wholeOf, type Answer } from "@/lib/features/figures/rules";
import {
  countedOf,
  earlierOf,
  recordsBeyond,
  recordsOf,
  resolveStamped,
  type ResolvedFilter,
} from "@/lib/features/filter/queries";
import type { FigureFilter, Sort, SortKey } from "@/lib/features/filter/types";
import { codesOf } from "@/lib/features/filter/address";
import { AppError } from "@/lib/kernel/app-error";
import { isCivilDate } from "@/lib/kernel/fiscal-year";
import { ROW_FIELDS, type RecordField } from "@/lib/kernel/record-fields";
import type { Stamp } from "@/lib/kernel/position";
import type { Places, Scope } from "@/lib/kernel/scope";
import { emptySql, joinSql, sql, wholeSql, type Reader, type Sql } from "@/lib/platform/db";
import { within } from "@/lib/platform/scope-sql";

/** What a cursor says of the last row by each order, before its number. */
const PLACE: Record<SortKey, RegExp> = {
  ledgerOn: /^(?<day>\d{4}-\d{2}-\d{2})$/,
  amountFen: /^-?\d{0,18}$/,
  organisation: /^[\w-]{1,40}@(?<day>\d{4}-\d{2}-\d{2})$/,
  updatedAt: /^(?<day>\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}[.]\d{3}Z$/,
};
const VALUE: Record<SortKey, Sql> = {
  ledgerOn: sql`d.ledger_on::text`,
  amountFen: sql`coalesce(d.amount_fen::text, '')`,
  organisation: sql`o.code || '@' || d.ledger_on`,
  updatedAt: sql`to_char(d.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
};
const COLUMN = {
  ledgerOn: sql`d.ledger_on`,
  amountFen: sql`d.amount_fen`,
  updatedAt: sql`d.updated_at`,
};

type Order = { key: SortKey; down: boolean };
type Place = { value: string; id: string };

/** The ledger's own order is the newest first. */
function orderOf(sort: Sort = "-ledgerOn"): Order {
  const down = sort.startsWith("-");
  return { key: (down ? sort.slice(1) : sort) as SortKey, down };
}

/** The opaque place after which the next page begins; each order has its own. */
const cursorOf = (order: Order, { value, id }: Place): string =>
  Buffer.from(`${order.down ? "-" : ""}${order.key}:${value}/${id}`).toString("base64url");

function placeOf(cursor: string | undefined, order: Order): Place | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const [, value = "", id = ""] = /^-?\w+:(.*)\/([1-9]\d{0,17})$/.exec(text) ?? [];
  const place = { value, id };
  const said = PLACE[order.key].exec(value);
  const day = said?.groups?.["day"];
  if (!said || value === "-" || (day !== undefined && !isCivilDate(day)))
    throw new AppError("VALIDATION", { fieldErrors: { cursor: [{ key: "invalid" }] } });
  if (cursorOf(order, place) !== cursor)
    throw new AppError("VALIDATION", { fieldErrors: { cursor: [{ key: "invalid" }] } });
  return place;
}

const way = (down: boolean) => sql([down ? "DESC" : "ASC"]);
const past = (down: boolean) => sql([down ? "<" : ">"]);

/** Over `d` and the code of its organisation: what has no amount comes last either way. */
export function ledgerOrder(sort: Sort | undefined, code = sql`o.code`): Sql {
  const { key, down } = orderOf(sort);
  if (key === "organisation") return sql`${code} ${way(down)}, d.ledger_on DESC, d.id DESC`;
  return sql`${COLUMN[key]} ${way(down)} NULLS LAST, d.id ${way(down)}`;
}

type Slice = {
  where: Sql;
  places: Places;
  order: Order;
  after: Place | undefined;
  limit: number;
  skip: number;
};

/**
 * Organisation by organisation, each by its own index, until the page is full. Those beyond the places asked for
 * are never looked into: there nothing would fill the page, and each would be read to its end.
 */
function byOrganisation({ where, places, order, after, limit, skip }: Slice): Sql {
  const [code = "", day = ""] = after?.value.split("@") ?? [];
  const from = after ? sql`AND (o.code = ${code} OR o.code ${past(order.down)} ${code})` : emptySql;
  const beyond = after
    ? sql`AND (o.code <> ${code} OR (d.ledger_on, d.id) < (${day}::date, ${after.id}::bigint))`
    : emptySql;
  return sql`SELECT d.* FROM (SELECT o.id, o.code FROM organisations o WHERE ${within(sql`o.id`, places)} ${from}) o
    CROSS JOIN LATERAL (SELECT d.* FROM disbursements d WHERE d.organisation_id = o.id AND ${where} ${beyond}
      ORDER BY d.ledger_on DESC, d.id DESC LIMIT ${wholeSql(limit + skip)}) d
    ORDER BY o.code ${way(order.down)}, d.ledger_on DESC, d.id DESC LIMIT ${wholeSql(limit)} OFFSET ${wholeSql(skip)}`;
}

/** The rows of a page, out of the index that has their order. */
function sliceOf(slice: Slice): Sql {
  const { where, order, after, limit, skip } = slice;
  const { key, down } = order;
  if (key === "organisation") return byOrganisation(slice);
  const page = sql`LIMIT ${wholeSql(limit)} OFFSET ${wholeSql(skip)}`;
  const column = COLUMN[key];
  const type = sql([{ ledgerOn: "date", amountFen: "bigint", updatedAt: "timestamptz" }[key]]);
  const beyond = (has: Place | undefined) =>
    has
      ? sql`AND (${column}, d.id) ${past(down)} (${has.value}::${type}, ${has.id}::bigint)`
      : emptySql;
  const inOrder = (end: Sql) => sql`ORDER BY ${column} ${way(down)}, d.id ${way(down)} ${end}`;
  if (key !== "amountFen")
    return sql`SELECT d.* FROM disbursements d WHERE ${where} ${beyond(after)} ${inOrder(page)}`;
  const all = sql`LIMIT ${wholeSql(limit + skip)}`;
  const isUnknown = after?.value === "";
  const known = sql`SELECT d.* FROM disbursements d
    WHERE ${where} AND d.amount_fen IS NOT NULL ${isUnknown ? sql`AND false` : beyond(after)} ${inOrder(all)}`;
  // asked for only where the others do not fill the page
  const unknown = sql`SELECT d.* FROM disbursements d WHERE ${where} AND d.amount_fen IS NULL
    AND (SELECT count(*) FROM known) < ${wholeSql(limit + skip)}
    ${isUnknown ? sql`AND d.id ${past(down)} ${after?.id}::bigint` : emptySql} ORDER BY d.id ${way(down)} ${all}`;
  return sql`WITH known AS MATERIALIZED (${known})
    SELECT * FROM ((SELECT * FROM known) UNION ALL (${unknown})) d
    ORDER BY d.amount_fen ${way(down)} NULLS LAST, d.id ${way(down)} ${page}`;
}

/**
 * WHERE of the ledger over `disbursements d`, with every status unless some are asked for: what the
 * list, its export and its totals share.
 */
export function ledgerConditions(
  resolved: ResolvedFilter,
  search: Search | undefined,
  only: LedgerFilter["only"],
): Sql {
  const { statuses } = resolved;
  const all = [
    ...recordsOf(resolved),
    ...(statuses ? [sql`d.status = ANY (${statuses}::text[])`] : []),
  ];
  const rows = only === "counted" ? [countedOf(resolved)] : all;
  return joinSql([...rows, ...(search ? [search.condition] : [])], " AND ");
}

type Listing = {
  resolved: ResolvedFilter;
  search: Search | undefined;
  only: LedgerFilter["only"];
};

/**
 * How many sources a record of the ledger has at most. The figures know each set of several sources, and which have
 * a record (what was corrected away is listed too); for what no rollup knows, the records are asked.
 */
export async function mostSources(db: Reader, listing: Listing): Promise<number> {
  const { resolved, search, only } = listing;
  const { statuses, fundSourceIds } = resolved;
  const sets = sql`SELECT bit_count((-f.fund_source_id)::bit(32)) AS n FROM ${rolledRows(resolved, [])} f
    WHERE ${joinSql(
      [
        sql`f.fund_source_id < -1`,
        ...narrow(resolved),
        ...(statuses ? [sql`f.status = ANY (${statuses}::text[])`] : []),
        ...(fundSourceIds ? [sql`-f.fund_source_id & ${bitsOf(fundSourceIds)}::int <> 0`] : []),
      ],
      " AND ",
    )}
    GROUP BY f.fund_source_id HAVING sum(f.records + 2 * f.reversal_records) > 0`;
  const records = sql`SELECT count(*) AS n FROM disbursements d JOIN disbursement_shares s ON s.disbursement_id = d.id
    WHERE ${ledgerConditions(resolved, search, only)} GROUP BY s.disbursement_id`;
  const known = !search && only === undefined && !resolved.at && !recordsBeyond(resolved);
  const [found] = await db.rows<{ most: number | null }>(
    sql`SELECT max(n)::int AS most FROM (${known ? sets : records}) counted`,
  );
  return found?.most ?? 1;
}

const anywhere = (resolved: ResolvedFilter): ResolvedFilter => ({
  ...resolved,
  everything: true,
  prefectures: undefined,
});

const CODES = ROW_FIELDS.filter(({ kind }) => kind === "code")
  .map(({ list, column }) => `LEFT JOIN ${list} ON ${list}.id = d.${column}`)
  .join(" ");
const joined = (field: RecordField): string =>
  field.kind === "code" ? `${field.list}.code AS "${field.name}"` : selected(field);

type PageParts = { beside: Sql; order: Sql; planned: "once" | undefined };

/**
 * The rows of a page `d`. Their shares are gathered once: row by row they cost as much as all else. Codes are joined
 * where the plan is kept, and looked up where it is not: there ten tables cost the planner more than the rows.
 */
function pageSql(page: Sql, { beside, order, planned }: PageParts): Sql {
  return sql`WITH d AS MATERIALIZED (${page})
    SELECT ${STANDING}, o.code AS organisation, ${listed(ROW_FIELDS, planned ? joined : selected)},
      coalesce(s.shares, '[]') AS shares, ${beside}
    FROM d ${ROW_JOINS} ${planned ? sql([CODES]) : emptySql}
    LEFT JOIN (SELECT s.id, json_agg(json_build_object('fundSource', s.code, 'amountFen', s.fen)) AS shares
      FROM (SELECT s.disbursement_id AS id, f.code, s.amount_fen::text AS fen
        FROM disbursement_shares s JOIN fund_sources f ON f.id = s.fund_source_id
        WHERE s.disbursement_id = ANY (ARRAY(SELECT id FROM d)) ORDER BY s.disbursement_id, f.sort_order, f.id) s
      GROUP BY s.id) s ON s.id = d.id
    ORDER BY ${order}`;
}

async function pageOf<T extends RowRecord>(
  db: Reader,
  input: Pick<Slice, "limit"> & {
    resolved: ResolvedFilter;
    where: (resolved: ResolvedFilter) => Sql;
    sort: Sort | undefined;
    cursor: string | undefined;
    page?: number | undefined;
    extra?: Sql;
    planned?: "once";
  },
): Promise<{ rows: T[]; nextCursor: string | null }> {
  const { resolved, sort, cursor, page = 1, limit } = input;
  const order = orderOf(sort);
  const after = placeOf(cursor, order);
  if (after && page > 1)
    throw new AppError("VALIDATION", { fieldErrors: { page: [{ key: "invalid" }] } });
  // said of the organisations once; said of each record again, it would lead the planner to another index
  const where = input.where(order.key === "organisation" ? anywhere(resolved) : resolved);
  const skip = limit * (page - 1);
  const slice = { where, places: resolved, order, after, limit: limit + 1, skip };
  const beside = sql`${VALUE[order.key]} AS place ${input.extra ?? emptySql}`;
  const text = pageSql(sliceOf(slice), {
    beside,
    order: ledgerOrder(sort),
    planned: input.planned,
  });
  const found = await db.rows<T & { place: string }>(text, input.planned);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const more = found.length > limit && last;
  return { rows, nextCursor: more ? cursorOf(order, { value: last.place, id: last.id }) : null };
}

const PAGE = 50;

/**
 * The page that everybody opens: of the places one reads, of a year or of all. Its statement is the same for all
 * readers of a kind, and its plan too; whatever else is asked for is planned for its values.
 */
function plannedOnce(filter: Paged<LedgerFilter>): "once" | undefined {
  const { year, org, organisation, prefecture, cursor, limit = PAGE, ...rest } = filter;
  const more = Object.values(rest).some(
    (value) => value !== undefined && (typeof value === "number" || value.length > 0),
  );
  const several = [org, organisation, prefecture].some((codes) => codesOf(codes).length > 1);
  return limit === PAGE && !more && !several ? "once" : undefined;
}

type Paged<F> = F & { cursor?: string | undefined; page?: number | undefined; limit?: number };

/** The ledger, newest first, every status; totals count what a figure counts under the same filter. */
export async function listDisbursements(input: {
  db: Reader;
  scope: Scope;
  filter: Paged<LedgerFilter>;
}): Promise<LedgerPage> {
  const { db, scope } = input;
  const { q, only: chosen, sort, cursor, page, limit = PAGE, ...filter } = input.filter;
  const planned = plannedOnce(input.filter);
  const resolved = await resolveStamped({ db, scope, filter });
  // how the others stood then is not kept record by record
  const only = resolved.at ? "counted" : chosen;
  const search = await findRecords(db, { q, resolved });
  const { rows, nextCursor } = await pageOf(db, {
    resolved,
    where: (places) => ledgerConditions(places, search, only),
    sort,
    cursor,
    page,
    limit,
    ...(planned ? { planned } : {}),
  });
  const sets = [{ resolved, groupBy: [], ...search?.set }] as const;
  const [answer] = await figuresOf(db, sets, planned);
  const whole = wholePart(answer);
  const all = only === "counted" ? whole.vouchers : answer.listed;
  return { items: rows.map(toRow), nextCursor, rows: all, ...whole };
}

/** What a list says of all its pages. */
function wholePart(answer: Answer) {
  const { totals, reversals, asOf, seq, definition } = answer;
  const vouchers = vouchersOf({ records: totals.records, reversals });
  return { totals, vouchers, leftOut: leftOutThen(answer), asOf, seq, definition };
}

type Explaining = {
  db: Reader;
  scope: Scope;
  filter: Paged<FigureFilter & Stamp & { sort?: Sort | undefined }>;
};

async function explain(
  { db, filter }: Explaining,
  resolved: ResolvedFilter,
  beside: FigureSet[] = [],
) {
  const { sort, cursor, limit = 50 } = filter;
  const sources = resolved.fundSourceIds;
  const counted = sources
    ? sql`(SELECT sum(x.amount_fen) FROM disbursement_shares x WHERE x.disbursement_id = d.id
        AND x.fund_source_id = ANY (${sources}::int[]))`
    : sql`d.amount_fen`;
  const { rows, nextCursor } = await pageOf<RowRecord & { countedFen: string }>(db, {
    resolved,
    where: countedOf,
    sort,
    cursor,
    limit,
    extra: sql`, coalesce(${counted}, 0)::text AS "countedFen"`,
  });
  const whole: FigureSet = { resolved, groupBy: [] };
  const [answer, ...others] = await figuresOf(db, [whole, ...beside] as [
    FigureSet,
    ...FigureSet[],
  ]);
  const items = rows.map((row) => ({ ...toRow(row), countedFen: row.countedFen }));
  const page: ExplainPage = { items, nextCursor, ...wholePart(answer) };
  return { page, others };
}

/** The vouchers behind one figure; their countedFen sum to it to the fen. */
export async function explainFigure(input: Explaining): Promise<ExplainPage> {
  return (await explain(input, await resolveStamped(input))).page;
}

/** Up to here the vouchers behind a figure are counted afresh each time it is opened. */
const CHECKED_AT_MOST = 20_000;

/**
 * Beside them the same sum counted afresh (null where there are too many to count on the way), and what a figure of
 * one year holds of corrections of earlier ones; over several years they are no part apart.
 */
export async function explainAndCheck(input: Explaining) {
  const { db } = input;
  const resolved = await resolveStamped(input);
  const ofOneYear = resolved.year !== undefined && resolved.corrects === undefined;
  const { page, others } = await explain(
    input,
    resolved,
    ofOneYear ? [{ resolved: earlierOf(resolved), groupBy: [] }] : [],
  );
  const earlier = others.map(wholeOf).find((sum) => vouchersOf(sum) !== 0) ?? null;
  if (page.vouchers > CHECKED_AT_MOST) return { page, earlier, check: null };
  const [{ totals }] = await figuresOf(db, [{ resolved, groupBy: [], records: sql`true` }]);
  return { page, earlier, check: { amountFen: totals.amountFen, records: totals.records } };
}
