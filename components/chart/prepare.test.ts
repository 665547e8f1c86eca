import { describe, expect, it, test } from "vitest";
import {
  barLengths,
  clipLabel,
  comparisonHeight,
  hasFigures,
  plotValue,
  prepareMonths,
  slotUnder,
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

describe("comparison", () => {
  it("grows with what it has to show", () => {
    expect(comparisonHeight(8, 3)).toBeGreaterThan(comparisonHeight(8, 2));
  });

  it("clips only names that would leave the axis", () => {
    expect(clipLabel("海西蒙古族藏族自治州")).toBe("海西蒙古族藏族自治…");
    expect(clipLabel("西宁市")).toBe("西宁市");
    expect(clipLabel("Haibei Prefecture")).toBe("Haibei Prefectur…");
  });
});

test("the slot under the pointer is a number, the first one too", () => {
  expect([slotUnder("0"), slotUnder(11), slotUnder("3")]).toEqual([0, 11, 3]);
  expect([slotUnder(null), slotUnder(undefined), slotUnder("")]).toEqual([null, null, null]);
});
