import type { Op } from "@/lib/features/grid/types";
import { filling, type Direction } from "@/lib/features/grid/present";
import { removing } from "@/lib/features/grid/workflow";
import type { SeriesStep } from "@/lib/kernel/series";
import { freshRows } from "./grid-text";
import { withRow } from "./lens";
import type { Grid } from "./use-grid";

/** Cells of the selection, as ids. */
function cellsIn({ shown, selected: { area } }: Grid) {
  const columns = shown.columns.slice(area.column, area.column + area.columns);
  return shown.rows
    .slice(area.row, area.row + area.rows)
    .flatMap((row) => columns.map((column) => ({ row, column })));
}

const selectedRows = ({ shown, selected: { area } }: Grid) =>
  shown.rows.slice(area.row, area.row + area.rows);

export function clearCells(grid: Grid, kind: "clear" | "cut" = "clear"): boolean {
  const writes = cellsIn(grid).map((cell) => ({ ...cell, text: "" }));
  return grid.store.write(kind, writes, grid.range);
}

/** One text into every selected cell. */
export function fillAll(grid: Grid, text: string): void {
  const writes = cellsIn(grid).map((cell) => ({ ...cell, text }));
  if (!grid.store.write("fill", writes, grid.range)) grid.store.type(null);
}

export function fill(grid: Grid, direction: Direction, series: SeriesStep | null): boolean {
  const { store, shown, selected, range } = grid;
  grid.commit();
  const writes = filling(store.state().content, shown, selected.area, { direction, series });
  return store.write("fill", writes, range);
}

/** New rows beside the selected ones, as many as are selected. */
export function insertRows(grid: Grid, where: "above" | "below", count?: number): void {
  const { store, shown, selected, range } = grid;
  grid.commit();
  const { area } = selected;
  const { order } = store.state().content;
  const beside = shown.rows[where === "above" ? area.row : area.row + area.rows - 1] ?? "";
  const at = order.indexOf(beside) + (where === "above" ? 0 : 1);
  const rows = freshRows(count ?? area.rows);
  store.act({
    kind: "insert",
    ops: [{ kind: "insert", at, rows }],
    before: range,
    after: range,
  });
}

/** Answers how many of the removed rows are drafts: what becomes of these is asked. */
export function removeRows(grid: Grid): { rows: number; drafts: number } {
  const { store, range } = grid;
  grid.commit();
  const ids = new Set(selectedRows(grid));
  const { content, held } = store.state();
  const ops: Op[] = removing(content, ids);
  // A table without a row would have no cell to stand in.
  if (ids.size === content.order.length)
    ops.push({ kind: "insert", at: 0, rows: freshRows(ids.size) });
  store.act({ kind: "remove", ops, before: range, after: null });
  return { rows: ids.size, drafts: [...ids].filter((id) => held[id]).length };
}

/** The first empty row below all that say something, that is not looked at. */
function emptyBelow({ store, shown }: Grid): string | undefined {
  const { order, texts } = store.state().content;
  const seen = new Set(shown.rows);
  const last = order.reduce(
    (found, id, at) => (Object.keys(texts[id] ?? {}).length > 0 ? at : found),
    -1,
  );
  return order.slice(last + 1).find((id) => !seen.has(id));
}

/** Room below the last row, as soon as one wants to go on; answers the first new row. */
export function moreRows(grid: Grid, count = 10): string | null {
  const { store, lens, look, range } = grid;
  const { order } = store.state().content;
  const empty = emptyBelow(grid);
  if (lens !== null && empty !== undefined) {
    look(withRow(lens, empty));
    return empty;
  }
  const rows = freshRows(count);
  const ops: Op[] = [{ kind: "insert", at: order.length, rows }];
  store.act({ kind: "insert", ops, before: range, after: range });
  return rows[0]?.id ?? null;
}

export function takeBack(grid: Grid, way: "undo" | "redo"): boolean {
  grid.commit();
  const done = grid.store[way]();
  if (done === null) return false;
  grid.restore(done.range);
  return true;
}
