import { describe, expect, it } from "vitest";
import { countsInOrder, whenText } from "./present";
import { dayText, momentText, moneyText, monthsText } from "@/lib/kernel/written";
import { openFindings } from "@/lib/features/findings/present";
import type { Finding } from "@/lib/features/findings/types";

const finding = (level: Finding["level"], answered = false): Finding => ({
  rule: "counts-missing",
  level,
  field: null,
  values: {},
  answer: answered ? { code: "checked-correct", words: null, covers: true } : null,
});

describe("amounts", () => {
  it("lose nothing in 万元", () => {
    expect(moneyText("389680", "wan")).toBe("0.38968");
    expect(moneyText("100000000", "wan")).toBe("100.00");
    expect(moneyText("-133250", "yuan")).toBe("-1,332.50");
  });
});

describe("times", () => {
  it("are civil dates, whatever the time zone", () => {
    expect(dayText("2026-01-01", "zh-CN")).toBe("2026年1月1日");
    expect(dayText("2026-12-31", "en")).toBe("31 December 2026");
    expect(momentText("2026-08-28T16:30:00.000Z")).toBe("2026-08-29 00:30");
  });

  it("say when the month is not known", () => {
    const period = { paidOn: null, periodFrom: "2024-01-01", periodTo: "2024-12-31", month: 0 };
    expect(whenText(period, "zh-CN")).toEqual({
      kind: "period",
      from: "2024年1月1日",
      to: "2024年12月31日",
      monthUnknown: true,
    });
    expect(whenText({ ...period, periodFrom: null, periodTo: null }, "en").kind).toBe("none");
  });

  it("read a winter as one season", () => {
    expect(monthsText([1, 2, 11, 12], "zh-CN")).toBe("11、12、1、2");
    expect(monthsText([6, 7, 8], "en")).toBe("6, 7, 8");
  });
});

describe("counts", () => {
  it("put the programme's unit first and keep a zero", () => {
    expect(countsInOrder({ households: 3, persons: 0, packs: 1200 }, "packs")).toEqual([
      { unit: "packs", count: 1200 },
      { unit: "households", count: 3 },
      { unit: "persons", count: 0 },
    ]);
  });
});

describe("findings", () => {
  it("stop a submission when hard or unanswered", () => {
    const { hard, unanswered } = openFindings([
      finding("hard"),
      finding("soft"),
      finding("soft", true),
      finding("notice"),
    ]);
    expect([hard.length, unanswered.length]).toEqual([1, 1]);
  });
});
