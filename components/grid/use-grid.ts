"use client";

import { useLocale } from "next-intl";
import { useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { Area, Place as Cell, Range, Shown } from "@/lib/features/grid/types";
import type { Locale } from "@/lib/kernel/preferences";
import { firstWidth, isColumn } from "./grid-columns";
import { rangeBetween, rangeOf, selectedIn, widthWithin, type Selected } from "./grid-model";
import type { GridStore } from "./grid-store";
import { seenThrough, type Lens } from "./lens";
import type { GridView } from "./use-grid-view";

type Place = { row: number; column: number };

export type Grid = {
  store: GridStore;
  /** Of a column, in pixels. */
  width: (column: string) => number;
  view: GridView;
  shown: Shown;
  selected: Selected;
  range: Range | null;
  lens: Lens | null;
  look: (lens: Lens | null) => void;
  select: (from: Place, to?: Place) => void;
  selectArea: (area: Area) => void;
  restore: (range: Range | null) => void;
  /** A button of the mouse goes down on a cell: where a selection begins, or with Shift ends. */
  press: (cell: Cell, extend: boolean) => void;
  /** The mouse comes over another cell; with the button down, what is selected reaches to it. */
  drag: (cell: Cell) => void;
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
  const [held, hold] = useState<Range | null>(null);
  const dragging = useRef(false);
  const shown: Shown = { rows, columns: view.columns };
  const selected = selectedIn(held, shown);
  const select = (from: Place, to?: Place) => hold(rangeBetween(shown, from, to));
  return {
    ...{ store, view, shown, selected, lens, look, select, announce, announced },
    width: (column) =>
      widthWithin(view.widths[column] ?? (isColumn(column) ? firstWidth(column, locale) : 0)),
    range: rangeOf(shown, selected.area),
    selectArea: ({ row, column, rows: down, columns: across }) =>
      select({ row, column }, { row: row + down - 1, column: column + across - 1 }),
    restore: (range) => range && hold(range),
    press: (cell, extend) => {
      dragging.current = true;
      const release = () => {
        dragging.current = false;
      };
      document.addEventListener("mouseup", release, { once: true });
      hold((now) => (extend && now ? { ...now, focus: cell } : { anchor: cell, focus: cell }));
    },
    drag: (cell) => {
      if (dragging.current) hold((now) => now && { ...now, focus: cell });
    },
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
