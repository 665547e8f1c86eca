import { describe, expect, it } from "vitest";
import { cellNumber, cellRanges, plainYuan } from "./rules";

describe("cells of a workbook", () => {
  it("gathers rows that follow each other", () => {
    expect(cellRanges(3, [8, 9, 10, 14])).toBe("D9:D11,D15");
    expect(cellRanges(0, [])).toBe("");
  });

  it("keeps every fen as the decimal it is", () => {
    expect(String(cellNumber(15_390_005n, "yuan"))).toBe("153900.05");
    expect(String(cellNumber(-7n, "yuan"))).toBe("-0.07");
    expect(String(cellNumber(123_456_789_012_345n, "yuan"))).toBe("1234567890123.45");
    expect(String(cellNumber(6_158_001n, "wan"))).toBe("6.158001");
    expect(String(cellNumber(0n, "wan"))).toBe("0");
  });
});

it("writes yuan without grouping", () => {
  expect([plainYuan(15_390_005n), plainYuan(-123_456_789n)]).toEqual(["153900.05", "-1234567.89"]);
});
