import { expect, test } from "vitest";
import { mayPassTogether } from "./rules";

test.each([
  [0, false],
  [1, false],
  [2, false],
  [3, true],
] as const)("risk %i is passed together with others: %s", (risk, together) => {
  expect(mayPassTogether({ risk })).toBe(together);
});
