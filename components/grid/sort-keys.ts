import type { SortKey } from "@/lib/features/grid/present";
import type { Texts } from "@/lib/features/grid/types";
import { sourceOf } from "@/lib/features/rows/labels";
import type { RowColumn, RowReading } from "@/lib/features/rows/types";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { kindOf } from "./grid-columns";

const DAYS = ["paidOn", "periodFrom", "periodTo"] as const;

/** Sums by size, days by their order, everything else by its words; null where nothing stands, or cannot be read. */
export function sortKeyOf({ read }: RowReading, texts: Texts, column: RowColumn): SortKey {
  const text = texts[column] ?? "";
  if (read !== null && column === "amount") return read.amountFen;
  const source = sourceOf(column);
  if (read !== null && source?.part === "share") return read.shares[source.number - 1]?.fen ?? null;
  const unit = COUNT_UNITS.find((name) => name === column);
  if (unit) return read?.input.counts?.[unit] ?? null;
  const day = DAYS.find((name) => name === column);
  if (day) return read?.input[day] ?? null;
  if (kindOf(column) === "count") {
    const rate = read?.input.rate;
    return (column === "rateCount" ? rate?.count : rate?.times) ?? null;
  }
  return text === "" ? null : text;
}
