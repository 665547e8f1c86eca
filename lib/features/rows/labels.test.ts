import { describe, expect, it } from "vitest";
import { columnWord, ledgerColumns } from "@/lib/features/files/labels";
import { messagesOf } from "@/lib/i18n/messages";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { locales } from "@/lib/kernel/preferences";
import { headingOf, matchHeader } from "./labels";
import { rowColumns } from "./types";

const columnsOf = (...cells: string[]) => matchHeader(cells).columns;

describe("a header", () => {
  it("of a template is its columns, in both languages and by their codes", () => {
    const columns = rowColumns(3);
    for (const locale of locales)
      expect(columnsOf(...columns.map((column) => headingOf(column, locale)))).toEqual(columns);
    expect(columnsOf(...columns)).toEqual(columns);
  });

  it("of the ledger’s own file is read without being told, but for what a clerk does not write", () => {
    const ours = new Set<string>(rowColumns(2));
    const named: Record<string, string> = {
      source1: "fundSource1",
      source2: "fundSource2",
      share1: "shareAmount1",
      share2: "shareAmount2",
      organisationCode: "organisation",
    };
    for (const locale of locales) {
      const { countName, field } = messagesOf(locale).labels;
      const columns = ledgerColumns("csv", 2);
      const heads = columns.map((column) => columnWord(column, locale, { countName, field }));
      // The code says which union it is; its name beside it says the same.
      ours.delete("organisation");
      const meant = columns.map((column) => named[column] ?? (ours.has(column) ? column : null));
      expect(matchHeader(heads).columns).toEqual(meant);
    }
  });

  it("calls the counts as they are called everywhere", () => {
    for (const locale of locales)
      for (const unit of COUNT_UNITS)
        expect(headingOf(unit, locale)).toBe(messagesOf(locale).labels.countName[unit]);
  });

  it("names the unit of money in any of its ways", () => {
    for (const head of [
      "金额（万元）",
      "金额(万元)",
      "金额／万元",
      "金 额\n（单位：万元）",
      "金额万元",
    ])
      expect(matchHeader([head]), head).toEqual({
        columns: ["amount"],
        units: { amount: "wan" },
        unknown: [],
      });
    expect(matchHeader(["单价（元/份）"]).units).toEqual({ rateUnit: "yuan" });
  });

  it("is left unread where its unit is not known: as yuan it would be wrong by a thousand", () => {
    const heads = ["金额（千元）", "金额（分）", "人数（万人）", "人数（户）", "人数/户"];
    expect(matchHeader(heads)).toEqual({
      columns: heads.map(() => null),
      units: {},
      unknown: heads,
    });
  });

  it("is never taken by its likeness, nor twice", () => {
    expect(matchHeader(["金顶", "受助人数说明", "人数", "人数（人）", ""])).toEqual({
      columns: [null, null, "persons", null, null],
      units: {},
      unknown: ["金顶", "受助人数说明", "人数（人）"],
    });
  });

  it("counts the sources", () => {
    expect(
      columnsOf("资金来源", "金额1（元）", "资金来源二", "金额2（元）", "资金来源（3）"),
    ).toEqual(["fundSource1", "shareAmount1", "fundSource2", "shareAmount2", "fundSource3"]);
    expect(columnsOf("资金来源21")).toEqual([null]);
  });

  it("may be asked for, and have spaces inside", () => {
    expect(columnsOf("*项目", "救助类别（必填）", "发 放 日 期", "慰问形式(金/物/券)")).toEqual([
      "programme",
      "aidCategory",
      "paidOn",
      "form",
    ]);
  });
});
