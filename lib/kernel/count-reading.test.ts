import { expect, test } from "vitest";
import { readCount } from "./count-reading";

test.each([
  ["12", 12, false, null],
  ["1,200", 1200, false, null],
  ["１２００", 1200, false, null],
  ["1200个", 1200, false, null],
  ["5300余张", 5300, true, null],
  ["19家单位", 19, false, "employers"],
  ["约40户", 40, true, "households"],
  ["9人", 9, false, "persons"],
  ["9 人次", 9, false, "personTimes"],
  ["120名", 120, false, "persons"],
  ["1.2万", 12000, false, null],
  ["1.2万余人次", 12000, true, "personTimes"],
  ["十二户", 12, false, "households"],
  ["三千", 3000, false, null],
  ["365天", 365, false, null],
  ["12 times", 12, false, null],
  ["0", 0, false, null],
  ["\u200e12\u200f", 12, false, null],
] as const)("%s is %d", (text, count, about, unit) => {
  expect(readCount(text)).toEqual({ kind: "count", count, about, unit });
});

test.each([
  ["1200\t3", "several"],
  ["100 200", "several"],
  ["5²", "format"],
  ["①", "format"],
  ["1.5", "format"],
  ["1,5", "format"],
  ["-3", "format"],
  ["1e3", "format"],
  ["十几", "format"],
  ["3户9人", "format"],
  ["1200元", "format"],
  ["100000001", "range"],
  ["9".repeat(300), "range"],
])("%j is refused: %s", (text, reason) => {
  expect(readCount(text)).toEqual({ kind: "unread", reason });
});

test("nothing typed is not zero", () => {
  expect(readCount(" \u200b ")).toEqual({ kind: "empty" });
});
