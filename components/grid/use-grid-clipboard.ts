"use client";

import { useRef, type ClipboardEvent } from "react";
import { onceAtWork } from "@/lib/browser/at-work";
import { clipboardOf, textsIn } from "@/lib/features/grid/present";
import type { Plan } from "@/lib/features/grid/rules";
import type { GridContent, Range, Shown } from "@/lib/features/grid/types";
import type { Block } from "@/lib/kernel/pasted-block";
import { clearCells } from "./grid-acts";
import { isColumn } from "./grid-columns";
import type * as reader from "./pasting";
import { freshRows } from "./grid-text";
import type { Grid } from "./use-grid";

/** Overwriting fewer is seen at a glance and taken back with one key. */
const ASK_FROM = 20;

type Pasting = typeof reader;
let pasting: Pasting | null = null;
const fetched = async (): Promise<Pasting> => (pasting ??= await import("./pasting"));
onceAtWork(() => void fetched().catch(() => undefined));

/** Of one cell at most, as can be told without reading it. */
const isPlain = ({ html, text }: { html: string; text: string }): boolean =>
  !/[\t\r\n]/.test(text.trim()) && (html.match(/<t[dh][\s>]/gi) ?? []).length <= 1;

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
  /** While a block that was pasted has not been read yet: whoever saves saves it too. */
  arriving: () => Promise<void> | null;
};

/** What is selected afterwards: the rectangle that was written. */
function rangeAfter({ area }: Plan, rows: readonly string[], { columns }: Shown): Range | null {
  const [row, column] = [rows[0], columns[area.column]];
  if (!row || !column) return null;
  const last = columns[area.column + area.columns - 1] ?? "";
  return { anchor: { row, column }, focus: { row: rows.at(-1) ?? row, column: last } };
}

type Tell = {
  asks: (ask: PasteAsk) => void;
  pasted: (pasted: Pasted) => void;
  nothing: () => void;
  /** What reads it is on its way, has come, or could not be fetched. */
  waits: (how: "reading" | "failed" | null) => void;
};

export function useGridClipboard(grid: Grid, tell: Tell): Paste {
  const { store, shown, selected, range } = grid;
  const arriving = useRef<Promise<void> | null>(null);

  /** `since`: what the table said when it was pasted, where that is a while ago. */
  function perform(reader: Pasting, plan: Plan, since: GridContent | null = null) {
    const { content, open } = store.state();
    const fresh = freshRows(plan.newRows).map(({ id }) => id);
    const ops = reader.opsOf(plan, content, { shown, fresh, since });
    const columns = plan.mapping.filter((name) => name !== null).filter(isColumn);
    const hidden = columns.filter((column) => !shown.columns.includes(column));
    if (hidden.length > 0) grid.view.show([...grid.view.columns, ...hidden]);
    const rows = [...shown.rows, ...fresh].slice(plan.area.row, plan.area.row + plan.area.rows);
    const after = rangeAfter(plan, rows, shown) ?? range;
    store.act({ kind: "paste", ops, before: range, after });
    // who has gone on typing meanwhile stays where they are
    if (open !== null) store.type(open);
    else grid.restore(after);
    tell.pasted({ plan, rows });
  }

  function consider(
    reader: Pasting,
    block: Block,
    said: readonly (string | null)[] | null,
    since: GridContent | null = null,
  ) {
    if (block.rows.flat().length === 0) return tell.nothing();
    const target = { shown, area: selected.area };
    const plan = reader.planOf(block, target, since ?? store.state().content, said);
    if (plan.surplus.length > 0) tell.asks({ kind: "columns", block, plan });
    else if (plan.overwrites >= ASK_FROM) tell.asks({ kind: "overwrite", plan });
    else perform(reader, plan, since);
  }

  /** Read as soon as it can be; what is typed until then stays. */
  function later(flavours: { html: string; text: string }) {
    const since = store.state().content;
    tell.waits("reading");
    const read = (reader: Pasting) => {
      tell.waits(null);
      consider(reader, reader.readClipboard(flavours), null, since);
    };
    const before = arriving.current ?? Promise.resolve();
    const own = before
      .then(fetched)
      .then(read, () => tell.waits("failed"))
      .finally(() => {
        if (arriving.current === own) arriving.current = null;
      });
    arriving.current = own;
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
      const { clipboardData: held } = event;
      const flavours = { html: held.getData("text/html"), text: held.getData("text/plain") };
      const open = store.state().open !== null;
      if (pasting === null || arriving.current !== null) {
        if (open && isPlain(flavours)) return;
        event.preventDefault();
        grid.commit();
        return later(flavours);
      }
      const block = pasting.readClipboard(flavours);
      // One text into a cell that is open is the input's own paste.
      if (open && block.rows.flat().length <= 1) return;
      event.preventDefault();
      grid.commit();
      consider(pasting, block, null);
    },
    placeAs: (block, mapping) => void fetched().then((reader) => consider(reader, block, mapping)),
    perform: (plan) => void fetched().then((reader) => perform(reader, plan)),
    arriving: () => arriving.current,
  };
}
