import { describe, expect, it } from "vitest";
import { begun, tabbed, walked } from "./walk";

const FILLED = ["0,0", "1,0", "2,0", "5,0", "0,2"];
const walk = {
  shown: { rows: ["0", "1", "2", "3", "4", "5", "6"], columns: ["0", "1", "2", "3"] },
  page: 3,
  isFilled: (row: string, column: string) => FILLED.includes(`${row},${column}`),
};

it.each([
  ["ArrowDown", false, [0, 0], [1, 0]],
  ["ArrowUp", false, [0, 0], [0, 0]],
  ["ArrowLeft", false, [3, 0], [3, 0]],
  ["ArrowDown", true, [0, 0], [2, 0]],
  ["ArrowDown", true, [2, 0], [5, 0]],
  ["ArrowDown", true, [5, 0], [6, 0]],
  ["ArrowRight", true, [0, 0], [0, 2]],
  ["ArrowRight", true, [0, 2], [0, 3]],
  ["Home", false, [4, 3], [4, 0]],
  ["Home", true, [4, 3], [0, 0]],
  ["End", true, [0, 0], [6, 3]],
  ["PageDown", false, [5, 1], [6, 1]],
  ["Tab", false, [0, 0], null],
])("%s with ctrl %s from %j leads to %j", (key, ctrl, [row = 0, column = 0], to) => {
  const next = walked(key, ctrl, { row, column }, walk);
  expect(next && [next.row, next.column]).toEqual(to);
});

describe("with Tab", () => {
  const shown = { rows: ["a", "b"], columns: ["programme", "category", "form", "amount"] };
  const isBrought = (row: string, column: string) =>
    row === "a" ? ["category", "form"].includes(column) : column !== "amount";
  const tab = (row: number, column: number, by: 1 | -1) =>
    tabbed({ row, column }, by, shown, isBrought);

  it("one goes past what is filled without a word, and is told of it", () => {
    expect(tab(0, 0, 1)).toEqual({ to: { row: 0, column: 3 }, past: ["category", "form"] });
    expect(tab(0, 3, -1)).toEqual({ to: { row: 0, column: 0 }, past: ["form", "category"] });
    expect(tab(0, 3, 1)?.to).toEqual({ row: 1, column: 3 });
  });

  it("one leaves the table where nothing waits for a word any more", () => {
    expect(tab(1, 3, 1)).toBeNull();
    expect(tab(0, 0, -1)).toBeNull();
  });

  it("the next row goes on in the column that was begun with, or behind what is filled", () => {
    expect(begun("a", 0, shown.columns, isBrought)).toBe(0);
    expect(begun("a", 1, shown.columns, isBrought)).toBe(3);
    expect(begun("b", 0, shown.columns, isBrought)).toBe(3);
    expect(begun("b", 2, ["programme", "category", "form"], isBrought)).toBe(2);
  });
});
