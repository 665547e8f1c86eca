import { describe, expect, it } from "vitest";
import { readAmount } from "@/lib/kernel/amount-reading";
import type { MoneyUnit } from "@/lib/kernel/money";
import { messagesOf } from "@/lib/i18n/messages";
import { REFERENCE } from "@/testing/reference";
import { inUnit, readRow, rowContext } from "./rules";
import type { CellKinds, RowColumn, RowsInput, RowTexts } from "./types";

const INPUT: RowsInput = {
  reference: REFERENCE,
  locale: "zh-CN",
  reading: { today: "2026-11-25", openYears: [2026] },
  organisation: "630123",
};
const CONTEXT = rowContext(INPUT);
const AUTUMN: RowTexts = { programme: "金秋助学", paidOn: "2026.8.28" };

const read = (texts: RowTexts, more: Partial<RowsInput> = {}, kinds: CellKinds = {}) =>
  readRow({ ...AUTUMN, ...texts }, rowContext({ ...INPUT, ...more }), kinds);
const fieldsOf = (texts: RowTexts, more: Partial<RowsInput> = {}) => read(texts, more).fields;
const problemOf = (column: RowColumn, text: string, kind?: string) =>
  read({ [column]: text }, {}, kind === undefined ? {} : { [column]: kind }).cells[column]?.problem;

describe("a whole row", () => {
  it("becomes what the form would send", () => {
    const { cells, fields, blank } = read({
      amount: "15.39万",
      households: "21户",
      fundSource1: "省级财政",
      shareAmount1: "100000",
      fundSource2: "县总工会经费",
      campaign: "2026年金秋助学",
      note: "秋季学期",
    });
    expect(blank).toBe(false);
    expect(Object.values(cells).filter((cell) => cell?.problem)).toEqual([]);
    expect(fields).toMatchObject({
      organisation: "630123",
      programme: "golden-autumn",
      campaign: "autumn-2026",
      aidCategory: "education",
      recipientKind: "needy-worker-children",
      form: "transfer",
      paidOn: "2026-08-28",
      amountFen: "15390000",
      amountKind: "exact",
      counts: { households: 21, persons: null },
      shares: [
        { fundSource: "provincial-treasury", amountFen: "10000000" },
        { fundSource: "county-union", amountFen: "5390000" },
      ],
      note: "秋季学期",
    });
    expect(cells).toMatchObject({
      amount: { echo: "153,900.00" },
      aidCategory: { echo: "助学" },
      shareAmount2: { echo: "53,900.00" },
    });
  });

  it("in which nothing stands is no row", () => {
    expect(readRow({ programme: " ", amount: "-", note: "无" }, CONTEXT)).toEqual({
      blank: true,
      cells: {},
      brought: {},
      fields: null,
      read: null,
    });
  });

  it("says what the programme brings where its cells say nothing, before anything else stands in it", () => {
    const brought = { aidCategory: "助学", recipientKind: "困难职工子女", form: "transfer" };
    expect(read({ amount: "100" }).brought).toEqual(brought);
    expect(read({ aidCategory: "医疗", form: "现金" }).brought).toEqual({
      recipientKind: brought.recipientKind,
    });
    const constants = { programme: "金秋助学" };
    const whole = readRow({}, rowContext({ ...INPUT, constants }));
    expect(whole).toMatchObject({ blank: true, brought: { ...constants, ...brought } });
    expect(readRow({ amount: "100" }, CONTEXT).brought).toEqual({});
  });

  it("takes what stands for the whole table where its own cell is empty", () => {
    const constants: RowTexts = { fundSource1: "省财政", form: "现金" };
    const fields = fieldsOf({ amount: "100", form: "转账", fundSource1: "—" }, { constants });
    expect(fields).toMatchObject({ form: "transfer", shares: [{ fundSource: "provincial-treasury", amountFen: "10000" }] }); // prettier-ignore
  });

  it("is not one while anything in it cannot be read", () => {
    const reading = read({ amount: "几万" });
    expect(reading.fields).toBeNull();
    expect(reading.cells.amount).toEqual({ problem: { key: "fen" } });
  });

  it("says what is missing", () => {
    expect(readRow({ amount: "100" }, CONTEXT).cells.programme?.problem).toEqual({ key: "required" }); // prettier-ignore
  });
});

describe("an amount", () => {
  it.each([
    ["１２３．５０", "12350"],
    ["￥1,234.5", "123450"],
    ["61.58万", "61580000"],
    ["叁佰元整", "30000"],
  ])("%s is %s fen", (amount, fen) => {
    expect(fieldsOf({ amount })?.amountFen).toBe(fen);
  });

  it("under 金额（万元） is in it, unless it says otherwise", () => {
    const units = { amount: "wan" as const };
    expect(fieldsOf({ amount: "61.58" }, { units })?.amountFen).toBe("61580000");
    const own = read({ amount: "61.58万" }, { units });
    expect(own.fields?.amountFen).toBe("61580000");
    expect(own.cells.amount?.note).toEqual({ key: "unitInCell" });
    expect(fieldsOf({ amount: "约61" }, { units })).toMatchObject({
      amountFen: "61000000",
      amountKind: "estimated",
      amountWording: "约61万元",
    });
    expect(read({ amount: "2000000" }, { units }).cells.amount?.problem?.key).toBe("fenRange");
  });

  it("in the unit of its column is what the amount’s own reader says", () => {
    for (const text of [
      "61.58",
      "1,200",
      "0",
      "30左右",
      "约30余",
      "1,5",
      "0.0000001",
      "叁佰",
      "十二",
      "¥61.58",
      "61.58元",
      "3亿",
      "abc",
    ])
      // prettier-ignore
      for (const unit of ["yuan", "wan"] satisfies MoneyUnit[]) {
        const { words: _, ...known } = { words: "", ...readAmount(text, unit) };
        expect(readAmount(inUnit(text, unit).text), `${text} ${unit}`).toMatchObject(known);
      }
  });

  it("that is about right is an estimate and keeps its words", () => {
    expect(fieldsOf({ amount: "61.58万余元" })).toMatchObject({
      amountFen: "61580000",
      amountKind: "estimated",
      amountWording: "61.58万余元",
    });
  });

  it("may be none, which is not zero", () => {
    expect(fieldsOf({ amount: "0" })?.amountFen).toBe("0");
    for (const none of ["-", "无", "—", " "])
      expect(fieldsOf({ amount: none })?.amountFen).toBeNull();
    expect(fieldsOf({ amount: "未计价" })).toMatchObject({
      amountFen: null,
      amountKind: "unvalued",
    });
    expect(fieldsOf({ amount: "不涉及资金" })).toMatchObject({ amountKind: "none" });
  });

  it("that can be read in two ways is refused", () => {
    expect(problemOf("amount", "1,5")).toEqual({ key: "fen" });
    expect(problemOf("amount", "a\nb")).toEqual({ key: "severalValues" });
  });

  it("follows from the unit price, the quantity and the times", () => {
    const { fields, cells } = read({ rateUnit: "6", rateCount: "1,185", rateTimes: "365" });
    expect(fields).toMatchObject({ amountFen: "259515000", rate: { count: 1185, times: 365 } });
    expect(cells.amount).toEqual({ echo: "2,595,150.00" });
  });

  it("of 慰问金 alone is the amount; beside another amount it is refused, not forgotten", () => {
    expect(fieldsOf({ cash: "500", form: "现金" })?.amountFen).toBe("50000");
    expect(read({ cash: "500", amount: "800" }).cells.cash?.problem).toEqual({ key: "partsNeedMixed" }); // prettier-ignore
    expect(fieldsOf({ cash: "500", goods: "300" })).toMatchObject({
      form: "mixed",
      amountFen: "80000",
      cashFen: "50000",
      goodsFen: "30000",
    });
  });

  it("is not left out without a word where the record has none", () => {
    const { cells } = read({ amountKind: "不涉及资金", amount: "100", fundSource1: "省财政" });
    expect(cells.amount?.problem).toEqual({ key: "noneAmount" });
    expect(cells.fundSource1?.problem).toEqual({ key: "noneShares" });
  });
});

describe("a day", () => {
  it.each(["2026.8.28", "2026年8月28日", "20260828", "2026/8/28"])("%s is 28 August", (paidOn) => {
    expect(fieldsOf({ paidOn })?.paidOn).toBe("2026-08-28");
  });

  it("kept as a number is refused: 2026.1 may be October", () => {
    expect(problemOf("paidOn", "2026.1", "number")?.key).toBe("dateAsNumber");
    expect(problemOf("paidOn", "20260828", "number")).toBeUndefined();
    expect(problemOf("paidOn", "2026.1")).toEqual({ key: "dateNoDayInRow" });
  });

  it("or a period, never both", () => {
    const months = { periodFrom: "2026年1月", periodTo: "2026.3" };
    expect(fieldsOf({ paidOn: "", ...months })).toMatchObject({
      paidOn: null,
      periodFrom: "2026-01-01",
      periodTo: "2026-03-31",
    });
    expect(read(months).cells.periodFrom?.problem).toEqual({ key: "dayOrPeriod" });
  });

  it("of a closed year is refused", () => {
    expect(problemOf("paidOn", "2025.8.28")).toEqual({ key: "yearClosed", values: { year: 2025 } });
  });
});

describe("counts", () => {
  it("of two units in one cell fill both where the column is for both", () => {
    expect(fieldsOf({ counts: "3户9人" })?.counts).toMatchObject({ households: 3, persons: 9 });
    expect(problemOf("counts", "9")).toEqual({ key: "countsUnnamed" });
    expect(read({ counts: "3户9人", households: "4" }).cells.counts?.problem?.key).toBe(
      "countTwice",
    );
  });

  it("are refused with the remedy where the column is for one", () => {
    const said = { key: "countsTogether", values: { value: "3户9人" } };
    expect(problemOf("persons", "3户9人")).toEqual(said);
  });

  it("are told when a word of theirs is not kept", () => {
    expect(read({ households: "5300余户" }).cells.households).toEqual({
      echo: "5,300",
      note: { key: "countAbout" },
    });
    expect(fieldsOf({ persons: "0" })?.counts?.persons).toBe(0);
  });
});

describe("a name", () => {
  it.each(["湟源县总工会", "湟源县", "630123", "Huangyuan County", " 湟源县总 工会"])(
    "%s is the county",
    (organisation) => {
      expect(fieldsOf({ organisation }, { organisation: "" })?.organisation).toBe("630123");
    },
  );

  it("may be an alias, or English", () => {
    expect(fieldsOf({ programme: "送清凉" })?.programme).toBe("cool-summer");
    expect(fieldsOf({ programme: "golden autumn education aid" })?.programme).toBe("golden-autumn");
    expect(fieldsOf({ form: "打卡" })?.form).toBe("transfer");
  });

  it("that is nobody’s is refused and never guessed", () => {
    expect(problemOf("programme", "金秋住学")).toEqual({ key: "unknownName", values: { value: "金秋住学" } }); // prettier-ignore
    expect(problemOf("fundSource1", "4.40981E+17")?.key).toBe("numberCut");
    expect(problemOf("amount", "######")).toEqual({ key: "columnNarrow" });
    expect(problemOf("amount", "#DIV/0!")?.key).toBe("sheetError");
  });

  it("of two things says which they are; one out of use is not offered", () => {
    const [first, ...rest] = REFERENCE.aidCategories;
    if (!first) throw new Error("no category");
    const twin = { ...first, id: 99, code: "twin" };
    const among = (active: boolean) => ({
      reference: { ...REFERENCE, aidCategories: [first, ...rest, { ...twin, active }] },
    });
    const problem = { key: "ambiguousName", values: { value: "生活", codes: "living、twin" } };
    expect(read({ aidCategory: "生活" }, among(true)).cells.aidCategory?.problem).toEqual(problem);
    expect(fieldsOf({ aidCategory: "生活" }, among(false))?.aidCategory).toBe("living");
  });

  it("of a place is one that may be entered for", () => {
    const reading = read({ organisation: "大通县" }, { places: ["630123"] });
    expect(reading.cells.organisation?.problem).toEqual({ key: "placeNotYours" });
  });

  it("of a campaign brings its programme, and no other", () => {
    expect(fieldsOf({ programme: "", campaign: "autumn-2026" })?.programme).toBe("golden-autumn");
    const { cells } = read({ programme: "夏送清凉", campaign: "autumn-2026" });
    expect(cells.campaign?.problem).toEqual({ key: "campaignMismatch" });
  });
});

it("says every problem in a sentence", () => {
  const sentences = messagesOf("zh-CN").errors.field;
  const rows: RowTexts[] = [
    {
      amount: "1,5",
      paidOn: "2026.1",
      form: "?",
      cash: "1",
      goods: "2",
      counts: "3",
      note: "\u0000",
    },
    { amountKind: "x", amountWording: "约", organisation: "?", campaign: "?", rateNote: "x" },
    { persons: "3户9人", fundSource1: "?", shareAmount2: "5", periodFrom: "2026.1.1", note: "长".repeat(1001) }, // prettier-ignore
  ];
  const keys = rows.flatMap((row) =>
    Object.values(read(row).cells).flatMap((cell) => cell?.problem?.key ?? []),
  );
  expect(keys.length).toBeGreaterThan(12);
  for (const key of keys) expect(sentences, key).toHaveProperty(key);
});
