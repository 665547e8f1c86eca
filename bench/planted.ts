import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import type { FindingRule } from "@/lib/kernel/record-codes";
import { PROGRAMMES } from "@/prisma/seed/data/programmes";
import { plusDays } from "@/prisma/seed/demo/days";
import type { DemoRecord } from "@/prisma/seed/demo/record";
import { fieldsOf } from "@/prisma/seed/demo/record";

/** Fifteen ways to make a record wrong, each of one that the demonstration makes right. */

export type Kind = {
  rule: FindingRule;
  /** Whether a record can be made wrong in this way. */
  suits: (record: DemoRecord) => boolean;
  wrong: (record: DemoRecord) => DisbursementFields;
};

/** Set for a programme whose clean records stay below it, and of which none is paid by an earmarked source. */
export const STANDARDS = {
  "standard-per-head": { programme: "golden-autumn", value: 1_000_000 },
  "co-funding-share": { programme: "cool-summer", value: 30 },
} as const;
/** The last five days of a quarter, in which the bench puts many records of the unions that are looked at. */
export const BUNCHED = { from: "2025-03-27", to: "2025-03-31", many: 40 } as const;

const day = (r: DemoRecord): CivilDate => r.paidOn ?? "2025-06-01";
const priced = (r: DemoRecord) => r.amountKind === "EXACT" && (r.amountFen ?? 0n) > 100_000n;
const onDay = (r: DemoRecord) => priced(r) && r.paidOn !== null && r.fiscalYear === 2025;
const has = (r: DemoRecord) => ({
  rate: r.rate !== null,
  months: PROGRAMMES.find(({ code }) => code === r.programme)?.months ?? [],
});

/** At another amount, out of one source, with neither a rate basis nor parts that would contradict it. */
const costing = (r: DemoRecord, fen: bigint, source = "county-union"): DisbursementFields => ({
  ...fieldsOf(r),
  amountFen: fen.toString(),
  rate: null,
  cashFen: null,
  goodsFen: null,
  shares: [{ fundSource: source, amountFen: fen.toString() }],
});

function pricedAt(r: DemoRecord, times: bigint): DisbursementFields {
  const rate = r.rate ?? { unitFen: 1n, count: 1, times: 1 };
  const unitFen = rate.unitFen * times;
  const fen = unitFen * BigInt(rate.count) * BigInt(rate.times);
  return { ...costing(r, fen), rate: { ...rate, unitFen: unitFen.toString(), note: null } };
}

const movedTo = (r: DemoRecord, paidOn: CivilDate): DisbursementFields => ({
  ...fieldsOf(r),
  ...{ paidOn, periodFrom: null, periodTo: null, campaign: null },
  fiscalYear: Number(paidOn.slice(0, 4)),
});

const heads = (r: DemoRecord): number => {
  const unit = PROGRAMMES.find(({ code }) => code === r.programme)?.mainUnit;
  return (unit && r.counts[unit]) || 0;
};

const outside = (months: readonly number[]) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].find((month) => !months.includes(month)) ?? 1;

export const KINDS: readonly Kind[] = [
  {
    rule: "rate-basis",
    suits: (r) => onDay(r) && has(r).rate,
    wrong: (r) => ({
      ...fieldsOf(r),
      rate: r.rate && { ...r.rate, unitFen: `${r.rate.unitFen}`, count: r.rate.count + 1 },
    }),
  },
  {
    rule: "shares-sum",
    suits: onDay,
    wrong: (r) => ({
      ...costing(r, r.amountFen ?? 0n),
      amountFen: `${(r.amountFen ?? 0n) + 100n}`,
    }),
  },
  {
    rule: "above-standard",
    suits: (r) => onDay(r) && r.programme === STANDARDS["standard-per-head"].programme,
    wrong: (r) => costing(r, BigInt(heads(r)) * 1_000_100n),
  },
  { rule: "future-date", suits: onDay, wrong: (r) => movedTo(r, "2026-12-20") },
  {
    rule: "outside-season",
    suits: (r) => onDay(r) && has(r).months.length > 0,
    wrong: (r) =>
      movedTo(r, `2025-${String(outside(has(r).months)).padStart(2, "0")}-11` as CivilDate),
  },
  {
    rule: "per-head-unusual",
    suits: (r) => onDay(r) && r.programme !== "mutual-medical-aid",
    wrong: (r) => costing(r, (r.amountFen ?? 0n) * 25n),
  },
  {
    rule: "unit-price-unusual",
    suits: (r) => onDay(r) && has(r).rate,
    wrong: (r) => pricedAt(r, 8n),
  },
  {
    rule: "voucher-face-value",
    suits: onDay,
    wrong: (r) => ({
      ...costing(r, ((r.amountFen ?? 0n) / 700n) * 700n + 100n),
      form: "voucher",
      counts: { ...r.counts, packs: 7 },
    }),
  },
  {
    rule: "possible-duplicate",
    suits: onDay,
    wrong: (r) => ({ ...fieldsOf(r), paidOn: plusDays(day(r), 2) }),
  },
  {
    rule: "same-under-other-heading",
    suits: (r) => onDay(r) && COUNT_UNITS.some((unit) => (r.counts[unit] ?? 0) > 0),
    wrong: (r) => ({
      ...fieldsOf(r),
      programme: r.programme === "needy-worker-aid" ? "condolence-visits" : "needy-worker-aid",
      campaign: null,
    }),
  },
  {
    rule: "much-above-last-year",
    suits: (r) => priced(r) && r.fiscalYear === 2026 && r.paidOn !== null,
    wrong: (r) => costing(r, 3_000_000_000n),
  },
  {
    rule: "over-received",
    suits: onDay,
    wrong: (r) => costing(r, 9_000_000_000n, "central-treasury"),
  },
  {
    rule: "round-at-period-end",
    suits: onDay,
    wrong: (r) => ({ ...costing(r, 20_000_000n), paidOn: "2025-09-29", campaign: null }),
  },
  {
    rule: "co-funding-low",
    suits: (r) => onDay(r) && r.programme === STANDARDS["co-funding-share"].programme,
    wrong: (r) => costing(r, r.amountFen ?? 0n, "central-treasury"),
  },
  {
    rule: "bunched-at-period-end",
    suits: onDay,
    wrong: (r) => ({ ...movedTo(r, "2025-03-28") }),
  },
];
