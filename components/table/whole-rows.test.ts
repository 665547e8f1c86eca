import { expect, it } from "vitest";
import { wholeRows } from "./whole-rows";

/** Rows of 36 under a head of 40. */
const rowsOf = (count: number) => Array.from({ length: count }, (_, n) => 40 + 36 * (n + 1));
const heightOf = (count: number, most: number) =>
  wholeRows({ rows: rowsOf(count), foot: 39, around: 2 }, most);

it("is the table's own height, also where it is a little more than there is room for", () => {
  expect(heightOf(3, 568)).toBe(40 + 3 * 36 + 41);
  expect(heightOf(14, 568)).toBe(40 + 14 * 36 + 41);
  expect(heightOf(17, 568)).toBe(40 + 17 * 36 + 41);
});

it("ends below a whole row where the table is longer", () => {
  expect(heightOf(18, 568)).toBe(40 + 13 * 36 + 41);
  expect(heightOf(50, 568)).toBe(40 + 13 * 36 + 41);
});

it("is all there is where not even one row has room", () => {
  expect(wholeRows({ rows: [900, 1800], foot: 39, around: 2 }, 568)).toBe(568);
});
