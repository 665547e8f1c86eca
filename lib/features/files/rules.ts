import { formatFen, type MoneyUnit } from "@/lib/kernel/money";
import { sheetColumn } from "@/lib/kernel/sheet-column";

/** Rows that follow each other become one range: [8, 9, 10, 14] of D → "D9:D11,D15" (rows count from 0). */
export function cellRanges(column: number, rows: readonly number[]): string {
  const name = sheetColumn(column);
  const runs: [number, number][] = [];
  for (const row of rows) {
    const open = runs.at(-1);
    if (open && row === open[1] + 1) open[1] = row;
    else runs.push([row, row]);
  }
  return runs
    .map(([a, b]) => (a === b ? `${name}${a + 1}` : `${name}${a + 1}:${name}${b + 1}`))
    .join(",");
}

/**
 * Fen as the number a workbook stores, in yuan or 万元. Exact: a workbook keeps the shortest decimal of
 * its double, and fen up to 15 digits survive that unchanged. Never used to calculate.
 */
export function cellNumber(fen: bigint, unit: MoneyUnit): number {
  const places = unit === "yuan" ? 2 : 6;
  const digits = (fen < 0n ? -fen : fen).toString().padStart(places + 1, "0");
  return Number(`${fen < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

/** What csv does to text, as patterns that JavaScript and Postgres read alike: the rows are written by both. */
export const CSV = {
  formula: "^[=+@\\t\\r\\n＝＋－＠-]",
  /** "-1332.50" and "14.1%" are numbers, not formulas, although they may begin with a sign. */
  plainNumber: "^-?[0-9]+([.][0-9]+)?%?$",
  quoted: '[",\\r\\n]',
} as const;
const FORMULA = new RegExp(CSV.formula);
const PLAIN_NUMBER = new RegExp(CSV.plainNumber);
const QUOTED = new RegExp(CSV.quoted);

/**
 * Text that a spreadsheet would run as a formula is led by an apostrophe; numbers are written as
 * numbers and never come here.
 */
export function safeText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Text as a cell of csv (RFC 4180): quoted where it must be, and never run as a formula. */
export function csvText(cell: string): string {
  const text = PLAIN_NUMBER.test(cell) ? cell : safeText(cell);
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvLine(cells: readonly (string | number | null)[]): string {
  const fields = cells.map((cell) => {
    if (cell === null) return "";
    return typeof cell === "number" ? String(cell) : csvText(cell);
  });
  return `${fields.join(",")}\r\n`;
}

/** Yuan as a csv carries it: 153900.05, no grouping. */
export function plainYuan(fen: bigint): string {
  return formatFen(fen, { group: false });
}
