import type { Area, Range, Shown } from "@/lib/features/grid/types";

/** The cell that holds the input, and the rectangle that is selected with it. */
export type Selected = { row: number; column: number; area: Area };

const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);

function spanOf(one: number, other: number) {
  return { from: Math.min(one, other), length: Math.abs(one - other) + 1 };
}

/** A selection in places of the view; the first cell where what was selected is gone. */
export function selectedIn(range: Range | null, { rows, columns }: Shown): Selected {
  const at = (list: readonly string[], id: string | undefined) => list.indexOf(id ?? "");
  const row = at(rows, range?.anchor.row);
  const column = at(columns, range?.anchor.column);
  if (row < 0 || column < 0)
    return { row: 0, column: 0, area: { row: 0, column: 0, rows: 1, columns: 1 } };
  const toRow = at(rows, range?.focus.row);
  const toColumn = at(columns, range?.focus.column);
  const down = spanOf(row, toRow < 0 ? row : toRow);
  const across = spanOf(column, toColumn < 0 ? column : toColumn);
  return {
    row,
    column,
    area: { row: down.from, column: across.from, rows: down.length, columns: across.length },
  };
}

export const rangeOf = ({ rows, columns }: Shown, area: Area): Range | null => {
  const [row, column] = [rows[area.row], columns[area.column]];
  const toRow = rows[Math.min(area.row + area.rows, rows.length) - 1];
  const toColumn = columns[Math.min(area.column + area.columns, columns.length) - 1];
  if (!row || !column || !toRow || !toColumn) return null;
  return { anchor: { row, column }, focus: { row: toRow, column: toColumn } };
};

/** Between two cells of the view; the first one holds the input. */
export function rangeBetween(
  { rows, columns }: Shown,
  from: { row: number; column: number },
  to: { row: number; column: number } = from,
): Range {
  const placeOf = (cell: { row: number; column: number }) => ({
    row: rows[within(cell.row, rows.length - 1)] ?? "",
    column: columns[within(cell.column, columns.length - 1)] ?? "",
  });
  return { anchor: placeOf(from), focus: placeOf(to) };
}

/** The other end of what is selected: what Shift and an arrow move. */
export function focusEnd({ row, column, area }: Selected): { row: number; column: number } {
  return {
    row: area.row === row ? area.row + area.rows - 1 : area.row,
    column: area.column === column ? area.column + area.columns - 1 : area.column,
  };
}

const NARROWEST = 48;
const WIDEST = 640;

export const widthWithin = (width: number): number =>
  within(Math.round(width), WIDEST) < NARROWEST ? NARROWEST : within(Math.round(width), WIDEST);
