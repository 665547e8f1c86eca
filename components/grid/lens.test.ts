import { expect, it } from "vitest";
import { problemLens, seenThrough, withRow } from "./lens";

it("a row that is asked for stands below those that are looked at, and the others stay out", () => {
  const lens = problemLens(["1", "2", "3", "4"], (row) => row === "2");
  expect(seenThrough(["1", "2", "3", "4"], lens)).toEqual(["2"]);
  expect(seenThrough(["1", "2", "3", "4", "5"], withRow(lens, "3"))).toEqual(["2", "3", "5"]);
});
