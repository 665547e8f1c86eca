import { describe, expect, it } from "vitest";
import { clipboardOf, filling, placesOf, replacing, sortedRows, textsIn } from "./present";
import type { GridContent, Shown } from "./types";
import { apply, act, EMPTY_HISTORY, removing, setting, undo } from "./workflow";

const CONTENT: GridContent = {
  order: ["a", "b", "c"],
  texts: {
    a: { note: "慰问老李", amount: "３００", day: "2026-01-31" },
    b: { note: "慰问老王", amount: "1200" },
    c: { amount: "80" },
  },
};
const SHOWN: Shown = { rows: CONTENT.order, columns: ["note", "amount", "day"] };

describe("finding", () => {
  it("goes through the view row by row, and full width is half", () => {
    expect(placesOf(CONTENT, SHOWN, "慰问")).toEqual([
      { row: "a", column: "note" },
      { row: "b", column: "note" },
    ]);
    expect(placesOf(CONTENT, SHOWN, "300")).toEqual([{ row: "a", column: "amount" }]);
    expect(placesOf(CONTENT, { ...SHOWN, columns: ["day"] }, "300")).toEqual([]);
    expect(placesOf(CONTENT, SHOWN, " ")).toEqual([]);
  });

  it("replaces what it found and nothing beside it", () => {
    const words = { words: "慰问", by: "走访$&" };
    expect(replacing(CONTENT, placesOf(CONTENT, SHOWN, "慰问"), words)).toEqual([
      { row: "a", column: "note", text: "走访$&老李" },
      { row: "b", column: "note", text: "走访$&老王" },
    ]);
    expect(
      replacing(CONTENT, [{ row: "a", column: "amount" }], { words: "300", by: "301" }),
    ).toEqual([{ row: "a", column: "amount", text: "301" }]);
  });
});

const compare = (one: unknown, other: unknown) => Number(one) - Number(other);

describe("a view", () => {
  it("is sorted without a row that gets lost, and those that say nothing come last", () => {
    const keys: Record<string, number | null> = { a: 300, b: null, c: 80, d: 80 };
    const sorted = (descending: boolean) =>
      sortedRows(["a", "b", "c", "d"], (row) => keys[row] ?? null, compare, descending);
    expect(sorted(false)).toEqual(["c", "d", "a", "b"]);
    expect(sorted(true)).toEqual(["a", "c", "d", "b"]);
  });

  it("stays sorted while steps are taken back", () => {
    const type = { kind: "type", ops: setting(CONTENT, [{ row: "c", column: "note", text: "新" }]), before: null, after: null } as const; // prettier-ignore
    const one = act(CONTENT, EMPTY_HISTORY, type);
    const gone = { kind: "remove", ops: removing(one.content, new Set(["a", "c"])), before: null, after: null } as const; // prettier-ignore
    const two = act(one.content, one.history, gone);
    expect(two.content.order).toEqual(["b"]);
    const back = undo(
      undo(two.content, two.history).content,
      undo(two.content, two.history).history,
    );
    expect(back.content).toEqual(CONTENT);
    const amountOf = (row: string) =>
      Number(back.content.texts[row]?.["amount"]?.replace(/\D/g, "") || 0);
    expect(sortedRows(back.content.order, amountOf, compare, false)).toEqual(["a", "c", "b"]);
  });
});

describe("filling", () => {
  const area = { row: 0, column: 2, rows: 3, columns: 1 };
  const days = (series: "month" | null) => {
    const writes = filling(CONTENT, SHOWN, area, { direction: "down", series });
    const { texts } = apply(CONTENT, setting(CONTENT, writes));
    return SHOWN.rows.map((row) => texts[row]?.["day"]);
  };

  it("copies the first row, or goes on as it begins", () => {
    expect(days(null)).toEqual(["2026-01-31", "2026-01-31", "2026-01-31"]);
    expect(days("month")).toEqual(["2026-01-31", "2026-02-28", "2026-03-31"]);
  });

  it("of a single cell takes what stands before it, and at the edge nothing", () => {
    const single = { row: 1, column: 0, rows: 1, columns: 1 };
    expect(filling(CONTENT, SHOWN, single, { direction: "down", series: null })).toEqual([
      { row: "b", column: "note", text: "慰问老李" },
    ]);
    expect(filling(CONTENT, SHOWN, single, { direction: "right", series: null })).toEqual([]);
    const right = filling(CONTENT, SHOWN, { row: 1, column: 0, rows: 1, columns: 2 }, { direction: "right", series: null }); // prettier-ignore
    expect(right).toEqual([{ row: "b", column: "amount", text: "慰问老王" }]);
  });
});

it("is handed out in both flavours, with nothing a spreadsheet would run or cut", () => {
  const rows = textsIn(CONTENT, SHOWN, { row: 0, column: 0, rows: 2, columns: 2 });
  expect(clipboardOf(rows).text).toBe("慰问老李\t３００\r\n慰问老王\t1200");
  const { html } = clipboardOf([["=1+1", "110105194912310021", "a<b\nc", "1200"]]);
  expect(html.match(/mso-number-format/g)).toHaveLength(2);
  expect(html).toContain("<td>a&lt;b<br>c</td><td>1200</td>");
});
