import { describe, expect, test } from "vitest";
import { readReissue, readReturn, readReturnTable, reasonOf } from "./rules";
import type { PayableLine, ReturnRow } from "./types";

const line = (no: number, more: Partial<PayableLine> = {}): PayableLine => ({
  id: `line ${no}`,
  no,
  account: `622848000000000000${no}`,
  amountFen: 10_000n,
  state: "pending",
  said: 0,
  on: null,
  reissued: false,
  batch: null,
  ...more,
});
const read = (rows: ReturnRow[], lines: PayableLine[], totalFen: string | null = null) => {
  const { results, already, faults } = readReturn({ rows, on: "2026-09-10", totalFen }, lines);
  return {
    said: results.map(({ line: { no }, state, reason }) => [no, state, reason]),
    already,
    faults: Object.fromEntries(Object.entries(faults).map(([path, [fault]]) => [path, fault])),
  };
};

test.each([
  ["户名不符", "name-mismatch"],
  ["收款人名称不符，账号存在", "name-mismatch"],
  ["账户已销户", "closed"],
  ["账户状态异常[止付]", "stopped"],
  ["该账户为久悬户", "dormant"],
  ["超过单笔限额", "limit"],
  ["账号不存在", "no-account"],
  ["卡已挂失", "lost"],
  ["司法冻结", "frozen"],
  ["发起行退票", "sender"],
  ["E0192", "other"],
])("%s is %s", (words, reason) => {
  expect(reasonOf(words)).toBe(reason);
});

describe("a return against the lines", () => {
  test("all of what waits, or nothing; a later list of what came back is of what was paid", () => {
    const lines = [line(1), line(2, { state: "reissued", said: 2 })];
    expect(read([{ no: 1, result: "paid" }], lines)).toEqual({
      said: [[1, "paid", null]],
      already: 0,
      faults: {
        totalFen: { key: "paymentSum", values: { listedFen: "10000", dueFen: "20000" } },
      },
    });
    const paid = [line(1, { state: "paid" }), line(2)];
    expect(read([{ no: 1, result: "returned", words: "销户" }], paid)).toEqual({
      said: [[1, "returned", "closed"]],
      already: 0,
      faults: {},
    });
  });

  test("a sum that the bank states is held against every row, those told before too", () => {
    const lines = [line(1, { state: "paid" }), line(2), line(3)];
    const rows: ReturnRow[] = [
      { no: 1, result: "paid" },
      { no: 2, result: "paid" },
    ];
    expect(read(rows, lines, "20000")).toEqual({
      said: [[2, "paid", null]],
      already: 1,
      faults: {},
    });
    expect(Object.keys(read(rows, lines, "10000").faults)).toEqual(["totalFen"]);
    expect(Object.keys(read([{ no: 1, result: "paid" }], lines, "1").faults)).toEqual(["totalFen"]);
  });

  test("at most a hundred rows are named, and the values of none", () => {
    const rows = Array.from({ length: 150 }, () => ({ account: "1234567890", amountFen: "1", result: "paid" as const })); // prettier-ignore
    const { faults } = read(rows, [line(1)]);
    expect(Object.keys(faults)).toHaveLength(100);
    expect(JSON.stringify(faults)).not.toContain("1234567890");
  });
});

test("paid anew: once, of what came back, not before it did", () => {
  const lines = [
    line(1, { state: "returned", on: "2026-09-10" }),
    line(2, { state: "returned", on: "2026-09-10", reissued: true }),
    line(3),
    line(4, { state: "returned", on: "2026-09-12" }),
  ];
  const { results, faults } = readReissue({ lines: [1, 1, 2, 3, 4, 9], on: "2026-09-11" }, lines);
  expect(results.map(({ line: { no } }) => no)).toEqual([1]);
  expect(Object.entries(faults).map(([path, [fault]]) => [path, fault?.key])).toEqual([
    ["lines.2", "reissuedOnce"],
    ["lines.3", "notReturned"],
    ["lines.4", "paymentBefore"],
    ["lines.5", "paymentNo"],
  ]);
});

describe("a table as banks give it", () => {
  test("headings stand somewhere above; totals are left out, and what cannot be read is named by its row", () => {
    const table = readReturnTable([
      ["代发结果清单", "", ""],
      ["批次 12", "2026-09-10"],
      ["序号", "收款帐号", "姓名", "金额（元）", "交易状态", "失败原因"],
      ["1", "6228480000000000018", "才让", "600.00", "交易成功", ""],
      ["0002", "6217998500000000007", "卓玛", "1,200.5", "失败", "账号已销户"],
      ["3", "6217998500000000015", "扎西", "六百元", "未成功", "户名不符"],
      ["4", "6217998500000000023", "央金", "600", "处理中", ""],
      ["", "", "合计", "2400.50", "", ""],
    ]);
    expect(table).toEqual({
      headed: true,
      unread: [7],
      rows: [
        { no: 1, account: "6228480000000000018", amountFen: "60000", result: "paid", words: null },
        { no: 2, account: "6217998500000000007", amountFen: "120050", result: "returned", words: "账号已销户" },
        { no: 3, account: "6217998500000000015", amountFen: "60000", result: "returned", words: "户名不符" },
      ],
    }); // prettier-ignore
  });

  test("without a result, or without whose it is, there is no table", () => {
    expect(readReturnTable([["姓名", "金额"], ["才让", "1"]])).toMatchObject({ headed: false, rows: [] }); // prettier-ignore
    expect(readReturnTable([])).toEqual({ headed: false, rows: [], unread: [] });
  });
});
