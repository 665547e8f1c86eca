import type { Sums } from "@/lib/features/figures/rules";
import { readAmount } from "@/lib/kernel/amount-reading";
import { knownSum } from "@/lib/kernel/known";
import { formatFen } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import type { Clause, Direction, Piece, Said, Wording } from "./types";

/** Said only if everything in it is known. */
export function clause(texts: TemplateStringsArray, ...values: (Clause | Piece)[]): Clause {
  const pieces: Piece[] = [texts[0] ?? ""];
  for (const [at, value] of values.entries()) {
    if (value === null) return null;
    pieces.push(...(Array.isArray(value) ? value : [value]), texts[at + 1] ?? "");
  }
  return pieces.filter((piece) => piece !== "");
}

/** What is known of some clauses; null where nothing is. */
export function joined(clauses: readonly Clause[], separator: string): Clause {
  const known = clauses.filter((one) => one !== null);
  if (known.length === 0) return null;
  return known.flatMap((one, at) => (at === 0 ? one : [separator, ...one]));
}

/** The clause, or nothing at all where it is not known: for what a sentence can do without. */
export const orNothing = (one: Clause): Piece[] => one ?? [];

/** Which way an amount lies that was published in such words. */
function directionOf(words: string): Direction {
  if (/近|接近|不足|不到|以下|nearly|almost|under/i.test(words)) return "nearly";
  if (/余|多|逾|超|以上|over/i.test(words)) return "over";
  return "about";
}

export type Amount = { fen: bigint; direction: Direction | null; words: string | null };

const both = (one: Direction | null, other: Direction | null): Direction | null =>
  one === null || other === null || one === other ? (one ?? other) : "about";

/**
 * The amount of some records; null: nothing known, or nothing that is money. The words in which the one record of a
 * sum was published win over ours, where they say the same amount.
 */
export function amountOf({ sums, wordings }: Pick<Said, "sums" | "wordings">): Amount | null {
  const known = knownSum(sums);
  if (known.kind !== "money" || (known.fen === 0n && sums.records === 0)) return null;
  const { fen } = known;
  if (sums.estimated === 0) return { fen, direction: null, words: null };
  const [first] = wordings;
  const counted = wordings.reduce((all, { count }) => all + count, 0);
  if (first === undefined || counted !== sums.estimated)
    return { fen, direction: "about", words: null };
  const direction = wordings.map(({ words }) => directionOf(words)).reduce((a, b) => both(a, b) ?? a); // prettier-ignore
  const isOne = sums.records === 1 && sums.reversals === 0 && counted === 1;
  return { fen, direction, words: isOne && saysSo(first) ? first.words : null };
}

/** Such words are free text: they are repeated only where they are an amount, and this one. */
function saysSo({ words, amountFen }: Wording): boolean {
  const read = readAmount(words);
  return read.kind === "amount" && read.estimated && read.fen === BigInt(amountFen);
}

/** Below it a sum is told in yuan: 0.08万元 nobody says. */
const FROM_WAN = 100_000n;

const bare = (number: string): string => number.replace(/\.?0+$/, "");

const IN_CHINESE: Record<Direction, (number: string, unit: string) => string> = {
  over: (number, unit) => `${number}${unit === "万元" ? "万余元" : `余${unit}`}`,
  nearly: (number, unit) => `近${number}${unit}`,
  about: (number, unit) => `约${number}${unit}`,
};

/** 61.58万余元: whole yuan to the yuan; what has jiao and fen to two places of 万, with the word for which way it was rounded. */
function inChinese({ fen, direction, words }: Amount): string {
  if (words !== null) return words;
  const size = fen < 0n ? -fen : fen;
  const write = (number: string, unit: string, way: Direction | null) =>
    way === null ? `${number}${unit}` : IN_CHINESE[way](number, unit);
  if (size < FROM_WAN) return write(bare(formatFen(fen, { group: false })), "元", direction);
  const exact = formatFen(fen, { unit: "wan", exact: true, group: false });
  if (fen % 100n === 0n) return write(bare(exact), "万元", direction);
  const rounded = formatFen(fen, { unit: "wan", group: false });
  const shown = BigInt(rounded.replace(".", "")) * 10_000n;
  return write(bare(rounded), "万元", both(direction, shown < fen ? "over" : "nearly"));
}

const IN_ENGLISH: Record<Direction, string> = { over: "over", nearly: "nearly", about: "about" };

function inEnglish({ fen, direction }: Amount): string {
  const yuan = `${formatFen(fen).replace(/\.00$/, "")} yuan`;
  return direction === null ? yuan : `${IN_ENGLISH[direction]} ${yuan}`;
}

export const amountText = (amount: Amount, locale: Locale): string =>
  locale === "en" ? inEnglish(amount) : inChinese(amount);

/** Of everything together, and of each of its parts; corrected away altogether, there is nothing to tell. */
export const isTold = ({ records, amountFen }: Pick<Sums, "records" | "amountFen">): boolean =>
  records > 0 || amountFen !== 0n;
