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

/** Yuan as a csv carries it: 153900.05, no grouping. */
export function plainYuan(fen: bigint): string {
  return formatFen(fen, { group: false });
}
