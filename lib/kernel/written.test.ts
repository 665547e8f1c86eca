import { expect, test } from "vitest";
import { clockTime, dayText, moneyText, momentText, monthsText, wholeText } from "./written";

test("an instant is written by the clock in China, wherever the server stands", () => {
  expect(clockTime("2026-12-31T16:00:05.900Z")).toBe("2027-01-01 00:00:05");
  expect(clockTime("2026-11-22T17:06:24+08:00")).toBe("2026-11-22 17:06:24");
  expect(momentText("2026-08-28T02:12:59Z")).toBe("2026-08-28 10:12");
  expect(momentText("2026-12-31T15:59:59Z")).toBe("2026-12-31 23:59");
});

test("money stands without its unit, to the fen", () => {
  expect(moneyText("15390050", "yuan")).toBe("153,900.50");
  expect(moneyText(15_390_050n, "wan")).toBe("15.39005");
});

test("a day is written as each language writes it", () => {
  expect(dayText("2026-08-05", "zh-CN")).toBe("2026年8月5日");
  const english = Array.from({ length: 12 }, (_, month) =>
    dayText(`2026-${String(month + 1).padStart(2, "0")}-05`, "en"),
  );
  expect(english).toEqual([
    "5 January 2026",
    "5 February 2026",
    "5 March 2026",
    "5 April 2026",
    "5 May 2026",
    "5 June 2026",
    "5 July 2026",
    "5 August 2026",
    "5 September 2026",
    "5 October 2026",
    "5 November 2026",
    "5 December 2026",
  ]);
});

test("whole numbers are grouped by thousands", () => {
  expect([0, 999, 1_000, 12_345, 1_234_567].map(wholeText)).toEqual([
    "0",
    "999",
    "1,000",
    "12,345",
    "1,234,567",
  ]);
});

test("a winter is one season: its months follow each other over the new year", () => {
  const winter = [1, 2, 11, 12];
  expect(monthsText(winter, "zh-CN")).toBe("11、12、1、2");
  expect(monthsText([12, 1], "en")).toBe("12, 1");
  expect(monthsText([9, 7, 8], "zh-CN")).toBe("7、8、9");
  expect(monthsText([1, 2, 12], "zh-CN")).toBe("12、1、2");
  expect(monthsText([], "en")).toBe("");
  const all = [3, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  expect(monthsText(all, "en")).toBe("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12");
  expect(winter, "the list itself stays as it was").toEqual([1, 2, 11, 12]);
});
