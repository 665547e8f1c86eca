import { describe, expect, it } from "vitest";
import { emptySums } from "@/lib/features/figures/rules";
import { amountCell, beijingStamp, cellText, layHeader } from "./present";
import type { SummaryColumn } from "./types";

const column = (number: number, ...path: string[]): SummaryColumn => ({
  key: String(number),
  number,
  block: "funds",
  kind: "money",
  path,
});

describe("cells", () => {
  it("tell no record, no amount and a sum apart", () => {
    expect(amountCell(emptySums())).toEqual({ kind: "unknown" });
    expect(amountCell({ ...emptySums(), records: 2, unvalued: 2 })).toEqual({ kind: "unvalued" });
    expect(amountCell({ ...emptySums(), records: 2, unvalued: 1, amountFen: 7n })).toEqual({
      kind: "money",
      fen: "7",
    });
  });

  it("print the exact amount in either unit", () => {
    const zh = { locale: "zh-CN" as const };
    const cell = { kind: "money" as const, fen: "615800001" };
    expect(cellText(cell, { ...zh, unit: "yuan" })).toBe("6,158,000.01");
    expect(cellText(cell, { ...zh, unit: "wan" })).toBe("615.80");
    expect(cellText(cell, { ...zh, unit: "wan", plain: true })).toBe("615.800001");
    expect(cellText(cell, { ...zh, unit: "yuan", plain: true })).toBe("6158000.01");
    expect(cellText({ kind: "unknown" }, { ...zh, unit: "yuan" })).toBe("—");
    expect(cellText({ kind: "permille", value: "-141" }, { ...zh, unit: "yuan" })).toBe("-14.1%");
  });
});

describe("the header", () => {
  it("joins neighbours under one word and lets short columns reach down", () => {
    const header = layHeader([
      column(1, "资金", "到位"),
      column(2, "资金", "支出"),
      column(3, "分项", "春", "金额"),
      column(4, "分项", "春", "人数"),
      column(5, "分项", "夏", "金额"),
      column(6, "笔数"),
    ]);
    const shape = header.map((cells) =>
      cells.map((cell) => `${cell.text}@${cell.column} ${cell.colSpan}x${cell.rowSpan}`),
    );
    expect(shape).toEqual([
      ["资金@0 2x1", "分项@2 3x1", "笔数@5 1x3"],
      ["到位@0 1x2", "支出@1 1x2", "春@2 2x1", "夏@4 1x1"],
      ["金额@2 1x1", "人数@3 1x1", "金额@4 1x1"],
    ]);
  });
});

it("stamps the time as the clock on the wall in Beijing says it", () => {
  expect(beijingStamp("2026-12-31T16:05:09.000Z")).toBe("2027-01-01 00:05");
});
