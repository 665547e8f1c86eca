import type { SealedTable } from "@/lib/kernel/sealed-table";
import type { PublicNotice, SignLine } from "./types";

export const NOTICE_WORDS: SealedTable = { table: "notice_words", seals: ["words"] };

/** 每页十人: as the form of the real-name sign-off sheet has it. */
const PER_SHEET = 10;

/** Whole sheets of ten; the last one has what is left. */
export const sheetsOf = <T>(lines: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(lines.length / PER_SHEET) }, (_, at) =>
    lines.slice(at * PER_SHEET, (at + 1) * PER_SHEET),
  );

/** What lines come to in fen; null where none has money. */
export function sumOf(lines: readonly Pick<SignLine, "amountFen">[]): bigint | null {
  const priced = lines.flatMap(({ amountFen }) => amountFen ?? []);
  return priced.length === 0 ? null : priced.reduce((sum, fen) => sum + fen, 0n);
}

/** 周岁 on a day. @param born YYYY-MM-DD @param day YYYY-MM-DD */
export function ageOn(born: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

type Stored = { status: string; open: number; upheld: number };

/** 有异议 as long as one waits, or one was right and the list still hangs. */
export function statusOf({ status, open, upheld }: Stored): PublicNotice["status"] {
  if (status === "CONFIRMED") return "confirmed";
  if (status === "WITHDRAWN") return "withdrawn";
  return open + upheld > 0 ? "objected" : "posted";
}

/** May it be confirmed today? The same as guard.before_notice_update asks. */
export const canBeConfirmed = (
  notice: Pick<PublicNotice, "status" | "endsOn" | "endKnown" | "current">,
  today: string,
): boolean =>
  notice.status === "posted" && notice.current && notice.endKnown && notice.endsOn < today;
