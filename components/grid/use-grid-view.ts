"use client";

import { useMemo, useSyncExternalStore } from "react";
import type { RowColumn } from "@/lib/features/rows/types";
import { isColumn } from "./grid-columns";

/** How a table is looked at; kept in this browser under the programmes it is for, and no part of what it says. */
type Remembered = { columns: RowColumn[]; widths: Record<string, number> };

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const keyOf = (programmes: readonly string[]) => `nz-grid-view:${[...programmes].sort().join(",")}`;

function readRaw(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function parsed(raw: string | null): Partial<Remembered> {
  if (raw === null) return {};
  try {
    const { columns, widths } = JSON.parse(raw) as Partial<Remembered>;
    const known = Array.isArray(columns) ? columns.filter((name) => isColumn(String(name))) : [];
    return { ...(known.length > 0 ? { columns: known } : {}), widths: widths ?? {} };
  } catch {
    return {};
  }
}

export type GridView = {
  columns: readonly RowColumn[];
  widths: Readonly<Record<string, number>>;
  /** Null: what the programmes bring. */
  show: (columns: readonly RowColumn[] | null) => void;
  resize: (widths: Readonly<Record<string, number>>) => void;
};

/** Columns that hold something are shown whatever was chosen: nothing of a copy is hidden from whoever opens it. */
export function useGridView(
  programmes: readonly string[],
  first: readonly RowColumn[],
  filled: readonly RowColumn[],
): GridView {
  const key = keyOf(programmes);
  const raw = useSyncExternalStore(
    subscribe,
    () => readRaw(key),
    () => null,
  );
  const { columns = first, widths = {} } = parsed(raw);

  function remember(change: Partial<Remembered> | null) {
    try {
      if (change === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, JSON.stringify({ ...parsed(raw), ...change }));
    } catch {
      // A browser that keeps nothing still shows the table.
    }
    for (const listener of listeners) listener();
  }

  const names = [...columns, ...filled.filter((column) => !columns.includes(column))].join();
  return {
    columns: useMemo(() => names.split(",").filter(isColumn), [names]),
    widths,
    show: (shown) => remember(shown === null ? null : { columns: [...shown] }),
    resize: (next) => remember({ widths: next }),
  };
}
