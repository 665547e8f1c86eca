import { describe, expect, it } from "vitest";
import { readTabText, writeTabText } from "./tab-text";

describe("cells on the clipboard as text", () => {
  it.each([
    ["A\tB\r\n", [["A", "B"]]],
    ['"甲\r\n乙"\t3', [["甲\n乙", "3"]]],
    [
      '12"管\t3\n"未闭合\t4\n5\t6',
      [
        ['12"管', "3"],
        ['"未闭合', "4"],
        ["5", "6"],
      ],
    ],
    ['"他说""好"""\t1', [['他说"好"', "1"]]],
    ['"已付"\t1', [['"已付"', "1"]]],
    ["a\t\tb\r\n\r\nc", [["a", "", "b"], [""], ["c"]]],
    ["a\t", [["a", ""]]],
    ["", []],
  ])("%j", (text, rows) => {
    expect(readTabText(text)).toEqual(rows);
  });

  it("are read back as they were written", () => {
    const rows = [
      ["甲\n乙", '他说"好"'],
      ["a\tb", "，"],
    ];
    expect(readTabText(writeTabText(rows))).toEqual(rows);
  });
});
