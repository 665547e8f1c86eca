"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

export type ColumnVisibility = Record<string, boolean>;

/** The names of what is shown, in the table's order. */
export const shownIn = (visibility: ColumnVisibility): string[] =>
  Object.keys(visibility).filter((column) => visibility[column]);

const keyOf = (tableId: string) => `nz-columns-${tableId}`;

/** What this reader chose for the table, asked at the moment of a click; undefined = nothing, its own columns. */
export function rememberedColumns(tableId: string): string[] | undefined {
  const shown = shownIn(parse(read(keyOf(tableId)), {}));
  return shown.length > 0 ? shown : undefined;
}

function parse(raw: string | null, initial: ColumnVisibility): ColumnVisibility {
  if (raw === null) return initial;
  try {
    const stored: unknown = JSON.parse(raw);
    if (typeof stored !== "object" || stored === null) return initial;
    const known = Object.entries(stored).filter(([, shown]) => typeof shown === "boolean");
    return { ...initial, ...(Object.fromEntries(known) as ColumnVisibility) };
  } catch {
    return initial;
  }
}

/** Which columns this reader chose to see, kept in this browser under the table's name. */
export function useRememberedColumns(tableId: string, initial: ColumnVisibility) {
  const key = keyOf(tableId);
  const raw = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );

  function setVisibility(next: ColumnVisibility | null) {
    try {
      if (next === null) window.localStorage.removeItem(key);
      else window.localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing still shows the table.
    }
    for (const listener of listeners) listener();
  }

  return { visibility: parse(raw, initial), setVisibility };
}
