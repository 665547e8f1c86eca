import { MAX_FEN } from "./money";

/** 计算式: unit rate (fen) × count × times = amount (fen), e.g. 6 yuan × 1,185 workers × 365 days. */
export type RateBasis = { unitFen: bigint; count: number; times: number };
export type PartialRate = {
  unitFen: bigint | null;
  count: number | null;
  times: number | null;
  amountFen: bigint | null;
};

export type RateDerivation =
  | { kind: "none" }
  | { kind: "complete"; rate: RateBasis; amountFen: bigint }
  /** The fourth number, worked out from the other three. */
  | { kind: "derived"; field: keyof PartialRate; rate: RateBasis; amountFen: bigint }
  | { kind: "contradiction"; expectedFen: bigint; amountFen: bigint }
  /** The three given numbers leave no whole fourth one. */
  | { kind: "indivisible"; field: keyof PartialRate };

function exactQuotient(amount: bigint, divisor: bigint): bigint | null {
  return divisor > 0n && amount % divisor === 0n && amount >= divisor ? amount / divisor : null;
}

/** Any three of the four numbers give the fourth; four must agree; fewer than three say nothing. */
export function deriveRate(input: PartialRate): RateDerivation {
  const { unitFen, count, times, amountFen } = input;
  if (unitFen !== null && count !== null && times !== null) {
    const expectedFen = unitFen * BigInt(count) * BigInt(times);
    const rate = { unitFen, count, times };
    if (amountFen === null)
      return { kind: "derived", field: "amountFen", rate, amountFen: expectedFen };
    if (amountFen !== expectedFen) return { kind: "contradiction", expectedFen, amountFen };
    return { kind: "complete", rate, amountFen };
  }
  if (amountFen === null) return { kind: "none" };
  if (count !== null && times !== null) {
    const value = exactQuotient(amountFen, BigInt(count) * BigInt(times));
    if (value === null) return { kind: "indivisible", field: "unitFen" };
    return { kind: "derived", field: "unitFen", rate: { unitFen: value, count, times }, amountFen };
  }
  if (unitFen !== null && times !== null) {
    const value = exactQuotient(amountFen, unitFen * BigInt(times));
    if (value === null) return { kind: "indivisible", field: "count" };
    return {
      kind: "derived",
      field: "count",
      rate: { unitFen, count: Number(value), times },
      amountFen,
    };
  }
  if (unitFen !== null && count !== null) {
    const value = exactQuotient(amountFen, unitFen * BigInt(count));
    if (value === null) return { kind: "indivisible", field: "times" };
    return {
      kind: "derived",
      field: "times",
      rate: { unitFen, count, times: Number(value) },
      amountFen,
    };
  }
  return { kind: "none" };
}

/** Unit rate × count × times, or null where it would be no amount a record may carry. */
export function rateProduct(rate: RateBasis): bigint | null {
  const product = rate.unitFen * BigInt(rate.count) * BigInt(rate.times);
  return product > MAX_FEN ? null : product;
}
