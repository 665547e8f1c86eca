import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readRow, rowContext } from "@/lib/features/rows/rules";
import type { Texts } from "@/lib/features/grid/types";
import { removing } from "@/lib/features/grid/workflow";
import { REFERENCE } from "@/testing/reference";
import { ALL_COLUMNS } from "./grid-columns";
import { GridStore } from "./grid-store";
import { emptyState, freshRows, fromText, strayDrafts, toText, type GridState } from "./grid-text";
import { totalsOf } from "./totals";

const CONTEXT = rowContext({
  reference: REFERENCE,
  locale: "zh-CN",
  reading: { today: "2026-11-25", openYears: [2026] },
  organisation: "630123",
});
const read = (texts: Texts) => readRow(texts, CONTEXT);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function opened(state: GridState = emptyState()): { store: GridStore; kept: () => GridState } {
  let kept = state;
  const store = new GridStore(state, read, (next) => (kept = next));
  return { store, kept: () => kept };
}

const reopened = (state: GridState) =>
  fromText(JSON.parse(JSON.stringify(toText(state, ALL_COLUMNS))));

const at = (row: string, column: string) => ({
  anchor: { row, column },
  focus: { row, column },
});

describe("a table that is left and opened again", () => {
  it("says what it said, line ends, tabs and quotation marks too", () => {
    const { store, kept } = opened();
    const writes = [
      { row: "first-1", column: "note", text: '甲\n乙\t"丙"' },
      { row: "first-3", column: "amount", text: "61.58万" },
    ];
    store.write("paste", writes, null);
    store.chooseProgrammes(["golden-autumn"]);
    const again = reopened(kept());
    expect(again.content).toEqual(kept().content);
    expect(again.programmes).toEqual(["golden-autumn"]);
  });

  it("has in its cell what was being typed, as a step that is taken back like any other", () => {
    const { store, kept } = opened();
    store.write(
      "type",
      [{ row: "first-1", column: "amount", text: "12" }],
      at("first-1", "amount"),
    );
    store.type({ row: "first-2", column: "note", text: "半句" });
    const { store: again } = opened(reopened(kept()));
    expect(again.state().content.texts["first-2"]).toEqual({ note: "半句" });
    again.undo();
    expect(again.state().content.texts["first-2"]).toEqual({});
    expect(again.undo()?.range).toEqual(at("first-1", "amount"));
    expect(again.state().content.texts["first-1"]).toEqual({});
    expect(again.undo()).toBeNull();
  });

  it("knows that a draft is older than the cell that was open", () => {
    const { store, kept } = opened();
    store.write("type", [{ row: "first-1", column: "amount", text: "12" }], null);
    store.hold({ "first-1": { id: "7", version: 1, reference: "r", changed: false } });
    expect(reopened(kept()).held["first-1"]?.changed).toBe(false);
    store.type({ row: "first-1", column: "amount", text: "123" });
    expect(reopened(kept()).held["first-1"]?.changed).toBe(true);
  });
});

describe("a draft whose row goes", () => {
  const held = { id: "7", version: 1, reference: "r", changed: false };
  const row = { row: "first-1", column: "amount", text: "12" };
  const whole = (store: GridStore) => ({
    kind: "remove" as const,
    ops: removing(store.state().content, new Set(["first-1"])),
    before: null,
    after: null,
  });

  it("is asked about however it goes, until it is said to stay or comes back", () => {
    const { store, kept } = opened();
    store.write("type", [row], null);
    store.hold({ "first-1": held });
    expect(strayDrafts(store.state())).toEqual([]);
    store.act(whole(store));
    expect(strayDrafts(reopened(kept())).map(({ id }) => id)).toEqual(["7"]);
    store.undo();
    expect(strayDrafts(store.state())).toEqual([]);
    store.write("clear", [{ ...row, text: "" }], null);
    expect(strayDrafts(store.state()).map(({ id }) => id)).toEqual(["7"]);
    store.leave(new Set(["first-1"]));
    expect(strayDrafts(reopened(kept()))).toEqual([]);
    expect(store.row("first-1").held?.id).toBe("7");
  });

  it("is a new row when it comes back after its draft was voided", () => {
    const { store } = opened();
    store.write("type", [row], null);
    store.hold({ "first-1": held });
    store.act(whole(store));
    store.letGo(new Set(["first-1"]));
    store.undo();
    expect(store.row("first-1")).toMatchObject({ texts: { amount: "12" }, held: null });
  });
});

it("what was submitted does not come back; what stayed is taken back as before", () => {
  const { store } = opened();
  store.write("type", [{ row: "first-1", column: "amount", text: "12" }], null);
  store.write("type", [{ row: "first-2", column: "amount", text: "34" }], null);
  store.finish(new Set(["first-1"]));
  store.undo();
  expect(store.row("first-2").texts).toEqual({});
  expect(store.undo()).toBeNull();
  expect(store.order()).not.toContain("first-1");
});

describe("rows", () => {
  it("are read in slices, all of them, and counted to the fen", () => {
    const { store } = opened();
    const rows = freshRows(500).map(({ id }, n) => ({
      id,
      texts: { programme: "金秋助学", amount: `${n + 1}.01` },
    }));
    store.act({ kind: "paste", ops: [{ kind: "insert", at: 0, rows }], before: null, after: null });
    vi.runAllTimers();
    const totals = totalsOf([...store.rows().values()].map((row) => row.reading), ["amount"]); // prettier-ignore
    expect(totals).toEqual({
      rows: 500,
      unread: 0,
      waiting: 0,
      of: { amount: { fen: 12525500n } },
    });
  });

  it("that can be read only in part are counted as far as they are, and said to be", () => {
    const { store } = opened();
    const writes = [
      { row: "first-1", column: "amount", text: "100" },
      { row: "first-2", column: "amount", text: "几万" },
    ];
    store.write("paste", writes, null);
    const totals = totalsOf([...store.rows().values()].map((row) => row.reading), ["amount"]); // prettier-ignore
    expect(totals).toMatchObject({ rows: 2, of: { amount: { fen: 10000n } } });
    expect(totals.unread).toBeGreaterThanOrEqual(1);
  });

  it("whose text changes are drawn anew, and no others", () => {
    const { store } = opened();
    const [first, second] = [store.row("first-1"), store.row("first-2")];
    store.write("type", [{ row: "first-1", column: "note", text: "新" }], null);
    expect(store.row("first-1")).not.toBe(first);
    expect(store.row("first-2")).toBe(second);
  });

  it("forget what was said of them as soon as they say something else", () => {
    const { store } = opened();
    store.write("type", [{ row: "first-1", column: "note", text: "旧" }], null);
    store.say({ "first-1": { cells: {}, row: "不收" }, "first-2": { cells: {}, row: "不收" } });
    store.write("type", [{ row: "first-1", column: "note", text: "新" }], null);
    expect([store.row("first-1").said, store.row("first-2").said?.row]).toEqual([null, "不收"]);
  });
});
