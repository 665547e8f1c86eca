import { expect, test } from "vitest";
import { originOfYear, yearsCompare } from "./labels";

test.each([
  [2023, "demo"],
  [2024, "published"],
  [2025, "demo"],
])("on a demonstration, %i holds %s records; elsewhere entered ones", (year, origin) => {
  expect(originOfYear(year, true)).toBe(origin);
  expect(originOfYear(year, false)).toBe("entered");
});

test.each([
  [2024, true, false],
  [2025, true, false],
  [2026, true, true],
  [2023, true, true],
  [2024, false, true],
  [2025, false, true],
])("%i beside the year before (demonstration: %s) is compared: %s", (year, isDemo, compared) => {
  expect(yearsCompare(year, isDemo)).toBe(compared);
});
