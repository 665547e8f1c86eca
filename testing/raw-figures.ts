import pg from "pg";
import type { FigureFilter } from "@/lib/features/filter/types";

/**
 * A figure once more, straight from the rows that were written: one statement over records, shares, organisations and
 * the audit chain. It shares neither view, rollup, function, derived column nor line of code with lib/features/figures,
 * and is asked as the database's owner, past every policy. A month is worked out of the days, a prefecture by walking
 * up, and when a record began to count is read off the entry of its approval.
 */

/** Under the names of the API, and what a record's sums are made of; the keys of an axis beside them. */
export type RawSum = { amountFen: string; namedFen: string } & Record<RawCount, number>;
const COUNTS = {
  households: "households",
  persons: "persons",
  personTimes: "person_times",
  packs: "packs",
  employers: "employers",
  sessions: "sessions",
  posts: "posts",
} as const;
type RawCount =
  | keyof typeof COUNTS
  | "records"
  | "vouchers"
  | "unvalued"
  | "estimated"
  | "withoutMoney"
  | "reversals"
  | "namedRecords"
  | "namedPersons"
  | "namedHouseholds";
export const RAW_COUNTS = Object.keys(COUNTS) as (keyof typeof COUNTS)[];

const AXES = {
  organisation: "organisation",
  prefecture: "prefecture",
  programme: "programme",
  year: "year",
  month: "month",
  fundSource: "source",
  aidCategory: "category",
  recipientKind: "recipient",
  campaign: "campaign",
  form: "way",
} as const;
export type RawAxis = keyof typeof AXES;

const quoted = (value: string) => pg.escapeLiteral(value);
const among = (column: string, values: readonly string[] | undefined) =>
  values === undefined || values.length === 0
    ? []
    : [`${column} IN (${values.map(quoted).join(", ")})`];
const listed = (codes: string | readonly string[] | undefined) =>
  codes === undefined ? undefined : [codes].flat();

/** The one day by which the month is known: the day of payment, or the end of a period within one month. */
const paid = (d: string) =>
  `CASE WHEN ${d}.paid_on IS NOT NULL THEN ${d}.paid_on
    WHEN to_char(${d}.period_from, 'YYYYMM') = to_char(${d}.period_to, 'YYYYMM') THEN ${d}.period_to END`;
/** 1 October begins the next; no day, no such year. */
const statisticsYear = (d: string) =>
  `coalesce(extract(year FROM (${paid(d)}) + interval '3 months'), 0)::int`;

/** Whether a record lies in the time asked for; null: the unions' year is asked for and nobody knows. */
function placed({ year, yearAxis, month, throughMonth }: FigureFilter): string {
  const of = `extract(month FROM d.paid)`;
  const known = "d.paid IS NOT NULL";
  const isOf = month === undefined ? [] : [month === 0 ? "d.paid IS NULL" : `${of} = ${month}`];
  if (yearAxis !== "statistics") {
    const conditions = [
      ...(year === undefined ? [] : [`d.fiscal_year = ${year}`]),
      ...isOf,
      ...(throughMonth === undefined ? [] : [`${known} AND ${of} <= ${throughMonth}`]),
    ];
    return `coalesce(${conditions.map((one) => `(${one})`).join(" AND ") || "true"}, false)`;
  }
  const since = (what: string) => `((${what})::int + 2) % 12`;
  const upTo =
    throughMonth === undefined
      ? []
      : throughMonth === 0
        ? ["false"]
        : [`${known} AND ${since(of)} <= ${since(String(throughMonth))}`];
  const within = [...isOf, ...upTo];
  if (year === undefined)
    return `coalesce(${within.map((one) => `(${one})`).join(" AND ") || "true"}, false)`;
  const either = `d.fiscal_year IN (${year - 1}, ${year})`;
  if (month === 0) return `coalesce(${[either, ...within].join(" AND ")}, false)`;
  const days = `d.paid BETWEEN date '${year - 1}-10-01' AND date '${year}-09-30'`;
  const said = `coalesce(${[days, ...within].map((one) => `(${one})`).join(" AND ")}, false)`;
  // beside the whole of such a year stands what nobody knows the month of
  return within.length > 0 ? said : `CASE WHEN d.paid IS NULL AND ${either} THEN NULL ELSE ${said} END`; // prettier-ignore
}

function correcting({ corrects, yearAxis }: FigureFilter): string[] {
  if (corrects === undefined) return [];
  const [of, by] =
    yearAxis === "statistics"
      ? [statisticsYear("o"), statisticsYear("d")]
      : ["o.fiscal_year", "d.fiscal_year"];
  return [
    `d.id IN (SELECT unnest(ARRAY[a.reversal_id, a.replacement_id])
      FROM adjustments a JOIN disbursements o ON o.id = a.original_id
      WHERE o.fiscal_year < d.fiscal_year AND ${of} < ${by}${corrects === "earlier" ? "" : ` AND ${of} = ${corrects}`})`,
  ];
}

function ranges({ paidFrom, paidTo, amountFrom, amountTo }: FigureFilter): string[] {
  const day = "coalesce(d.paid_on, d.period_to)";
  return [
    ...(paidFrom === undefined ? [] : [`${day} >= date ${quoted(paidFrom)}`]),
    ...(paidTo === undefined ? [] : [`${day} <= date ${quoted(paidTo)}`]),
    ...(amountFrom === undefined ? [] : [`d.amount_fen >= ${amountFrom}::numeric`]),
    ...(amountTo === undefined ? [] : [`d.amount_fen <= ${amountTo}::numeric`]),
  ];
}

/** As it stood when the chain had come so far: a record counts from the last entry that approved it. */
const standing = (seq: number | undefined): string[] =>
  seq === undefined
    ? []
    : [
        `d.status = 'APPROVED' AND (SELECT max(e.position) FROM audit_entries e WHERE e.subject_type = 'disbursement'
          AND e.subject_id = d.id::text AND e.action = 'disbursement.approve') <= ${seq}`,
      ];

/** Handed in with a roster, or taking back what was: of the lines, not of what the record says of itself. */
const NAMED = `(d.status IN ('SUBMITTED', 'APPROVED') AND EXISTS (SELECT FROM roster_lines l
  WHERE l.disbursement_id = d.id OR l.disbursement_id IN (SELECT a.original_id FROM adjustments a WHERE a.reversal_id = d.id)))`;

function vouchers(filter: FigureFilter, seq: number | undefined): string {
  const sources = filter.fundSource?.length ? filter.fundSource : undefined;
  const share = `SELECT sum(s.amount_fen) FROM disbursement_shares s JOIN fund_sources f ON f.id = s.fund_source_id
    WHERE s.disbursement_id = d.id ${among("AND f.code", sources).join("")}`;
  const statuses = (filter.status?.length ? filter.status : ["approved"]).map((one) => quoted(one.toUpperCase())); // prettier-ignore
  const apart = filter.programme?.length ? "false" : "p.contributory";
  const orgs = listed(filter.org);
  const year = filter.yearAxis === "statistics" ? statisticsYear("d") : "d.fiscal_year";
  const campaigns = "coalesce(b.code, 'none')";
  const conditions = [
    ...(orgs ? [`d.organisation_id IN (SELECT id FROM up WHERE ${among("code", orgs).join()})`] : []),
    ...among("o.code", listed(filter.organisation)),
    ...among("r.code", listed(filter.prefecture)),
    ...among("p.code", filter.programme),
    ...among("c.code", filter.aidCategory),
    ...among("k.code", filter.recipientKind),
    ...among(campaigns, filter.campaign),
    ...among("lower(d.form)", filter.form),
    ...among("lower(d.amount_kind)", filter.amountKind),
    ...(filter.named === undefined ? [] : [filter.named === "yes" ? NAMED : `NOT ${NAMED}`]),
    ...(sources ? [`EXISTS (${share.replace("sum(s.amount_fen)", "1")})`] : []),
    ...correcting(filter),
    ...ranges(filter),
    ...standing(seq),
  ]; // prettier-ignore
  return `SELECT d.id, d.amount_kind, ${NAMED} AS named, ${Object.values(COUNTS)
    .map((one) => `d.${one}`)
    .join(
      ", ",
    )}, o.code AS organisation, r.code AS prefecture, p.code AS programme, ${year}::text AS year,
      coalesce(extract(month FROM d.paid), 0)::text AS month, coalesce(c.code, '') AS category,
      coalesce(k.code, '') AS recipient, coalesce(b.code, '') AS campaign, coalesce(lower(d.form), '') AS way,
      CASE WHEN d.entry_kind = 'REVERSAL' AND d.status = 'APPROVED' THEN -1 ELSE 1 END AS n,
      ${sources ? `(${share})` : "d.amount_fen"} AS fen,
      CASE WHEN t.placed IS NULL THEN
          CASE WHEN d.status IN (${statuses.join()}) THEN CASE WHEN ${apart} THEN NULL ELSE 'unplaced' END
            WHEN d.status <> 'APPROVED' AND d.status <> 'VOIDED' THEN 'unplacedWaiting' END
        WHEN d.status IN (${statuses.join()}) THEN CASE WHEN ${apart} THEN 'contributory' ELSE 'counted' END
        ELSE lower(d.status) END AS part
    FROM (SELECT d.*, ${paid("d")} AS paid FROM disbursements d) d
    JOIN organisations o ON o.id = d.organisation_id JOIN programmes p ON p.id = d.programme_id
    JOIN up r ON r.id = d.organisation_id AND (r.kind = 'PREFECTURE' OR r.parent_id IS NULL AND NOT EXISTS
      (SELECT FROM up q WHERE q.id = r.id AND q.kind = 'PREFECTURE'))
    LEFT JOIN aid_categories c ON c.id = d.aid_category_id LEFT JOIN recipient_kinds k ON k.id = d.recipient_kind_id
    LEFT JOIN campaigns b ON b.id = d.campaign_id
    CROSS JOIN LATERAL (SELECT ${placed(filter)} AS placed) t
    WHERE t.placed IS DISTINCT FROM false ${conditions.map((one) => `AND (${one})`).join(" ")}`;
}

const counted = (kind: string) => `coalesce(sum(n) FILTER (WHERE amount_kind = '${kind}'), 0)::int`;
const SUMS = `coalesce(sum(fen), 0)::text AS "amountFen", coalesce(sum(n), 0)::int AS records, count(*)::int AS vouchers,
  ${counted("UNVALUED")} AS unvalued, ${counted("ESTIMATED")} AS estimated, ${counted("NONE")} AS "withoutMoney",
  (count(*) FILTER (WHERE n < 0))::int AS reversals,
  coalesce(sum(fen) FILTER (WHERE named), 0)::text AS "namedFen", coalesce(sum(n) FILTER (WHERE named), 0)::int AS "namedRecords",
  coalesce(sum(persons) FILTER (WHERE named), 0)::int AS "namedPersons",
  coalesce(sum(households) FILTER (WHERE named), 0)::int AS "namedHouseholds",
  ${Object.entries(COUNTS).map(([name, column]) => `coalesce(sum(${column}), 0)::int AS "${name}"`).join(", ")}`; // prettier-ignore

type RawRow = { part: string; at: number; keys: string[] } & RawSum;

/** What the rows come to: of a part (counted, contributory, draft, …), and of values on axes that were asked for. */
export class RawFigures {
  constructor(
    private readonly rows: readonly RawRow[],
    private readonly sets: readonly (readonly RawAxis[])[],
  ) {}

  /** Every group of a set of axes, by its values joined with "|". */
  groups(axes: readonly RawAxis[], part = "counted"): Map<string, RawSum> {
    const at = this.sets.findIndex((set) => set.join() === axes.join());
    if (at < 0) throw new Error(`not asked by ${axes.join()}`);
    const found = this.rows.filter((row) => row.at === at && row.part === part);
    return new Map(found.map((row) => [row.keys.join("|"), row]));
  }

  /** The sum of the groups whose every value is one of those named. */
  sum(named: Partial<Record<RawAxis, readonly string[]>>, part = "counted"): RawSum {
    const axes = this.sets.find(
      (set) =>
        set.length === Object.keys(named).length && set.every((axis) => named[axis] !== undefined),
    );
    if (!axes) throw new Error(`not asked by ${Object.keys(named).join()}`);
    const all = [...this.groups(axes, part)].filter(([key]) => {
      const keys = axes.length === 0 ? [] : key.split("|");
      return axes.every((axis, n) => named[axis]?.includes(keys[n] ?? ""));
    });
    return all.map(([, sum]) => sum).reduce(added, NOTHING);
  }

  total = (part = "counted"): RawSum => this.sum({}, part);
}

const NAMES = ["records", "vouchers", "unvalued", "estimated", "withoutMoney", "reversals", "namedRecords", "namedPersons", "namedHouseholds", ...RAW_COUNTS] as const; // prettier-ignore
export const NOTHING = {
  amountFen: "0",
  namedFen: "0",
  ...Object.fromEntries(NAMES.map((name) => [name, 0])),
} as RawSum;
const added = (a: RawSum, b: RawSum): RawSum =>
  ({
    amountFen: String(BigInt(a.amountFen) + BigInt(b.amountFen)),
    namedFen: String(BigInt(a.namedFen) + BigInt(b.namedFen)),
    ...Object.fromEntries(NAMES.map((name) => [name, a[name] + b[name]])),
  }) as RawSum;

/** Sums by each set of axes, and without any, as the rows stand now or stood at a position of the chain. */
export async function rawFigures(
  owner: pg.ClientBase,
  filter: FigureFilter,
  { sets = [], seq }: { sets?: readonly (readonly RawAxis[])[]; seq?: number | undefined } = {},
): Promise<RawFigures> {
  const all = [[], ...sets];
  const sources = among("AND f.code", filter.fundSource).join("");
  const selects = all.map((axes, at) => {
    const columns = axes.map((axis) => AXES[axis]);
    const from = axes.includes("fundSource") ? "shared" : "vouchers";
    return `SELECT part, ${at} AS at, ARRAY[${columns.join()}]::text[] AS keys, ${SUMS} FROM ${from}
      WHERE part IS NOT NULL GROUP BY ${["part", ...columns].join()}`;
  });
  const { rows } = await owner.query<RawRow>(`
    WITH RECURSIVE up AS (SELECT id, code, kind, parent_id FROM organisations
      UNION ALL SELECT u.id, o.code, o.kind, o.parent_id FROM up u JOIN organisations o ON o.id = u.parent_id),
    vouchers AS MATERIALIZED (${vouchers(filter, seq)}),
    shared AS MATERIALIZED (SELECT v.part, v.organisation, v.prefecture, v.programme, v.year, v.month, v.category, v.recipient, v.campaign,
        v.way, v.n, v.amount_kind, v.named, s.amount_fen AS fen, f.code AS source, ${Object.values(COUNTS).map((one) => `v.${one}`).join()}
      FROM vouchers v JOIN disbursement_shares s ON s.disbursement_id = v.id JOIN fund_sources f ON f.id = s.fund_source_id ${sources})
    ${selects.join(" UNION ALL ")}`); // prettier-ignore
  return new RawFigures(rows, all);
}

type Received = { year: number; org: string; seq?: number | undefined };

/** What was received in a year by an organisation and each one below it; who received nothing has no line. */
export async function rawReceivedBy(
  owner: pg.ClientBase,
  { year, org, seq }: Received,
): Promise<Map<string, bigint>> {
  const entered = (action: string) =>
    `(SELECT min(e.position) FROM audit_entries e WHERE e.subject_type = 'allotment' AND e.subject_id = a.id::text
      AND e.action = '${action}')`;
  const stood = seq === undefined ? "a.voided_at IS NULL" : `${entered("allotment.create")} <= ${seq}
    AND coalesce(${entered("allotment.void")} > ${seq}, true)`; // prettier-ignore
  const { rows } = await owner.query<{ code: string; fen: string }>(
    `WITH RECURSIVE down AS (SELECT id, code FROM organisations WHERE code = $2
       UNION ALL SELECT o.id, o.code FROM down d JOIN organisations o ON o.parent_id = d.id)
     SELECT d.code, sum(a.amount_fen)::text AS fen FROM allotments a JOIN down d ON d.id = a.organisation_id
     WHERE a.fiscal_year = $1 AND ${stood} GROUP BY d.code`,
    [year, org],
  );
  return new Map(rows.map(({ code, fen }) => [code, BigInt(fen)]));
}

/** The same in all; null: nothing is recorded. */
export async function rawReceived(owner: pg.ClientBase, of: Received): Promise<string | null> {
  const each = [...(await rawReceivedBy(owner, of)).values()];
  return each.length === 0 ? null : String(each.reduce((sum, fen) => sum + fen, 0n));
}
