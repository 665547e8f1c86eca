/**
 * Money is an integer number of fen (1 yuan = 100 fen) in a bigint, from the keyboard to the file.
 * No function here goes through a float.
 */

export type MoneyUnit = "yuan" | "wan";

/** The largest amount one record may carry: 100 亿元. Above it, it is a typing error. */
export const MAX_FEN = 1_000_000_000_000n;

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/**
 * Writes fen in the given unit, grouped by thousands. Yuan always shows two places; 万元 shows two
 * places unless `exact`, which shows as many as the amount needs (at most six). Rounds half away
 * from zero, for display only: no total is ever computed from the rounded text.
 */
export function formatFen(
  fen: bigint,
  options: { unit?: MoneyUnit; exact?: boolean; group?: boolean } = {},
): string {
  const { unit = "yuan", exact = false } = options;
  const places = unit === "yuan" ? 2 : exact ? 6 : 2;
  const drop = unit === "yuan" ? 1n : 10n ** BigInt(6 - places);
  const size = fen < 0n ? -fen : fen;
  const scaled = (size + drop / 2n) / drop;
  const text = scaled.toString().padStart(places + 1, "0");
  const whole = text.slice(0, -places);
  let fraction = text.slice(-places);
  if (exact && unit === "wan") fraction = fraction.replace(/0{1,4}$/, "");
  const sign = fen < 0n && scaled > 0n ? "-" : "";
  return `${sign}${options.group === false ? whole : group(whole)}.${fraction}`;
}

/**
 * Shares of `total` in proportion to `weights`, to the fen: largest remainder first, then order.
 * A negative total is split as its opposite is, so that a reversal undoes each share.
 */
export function splitFen(total: bigint, weights: readonly bigint[]): bigint[] {
  if (total < 0n) return splitFen(-total, weights).map((part) => -part);
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum <= 0n || weights.some((w) => w < 0n)) throw new RangeError("weights must be positive");
  const parts = weights.map((w, index) => ({
    index,
    part: (total * w) / sum,
    rest: (total * w) % sum,
  }));
  let left = total - parts.reduce((a, p) => a + p.part, 0n);
  for (const p of [...parts].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  )) {
    if (left === 0n) break;
    p.part += 1n;
    left -= 1n;
  }
  return parts.map((p) => p.part);
}

/** Increase in per mille of the base, rounded half away from zero; null where the base is zero. */
export function changePermille(now: bigint, base: bigint): bigint | null {
  if (base === 0n) return null;
  const size = base < 0n ? -base : base;
  const scaled = (now - base) * 1000n;
  const rounding = scaled < 0n ? -(size / 2n) : size / 2n;
  return (scaled + rounding) / size;
}

/** Integer fen as a decimal string: how money crosses the wire. */
export type FenText = string;

/** A part of a whole to a tenth of a percent, half away from zero; null: of nothing, and of less than nothing, there is no part. */
export function permilleOf(part: bigint, whole: bigint): bigint | null {
  if (whole <= 0n) return null;
  const size = part < 0n ? -part : part;
  const rounded = (2000n * size + whole) / (2n * whole);
  return part < 0n ? -rounded : rounded;
}
