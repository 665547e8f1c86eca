import { expect, test } from "vitest";
import {
  civilDateInChina,
  fiscalYearOf,
  isCivilDate,
  monthAfter,
  monthOf,
  yearOf,
} from "./fiscal-year";

test.each(["2026-08-28", "2024-02-29", "1949-10-01"])("%s is a day", (day) =>
  expect(isCivilDate(day)).toBe(true),
);
test.each([
  "2026-02-29",
  "2026-13-01",
  "2026-00-10",
  "2026-04-31",
  "2026-00-00",
  "2026-12-32",
  "2026-01-00",
  "2026-99-99",
  "2026-8-28",
  "12026-08-28",
  "26-08-28",
  "1948-12-31",
  "2026-08-28T00:00",
  "",
  "２０２６-08-28",
])("%j is none", (day) => expect(isCivilDate(day)).toBe(false));

test("the day turns at midnight in China, wherever the server stands", () => {
  expect(civilDateInChina(new Date("2026-12-31T15:59:59.999Z"))).toBe("2026-12-31");
  expect(civilDateInChina(new Date("2026-12-31T16:00:00Z"))).toBe("2027-01-01");
});

test("a record belongs to the year of its day, else of the end of its period", () => {
  expect(yearOf("2025-01-31")).toBe(2025);
  expect(fiscalYearOf({ paidOn: "2025-02-12", periodTo: "2024-12-31" })).toBe(2025);
  expect(fiscalYearOf({ paidOn: null, periodTo: "2025-02-12" })).toBe(2025);
  expect(fiscalYearOf({})).toBeNull();
});

test("the month is that of the day, or of a period inside one month; else unknown, never January", () => {
  expect(monthOf({ paidOn: "2026-08-28" })).toBe(8);
  expect(monthOf({ periodFrom: "2026-07-01", periodTo: "2026-07-31" })).toBe(7);
  expect(monthOf({ periodFrom: "2025-07-01", periodTo: "2026-07-31" })).toBe(0);
  expect(monthOf({ periodFrom: "2024-01-01", periodTo: "2024-12-31" })).toBe(0);
  expect(monthOf({ periodFrom: "2024-01-01" })).toBe(0);
  expect(monthOf({})).toBe(0);
});

test.each([
  ["2026-08-28", "2026-09-28"],
  ["2026-12-15", "2027-01-15"],
  ["2026-01-31", "2026-02-28"],
  ["2024-01-30", "2024-02-29"],
  ["2026-02-28", "2026-03-31"],
  ["2026-08-01", "2026-09-01"],
])("the month after %s: %s", (date, next) => {
  expect(monthAfter(date)).toBe(next);
});
