import { sourceOf } from "@/lib/features/rows/labels";
import type { RowColumn, RowReading } from "@/lib/features/rows/types";
import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";

type Total = { fen: bigint } | { count: number };

export type Totals = {
  /** Rows that say something. */
  rows: number;
  /** Of them, those of which something cannot be read: no sum holds what cannot be read. */
  unread: number;
  /** Rows that are still being read. */
  waiting: number;
  of: Partial<Record<RowColumn, Total>>;
};

const isUnit = (column: RowColumn): column is CountUnit =>
  COUNT_UNITS.some((unit) => unit === column);

function fenOf({ read }: RowReading, column: RowColumn): bigint | null {
  if (read === null) return null;
  if (column === "amount") return read.amountFen;
  const { cashFen, goodsFen } = read.input;
  if (column === "cash") return cashFen == null ? null : BigInt(cashFen);
  if (column === "goods") return goodsFen == null ? null : BigInt(goodsFen);
  const source = sourceOf(column);
  return source?.part === "share" ? (read.shares[source.number - 1]?.fen ?? null) : null;
}

function added(
  total: Total | undefined,
  reading: RowReading,
  column: RowColumn,
): Total | undefined {
  if (isUnit(column)) {
    const count = reading.read?.input.counts?.[column] ?? null;
    if (count === null) return total;
    return { count: count + (total && "count" in total ? total.count : 0) };
  }
  const fen = fenOf(reading, column);
  if (fen === null) return total;
  return { fen: fen + (total && "fen" in total ? total.fen : 0n) };
}

/** Control totals of what stands in the table, to be laid beside those of the sheet it came from. */
export function totalsOf(
  readings: readonly (RowReading | null)[],
  columns: readonly RowColumn[],
): Totals {
  const totals: Totals = { rows: 0, unread: 0, waiting: 0, of: {} };
  for (const reading of readings) {
    if (reading === null) totals.waiting += 1;
    if (reading === null || reading.blank) continue;
    totals.rows += 1;
    if (Object.values(reading.cells).some((cell) => cell?.problem)) totals.unread += 1;
    for (const column of columns) {
      const total = added(totals.of[column], reading, column);
      if (total) totals.of[column] = total;
    }
  }
  return totals;
}
