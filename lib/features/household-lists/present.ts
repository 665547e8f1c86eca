import type { WriteSheet } from "hucre";
import { csvLine } from "@/lib/kernel/csv";
import { STYLE } from "@/lib/kernel/sheet-grid";
import { LIST_HEAD } from "./rules";

export const listCsv = (rows: readonly (readonly string[])[]): string[] =>
  [LIST_HEAD, ...rows].map(csvLine);

/** Every cell is text, so that no digit of a number is lost and nothing is run as a formula. */
export function listSheet(rows: readonly (readonly string[])[]): WriteSheet {
  const cells = new Map(
    [LIST_HEAD, ...rows].flatMap((row, r) =>
      row.map(
        (value, c) =>
          [`${r},${c}`, { value, style: r === 0 ? STYLE.header : { numFmt: "@" } }] as const,
      ),
    ),
  );
  return { name: "困难职工档案", columns: LIST_HEAD.map(() => ({ width: 16 })), rows: [], cells };
}
