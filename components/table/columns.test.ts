import { describe, expect, it } from "vitest";
import { compareSortValues, headerRows } from "./columns";

describe("headerRows", () => {
  it("is one row without groups", () => {
    const rows = headerRows([
      { id: "name", header: "单位" },
      { id: "sum", header: "金额", unit: "元", align: "end" },
    ]);
    expect(rows.map((row) => row.map((cell) => cell.label))).toEqual([["单位", "金额"]]);
    expect(rows[0]?.[1]?.unit).toBe("元");
  });

  it("spans groups over neighbours and single columns over both rows", () => {
    const [upper, lower] = headerRows([
      { id: "name", header: "单位" },
      { id: "in", header: "到位", group: "资金" },
      { id: "out", header: "支出", group: "资金" },
      { id: "note", header: "备注" },
    ]);
    expect(upper?.map((cell) => [cell.label, cell.colSpan, cell.rowSpan])).toEqual([
      ["单位", 1, 2],
      ["资金", 2, 1],
      ["备注", 1, 2],
    ]);
    expect(lower?.map((cell) => cell.label)).toEqual(["到位", "支出"]);
  });

  it("does not join groups that only share a name across a gap", () => {
    const [upper] = headerRows([
      { id: "a", header: "甲", group: "资金" },
      { id: "b", header: "乙" },
      { id: "c", header: "丙", group: "资金" },
    ]);
    expect(upper?.map((cell) => cell.label)).toEqual(["资金", "乙", "资金"]);
  });
});

describe("compareSortValues", () => {
  it("orders bigints by size, Chinese by pinyin, nothing last", () => {
    expect([30n, 4n, null, 200n].sort(compareSortValues)).toEqual([4n, 30n, 200n, null]);
    expect(["祁连县", "湟源县", "城西区"].sort(compareSortValues)).toEqual([
      "城西区",
      "湟源县",
      "祁连县",
    ]);
  });
});
