import type pg from "pg";
import type { Axis } from "@/lib/features/figures/types";
import type { FigureFilter } from "@/lib/features/filter/types";

/** One voucher with its shares, read past every view, rollup and query of ours. */
type Voucher = Record<Axis, string | number> & {
  year: number;
  status: string;
  contributory: boolean;
  amount: bigint;
  kind: string;
  /** Handed in with a roster, or taking back what was. */
  named: boolean;
  /** What the voucher adds to every count of records: an approved reversal takes one out. */
  records: number;
  whole: string | null;
  day: string | null;
  /** A day in the one month it was paid in; null where that is not known. */
  paid: string | null;
  persons: number;
  packs: number;
  shares: { source: string; amount: bigint }[];
  /** From which position of the chain on it counts; null: it does not. */
  seq: number | null;
};

export async function vouchersIn(owner: pg.Client): Promise<Voucher[]> {
  const { rows } = await owner.query<Record<string, unknown>>(`
    SELECT d.fiscal_year AS year, d.month, lower(d.status::text) AS status, p.contributory, o.code AS organisation,
      CASE WHEN o.code LIKE 'IU%' OR o.kind = 'PROVINCE' THEN '630000' ELSE left(o.code, 4) || '00' END AS prefecture,
      p.code AS programme, coalesce(b.code, '') AS campaign, c.code AS "aidCategory", k.code AS "recipientKind", lower(d.form::text) AS form,
      coalesce(d.amount_fen, 0)::text AS amount, lower(d.amount_kind) AS kind,
      CASE WHEN d.entry_kind = 'REVERSAL' AND d.status = 'APPROVED' THEN -1 ELSE 1 END AS records,
      CASE WHEN d.paid_on IS NOT NULL THEN d.paid_on
        WHEN to_char(d.period_from, 'YYYY-MM') = to_char(d.period_to, 'YYYY-MM') THEN d.period_to END::text AS paid,
      d.status IN ('SUBMITTED', 'APPROVED') AND EXISTS (SELECT FROM roster_lines l WHERE l.disbursement_id = d.id
        OR l.disbursement_id IN (SELECT a.original_id FROM adjustments a WHERE a.reversal_id = d.id)) AS named,
      d.amount_fen::text AS whole, coalesce(d.paid_on, d.period_to)::text AS day,
      coalesce(d.persons, 0) AS persons, coalesce(d.packs, 0) AS packs,
      (SELECT l.seq::int FROM ledger_entries l WHERE l.disbursement_id = d.id) AS seq,
      (SELECT json_agg(json_build_object('source', f.code, 'amount', coalesce(s.amount_fen, 0)::text))
       FROM disbursement_shares s JOIN fund_sources f ON f.id = s.fund_source_id WHERE s.disbursement_id = d.id) AS shares
    FROM disbursements d JOIN organisations o ON o.id = d.organisation_id JOIN programmes p ON p.id = d.programme_id
    LEFT JOIN aid_categories c ON c.id = d.aid_category_id LEFT JOIN recipient_kinds k ON k.id = d.recipient_kind_id
    LEFT JOIN campaigns b ON b.id = d.campaign_id`);
  return rows.map((row) => ({
    ...(row as unknown as Voucher),
    amount: BigInt(row["amount"] as string),
    shares: ((row["shares"] ?? []) as { source: string; amount: string }[]).map((share) => ({
      source: share.source,
      amount: BigInt(share.amount),
    })),
  }));
}

function inRange<T extends string | bigint>(value: T | null, from?: T, to?: T): boolean {
  if (from === undefined && to === undefined) return true;
  return (
    value !== null && !(from !== undefined && value < from) && !(to !== undefined && value > to)
  );
}

/** By days, from 1 October: no month, and no year, is asked what it is. */
function inStatisticsYear({ paid, year: civil }: Voucher, filter: FigureFilter): boolean {
  const { year, month, throughMonth } = filter;
  const of = Number(paid?.slice(5, 7) ?? 0);
  if (month !== undefined && of !== month) return false;
  if (throughMonth !== undefined && paid === null) return false;
  const rank = (one: number) => (one >= 10 ? one - 12 : one);
  if (throughMonth !== undefined && (throughMonth === 0 || rank(of) > rank(throughMonth)))
    return false;
  if (year === undefined) return true;
  if (paid === null) return month === 0 && (civil === year || civil === year - 1);
  return paid >= `${year - 1}-10-01` && paid <= `${year}-09-30`;
}

const inCalendarYear = (v: Voucher, filter: FigureFilter) =>
  (filter.year === undefined || v.year === filter.year) &&
  (filter.month === undefined || v.month === filter.month) &&
  (filter.throughMonth === undefined || (v.month !== 0 && Number(v.month) <= filter.throughMonth));

export const inFilter = (v: Voucher, filter: FigureFilter) =>
  (filter.yearAxis === "statistics" ? inStatisticsYear : inCalendarYear)(v, filter) &&
  (["organisation", "prefecture"] as const).every((a) => !filter[a] || filter[a] === v[a]) &&
  (["programme", "aidCategory", "recipientKind", "form"] as const).every(
    (a) => !filter[a] || (filter[a] as string[]).includes(v[a] as string),
  ) &&
  (!filter.campaign || filter.campaign.includes(v.campaign === "" ? "none" : `${v.campaign}`)) &&
  (!filter.fundSource?.length || v.shares.some((s) => filter.fundSource?.includes(s.source))) &&
  (filter.status ?? ["approved"]).includes(v.status as never) &&
  (!filter.amountKind || (filter.amountKind as string[]).includes(v.kind)) &&
  (filter.named === undefined || (filter.named === "yes") === v.named) &&
  inRange(v.day, filter.paidFrom, filter.paidTo) &&
  inRange(
    v.whole === null ? null : BigInt(v.whole),
    filter.amountFrom === undefined ? undefined : BigInt(filter.amountFrom),
    filter.amountTo === undefined ? undefined : BigInt(filter.amountTo),
  ) &&
  (!v.contributory || (filter.programme ?? []).includes(v.programme as string));

export type Sum = { amountFen: bigint; records: number; persons: number; packs: number };

function valueOf(v: Voucher, axis: Axis, { yearAxis }: FigureFilter) {
  if (axis !== "year" || yearAxis !== "statistics") return v[axis];
  const [year = 0, month = 0] = (v.paid ?? "0-0").split("-").map(Number);
  return month >= 10 ? year + 1 : year;
}

/** The definition of a figure once more, in twenty plain lines over plain vouchers. */
export function truth(all: Voucher[], filter: FigureFilter, groupBy: readonly Axis[]) {
  const rows = new Map<string, Sum>();
  const add = (key: string, v: Voucher, amount: bigint) => {
    const sum = rows.get(key) ?? { amountFen: 0n, records: 0, persons: 0, packs: 0 };
    sum.amountFen += amount;
    sum.records += v.records;
    sum.persons += v.persons;
    sum.packs += v.packs;
    rows.set(key, sum);
  };
  for (const v of all.filter((one) => inFilter(one, filter))) {
    const shares = v.shares.filter(
      (s) => !filter.fundSource?.length || filter.fundSource.includes(s.source),
    );
    const paid = filter.fundSource?.length
      ? shares.reduce((sum, s) => sum + s.amount, 0n)
      : v.amount;
    add("total", v, paid);
    if (groupBy.length === 0) continue;
    const key = (source: string) =>
      groupBy.map((axis) => (axis === "fundSource" ? source : valueOf(v, axis, filter))).join("|");
    if (!groupBy.includes("fundSource")) add(key(""), v, paid);
    else for (const share of shares) add(key(share.source), v, share.amount);
  }
  const total = rows.get("total") ?? { amountFen: 0n, records: 0, persons: 0, packs: 0 };
  rows.delete("total");
  return { total, rows };
}
