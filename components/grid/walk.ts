import type { Shown } from "@/lib/features/grid/types";

type At = { row: number; column: number };

export type Walk = {
  shown: Shown;
  page: number;
  isFilled: (row: string, column: string) => boolean;
};

/** To the last cell of a run, or over a gap to the next filled one, as spreadsheets jump. */
function jump(at: number, by: 1 | -1, last: number, isFilled: (at: number) => boolean): number {
  const inside = (index: number) => index >= 0 && index <= last;
  let next = at + by;
  if (!inside(next)) return at;
  if (isFilled(at) && isFilled(next)) {
    while (inside(next + by) && isFilled(next + by)) next += by;
    return next;
  }
  while (inside(next + by) && !isFilled(next)) next += by;
  return next;
}

const ARROWS: Record<string, { row: 0 | 1 | -1; column: 0 | 1 | -1 }> = {
  ArrowDown: { row: 1, column: 0 },
  ArrowUp: { row: -1, column: 0 },
  ArrowRight: { row: 0, column: 1 },
  ArrowLeft: { row: 0, column: -1 },
};

/** Where a key leads from a cell; null for a key that leads nowhere. Arrows stop at the edge. */
export function walked(key: string, ctrl: boolean, at: At, walk: Walk): At | null {
  const { rows, columns } = walk.shown;
  const last = { row: rows.length - 1, column: columns.length - 1 };
  const clamp = ({ row, column }: At): At => ({
    row: Math.min(Math.max(row, 0), last.row),
    column: Math.min(Math.max(column, 0), last.column),
  });
  const arrow = ARROWS[key];
  if (arrow && !ctrl) return clamp({ row: at.row + arrow.row, column: at.column + arrow.column });
  if (arrow) {
    const filled = (row: number, column: number) =>
      walk.isFilled(rows[row] ?? "", columns[column] ?? "");
    return arrow.row !== 0
      ? { ...at, row: jump(at.row, arrow.row, last.row, (row) => filled(row, at.column)) }
      : { ...at, column: jump(at.column, arrow.column as 1 | -1, last.column, (column) => filled(at.row, column)) }; // prettier-ignore
  }
  switch (key) {
    case "Home":
      return { row: ctrl ? 0 : at.row, column: 0 };
    case "End":
      return { row: ctrl ? last.row : at.row, column: last.column };
    case "PageDown":
      return clamp({ ...at, row: at.row + walk.page });
    case "PageUp":
      return clamp({ ...at, row: at.row - walk.page });
    default:
      return null;
  }
}

type IsBrought = (row: string, column: string) => boolean;

/**
 * Where Tab leads: past what is filled without a word, which arrows and a click still reach. Null where the table
 * ends.
 */
export function tabbed(
  from: At,
  by: 1 | -1,
  { rows, columns }: Shown,
  isBrought: IsBrought,
): { to: At; past: string[] } | null {
  const past: string[] = [];
  const width = columns.length;
  for (let at = from.row * width + from.column + by; ; at += by) {
    const [row, column] = [rows[Math.floor(at / width)], columns[at % width]];
    if (row === undefined || column === undefined) return null;
    if (!isBrought(row, column))
      return { to: { row: Math.floor(at / width), column: at % width }, past };
    past.push(column);
  }
}

/** Where Enter goes on in a row that is walked with Tab: in the column it began with, or the next that waits for a word. */
export function begun(
  row: string,
  began: number,
  columns: readonly string[],
  isBrought: IsBrought,
): number {
  const next = columns.findIndex((column, at) => at >= began && !isBrought(row, column));
  return next < 0 ? began : next;
}
