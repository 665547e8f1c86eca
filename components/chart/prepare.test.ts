import { describe, expect, it, test } from "vitest";
import {
  axisOf,
  barLengths,
  comparisonHeight,
  hasFigures,
  labelLines,
  plotValue,
  prepareMonths,
  slotUnder,
  textWidth,
} from "./prepare";

const words = {
  monthLabel: (month: number) => `${month}月`,
  unknownLabel: "月份不详",
  unknownShort: "不详",
};

describe("prepareMonths", () => {
  it("always has the twelve months, missing ones as gaps", () => {
    const slots = prepareMonths({
      ...words,
      months: [{ month: 7, now: { value: 12, text: "12.00" }, href: "/x" }],
    });
    expect(slots).toHaveLength(12);
    expect(slots[6]).toMatchObject({
      label: "7月",
      now: 12,
      nowText: "12.00",
      before: null,
      href: "/x",
    });
    expect(slots[0]).toMatchObject({ now: null, nowText: "—" });
  });

  it("keeps what has no month apart, and out of January", () => {
    const slots = prepareMonths({
      ...words,
      months: [],
      unknown: { now: { value: 3, text: "3.00" } },
    });
    expect(slots.map((slot) => slot.kind).slice(11)).toEqual(["month", "gap", "unknown"]);
    expect(slots[0]?.now).toBeNull();
    expect(slots.at(-1)).toMatchObject({ now: 3, short: "不详" });
  });

  it("leaves the place for the unknown out where all months are known", () => {
    expect(
      prepareMonths({ ...words, months: [], unknown: { now: { value: null, text: "—" } } }),
    ).toHaveLength(12);
  });

  it("tells nothing from zero", () => {
    const zero = prepareMonths({
      ...words,
      months: [{ month: 1, now: { value: 0, text: "0.00" } }],
    });
    expect(hasFigures(zero)).toBe(true);
    expect(hasFigures(prepareMonths({ ...words, months: [] }))).toBe(false);
  });
});

describe("barLengths", () => {
  it("measures against the longest and keeps gaps", () => {
    expect(barLengths([50, 100, null, 0])).toEqual([50, 100, null, 0]);
  });

  it("shows a sliver for the smallest sum, and a length below zero as well", () => {
    expect(barLengths([1, 100_000, -5, -25_000])).toEqual([0.5, 100, -0.5, -25]);
    expect(barLengths([-5, 0])).toEqual([-100, 0]);
  });
});

describe("plotValue", () => {
  it("is in the unit that the axis names", () => {
    expect(plotValue(153_900_00n, "yuan")).toBe(153_900);
    expect(plotValue(153_900_00n, "wan")).toBe(15.39);
    expect(plotValue(null, "wan")).toBeNull();
  });
});

describe("axisOf", () => {
  it.each([
    [
      [3_400_000.5, null, 120],
      ["0", "1,000,000", "2,000,000", "3,000,000", "4,000,000"],
    ],
    [[1_284_311.07], ["0", "500,000", "1,000,000", "1,500,000"]],
    [[0.0743], ["0", "0.02", "0.04", "0.06", "0.08"]],
    [
      [0.9, -0.3],
      ["-0.5", "0", "0.5", "1"],
    ],
    [[10], ["0", "2.5", "5", "7.5", "10"]],
    [
      [0, null],
      ["0", "0.25", "0.5", "0.75", "1"],
    ],
    [[1_000_000_000], ["0", "250,000,000", "500,000,000", "750,000,000", "1,000,000,000"]],
  ])("%j", (values, texts) => {
    const axis = axisOf(values);
    expect(axis.texts.slice(0, texts.length)).toEqual(texts);
    expect(new Set(axis.texts).size).toBe(axis.ticks.length);
    for (const value of values) {
      expect(value ?? 0).toBeGreaterThanOrEqual(axis.domain[0]);
      expect(value ?? 0).toBeLessThanOrEqual(axis.domain[1]);
    }
  });

  it("keeps room for the longest number, whatever the unit", () => {
    expect(textWidth(["0", "1,000,000,000"], 12)).toBeGreaterThan(textWidth(["100,000"], 12));
    expect(textWidth(["西宁市"], 12)).toBe(36);
  });
});

describe("comparison", () => {
  it("grows with what it has to show", () => {
    expect(comparisonHeight(8, 3)).toBeGreaterThan(comparisonHeight(8, 2));
  });

  it("writes a name in two lines, and cuts only what fits into neither", () => {
    expect(labelLines("省级（含产业、直属工会）", 14, 2)).toEqual(["省级（含产业、", "直属工会）"]);
    expect(labelLines("Province and its own unions", 16, 2)).toEqual([
      "Province and its",
      "own unions",
    ]);
    expect(labelLines("西宁市", 17, 2)).toEqual(["西宁市"]);
    expect(labelLines("海西蒙古族藏族自治州", 17, 1)).toEqual(["海西蒙古族藏族自治…"]);
    expect(labelLines("Haibei Prefecture", 16, 1)).toEqual(["Haibei Prefectur…"]);
  });
});

test("the slot under the pointer is a number, the first one too", () => {
  expect([slotUnder("0"), slotUnder(11), slotUnder("3")]).toEqual([0, 11, 3]);
  expect([slotUnder(null), slotUnder(undefined), slotUnder("")]).toEqual([null, null, null]);
});
