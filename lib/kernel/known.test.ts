import { describe, expect, it } from "vitest";
import en from "@/lib/i18n/messages/en/labels.json";
import zh from "@/lib/i18n/messages/zh-CN/labels.json";
import { knownAmount, knownDifference, knownFen, knownSum, knownText } from "./known";

const shown = { locale: "zh-CN", unit: "yuan" } as const;
const sum = (amountFen: string, records: number, more = {}) =>
  knownText(
    knownSum({ amountFen, records, unvalued: 0, withoutMoney: 0, reversals: 0, ...more }),
    shown,
  );

describe("what stands for an amount", () => {
  it.each([
    ["exact", "14000", "140.00"],
    ["estimated", "14000", "140.00"],
    ["exact", null, "—"],
    ["unvalued", null, "未计价"],
    ["none", null, "不涉及资金"],
  ] as const)("%s %s is %s", (amountKind, amountFen, text) => {
    expect(knownText(knownAmount({ amountKind, amountFen }), shown)).toBe(text);
  });

  it("has the words of the choice in the form", () => {
    for (const kind of ["unvalued", "none"] as const)
      expect(knownText({ kind }, shown)).toBe(zh.amountKind[kind]);
    expect(knownText({ kind: "unvalued" }, { ...shown, locale: "en" })).toBe(
      en.amountKind.unvalued.toLowerCase(),
    );
  });
});

describe("what stands for a sum", () => {
  it("tells nothing, zero, not priced and no money apart", () => {
    expect(knownText(knownSum(null), shown)).toBe("—");
    expect(sum("0", 0)).toBe("—");
    expect(sum("0", 2)).toBe("0.00");
    expect(sum("0", 2, { unvalued: 2 })).toBe("未计价");
    expect(sum("0", 2, { withoutMoney: 2 })).toBe("不涉及资金");
    expect(sum("0", 2, { unvalued: 1, withoutMoney: 1 })).toBe("未计价");
    expect(sum("500", 3, { unvalued: 1, withoutMoney: 1 })).toBe("5.00");
  });

  it("nets corrections: what was taken back is a zero, what is left over stands", () => {
    expect(sum("0", 0, { reversals: 1 })).toBe("0.00");
    expect(sum("-500", 0, { reversals: 1 })).toBe("-5.00");
    expect(sum("-500", -1, { reversals: 1 })).toBe("-5.00");
    expect(sum("0", -1, { unvalued: -1, reversals: 1 })).toBe("未计价");
  });

  it("is a difference only where both sides are known", () => {
    const left = (a: string | null, b: string | null) =>
      knownText(knownDifference(knownFen(a), knownFen(b)), shown);
    expect(left("500", "200")).toBe("3.00");
    expect(left("200", "200")).toBe("0.00");
    expect(left(null, "200")).toBe("—");
    expect(left("200", null)).toBe("—");
  });
});
