"use client";

import type { ClipboardEvent } from "react";
import { readClipboard } from "@/lib/browser/clipboard";
import { clipboardOf, textsIn } from "@/lib/features/grid/present";
import { place, placing, type Plan, type Vocabulary } from "@/lib/features/grid/rules";
import { matchHeader } from "@/lib/features/rows/labels";
import type { Block } from "@/lib/kernel/pasted-block";
import { clearCells } from "./grid-acts";
import { isColumn, kindOf } from "./grid-columns";
import { freshRows } from "./grid-text";
import type { Grid } from "./use-grid";

/** Overwriting fewer is seen at a glance and taken back with one key. */
const ASK_FROM = 20;

const vocabulary: Vocabulary = {
  head: (cells) => {
    const { columns, units } = matchHeader(cells);
    return { columns, units: columns.map((column) => (column && units[column]) ?? null) };
  },
  fillsDown: (column) => isColumn(column) && kindOf(column) === "choice",
};

/** What was pasted, to be told: the rows by their ids. */
export type Pasted = { plan: Plan; rows: string[] };

export type PasteAsk =
  /** Columns without a place: the person says where they belong. */
  { kind: "columns"; block: Block; plan: Plan } | { kind: "overwrite"; plan: Plan };

export type Paste = {
  onCopy: (event: ClipboardEvent) => void;
  onCut: (event: ClipboardEvent) => void;
  onPaste: (event: ClipboardEvent) => void;
  /** With the person's word on its columns. */
  placeAs: (block: Block, mapping: readonly (string | null)[]) => void;
  perform: (plan: Plan) => void;
};

export function useGridClipboard(
  grid: Grid,
  tell: { asks: (ask: PasteAsk) => void; pasted: (pasted: Pasted) => void; nothing: () => void },
): Paste {
  const { store, shown, selected, range } = grid;

  function perform(plan: Plan) {
    const { content } = store.state();
    const fresh = freshRows(plan.newRows).map(({ id }) => id);
    const ops = placing(plan, content, shown, fresh);
    const columns = plan.mapping.filter((name) => name !== null).filter(isColumn);
    const hidden = columns.filter((column) => !shown.columns.includes(column));
    if (hidden.length > 0) grid.view.show([...grid.view.columns, ...hidden]);
    const rows = [...shown.rows, ...fresh].slice(plan.area.row, plan.area.row + plan.area.rows);
    const after =
      rows[0] && shown.columns[plan.area.column]
        ? {
            anchor: { row: rows[0], column: shown.columns[plan.area.column] ?? "" },
            focus: {
              row: rows.at(-1) ?? rows[0],
              column: shown.columns[plan.area.column + plan.area.columns - 1] ?? "",
            },
          }
        : range;
    store.act({ kind: "paste", ops, before: range, after });
    grid.restore(after);
    tell.pasted({ plan, rows });
  }

  function consider(block: Block, said: readonly (string | null)[] | null) {
    const target = { shown, area: selected.area };
    const plan = place(block, target, store.state().content, vocabulary, said);
    if (plan.surplus.length > 0) tell.asks({ kind: "columns", block, plan });
    else if (plan.overwrites >= ASK_FROM) tell.asks({ kind: "overwrite", plan });
    else perform(plan);
  }

  function copy(event: ClipboardEvent): boolean {
    if (store.state().open !== null) return false;
    const { text, html } = clipboardOf(textsIn(store.state().content, shown, selected.area));
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData("text/html", html);
    event.preventDefault();
    return true;
  }

  return {
    onCopy: (event) => void copy(event),
    onCut: (event) => {
      if (copy(event)) clearCells(grid, "cut");
    },
    onPaste: (event) => {
      const html = event.clipboardData.getData("text/html");
      const block = readClipboard({ html, text: event.clipboardData.getData("text/plain") });
      const cells = block.rows.flat().length;
      // One text into a cell that is open is the input's own paste.
      if (cells <= 1 && store.state().open !== null) return;
      event.preventDefault();
      grid.commit();
      if (cells === 0) tell.nothing();
      else consider(block, null);
    },
    placeAs: (block, mapping) => consider(block, mapping),
    perform,
  };
}
