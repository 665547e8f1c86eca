import { describe, expect, it } from "vitest";
import type { GridContent, History, Step } from "./types";
import { act, EMPTY_HISTORY, keptHistory, redo, removing, setting, undo, withoutRows } from "./workflow"; // prettier-ignore

const COLUMNS = ["programme", "amount", "note"];

function rowsOf(...texts: Record<string, string>[]): GridContent {
  const order = texts.map((_, n) => `r${n}`);
  return { order, texts: Object.fromEntries(order.map((id, n) => [id, texts[n] ?? {}])) };
}

/** The same numbers each time: mulberry32. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function anyStep(content: GridContent, pick: (below: number) => number, n: number): Step {
  const bare = { before: null, after: null };
  const any = () => content.order[pick(content.order.length)] ?? "r0";
  const kind = content.order.length < 2 ? 1 : pick(4);
  if (kind === 0) {
    const ids = new Set(Array.from({ length: 1 + pick(3) }, any));
    return { kind: "remove", ops: removing(content, ids), ...bare };
  }
  if (kind === 1) {
    const rows = Array.from({ length: 1 + pick(3) }, (_, m) => ({
      id: `n${n}-${m}`,
      texts: { amount: String(n) },
    }));
    return { kind: "insert", ops: [{ kind: "insert", at: pick(content.order.length + 1), rows }], ...bare }; // prettier-ignore
  }
  const writes = Array.from({ length: 1 + pick(5) }, () => ({
    row: any(),
    column: COLUMNS[pick(3)] ?? "note",
    text: pick(3) === 0 ? "" : `t${pick(50)}`,
  }));
  // Of two writes to one cell the second follows the first.
  const last = new Map(writes.map((write) => [`${write.row} ${write.column}`, write]));
  return { kind: "paste", ops: setting(content, [...last.values()]), ...bare };
}

describe("steps", () => {
  it.each([1, 2, 3, 4, 5])(
    "of any kind, two hundred of them, are all taken back and all done again (%d)",
    (seed) => {
      const start = rowsOf({ amount: "1" }, { note: "甲" }, {});
      const pick = seeded(seed);
      let [content, history]: [GridContent, History] = [start, EMPTY_HISTORY];
      for (let n = 0; n < 200; n++)
        ({ content, history } = act(content, history, anyStep(content, pick, n)));
      const end = content;
      for (let n = 0; n < 200; n++) ({ content, history } = undo(content, history));
      expect(content).toEqual(start);
      expect(undo(content, history).step).toBeNull();
      for (let n = 0; n < 200; n++) ({ content, history } = redo(content, history));
      expect(content).toEqual(end);
    },
  );

  it.each([1, 2, 3, 4, 5])(
    "of which some rows are done by now take back and do again what is left (%d)",
    (seed) => {
      const start = rowsOf({ amount: "1" }, { note: "甲" }, {}, { note: "乙" });
      const pick = seeded(seed);
      let [content, history]: [GridContent, History] = [start, EMPTY_HISTORY];
      for (let n = 0; n < 120; n++)
        ({ content, history } = act(content, history, anyStep(content, pick, n)));
      const last = content;
      for (let n = 0; n < 40; n++) ({ content, history } = undo(content, history));
      const gone = new Set(["r0", "r2", ...content.order.filter(() => pick(3) === 0)]);
      const left = ({ order, texts }: GridContent) => {
        const rows = order.filter((id) => !gone.has(id));
        return { order: rows, texts: Object.fromEntries(rows.map((id) => [id, texts[id]])) };
      };
      let now = withoutRows({ content, history }, gone);
      expect(now.content).toEqual(left(content));
      while (now.history.undone.length > 0) now = redo(now.content, now.history);
      expect(now.content).toEqual(left(last));
      while (now.history.done.length > 0) now = undo(now.content, now.history);
      expect(now.content).toEqual(left(start));
    },
  );

  it("done anew end what could have been done again", () => {
    const start = rowsOf({});
    const type = (text: string, content: GridContent): Step => ({
      kind: "type",
      ops: setting(content, [{ row: "r0", column: "note", text }]),
      before: null,
      after: null,
    });
    const first = act(start, EMPTY_HISTORY, type("甲", start));
    const back = undo(first.content, first.history);
    const other = act(back.content, back.history, type("乙", back.content));
    expect(redo(other.content, other.history).content.texts["r0"]).toEqual({ note: "乙" });
  });

  it("outlive a reload as far as there is room, the latest before the others", () => {
    const step = (text: string): Step => ({
      kind: "type",
      ops: [{ kind: "set", row: "r0", column: "note", old: "", new: text }],
      before: null,
      after: null,
    });
    const history = { done: [step("a".repeat(500)), step("b"), step("c")], undone: [step("d")] };
    const kept = keptHistory(history, 500);
    expect(kept.done).toEqual([step("b"), step("c")]);
    expect(kept.undone).toEqual([step("d")]);
    expect(keptHistory(history, 0)).toEqual(EMPTY_HISTORY);
  });
});
