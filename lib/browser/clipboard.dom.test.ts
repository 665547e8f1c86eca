import { describe, expect, it } from "vitest";
import { readClipboard } from "./clipboard";

const table = (rows: string) => `<html><body><table>${rows}</table></body></html>`;
const textsOf = (html: string, text = "") =>
  readClipboard({ html, text }).rows.map((row) => row.map((cell) => cell.text));

describe("what a paste brings", () => {
  it("ends with its last line, and trailing blank rows are none", () => {
    expect(textsOf("", "A\tB\r\n")).toEqual([["A", "B"]]);
    expect(textsOf("", "A\tB\r\n\t\r\n\t\r\n")).toEqual([["A", "B"]]);
    expect(textsOf("", "\r\n")).toEqual([[""]]);
  });

  it("keeps quotation marks that are the cell's own", () => {
    expect(textsOf(table("<tr><td>&quot;已付&quot;</td><td>1</td></tr>"), '"已付"\t1')).toEqual([
      ['"已付"', "1"],
    ]);
  });

  it("is not broken where a program wrapped its source", () => {
    const html = table("<tr><td>困难职工\n  慰问 50 户</td></tr>");
    expect(textsOf(html, "困难职工 慰问 50 户")).toEqual([["困难职工 慰问 50 户"]]);
    expect(textsOf(table("<tr><td>a<br>b&nbsp;c</td></tr>"))).toEqual([["a\nb c"]]);
  });

  it("is as wide as its widest row, whatever stands above it", () => {
    const cells = (of: string) =>
      Array.from({ length: 10 }, (_, n) => `<td>${of}${n}</td>`).join("");
    const rows = ["项", "甲", "乙", "丙"].map((of) => `<tr>${cells(of)}</tr>`).join("");
    const block = readClipboard({
      html: table(`<tr><td colspan=10>2024年送温暖台账</td></tr>${rows}`),
      text: "",
    });
    expect(block.title).toBe("2024年送温暖台账");
    expect(block.rows.map((row) => row.length)).toEqual([10, 10, 10, 10]);
    expect(block.rows.at(-1)?.at(-1)?.text).toBe("丙9");
  });

  it("takes text that flows over its neighbours for one cell", () => {
    const flows = "<td colspan=2 style='mso-ignore:colspan'>长长的说明</td>";
    const block = readClipboard({ html: table(`<tr>${flows}<td>3</td></tr>`), text: "" });
    expect(block.rows[0]?.map(({ text }) => text)).toEqual(["长长的说明", "", "3"]);
    expect(block.merges).toEqual([]);
  });

  it("names what is merged, and puts it in its first cell alone", () => {
    const html = table(
      "<tr><td rowspan=3>春送岗位</td><td rowspan=3>300</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr>",
    );
    const block = readClipboard({ html, text: "" });
    expect(block.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ["春送岗位", "300", "1"],
      ["", "", "2"],
      ["", "", "3"],
    ]);
    expect(block.merges).toEqual([
      { row: 0, column: 0, rows: 3, columns: 1 },
      { row: 0, column: 1, rows: 3, columns: 1 },
    ]);
  });

  it("takes what is shown from the text where the column was too narrow", () => {
    expect(textsOf(table("<tr><td>######</td></tr>"), "1,234.50")).toEqual([["1,234.50"]]);
    expect(textsOf(table("<tr><td>######</td></tr>"), "######")).toEqual([["######"]]);
  });

  it("names the number behind a rounded one", () => {
    const html = table('<tr><td sdval="1234.567" sdnum="2052;">1,234.57</td></tr>');
    expect(readClipboard({ html, text: "1,234.57" }).rows).toEqual([
      [{ text: "1,234.57", stored: "1234.567" }],
    ]);
    const sheets = `<td data-sheets-value='{"1":3,"3":1234.5}'>1,234.50</td>`;
    expect(readClipboard({ html: table(`<tr>${sheets}</tr>`), text: "1,234.50" }).rows).toEqual([
      [{ text: "1,234.50" }],
    ]);
    const empty = readClipboard({ html: table("<tr><td x:num>64</td></tr>"), text: "64" });
    expect(empty.rows).toEqual([[{ text: "64" }]]);
  });

  it("says what was hidden, and that the flavours differ", () => {
    const html = table(
      "<colgroup><col style='display:none'></colgroup><tr><td>1</td></tr><tr style='display:none'><td>2</td></tr>",
    );
    expect(readClipboard({ html, text: "1" }).notes).toEqual([
      { key: "hiddenRows", count: 1 },
      { key: "hiddenColumns", count: 1 },
      { key: "shapeDiffers" },
    ]);
  });

  it("with a picture beside it is the text; a picture alone is nothing", () => {
    const picture = "<img src='file:///clip.png'>";
    expect(textsOf(picture, "A\tB")).toEqual([["A", "B"]]);
    expect(textsOf(picture)).toEqual([]);
  });

  it("of several tables is their text", () => {
    const both = `${table("<tr><td>1</td></tr>")}${table("<tr><td>2</td></tr>")}`;
    expect(textsOf(both, "1\n2")).toEqual([["1"], ["2"]]);
  });
});
