import { expect, test } from "vitest";
import { reaches, type Home } from "./scope";

const home = (path: string): Home => ({ id: 2, kind: "PREFECTURE", path, leaf: false });

test("a reader reaches each home and what lies below it: nothing above, beside, or of a longer number", () => {
  const homes = [home("/1/2/"), home("/1/7/")];
  const reached = (path: string) => reaches({ homes }, path);
  expect(["/1/2/", "/1/2/23/", "/1/7/"].map(reached)).toEqual([true, true, true]);
  expect(["/1/", "/1/3/", "/1/23/", ""].map(reached)).toEqual([false, false, false, false]);
  expect(reaches({ homes: [] }, "/1/2/")).toBe(false);
});
