import { expect, test } from "vitest";
import { ageOn, canBeConfirmed, sheetsOf, statusOf, sumOf } from "./rules";

test("ten people a sheet, the last with what is left, and none of nobody", () => {
  const people = Array.from({ length: 21 }, (_, at) => at);
  expect(sheetsOf(people).map((sheet) => sheet.length)).toEqual([10, 10, 1]);
  expect(sheetsOf(people).flat()).toEqual(people);
  expect(sheetsOf([])).toEqual([]);
});

test("what has no money is unknown, not nothing", () => {
  expect(sumOf([{ amountFen: 1n }, { amountFen: null }, { amountFen: 2n }])).toBe(3n);
  expect(sumOf([{ amountFen: 0n }])).toBe(0n);
  expect(sumOf([{ amountFen: null }])).toBeNull();
});

test.each([
  ["1980-01-10", "2026-01-09", 45],
  ["1980-01-10", "2026-01-10", 46],
  ["2000-02-29", "2025-02-28", 24],
  ["2000-02-29", "2025-03-01", 25],
])("born %s, on %s: %i", (born, day, age) => expect(ageOn(born, day)).toBe(age));

test.each([
  ["POSTED", 0, 0, "posted"],
  ["POSTED", 1, 0, "objected"],
  ["POSTED", 0, 1, "objected"],
  ["CONFIRMED", 0, 0, "confirmed"],
  ["WITHDRAWN", 1, 0, "withdrawn"],
])("%s with %i open and %i right is %s", (status, open, upheld, said) =>
  expect(statusOf({ status, open, upheld })).toBe(said),
);

test("confirmed the day after its last day, where that is known, nothing stands against it and the roster is the same", () => {
  const notice = { status: "posted", endsOn: "2026-10-10", endKnown: true, current: true } as const;
  expect(canBeConfirmed(notice, "2026-10-10")).toBe(false);
  expect(canBeConfirmed(notice, "2026-10-11")).toBe(true);
  expect(canBeConfirmed({ ...notice, status: "objected" }, "2026-10-11")).toBe(false);
  expect(canBeConfirmed({ ...notice, endKnown: false }, "2026-10-11")).toBe(false);
  expect(canBeConfirmed({ ...notice, current: false }, "2026-10-11")).toBe(false);
});
