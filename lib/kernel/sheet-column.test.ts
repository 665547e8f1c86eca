import { expect, it } from "vitest";
import { sheetColumn } from "./sheet-column";

it("spells the columns of a workbook", () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(sheetColumn)).toEqual(["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]); // prettier-ignore
});
