"use client";

import { useTable, type ColumnDef } from "@tanstack/react-table";
import { useLocale } from "next-intl";
import { useMemo, useState, useSyncExternalStore } from "react";
import type { Area, Range, Shown } from "@/lib/features/grid/types";
import type { Locale } from "@/lib/kernel/preferences";
import { firstWidth } from "./grid-columns";
import { features, rangeOf, selectedIn, selectBetween, selectRange, type GridLine, type GridTableModel, type Selected } from "./grid-model"; // prettier-ignore
import type { GridStore } from "./grid-store";
import { seenThrough, type Lens } from "./lens";
import type { GridView } from "./use-grid-view";

type Place = { row: number; column: number };

export type Grid = {
  store: GridStore;
  table: GridTableModel;
  view: GridView;
  shown: Shown;
  selected: Selected;
  range: Range | null;
  lens: Lens | null;
  look: (lens: Lens | null) => void;
  select: (from: Place, to?: Place) => void;
  selectArea: (area: Area) => void;
  restore: (range: Range | null) => void;
  /** What is typed goes into its cell. */
  commit: () => void;
  /** Back to the active cell, from a menu or a dialog that closes. */
  focus: () => void;
  /** Said once, for whoever does not see the table. */
  announce: (words: string) => void;
  announced: string;
};

/** After what closes has let go of the focus. */
const focusCell = () =>
  setTimeout(() => {
    document.querySelector<HTMLInputElement>('[role="grid"] input')?.focus({ preventScroll: true });
  });

/** One table: its store, its view, and what is selected in it. */
export function useGrid(store: GridStore, view: GridView): Grid {
  const order = useSyncExternalStore(store.subscribe, store.order, store.order);
  const [lens, look] = useState<Lens | null>(null);
  const [announced, announce] = useState("");
  const locale = useLocale() as Locale;
  const rows = useMemo(() => seenThrough(order, lens), [order, lens]);
  const data = useMemo<GridLine[]>(() => rows.map((id) => ({ id })), [rows]);
  const columns = useMemo<ColumnDef<typeof features, GridLine>[]>(
    () =>
      view.columns.map((id) => ({ id, size: firstWidth(id, locale), minSize: 48, maxSize: 640 })),
    [view.columns, locale],
  );
  const table = useTable({
    features,
    columns,
    data,
    getRowId: ({ id }) => id,
    // Every change of a text makes new rows of the same ids.
    autoResetCellSelection: false,
    enableMultiCellRangeSelection: false,
    columnResizeMode: "onEnd",
    state: { columnSizing: { ...view.widths } },
    onColumnSizingChange: (change) =>
      view.resize(typeof change === "function" ? change({ ...view.widths }) : change),
  });
  const shown: Shown = { rows, columns: view.columns };
  const selected = selectedIn(table, shown);
  const select = (from: Place, to?: Place) => selectBetween(table, shown, from, to);
  return {
    ...{ store, table, view, shown, selected, lens, look, select, announce, announced },
    range: rangeOf(shown, selected.area),
    selectArea: ({ row, column, rows: down, columns: across }) =>
      select({ row, column }, { row: row + down - 1, column: column + across - 1 }),
    restore: (range) => selectRange(table, range),
    focus: () => void focusCell(),
    commit: () => {
      const { open } = store.state();
      if (open === null) return;
      const at = { row: open.row, column: open.column };
      const wrote = store.write("type", [open], { anchor: at, focus: at });
      if (!wrote) store.type(null);
    },
  };
}
