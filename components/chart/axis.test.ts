import { describe, expect, it } from "vitest";
import { axisOf, barOn, tickText } from "./axis";

describe("axisOf", () => {
  it("begins at zero and ends at a round number past the largest", () => {
    expect(axisOf([3897.03, null, 12]).ticks).toEqual([0, 1000, 2000, 3000, 4000]);
    expect(axisOf([1850]).ticks).toEqual([0, 500, 1000, 1500, 2000]);
    expect(axisOf([100]).ticks).toEqual([0, 25, 50, 75, 100]);
  });

  it("goes below zero where a sum does", () => {
    const axis = axisOf([-120, 300]);
    expect(axis.ticks).toEqual([-200, 0, 200, 400]);
    expect(axis.at(0)).toBeCloseTo(100 / 3);
    expect(barOn(axis, -200)).toEqual({ start: 0, length: axis.at(0) });
    expect(barOn(axis, 400).start).toBe(axis.at(0));
    expect(axisOf([-4]).ticks.at(-1)).toBe(0);
  });

  it("has a length where nothing has", () => {
    expect(axisOf([0, null]).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(axisOf([]).at(1)).toBe(100);
    expect(barOn(axisOf([0]), 0)).toEqual({ start: 0, length: 0 });
  });
});

it("groups the digits of a tick", () => {
  expect([0, 4000, 2.5, 0.75, -1200].map(tickText)).toEqual([
    "0",
    "4,000",
    "2.5",
    "0.75",
    "-1,200",
  ]);
});
