import { expect, test } from "vitest";
import { drawn, rowsWithin } from "./use-virtual-rows";

const frame = { scrollTop: 3200, clientHeight: 640 };

test("draws the rows of the window and some beyond it, and never one that is not there", () => {
  const { from, to } = rowsWithin(frame, 32);
  expect([from, to]).toEqual([92, 128]);
  expect(drawn({ from, to }, 1000, 100)).toHaveLength(37);
  expect(drawn({ from, to }, 110, 100).at(-1)).toBe(109);
  expect(drawn({ from: -8, to: 28 }, 3, 0)).toEqual([0, 1, 2]);
  expect(drawn({ from: -8, to: 28 }, 0, 0)).toEqual([]);
  // rows were taken away above a window that has not scrolled yet
  expect(drawn({ from, to }, 20, 5)).toEqual([5, 19]);
});

test("keeps the active row, wherever the window is", () => {
  const rows = drawn(rowsWithin(frame, 32), 1000, 4);
  expect(rows.slice(0, 2)).toEqual([4, 92]);
  expect(drawn(rowsWithin(frame, 32), 1000, 999).at(-1)).toBe(999);
});
