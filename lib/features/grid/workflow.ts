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

/** Where the rows stand after a change, or before it. */
function ordered(order: readonly string[], op: Op): readonly string[] {
  if (op.kind === "set") return order;
  const after = [...order];
  if (op.kind === "insert") after.splice(op.at, 0, ...op.rows.map(({ id }) => id));
  else after.splice(op.at, op.rows.length);
  return after;
}

/**
 * Rows that are done go out of what stands and out of every step, so that no step brings them back and what is left
 * is taken back as before.
 */
export function withoutRows(
  { content, history }: { content: GridContent; history: History },
  ids: ReadonlySet<string>,
): { content: GridContent; history: History } {
  const left = (order: readonly string[]) => order.filter((id) => !ids.has(id));
  /** `before`: the rows as they stood when the change was made. */
  const thinned = (before: readonly string[], op: Op): Op[] => {
    if (op.kind === "set") return ids.has(op.row) ? [] : [op];
    const rows = op.rows.filter(({ id }) => !ids.has(id));
    return rows.length === 0 ? [] : [{ ...op, at: left(before.slice(0, op.at)).length, rows }];
  };
  const thinnedStep = (step: Step, orders: readonly (readonly string[])[]): Step[] => {
    const ops = step.ops.flatMap((op, at) => thinned(orders[at] ?? [], op));
    return ops.length === 0 ? [] : [{ ...step, ops }];
  };

  let order = content.order;
  const done = [...history.done].reverse().flatMap((step) => {
    const orders = [...step.ops].reverse().map((op) => (order = ordered(order, opposite(op))));
    return thinnedStep(step, orders.reverse());
  });
  order = content.order;
  const undone = [...history.undone].reverse().flatMap((step) => {
    const orders = step.ops.map((op) => {
      const before = order;
      order = ordered(order, op);
      return before;
    });
    return thinnedStep(step, orders);
  });
  return {
    content: {
      order: left(content.order),
      texts: Object.fromEntries(left(content.order).map((id) => [id, content.texts[id] ?? {}])),
    },
    history: { done: done.reverse(), undone: undone.reverse() },
  };
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
