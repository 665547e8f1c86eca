import "server-only";
import { topOf } from "@/lib/features/reference/present";
import { positionOf } from "@/lib/features/positions/queries";
import { getPageReference, resolveCodes, type FoundIds } from "@/lib/features/reference/queries";
import type { Reference } from "@/lib/features/reference/types";
import type { Actor } from "@/lib/kernel/actor";
import { AppError, refuseField } from "@/lib/kernel/app-error";
import type { Position, Stamp } from "@/lib/kernel/position";
import {
  civilYearOf,
  monthsOfYear,
  placeOfMonth,
  spanOfYear,
  type YearAxis,
} from "@/lib/kernel/year-axis";
import { reaches, type Scope } from "@/lib/kernel/scope";
import { emptySql, joinSql, sql, wholeSql, type Reader, type Sql } from "@/lib/platform/db";
import { recordsWithin } from "@/lib/platform/scope-sql";
import { codesOf, knownCodes } from "./address";
import { NO_CAMPAIGN, type FigureFilter } from "./types";

/** A filter with its codes resolved: what the database can compare. Absent = not narrowed. */
export type ResolvedFilter = FoundIds &
  Pick<
    Required<FigureFilter>,
    | "year"
    | "month"
    | "throughMonth"
    | "paidFrom"
    | "paidTo"
    | "amountFrom"
    | "amountTo"
    | "corrects"
    | "named"
  > & {
    forms: string[] | undefined;
    /** The statuses asked for, as the database spells them; undefined = none asked for. */
    statuses: string[] | undefined;
    amountKinds: string[] | undefined;
    /** Undefined = the civil year. */
    yearAxis?: "statistics" | undefined;
    /** As it stood there; undefined = as it stands. */
    at?: Position | undefined;
    /** Of a position: what waited then is not asked for, and not read. */
    countsAlone?: true;
  };

const stored = (words: readonly string[] | undefined) =>
  words?.length ? words.map((word) => word.toUpperCase()) : undefined;

/** Once a request: what is asked of the same filter afterwards (another year, another axis) takes this. */
export async function resolveFilter(input: {
  db: Reader;
  scope: Scope;
  filter: FigureFilter;
}): Promise<ResolvedFilter> {
  const { db, scope, filter } = input;
  const campaign = filter.campaign?.filter((code) => code !== NO_CAMPAIGN);
  const ids = await resolveCodes({ db, scope, asked: { ...filter, campaign } });
  return {
    ...ids,
    campaignIds: filter.campaign?.includes(NO_CAMPAIGN)
      ? [...(ids.campaignIds ?? []), 0]
      : ids.campaignIds,
    year: filter.year,
    yearAxis: filter.yearAxis === "statistics" ? "statistics" : undefined,
    month: filter.month,
    throughMonth: filter.throughMonth,
    paidFrom: filter.paidFrom,
    paidTo: filter.paidTo,
    amountFrom: filter.amountFrom,
    amountTo: filter.amountTo,
    corrects: filter.corrects,
    named: filter.named,
    forms: stored(filter.form),
    statuses: stored(filter.status),
    amountKinds: stored(filter.amountKind),
  };
}

/**
 * The filter as of a stamp. What a record said before it counted is not kept, so of other statuses there is no such
 * figure.
 */
export async function resolveStamped(input: {
  db: Reader;
  scope: Scope;
  filter: FigureFilter & Stamp;
}): Promise<ResolvedFilter> {
  const { asOf, seq, ...filter } = input.filter;
  const stamp = { asOf, seq };
  const resolved = await resolveFilter({ ...input, filter });
  const named = asOf === undefined ? "seq" : "asOf";
  if ((asOf ?? seq) !== undefined && filter.status?.some((status) => status !== "approved")) {
    const fault = [{ key: "approvedOnly" }];
    throw new AppError("VALIDATION", { fieldErrors: { [named]: fault, status: fault } });
  }
  return { ...resolved, at: await positionOf(input.db, stamp) };
}

/** Over `d`: it counted already at that position. */
export const countedUpTo = ({ rootId, seq }: Position): Sql =>
  sql`EXISTS (SELECT FROM ledger_entries l WHERE l.disbursement_id = d.id
    AND l.root_id = ${wholeSql(rootId)} AND l.seq <= ${wholeSql(seq)})`;

/** Statuses that count: those asked for, else approved alone. */
const countedStatuses = (resolved: ResolvedFilter): string[] => resolved.statuses ?? ["APPROVED"];

/** The year a record `d` or `o`, or a cell `f`, lies in; in no statistics year (0) where its month is unknown. */
export function yearSql(rows: "d" | "o" | "f", axis: YearAxis | undefined): Sql {
  const row = sql([rows]);
  if (axis !== "statistics") return sql`${row}.fiscal_year`;
  return sql`CASE WHEN ${row}.month = 0 THEN 0 ELSE ${row}.fiscal_year + (${row}.month >= 10)::int END`;
}

/**
 * Over `d`: a correction that stands in a later year than what it corrects, as that one was closed. Of a statistics
 * year: what is corrected lies in an earlier one, or in none.
 */
function correctionOf({ corrects, yearAxis }: ResolvedFilter): Sql {
  const [of, in_] = [yearSql("o", yearAxis), yearSql("d", yearAxis)];
  const ofYear = typeof corrects === "number" ? sql`AND ${of} = ${corrects}::int` : emptySql;
  const apart = yearAxis === "statistics" ? sql`AND ${of} < ${in_}` : emptySql;
  return sql`d.entry_kind <> 'ORIGINAL' AND EXISTS (
    SELECT FROM adjustments a JOIN disbursements o ON o.id = a.original_id
    WHERE (a.reversal_id = d.id OR a.replacement_id = d.id) AND o.fiscal_year < d.fiscal_year ${apart} ${ofYear})`;
}

/** 含以前年度更正: what of a filter's records corrects earlier years. */
export const earlierOf = (resolved: ResolvedFilter): ResolvedFilter => ({
  ...resolved,
  corrects: "earlier",
});

/** Over `d`: what no rollup keeps apart (of what is named, only its sums); undefined = nothing of it is asked for. */
export function recordsBeyond(resolved: ResolvedFilter): Sql | undefined {
  const { amountKinds, named, paidFrom, paidTo, amountFrom, amountTo, corrects } = resolved;
  const conditions = [
    ...(amountKinds ? [sql`d.amount_kind = ANY (${amountKinds}::text[])`] : []),
    ...(named === undefined ? [] : [named === "yes" ? sql`d.named` : sql`NOT d.named`]),
    ...(paidFrom === undefined ? [] : [sql`d.ledger_on >= ${paidFrom}::date`]),
    ...(paidTo === undefined ? [] : [sql`d.ledger_on <= ${paidTo}::date`]),
    // a draft without a day stands at the year's end in the ledger, and on no day of a range
    ...(paidFrom === undefined && paidTo === undefined
      ? []
      : [sql`(d.paid_on IS NOT NULL OR d.period_to IS NOT NULL)`]),
    ...(amountFrom === undefined ? [] : [sql`d.amount_fen >= ${amountFrom}::bigint`]),
    ...(amountTo === undefined ? [] : [sql`d.amount_fen <= ${amountTo}::bigint`]),
    ...(corrects === undefined ? [] : [correctionOf(resolved)]),
  ];
  return conditions.length > 0 ? joinSql(conditions, " AND ") : undefined;
}

/** A record of no campaign has none, where a figure has 0. */
function ofCampaigns(ids: readonly number[]): Sql {
  const named = sql`d.campaign_id = ANY (${ids.filter((id) => id !== 0)}::int[])`;
  return ids.includes(0) ? sql`(d.campaign_id IS NULL OR ${named})` : named;
}

/** The months that a filter of a statistics year asks for; 0: unknown. */
function monthsAsked({ month, throughMonth }: ResolvedFilter): number[] {
  const last = throughMonth === undefined ? 12 : placeOfMonth("statistics", throughMonth);
  const months = throughMonth === 0 ? [] : monthsOfYear("statistics").slice(0, last);
  const some = throughMonth === undefined ? [0, ...months] : months;
  return month === undefined ? some : some.filter((one) => one === month);
}

/** Of an unknown month, in either of the civil years that a statistics year lies in: not in it, and not out of it. */
const unplaced = (row: Sql, year: number): Sql =>
  sql`${row}.fiscal_year IN (${wholeSql(year - 1)}, ${wholeSql(year)}) AND ${row}.month = 0`;

/** Whether an answer says beside its total how many records no statistics year holds. */
export const leavesUnplaced = ({ year, yearAxis, month, throughMonth }: ResolvedFilter): boolean =>
  yearAxis === "statistics" &&
  year !== undefined &&
  month === undefined &&
  throughMonth === undefined;

/** A statistics year, or a part of it, over records `d` or cells `f`: months of two civil years. */
function statisticsTime(resolved: ResolvedFilter, rows: "d" | "f"): Sql[] {
  const { year, month, throughMonth } = resolved;
  const row = sql([rows]);
  const months = monthsAsked(resolved);
  const among = (some: number[]) => sql`${row}.month = ANY (${some}::smallint[])`;
  if (year === undefined) return (month ?? throughMonth) === undefined ? [] : [among(months)];
  if (month === 0) return months.length > 0 ? [unplaced(row, year)] : [sql`false`];
  const parts = [year - 1, year].map((civil) => {
    const within = months.filter(
      (one) => one > 0 && civilYearOf("statistics", year, one) === civil,
    );
    return sql`(${row}.fiscal_year = ${wholeSql(civil)} AND ${among(within)})`;
  });
  const { from, to } = spanOfYear("statistics", year);
  return [
    sql`(${joinSql(parts, " OR ")})`,
    // in the words of the ledger's own order
    ...(rows === "d" ? [sql`d.ledger_on BETWEEN ${from}::date AND ${to}::date`] : []),
  ];
}

/** The same, and what an answer says beside its total of records that no statistics year holds. */
export function timeAndUnplaced(resolved: ResolvedFilter): Sql[] {
  const time = timeOf(resolved, "f");
  const { year } = resolved;
  if (year === undefined || !leavesUnplaced(resolved)) return time;
  return [sql`(${joinSql(time, " AND ")} OR ${unplaced(sql`f`, year)})`];
}

/** The civil years that a filter reads; none = all. */
export const civilYears = ({ year, yearAxis }: Pick<ResolvedFilter, "year" | "yearAxis">) =>
  year === undefined ? [] : yearAxis === "statistics" ? [year - 1, year] : [year];

/** The year, and what of it is asked for, over records `d` or cells `f`. */
export function timeOf(resolved: ResolvedFilter, rows: "d" | "f"): Sql[] {
  const { year, month, throughMonth } = resolved;
  const row = sql([rows]);
  if (resolved.yearAxis === "statistics") return statisticsTime(resolved, rows);
  return [
    // of cells the planner knows the year; a list of records keeps one plan for all of them
    ...(year === undefined
      ? []
      : [sql`${row}.fiscal_year = ${rows === "f" ? wholeSql(year) : sql`${year}`}::smallint`]),
    ...(month === undefined ? [] : [sql`${row}.month = ${month}::smallint`]),
    ...(throughMonth === undefined
      ? []
      : [sql`${row}.month BETWEEN 1::smallint AND ${throughMonth}::smallint`]),
  ];
}

/** The whole filter but status over `d`, in the words the indexes of the ledger understand. */
export function recordsOf(resolved: ResolvedFilter): Sql[] {
  const { programmeIds, aidCategoryIds, recipientKindIds } = resolved;
  const { campaignIds, fundSourceIds, forms } = resolved;
  const beyond = recordsBeyond(resolved);
  return [
    recordsWithin(resolved),
    ...timeOf(resolved, "d"),
    ...(programmeIds ? [sql`d.programme_id = ANY (${programmeIds}::int[])`] : []),
    ...(aidCategoryIds ? [sql`d.aid_category_id = ANY (${aidCategoryIds}::int[])`] : []),
    ...(recipientKindIds ? [sql`d.recipient_kind_id = ANY (${recipientKindIds}::int[])`] : []),
    ...(campaignIds ? [ofCampaigns(campaignIds)] : []),
    ...(forms ? [sql`d.form = ANY (${forms}::text[])`] : []),
    ...(fundSourceIds
      ? [
          sql`EXISTS (SELECT FROM disbursement_shares x WHERE x.disbursement_id = d.id
            AND x.fund_source_id = ANY (${fundSourceIds}::int[]))`,
        ]
      : []),
    ...(beyond ? [beyond] : []),
    ...(resolved.at ? [countedUpTo(resolved.at)] : []),
  ];
}

/** What one figure counts, over `d`: the statuses asked for, contributory programmes by name only. */
export function countedOf(resolved: ResolvedFilter): Sql {
  const relief = sql`d.programme_id <> ALL (ARRAY(SELECT id FROM programmes WHERE contributory))`;
  return joinSql(
    [
      ...recordsOf(resolved),
      sql`d.status = ANY (${countedStatuses(resolved)}::text[])`,
      ...(resolved.programmeIds ? [] : [relief]),
    ],
    " AND ",
  );
}

/** The year asked for, else the current one, else the latest there is. */
function yearFor(asked: number | undefined, current: number, reference: Reference): number {
  if (asked !== undefined) return asked;
  const years = reference.years.map((year) => year.year);
  return years.includes(current) || years.length === 0 ? current : Math.max(...years);
}

/** Reference, readable places and the filter made whole: what every page of figures starts from. */
export async function readPlaces(input: {
  db: Reader;
  scope: Scope;
  asked: FigureFilter;
  /** The civil year in China. */
  current: number;
  actor: Actor;
  whole?: boolean;
}) {
  const { scope, asked, current } = input;
  const named = [asked.org, asked.organisation, asked.prefecture].flatMap(codesOf);
  const reference = await getPageReference({ ...input, named });
  const places = reference.organisations.filter((place) => reaches(scope, place.path));
  const top = topOf(places);
  if (!top) throw new AppError("FORBIDDEN");
  const { filter: known, unknown } = knownCodes(asked, reference);
  const orgs = codesOf(known.org ?? top.code);
  const [root, ...others] = orgs.flatMap((code) => places.filter((place) => place.code === code));
  if (!root || others.length + 1 < orgs.length) throw new AppError("NOT_FOUND");
  const year = yearFor(known.year, current, reference);
  return {
    reference,
    places,
    root,
    unknown,
    asked: known,
    filter: { ...known, org: root.code, year },
  };
}

/** A file asked for by a word that names nothing there is is refused, at the field that says it. */
export function refuseUnknownCode(asked: object, [value]: readonly string[], field = "org"): void {
  if (value === undefined) return;
  const named = Object.entries(asked).find(([, codes]) => [codes].flat().includes(value));
  refuseField(named?.[0] ?? field, { key: "unknownCode", values: { value } });
}
