import { expect, it } from "vitest";
import { numberBehind } from "./shown-number";

it.each([
  ["1,234.57", "1234.567", "1234.567"],
  ["64", "64.123", "64.123"],
  ["-1", "-0.5", "-0.5"],
  ["1,234.50", "1234.5", null],
  ["50616", "50616.000000000007", null],
  ["0.00", "1.5E-3", "0.0015"],
  ["2026-08-28", "46262", null],
  ["50%", "0.5", null],
  ["61.58万", "615800", null],
  ["12", "13", null],
])("behind %s stored as %s stands %s", (shown, stored, behind) => {
  expect(numberBehind(shown, stored)).toBe(behind);
});
