import { formatFen, type FenText, type MoneyUnit } from "./money";
import type { Locale } from "./preferences";
import { hasAmount, type AmountKind } from "./record-codes";

/**
 * What stands where money would stand. Unknown (nothing is recorded), not priced yet, involving no money and zero are
 * four things: no place that writes an amount, a sum or a balance decides for itself which one it has.
 */
export type Known =
  { kind: "money"; fen: bigint } | { kind: "unknown" } | { kind: "unvalued" } | { kind: "none" };

const UNKNOWN: Known = { kind: "unknown" };

export const knownFen = (fen: FenText | bigint | null): Known =>
  fen === null ? UNKNOWN : { kind: "money", fen: BigInt(fen) };

/** The amount of one record; a draft may not have one yet. */
export function knownAmount(record: {
  amountKind: AmountKind;
  amountFen: FenText | bigint | null;
}): Known {
  if (hasAmount(record.amountKind)) return knownFen(record.amountFen);
  return { kind: record.amountKind };
}

/** How many records a sum is made of, and of which kinds their amounts are; corrections net. */
export type Counted = {
  amountFen: FenText | bigint;
  records: number;
  unvalued: number;
  withoutMoney: number;
  reversals: number;
};

/** A sum of records. Null, or no record at all, is not a zero; nor are records none of which has an amount. */
export function knownSum(sum: Counted | null): Known {
  if (sum === null || (sum.records === 0 && sum.reversals === 0)) return UNKNOWN;
  const fen = BigInt(sum.amountFen);
  const bare = sum.unvalued + sum.withoutMoney;
  if (fen !== 0n || bare === 0 || bare !== sum.records) return { kind: "money", fen };
  return { kind: sum.unvalued === 0 ? "none" : "unvalued" };
}

/** Money less money; unknown where either side is. */
export function knownDifference(whole: Known, part: Known): Known {
  if (whole.kind !== "money" || part.kind !== "money") return UNKNOWN;
  return { kind: "money", fen: whole.fen - part.fen };
}

/** What has a word instead of a number. */
export type Wordless = Exclude<Known["kind"], "money">;

export const KNOWN_WORDS: Record<Locale, Record<Wordless, string>> = {
  "zh-CN": { unknown: "—", unvalued: "未计价", none: "不涉及资金" },
  en: { unknown: "—", unvalued: "unvalued", none: "no money" },
};

/**
 * The one writer of money and of what stands in its place. `exact` shows as many places of 万元 as the amount needs,
 * as a file does; a table has two, so that the points stand under each other.
 */
export function knownText(
  known: Known,
  options: { locale: Locale; unit: MoneyUnit; exact?: boolean; group?: boolean },
): string {
  if (known.kind === "money") return formatFen(known.fen, options);
  return KNOWN_WORDS[options.locale][known.kind];
}
