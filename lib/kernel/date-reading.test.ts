import { expect, test } from "vitest";
import { readDate, readDays, weekdayOf } from "./date-reading";

const TODAY = "2026-11-25";

test.each([
  ["2026.8.28", "2026-08-28"],
  ["2026-8-28", "2026-08-28"],
  ["2026/08/28", "2026-08-28"],
  ["2026年8月28日", "2026-08-28"],
  ["2026 年 8 月 28 号", "2026-08-28"],
  ["２０２６．８．２８", "2026-08-28"],
  ["二〇二六年八月二十八日", "2026-08-28"],
  ["20260828", "2026-08-28"],
  ["26.8.28", "2026-08-28"],
  ["8.28", "2026-08-28"],
  ["8/28", "2026-08-28"],
  ["8月28日", "2026-08-28"],
  ["28日", "2026-10-28"],
  ["25号", "2026-11-25"],
  ["12.28", "2025-12-28"],
  ["2.29", "2024-02-29"],
  ["今天", "2026-11-25"],
  ["昨天", "2026-11-24"],
  ["前天", "2026-11-23"],
  ["Yesterday", "2026-11-24"],
  ["28 Aug 2026", "2026-08-28"],
  ["August 28th, 2026", "2026-08-28"],
  ["28 August", "2026-08-28"],
  ["\u200e2026.8.28\u200f", "2026-08-28"],
])("%s is %s", (text, date) => {
  expect(readDate(text, TODAY)).toEqual({ kind: "date", date, future: false });
});

test.each([
  ["6828-08-28", "absurd"],
  ["08280828", "absurd"],
  ["1998.8.28", "absurd"],
  ["2026.2.30", "noSuchDay"],
  ["2026.13.1", "noSuchDay"],
  ["30.2", "noSuchDay"],
  ["2026.8", "noDay"],
  ["8月", "noDay"],
  ["Aug 2026", "noDay"],
  ["8/9/2026", "dayOrMonth"],
  ["2026.8.28⇥3", "format"],
  ["上旬", "format"],
  ["8²", "format"],
])("%s is refused: %s", (text, reason) => {
  expect(readDate(text, TODAY)).toEqual({ kind: "unread", reason });
});

test("a day to come is read and said to be one", () => {
  expect(readDate("2026.11.26", TODAY)).toEqual({
    kind: "date",
    date: "2026-11-26",
    future: true,
  });
});

test("a month alone has two edges", () => {
  const edges = (text: string) =>
    (["first", "last"] as const).map((edge) => readDate(text, TODAY, edge));
  expect(edges("2026年2月")).toMatchObject([{ date: "2026-02-01" }, { date: "2026-02-28" }]);
  expect(edges("11月")).toMatchObject([
    { date: "2026-11-01", future: false },
    { date: "2026-11-30", future: true },
  ]);
  expect(edges("12月")).toMatchObject([{ date: "2025-12-01" }, { date: "2025-12-31" }]);
});

test("nothing typed is no date", () => {
  expect(readDate("  ", TODAY)).toEqual({ kind: "empty" });
});

test("the day of the week", () => {
  expect([weekdayOf("2026-08-28"), weekdayOf("2026-11-29")]).toEqual([5, 7]);
});

test("reads the bounds of an address as they were typed, and leaves what it cannot read to be refused", () => {
  const search = { from: "8.28", to: "2026年8月", record: "8.28", other: ["8.28"] };
  expect(readDays(search, "2026-11-25", { from: "first", to: "last", none: "day" })).toEqual({
    ...search,
    from: "2026-08-28",
    to: "2026-08-31",
  });
  expect(readDays({ from: "年底" }, "2026-11-25", { from: "first" })).toEqual({ from: "年底" });
});
