"use client";

import { useEffect, useRef, type KeyboardEvent, type RefObject } from "react";
import { isComposing } from "@/lib/browser/composing";
import { textOf } from "@/lib/features/grid/workflow";
import { clearCells, fill, fillAll, insertRows, moreRows, removeRows, takeBack } from "./grid-acts";
import { isColumn } from "./grid-columns";
import { focusEnd } from "./grid-model";
import { fromShown } from "./cell-input";
import type { Choices } from "./use-choices";
import type { Grid } from "./use-grid";
import { begun, tabbed, walked } from "./walk";

export type KeyAsks = {
  find: (replace: boolean) => void;
  /** Said to whoever removed rows. */
  removed: (gone: { rows: number; drafts: number }) => void;
  /** Said of columns that Tab went past. */
  passed: (columns: readonly string[]) => void;
  save: () => void;
  submit: () => void;
};

type Keys = {
  grid: Grid;
  choices: Choices;
  composingRef: RefObject<boolean>;
  /** Opened by F2 or a double click: then the arrows are the caret's. */
  caretRef: RefObject<boolean>;
  frameRef: RefObject<HTMLDivElement | null>;
  height: number;
  asks: KeyAsks;
};

type Pressed = KeyboardEvent<HTMLElement>;
const hasCtrl = (event: Pressed) => event.ctrlKey || event.metaKey;

export function openCell({ grid, caretRef }: Pick<Keys, "grid" | "caretRef">): void {
  const { store, shown, selected } = grid;
  const [row, column] = [shown.rows[selected.row], shown.columns[selected.column]];
  if (!row || !column || store.state().open) return;
  caretRef.current = true;
  store.type({ row, column, text: textOf(store.state().content, row, column) });
}

const isBroughtIn =
  ({ store }: Grid) =>
  (row: string, column: string): boolean =>
    isColumn(column) && store.readingOf(row).brought[column] !== undefined;

/** Down, back to the column in which Tab began; below the last filled row there is always another. */
function goDown(keys: Keys, by: 1 | -1, began: RefObject<number | null>): void {
  const { grid } = keys;
  const { selected, shown, store } = grid;
  const last = shown.rows.at(-1) ?? "";
  const at = selected.row + by;
  const filled = Object.keys(store.state().content.texts[last] ?? {}).length > 0;
  const fresh = at >= shown.rows.length && filled ? moreRows(grid) : null;
  const row = fresh ?? shown.rows[at];
  const from = began.current;
  began.current = null;
  const kept = from ?? selected.column;
  const column =
    from === null || row === undefined ? kept : begun(row, from, shown.columns, isBroughtIn(grid));
  const name = shown.columns[column];
  if (fresh === null || name === undefined) return grid.select({ row: at, column });
  // By its name: this picture does not have the new row yet, and what is typed next would go over the last one.
  const place = { row: fresh, column: name };
  grid.restore({ anchor: place, focus: place });
}

/** Answers whether there was a cell to go to; past the last one Tab leaves the table. */
function goAside({ grid, asks }: Keys, by: 1 | -1, began: RefObject<number | null>): boolean {
  const { selected, shown } = grid;
  const next = tabbed(selected, by, shown, isBroughtIn(grid));
  if (next === null) return false;
  began.current ??= selected.column;
  grid.select(next.to);
  if (next.past.length > 0) asks.passed(next.past);
  return true;
}

/** A line end within a cell; shown as a sign. */
function breakLine(box: EventTarget, store: Grid["store"]): boolean {
  const { open } = store.state();
  if (!(box instanceof HTMLInputElement) || open === null) return false;
  box.setRangeText("⏎", box.selectionStart ?? 0, box.selectionEnd ?? 0, "end");
  store.type({ ...open, text: fromShown(box.value) });
  return true;
}

type Verbs = Pick<KeyAsks, "save" | "submit">;
type Chord = Pick<Pressed, "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "key">;

function verbOf({ ctrlKey, metaKey, altKey, shiftKey, key }: Chord): keyof Verbs | null {
  if ((!ctrlKey && !metaKey) || altKey) return null;
  if (key === "Enter") return shiftKey ? "submit" : null;
  return key.toLowerCase() === "s" && !shiftKey ? "save" : null;
}

/** In the midst of a cell, too; what is in it is taken first. */
function isVerb(event: Pressed, { asks, choices, grid }: Keys): boolean {
  const verb = verbOf(event);
  if (verb === null) return false;
  choices.take();
  grid.commit();
  asks[verb]();
  return true;
}

/** Ctrl+S and Ctrl+Shift+Enter, wherever on the page the focus is. */
export function useVerbKeys(verbs: Verbs): void {
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      const verb = verbOf(event);
      if (verb === null || event.defaultPrevented || isComposing(event)) return;
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) verbs[verb]();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [verbs]);
}

/** Answers whether the key was a command of the open cell; everything else is the input's. */
function inOpenCell(event: Pressed, keys: Keys, began: RefObject<number | null>): boolean {
  const { grid, choices, caretRef } = keys;
  const { store } = grid;
  if (choices.walk(event.key)) return true;
  switch (event.key) {
    case "Enter":
      if (event.altKey) return breakLine(event.target, store);
      choices.take();
      if (hasCtrl(event)) fillAll(grid, store.state().open?.text ?? "");
      else {
        grid.commit();
        goDown(keys, event.shiftKey ? -1 : 1, began);
      }
      return true;
    case "Tab":
      choices.take();
      grid.commit();
      return goAside(keys, event.shiftKey ? -1 : 1, began);
    case "Escape":
      store.type(null);
      return true;
    case "ArrowDown":
    case "ArrowUp":
      if (caretRef.current) return false;
      grid.commit();
      goDown(keys, event.key === "ArrowDown" ? 1 : -1, { current: null });
      return true;
    default:
      return false;
  }
}

function withCtrl(event: Pressed, keys: Keys): boolean {
  const { grid, asks } = keys;
  const { shown } = grid;
  const last = { row: shown.rows.length - 1, column: shown.columns.length - 1 };
  const commands: Record<string, () => void> = {
    a: () => grid.select({ row: 0, column: 0 }, last),
    d: () => fill(grid, "down", event.shiftKey ? "month" : null),
    r: () => fill(grid, "right", null),
    z: () => takeBack(grid, event.shiftKey ? "redo" : "undo"),
    y: () => takeBack(grid, "redo"),
    f: () => asks.find(false),
    h: () => asks.find(true),
    " ": () => grid.select({ row: 0, column: grid.selected.column }, { row: last.row, column: grid.selected.column }), // prettier-ignore
  };
  const command = commands[event.key.toLowerCase()];
  command?.();
  return command !== undefined;
}

function inNavigation(event: Pressed, keys: Keys, began: RefObject<number | null>): boolean {
  const { grid, choices, asks, frameRef, height } = keys;
  const { selected, shown, store } = grid;
  const { content } = store.state();
  if (event.altKey) {
    if (event.key === "ArrowDown") {
      openCell(keys);
      choices.offerAll();
    } else if (event.key === "Insert") insertRows(grid, event.shiftKey ? "below" : "above");
    else if (event.key === "Delete") asks.removed(removeRows(grid));
    else return false;
    return true;
  }
  const page = Math.max(1, Math.floor((frameRef.current?.clientHeight ?? 0) / height) - 3);
  const isFilled = (row: string, column: string) => textOf(content, row, column) !== "";
  const from = event.shiftKey ? focusEnd(selected) : selected;
  const to = walked(event.key, hasCtrl(event), from, { shown, page, isFilled });
  if (to) {
    began.current = null;
    if (event.shiftKey) grid.select(selected, to);
    else if (event.key === "ArrowDown" && to.row === from.row) goDown(keys, 1, { current: null });
    else grid.select(to);
    return true;
  }
  if (hasCtrl(event)) return withCtrl(event, keys);
  switch (event.key) {
    case "Enter":
      goDown(keys, event.shiftKey ? -1 : 1, began);
      return true;
    case "F2":
      openCell(keys);
      return true;
    case "Delete":
      clearCells(grid);
      return true;
    case " ":
      if (!event.shiftKey) return false;
      grid.select({ row: selected.row, column: 0 }, { row: selected.row, column: shown.columns.length - 1 }); // prettier-ignore
      return true;
    default:
      return false;
  }
}

/** Keys of the table. Nothing that belongs to an input method is ever a command, and nothing of it is prevented. */
export function useGridKeys(keys: Keys): (event: Pressed) => void {
  const began = useRef<number | null>(null);
  const leaving = useRef(false);
  return (event) => {
    if (keys.composingRef.current || isComposing(event.nativeEvent)) return;
    const open = keys.grid.store.state().open !== null;
    const { key } = event;
    if (!open && key === "Escape") {
      leaving.current = true;
      return;
    }
    // After Escape, Tab leaves the table instead of going to the next cell.
    const left = key === "Tab" && leaving.current;
    if (!["Shift", "Tab"].includes(key)) leaving.current = false;
    if (left) return;
    const done = isVerb(event, keys)
      ? true
      : open
        ? inOpenCell(event, keys, began)
        : key === "Tab"
          ? goAside(keys, event.shiftKey ? -1 : 1, began)
          : inNavigation(event, keys, began);
    if (done) event.preventDefault();
  };
}
