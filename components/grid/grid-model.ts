import {
  cellSelectionFeature,
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  type ReactTable,
} from "@tanstack/react-table";
import type { Area, Range, Shown } from "@/lib/features/grid/types";

export const features = tableFeatures({
  cellSelectionFeature,
  columnSizingFeature,
  columnResizingFeature,
});

export type GridLine = { id: string };
export type GridTableModel = ReactTable<typeof features, GridLine>;

/** The cell that holds the input, and the rectangle that is selected with it. */
export type Selected = { row: number; column: number; area: Area };

const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);

function spanOf(one: number, other: number) {
  return { from: Math.min(one, other), length: Math.abs(one - other) + 1 };
}

/** Selection of the table kit in places of the view; the first cell where what was selected is gone. */
export function selectedIn(table: GridTableModel, { rows, columns }: Shown): Selected {
  const range = table.state.cellSelection.at(-1);
  const at = (list: readonly string[], id: string | undefined) => list.indexOf(id ?? "");
  const row = at(rows, range?.anchorRowId);
  const column = at(columns, range?.anchorColumnId);
  if (row < 0 || column < 0)
    return { row: 0, column: 0, area: { row: 0, column: 0, rows: 1, columns: 1 } };
  const toRow = at(rows, range?.focusRowId);
  const toColumn = at(columns, range?.focusColumnId);
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

/** Selects between two cells of the view; the first one holds the input. */
export function selectBetween(
  table: GridTableModel,
  { rows, columns }: Shown,
  from: { row: number; column: number },
  to: { row: number; column: number } = from,
): void {
  const row = (at: number) => rows[within(at, rows.length - 1)] ?? "";
  const column = (at: number) => columns[within(at, columns.length - 1)] ?? "";
  table.selectCellRange({
    anchorRowId: row(from.row),
    anchorColumnId: column(from.column),
    focusRowId: row(to.row),
    focusColumnId: column(to.column),
  });
}

export function selectRange(table: GridTableModel, range: Range | null): void {
  if (range === null) return;
  table.selectCellRange({
    anchorRowId: range.anchor.row,
    anchorColumnId: range.anchor.column,
    focusRowId: range.focus.row,
    focusColumnId: range.focus.column,
  });
}

/** The other end of what is selected: what Shift and an arrow move. */
export function focusEnd({ row, column, area }: Selected): { row: number; column: number } {
  return {
    row: area.row === row ? area.row + area.rows - 1 : area.row,
    column: area.column === column ? area.column + area.columns - 1 : area.column,
  };
}
