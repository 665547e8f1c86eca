import type { AdjustReason } from "@/lib/kernel/record-codes";
import { COUNT_UNITS, type Counts } from "@/lib/kernel/counts";
import { splitFen } from "@/lib/kernel/money";
import type { Life } from "./life";
import type { Random } from "./random";
import { knownFrom, type DemoRecord } from "./record";

/** An approved voucher that turned out wrong, the reversal that undoes it and what takes its place. */
export type Correction<L extends Life = Life> = {
  original: L;
  reversal: DemoRecord;
  replacement: DemoRecord;
  reason: AdjustReason;
  words: string;
  /** Sent up but not judged yet. */
  waiting: boolean;
};

function reversalOf(r: DemoRecord): DemoRecord {
  const counts: Counts = {};
  for (const unit of COUNT_UNITS) {
    const value = r.counts[unit];
    if (value !== undefined) counts[unit] = value === 0 ? 0 : -value;
  }
  const negative = (fen: bigint | null) => (fen === null ? null : -fen);
  return {
    ...r,
    rate: null,
    amountFen: negative(r.amountFen),
    cashFen: negative(r.cashFen),
    goodsFen: negative(r.goodsFen),
    counts,
    shares: r.shares.map((s) => ({ ...s, amountFen: negative(s.amountFen) })),
  };
}

/** One of those paid turned out not to be due: one less in the rate basis and in its count. */
function replacementOf(r: DemoRecord): DemoRecord | null {
  if (!r.rate || r.rate.count < 2 || r.amountFen === null) return null;
  const rate = { ...r.rate, count: r.rate.count - 1 };
  const amountFen = rate.unitFen * BigInt(rate.count) * BigInt(rate.times);
  const counts: Counts = {};
  for (const unit of COUNT_UNITS) {
    const value = r.counts[unit];
    if (value !== undefined) counts[unit] = value === r.rate.count ? rate.count : value;
  }
  const parts = splitFen(
    amountFen,
    r.shares.map((s) => s.amountFen ?? 0n),
  );
  const shares = r.shares.map((s, n) => ({ ...s, amountFen: parts[n] ?? 0n }));
  return { ...r, rate, amountFen, counts, shares };
}

type Cause = readonly [reason: AdjustReason, words: string];
const CAUSES: readonly [Cause, ...Cause[]] = [
  ["payment-returned", "1笔银行退票，账户已注销，核减后重列。"],
  ["counts-wrong", "签领表复核少1人，按实际签领人数更正。"],
  ["amount-wrong", "1人不符合发放条件，款项已退回，按实更正。"],
];

export function chooseCorrections<L extends Life>(
  lives: readonly L[],
  random: Random,
): Correction<L>[] {
  const corrections: Correction<L>[] = [];
  for (const original of lives) {
    const { record } = original;
    if (record.fate !== "approved" || record.programme === "love-breakfast") continue;
    if (record.cashFen !== null || !random.chance(0.022)) continue;
    // A correction takes its weeks: later ones would lie after the demo's own day.
    if (knownFrom(record) > "2026-10-10") continue;
    const replacement = replacementOf(record);
    if (!replacement) continue;
    const [reason, words] = random.pick(CAUSES);
    const waiting = knownFrom(record) >= "2026-09-01";
    corrections.push({
      original,
      reversal: reversalOf(record),
      replacement,
      reason,
      words,
      waiting,
    });
  }
  return corrections;
}
