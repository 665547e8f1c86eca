import { describe, expect, it } from "vitest";
import {
  civilYearOf,
  monthsOfYear,
  monthsThrough,
  placeOfMonth,
  spanOfYear,
  yearOn,
  yearTitle,
} from "./year-axis";

describe("the year of the unions' statistics", () => {
  it("begins in October of the year before and ends in September", () => {
    expect(monthsOfYear("statistics")).toEqual([10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(spanOfYear("statistics", 2024)).toEqual({ from: "2023-10-01", to: "2024-09-30" });
    expect(yearOn("statistics", "2023-09-30")).toBe(2023);
    expect(yearOn("statistics", "2023-10-01")).toBe(2024);
    expect(yearOn("statistics", "2024-09-30")).toBe(2024);
  });

  it("knows of each of its months in which civil year it lies, and which it is", () => {
    const months = monthsOfYear("statistics");
    expect(months.map((month) => civilYearOf("statistics", 2024, month))).toEqual([
      ...[2023, 2023, 2023],
      ...Array<number>(9).fill(2024),
    ]);
    expect(months.map((month) => placeOfMonth("statistics", month))).toEqual(monthsOfYear());
  });

  it("is the civil year where nothing else is asked for", () => {
    expect(monthsOfYear()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(spanOfYear(undefined, 2024)).toEqual({ from: "2024-01-01", to: "2024-12-31" });
    expect(yearOn(undefined, "2023-12-31")).toBe(2023);
    expect(civilYearOf(undefined, 2024, 12)).toBe(2024);
    expect(placeOfMonth(undefined, 12)).toBe(12);
  });

  it("says its months where its name does not", () => {
    expect(yearTitle("zh-CN", "statistics", 2024)).toBe("2024 统计年度（2023-10 至 2024-09）");
    expect(yearTitle("en", "statistics", 2024)).toBe("statistics year 2024 (2023-10 to 2024-09)");
    expect(yearTitle("zh-CN", undefined, 2024)).toBe("2024 年");
    expect(monthsThrough("zh-CN", "statistics", 3)).toBe("10 月至次年 3 月");
    expect(monthsThrough("zh-CN", "statistics", 11)).toBe("10–11 月");
    expect(monthsThrough("en", "calendar", 3)).toBe("months 1–3");
  });
});
