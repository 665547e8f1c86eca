import { expect, it } from "vitest";
import { walked } from "./walk";

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
