import { expect, test } from "vitest";
import type { Threshold } from "@/lib/kernel/record-codes";
import { thresholdRead, thresholdText } from "./present";

test.each<[Threshold, string, string | null]>([
  ["per-head-times", "2", "20"],
  ["per-head-times", "2.5", "25"],
  ["per-head-times", " 2.5 ", "25"],
  ["per-head-times", "1", null],
  ["per-head-times", "2.55", null],
  ["per-head-times", "双倍", null],
  ["per-head-spread", "0", "0"],
  ["last-year-times", "100", "1000"],
  ["last-year-times", "100.1", null],
  ["last-year-more", "20万", "20000000"],
  ["last-year-more", "200,000.00", "20000000"],
  ["round-from", "0", null],
  ["duplicate-days", "7", "7"],
  ["duplicate-days", "7.5", null],
  ["duplicate-days", "61", null],
])("%s typed as %s is kept as %s", (threshold, text, kept) => {
  expect(thresholdRead(threshold, text)).toBe(kept);
  if (kept !== null) expect(thresholdRead(threshold, thresholdText(threshold, kept))).toBe(kept);
});

test("a value is shown as it is typed", () => {
  expect(thresholdText("per-head-times", "25")).toBe("2.5");
  expect(thresholdText("last-year-more", "20000000")).toBe("200,000.00");
  expect(thresholdText("duplicate-days", "7")).toBe("7");
});
