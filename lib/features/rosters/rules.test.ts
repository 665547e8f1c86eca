import { describe, expect, test } from "vitest";
import {
  columnTaken,
  differencesOf,
  emptyLine,
  isBlank,
  pasted,
  peopleOf,
  readLines,
  readTyped,
  sumsOf,
  tableOf,
  typedOf,
} from "./rules";
import type { LineInput, RosterLine } from "./types";

const TODAY = "2026-11-25";
const NUMBER = "639901198001010014";

describe("lines", () => {
  const faultsOf = (input: LineInput) => readLines([{ name: "才让" }, input], TODAY).faults;

  test("are kept in one form, however they were typed", () => {
    const [line] = readLines(
      [{ name: " 买买提・阿布 ", idNumber: "６３９９０１１９８００１０１００１４", phone: "0971-123 4567", account: "6228 4800 1", payee: "买买提·阿布", note: " " }],
      TODAY,
    ).lines; // prettier-ignore
    expect(line).toMatchObject({
      ...{ name: "买买提·阿布", document: { kind: "resident", number: NUMBER } },
      ...{ phone: "09711234567", account: "622848001", payee: null, note: null, persons: 1 },
    });
  });

  test("name line and field where they cannot be right, and no value", () => {
    expect(faultsOf({ name: "王1", idNumber: "639901198001010015", phone: "1", account: "#", note: "卡 6228480000000000018" })).toEqual({
      "lines.1.name": [{ key: "personName", values: { line: 2 } }],
      "lines.1.idNumber": [{ key: "idCheckDigit", values: { line: 2 } }],
      "lines.1.phone": [{ key: "phone", values: { line: 2 } }],
      "lines.1.account": [{ key: "bankAccount", values: { line: 2 } }],
      "lines.1.note": [{ key: "numberInNote", values: { line: 2 } }],
    }); // prettier-ignore
    expect(faultsOf({ name: "才让", note: "家住三楼 301，2026 年 5 月" })).toEqual({});
    const many = readLines(
      Array.from({ length: 300 }, () => ({ name: "1" })),
      TODAY,
    );
    expect(Object.keys(many.faults)).toHaveLength(100);
  });

  test("come to sums, and to what the record says or not", () => {
    const line = { amountFen: "100", packs: null, persons: 3, households: 1 };
    const sums = sumsOf([line, { ...line, amountFen: null, packs: 2 }], 1);
    expect(sums).toEqual({
      lines: 2,
      documented: 1,
      amountFen: "100",
      persons: 6,
      households: 2,
      packs: 2,
    });
    const recorded = {
      amountKind: "exact",
      amountFen: "100",
      persons: 6,
      households: 2,
      packs: null,
    };
    expect(differencesOf(sums, recorded)).toEqual([]);
    expect(differencesOf(sums, { ...recorded, amountFen: "99", persons: 5 })).toEqual([
      { of: "amount", listed: 100n, recorded: 99n },
      { of: "persons", listed: 6n, recorded: 5n },
    ]);
    // about so much is not held against lines that know it to the fen; without money there is none in the lines
    expect(differencesOf(sums, { ...recorded, amountKind: "estimated", amountFen: "1" })).toEqual(
      [],
    );
    expect(differencesOf(sums, { ...recorded, amountKind: "none", amountFen: null })).toHaveLength(
      1,
    );
    expect(differencesOf(sumsOf([], 0), recorded)).toEqual([]);
  });
});

describe("what is typed", () => {
  test("becomes what is sent, and says at once what is wrong in it", () => {
    const typed = {
      ...emptyLine(1),
      name: "才让",
      idNumber: NUMBER,
      amount: "1,200.50",
      persons: "3人",
      packs: "两",
    };
    expect(readTyped(typed, TODAY)).toMatchObject({
      input: { name: "才让", idKind: null, amountFen: "120050", persons: 3, packs: 2, note: null },
      faults: {},
    });
    expect(readTyped({ ...typed, name: " ", idNumber: "639901198001010015", amount: "约3万", packs: "x" }, TODAY).faults).toEqual({
      name: { key: "required" },
      idNumber: { key: "idCheckDigit" },
      amount: { key: "fen" },
      packs: { key: "count" },
    }); // prettier-ignore
    expect(isBlank(emptyLine(1))).toBe(true);
    expect(isBlank(typed)).toBe(false);
  });

  test("is a kept line again", () => {
    const kept: RosterLine = { no: 1, name: "才让", idKind: "passport", idNumber: "123456789", phone: null, payee: null, account: null, note: null, amountFen: "120050", packs: 2, persons: 1, households: null, unreadable: false, forgotten: false, payment: null }; // prettier-ignore
    const typed = typedOf(kept, 7);
    expect(typed).toMatchObject({ key: 7, idKind: "passport", amount: "1,200.50", persons: "" });
    expect(readTyped(typed, TODAY).input).toMatchObject({
      idKind: "passport",
      amountFen: "120050",
      persons: null,
    });
    expect(typedOf({ ...kept, idKind: "resident", idNumber: NUMBER }, 1).idKind).toBe("");
  });

  test("of a block from a spreadsheet lies to the right and below", () => {
    let key = 9;
    const next = () => (key += 1);
    const lines = pasted([emptyLine(1)], { row: 0, column: "idNumber" }, [[NUMBER, "139"], ["x", "y"]], next); // prettier-ignore
    expect(lines.map(({ key: k, idNumber, phone }) => [k, idNumber, phone])).toEqual([
      [1, NUMBER, "139"],
      [10, "x", "y"],
    ]);
  });

  test("of a block with headings finds its columns by them", () => {
    const block = [
      ["序号", "姓名", "金额（元）", "身份证号码"],
      ["1", "才让", "300", NUMBER],
    ];
    const [line] = pasted([emptyLine(1)], { row: 0, column: "note" }, block, () => 2);
    expect(line).toMatchObject({ name: "才让", amount: "300", idNumber: NUMBER, note: "" });
  });
});

describe("a list from a file", () => {
  let key = 0;
  const next = () => (key += 1);
  const cells = [
    ["2026年金秋助学花名册"],
    ["单位：湟源县总工会", "", "", "2026年8月28日"],
    ["序号", "姓 名", "证件类型", "身份证号码", "发放金额（元）", "开户行", "银行卡号", "备注"],
    ["1", "才让卓玛", "居民身份证", "639901198001010014", "600", "农行", "6228480000000000018", ""],
    ["", "", "", "", "", "", "", ""],
    ["2", "买买提・阿布", "护照", "E12345678", "1,200.50", "农行", "", "代领"],
    ["合计", "", "", "", "1800.5", "", "", ""],
  ];

  test("its headings are found under its title, sums and empty rows are nobody", () => {
    const table = tableOf(cells);
    expect(table?.columns).toEqual([null, "name", "idKind", "idNumber", "amount", null, "account", "note"]); // prettier-ignore
    const people = table ? peopleOf(table, next) : [];
    expect(people.map(({ at }) => at)).toEqual([4, 6]);
    expect(people.map(({ line }) => readTyped(line, "2026-11-27"))).toMatchObject([
      { input: { name: "才让卓玛", idKind: "resident", amountFen: "60000" }, faults: {} },
      { input: { idKind: "passport", amountFen: "120050", note: "代领" }, faults: {} },
    ]);
  });

  test("a column may be taken for another, and whichever had that one has none", () => {
    const table = tableOf(cells);
    const changed = table && columnTaken(table, 5, "note");
    expect(changed?.columns[5]).toBe("note");
    expect(changed?.columns[7]).toBeNull();
  });

  test("ten thousand yuan is no yuan, and what names nobody is no list", () => {
    expect(tableOf([["姓名", "金额（万元）"]])?.columns).toEqual(["name", null]);
    expect(tableOf([["项目", "金额"], ["金秋助学", "100"]])).toBeNull(); // prettier-ignore
    expect(tableOf([["姓名", "姓名"]])?.columns).toEqual(["name", null]);
  });
});
