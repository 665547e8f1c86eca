import type { GridContent, GridRow, History, Op, Step, Texts } from "./types";

export const EMPTY_HISTORY: History = { done: [], undone: [] };

export const textOf = (content: GridContent, row: string, column: string): string =>
  content.texts[row]?.[column] ?? "";

export function withText(texts: Texts, column: string, text: string): Texts {
  if (text !== "") return { ...texts, [column]: text };
  const { [column]: _emptied, ...rest } = texts;
  return rest;
}

type Draft = { order: string[]; texts: Record<string, Texts> };

function perform(draft: Draft, op: Op): void {
  switch (op.kind) {
    case "set":
      draft.texts[op.row] = withText(draft.texts[op.row] ?? {}, op.column, op.new);
      return;
    case "insert":
      draft.order.splice(op.at, 0, ...op.rows.map(({ id }) => id));
      for (const { id, texts } of op.rows) draft.texts[id] = texts;
      return;
    case "remove":
      draft.order.splice(op.at, op.rows.length);
      for (const { id } of op.rows) delete draft.texts[id];
  }
}

export function apply(content: GridContent, ops: readonly Op[]): GridContent {
  const draft = { order: [...content.order], texts: { ...content.texts } };
  for (const op of ops) perform(draft, op);
  return draft;
}

const OPPOSITE = { insert: "remove", remove: "insert" } as const;

const opposite = (op: Op): Op =>
  op.kind === "set" ? { ...op, old: op.new, new: op.old } : { ...op, kind: OPPOSITE[op.kind] };

const inverted = (ops: readonly Op[]): Op[] => ops.map(opposite).reverse();

type Acted = { content: GridContent; history: History; step: Step | null };

/** What is done anew ends what could have been done again. */
export function act(content: GridContent, history: History, step: Step): Acted {
  return {
    content: apply(content, step.ops),
    history: { done: [...history.done, step], undone: [] },
    step,
  };
}

export function undo(content: GridContent, history: History): Acted {
  const step = history.done.at(-1);
  if (!step) return { content, history, step: null };
  return {
    content: apply(content, inverted(step.ops)),
    history: { done: history.done.slice(0, -1), undone: [...history.undone, step] },
    step,
  };
}

export function redo(content: GridContent, history: History): Acted {
  const step = history.undone.at(-1);
  if (!step) return { content, history, step: null };
  return {
    content: apply(content, step.ops),
    history: { done: [...history.done, step], undone: history.undone.slice(0, -1) },
    step,
  };
}

export type Write = { row: string; column: string; text: string };

/** Where a text is already what is wanted, nothing changes. */
export function setting(content: GridContent, writes: readonly Write[]): Op[] {
  return writes.flatMap(({ row, column, text }) => {
    const old = textOf(content, row, column);
    return old === text ? [] : [{ kind: "set", row, column, old, new: text } as const];
  });
}

/** Rows that go, wherever they stand; each run of neighbours at once, from the last. */
export function removing(content: GridContent, ids: ReadonlySet<string>): Op[] {
  const ops: Op[] = [];
  let [run, at]: [GridRow[], number] = [[], 0];
  content.order.forEach((id, index) => {
    if (!ids.has(id)) return;
    if (run.length > 0 && at + run.length === index) {
      run.push({ id, texts: content.texts[id] ?? {} });
      return;
    }
    [run, at] = [[{ id, texts: content.texts[id] ?? {} }], index];
    ops.push({ kind: "remove", at, rows: run });
  });
  return ops.reverse();
}

const sizes = new WeakMap<Step, number>();

function sizeOf(step: Step): number {
  const size = sizes.get(step) ?? JSON.stringify(step).length;
  sizes.set(step, size);
  return size;
}

/** Steps that fit into so many characters, the latest before the others: undo outlives a reload as far as there is room. */
export function keptHistory({ done, undone }: History, room: number): History {
  let left = room;
  const fitting = (steps: readonly Step[]) => {
    let first = steps.length;
    for (const step of [...steps].reverse()) {
      if (sizeOf(step) > left) break;
      left -= sizeOf(step);
      first -= 1;
    }
    return steps.slice(first);
  };
  return { done: fitting(done), undone: fitting(undone) };
}
