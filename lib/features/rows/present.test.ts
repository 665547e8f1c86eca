import { describe, expect, it } from "vitest";
import type { EntryRecord } from "@/lib/features/entry/types";
import { namesOf } from "@/lib/features/reference/present";
import { eachText } from "@/lib/kernel/record-fields";
import { locales } from "@/lib/kernel/preferences";
import { REFERENCE } from "@/testing/reference";
import { movedOn, rowOf, twelveMonths } from "./present";
import { readRow, rowContext } from "./rules";
import type { RowTexts } from "./types";

const TODAY = "2026-11-25";
const person = { id: "p", nameZh: "经办", nameEn: "Clerk" };

const record: EntryRecord = {
  id: "42",
  reference: "630123-2026-000042",
  version: 3,
  status: "approved",
  entryKind: "original",
  origin: "entered",
  organisation: "630123",
  campaign: "autumn-2026",
  programme: "golden-autumn",
  aidCategory: "education",
  recipientKind: "needy-worker-children",
  form: "transfer",
  fiscalYear: 2026,
  paidOn: "2026-08-31",
  periodFrom: null,
  periodTo: null,
  month: 8,
  amountFen: "15390000",
  amountKind: "exact",
  ...eachText(() => null),
  note: "慰问张三",
  counts: { households: 21 },
  shares: [
    { fundSource: "provincial-treasury", amountFen: "10000000" },
    { fundSource: "county-union", amountFen: "5390000" },
  ],
  cashFen: null,
  goodsFen: null,
  rate: null,
  sourceRef: null,
  sourceCitation: null,
  createdBy: person,
  lastEditedBy: person,
  submittedBy: null,
  approvalsNeeded: 1,
  approvalsGiven: 1,
  submittedAt: null,
  approvedAt: null,
};
const rate = { unitFen: "600", count: 1185, times: 31, note: null };

describe("a record as a row", () => {
  it("is read back as the same record, in both languages", () => {
    const kinds: Partial<EntryRecord>[] = [
      {},
      {
        rate,
        amountFen: "22041000",
        shares: [{ fundSource: "county-union", amountFen: "22041000" }],
      },
      { amountKind: "estimated", shares: [{ fundSource: "county-union", amountFen: "15390000" }] },
      {
        amountKind: "unvalued",
        amountFen: null,
        shares: [{ fundSource: "donation", amountFen: null }],
      },
      { amountKind: "none", amountFen: null, shares: [] },
      { form: "mixed", cashFen: "15000000", goodsFen: "390000" },
      { paidOn: null, periodFrom: "2026-07-01", periodTo: "2026-07-31" },
    ];
    for (const locale of locales)
      for (const kind of kinds) {
        const one = { ...record, ...kind };
        const texts = rowOf(one, { names: namesOf(REFERENCE, locale), locale });
        const context = rowContext({
          reference: REFERENCE,
          locale,
          reading: { today: TODAY, openYears: [2026] },
          organisation: "630123",
        });
        const { fields, cells } = readRow(texts, context);
        expect(Object.values(cells).flatMap((cell) => cell?.problem ?? [])).toEqual([]);
        expect(fields, `${locale} ${JSON.stringify(kind)}`).toMatchObject({
          programme: one.programme,
          campaign: one.campaign,
          aidCategory: one.aidCategory,
          recipientKind: one.recipientKind,
          form: one.form,
          paidOn: one.paidOn,
          periodFrom: one.periodFrom,
          periodTo: one.periodTo,
          amountFen: one.amountFen,
          amountKind: one.amountKind,
          cashFen: one.cashFen,
          rate: one.rate,
          shares: one.shares,
        });
      }
  });

  it("leaves behind the words that were of that one", () => {
    const texts = rowOf(record, { names: namesOf(REFERENCE, "zh-CN"), locale: "zh-CN" });
    expect(texts.note).toBeUndefined();
    expect(texts).toMatchObject({ programme: "金秋助学", households: "21", form: "银行转账" });
  });
});

describe("a row moved on", () => {
  it.each([
    [{ paidOn: "2026-01-31" }, "month", { paidOn: "2026-02-28" }],
    [{ paidOn: "2026.1.15" }, "month", { paidOn: "2026-02-15" }],
    [{ paidOn: "2026-12-05" }, "month", { paidOn: "2027-01-05" }],
    [{ paidOn: "2024-02-29" }, "year", { paidOn: "2025-02-28" }],
    [{ periodFrom: "2026年1月", periodTo: "2026年1月" }, "month", { periodFrom: "2026-02-01", periodTo: "2026-02-28" }], // prettier-ignore
    [{ paidOn: "上个月" }, "month", { paidOn: "上个月" }],
    [{ amount: "5" }, "year", { amount: "5" }],
  ] satisfies [RowTexts, "month" | "year", RowTexts][])("%j by a %s is %j", (texts, by, moved) => {
    expect(movedOn(texts, by, TODAY)).toEqual(moved);
  });

  it("pays for the days of its own month where it paid for those of the last", () => {
    const row = {
      rateUnit: "6",
      rateCount: "1185",
      periodFrom: "2026-01-01",
      periodTo: "2026-01-31",
    };
    expect(movedOn({ ...row, rateTimes: "31" }, "month", TODAY).rateTimes).toBe("28");
    expect(movedOn({ ...row, rateTimes: "22" }, "month", TODAY).rateTimes).toBe("22");
  });
});

describe("twelve rows of one", () => {
  const endsOf = (texts: RowTexts) =>
    twelveMonths(texts, TODAY).map(({ periodFrom, periodTo }) => `${periodFrom} ${periodTo}`);

  it("are the months of the year, with the days of each", () => {
    const rows = twelveMonths({ programme: "爱心早餐", rateTimes: "31", periodFrom: "2024.1", periodTo: "2024.1" }, TODAY); // prettier-ignore
    expect(rows).toHaveLength(12);
    expect(rows[1]).toEqual({
      programme: "爱心早餐",
      rateTimes: "29",
      periodFrom: "2024-02-01",
      periodTo: "2024-02-29",
    });
    expect(rows[3]).toMatchObject({ rateTimes: "30", periodTo: "2024-04-30" });
  });

  it("are whole months of this year where none is named", () => {
    expect(endsOf({ amount: "5" })[1]).toBe("2026-02-01 2026-02-28");
    expect(endsOf({ periodFrom: "2025-01-01", periodTo: "2025-12-31" })[11]).toBe("2025-12-01 2025-12-31"); // prettier-ignore
  });

  it("keep a day within its month, and begin in January whichever was written", () => {
    const days = twelveMonths({ paidOn: "2026-03-30" }, TODAY).map(({ paidOn }) => paidOn);
    expect(days.slice(0, 4)).toEqual(["2026-01-30", "2026-02-28", "2026-03-30", "2026-04-30"]);
    expect(days[11]).toBe("2026-12-30");
  });
});
