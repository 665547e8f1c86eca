import { expect, test } from "vitest";
import { daysIn, workdayFaults } from "./rules";

test("days as they are typed: one a line or in a row, with or without the year", () => {
  const { days, strange } = daysIn("10-01、10月2日\n2027/10/5 2027-10-01", 2027);
  expect(days).toEqual(["2027-10-01", "2027-10-02", "2027-10-05"]);
  expect(strange).toBeNull();
  expect(daysIn("", 2027)).toEqual({ days: [], strange: null });
});

test.each(["国庆", "13-01", "2-30", "10-01~10-07"])("%s is no day", (text) => {
  expect(daysIn(`10-01 ${text}`, 2027).strange).toBe(text);
});

test("a day off is a weekday of that year, a day worked a weekend", () => {
  expect(workdayFaults(2026, { restDays: ["2026-10-01"], workDays: ["2026-10-10"] })).toEqual({});
  expect(workdayFaults(2026, { restDays: ["2026-10-03"], workDays: ["2026-10-09"] })).toEqual({
    restDays: [{ key: "restsAnyway", values: { day: "2026-10-03" } }],
    workDays: [{ key: "worksAnyway", values: { day: "2026-10-09" } }],
  });
  expect(workdayFaults(2026, { restDays: ["2027-10-01"], workDays: [] })).toMatchObject({
    restDays: [{ key: "otherYear" }],
  });
});
