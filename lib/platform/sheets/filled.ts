import {
  CELL_PROBLEM,
  type SheetArea,
  type SheetCell,
  type SheetRow,
} from "@/lib/kernel/sheet-file";
import { visibleText } from "@/lib/kernel/typed-text";
import { LIMITS } from "./limits";
import { Refusal } from "./refusal";

/** A space, or a mark without a shape, is nothing that anybody could see and take out. */
export function isFilled({ text, note }: SheetCell): boolean {
  return visibleText(text) !== "" || (note !== undefined && CELL_PROBLEM[note] !== undefined);
}

/** In merged areas the first cell holds what is said, and the others say that they are covered. */
export function covered(
  rows: readonly { row: number; hidden?: true; cells: SheetCell[] }[],
  merges: readonly SheetArea[],
): SheetRow[] {
  const byNumber = new Map(rows.map((row) => [row.row, row]));
  const widest = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  let touched = 0;
  for (const { row, column, rows: height, columns } of merges) {
    const width = Math.min(columns, widest - column);
    for (let at = row; at < Math.min(row + height, (rows.at(-1)?.row ?? 0) + 1); at++) {
      touched += 1;
      const { cells } = byNumber.get(at) ?? { cells: null };
      for (let n = 0; cells && n < width; n++) {
        touched += 1;
        if (at === row && n === 0) continue;
        while (cells.length < column + n) cells.push({ text: "" });
        cells[column + n] = { text: "", note: "merged" };
      }
      if (touched > LIMITS.cells) throw new Refusal("sheetTooMuch");
    }
  }
  return [...rows];
}
