import type { Block } from "@/lib/kernel/pasted-block";

/**
 * Blocks as spreadsheets put them on the clipboard: the page and the plain text beside it. Written after what Excel,
 * WPS and LibreOffice are known to write; none was recorded from a real WPS.
 */
export type PastedFixture = {
  name: string;
  html: string;
  text: string;
  /** A cell as its text, or with the number behind it. */
  rows: readonly (readonly (string | readonly [shown: string, stored: string])[])[];
  merges?: Block["merges"];
  title?: string;
  notes?: Block["notes"];
};

const STYLES = `<style><!--table{mso-displayed-decimal-separator:"\\.";} td{mso-style-parent:style0;mso-number-format:General;} .xl65{mso-number-format:"\\@";} br{mso-data-placement:same-cell;}--></style>`;
/** As Excel and, after it, WPS: the fragment between its marks, styles in the head, unquoted attributes. */
const excel = (rows: string, { columns = "", more = "" } = {}): string =>
  `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Excel.Sheet>${STYLES}</head>\r\n<body link=blue vlink=purple>\r\n<table border=0 cellpadding=0 cellspacing=0 width=216 style='border-collapse:collapse;width:162pt'>${columns}<!--StartFragment-->\r\n${rows}\r\n<!--EndFragment--></table>${more}\r\n</body></html>`;
const tr = (...cells: string[]): string =>
  `<tr height=19 style='height:14.4pt'>\r\n  ${cells.join("\r\n  ")}\r\n </tr>`;
const td = (inside: string, more = ""): string =>
  `<td class=xl65 ${more} style='border-top:none;mso-number-format:General'>${inside}</td>`;
const libre = (rows: string): string =>
  `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><meta name="generator" content="LibreOffice 7.6"/></head><body><table cellspacing="0" border="0"><colgroup width="120"></colgroup>${rows}</table></body></html>`;

const EXCEL: PastedFixture[] = [
  {
    name: "excel: two rows with the line ends of Windows",
    html: excel(tr(td("冬送温暖"), td("1,234.50")) + tr(td("金秋助学"), td("800"))),
    text: "冬送温暖\t1,234.50\r\n金秋助学\t800\r\n",
    rows: [
      ["冬送温暖", "1,234.50"],
      ["金秋助学", "800"],
    ],
  },
  {
    name: "excel: a source wrapped inside its cells",
    html: excel(tr(td("元旦春节走访慰问一线职工、\r\n  劳动模范和困难职工"), td("50"))),
    text: "元旦春节走访慰问一线职工、 劳动模范和困难职工\t50\r\n",
    rows: [["元旦春节走访慰问一线职工、 劳动模范和困难职工", "50"]],
  },
  {
    name: "excel: a line end within a cell",
    html: excel(tr(td("米10袋<br>\r\n    油5桶"), td("15"))),
    text: '"米10袋\n油5桶"\t15\r\n',
    rows: [["米10袋\n油5桶", "15"]],
  },
  {
    name: "excel: text that flows over its empty neighbours",
    html: excel(
      tr("<td class=xl65 colspan=3 style='mso-ignore:colspan'>本行说明写得很长</td>", td("9")),
    ),
    text: "本行说明写得很长\t\t\t9\r\n",
    rows: [["本行说明写得很长", "", "", "9"]],
  },
  {
    name: "excel: a run of empty rows as one",
    html: excel(
      `${tr(td("甲"), td("1"))}<tr height=57 style='mso-xlrowspan:3'><td colspan=2 style='mso-ignore:colspan'></td></tr>${tr(td("乙"), td("2"))}`,
    ),
    text: "甲\t1\r\n\t\r\n\t\r\n\t\r\n乙\t2\r\n",
    rows: [["甲", "1"], [], [], ["", ""], ["乙", "2"]],
  },
  {
    name: "excel: a column too narrow for its number",
    html: excel(tr(td("甲"), td("########"))),
    text: "甲\t1,234,567.00\r\n",
    rows: [["甲", "1,234,567.00"]],
  },
  {
    name: "old excel: numbers behind what is shown",
    html: excel(tr(td("64", "x:num"), td("64", 'x:num="64.123"'), td("001", "x:str"))),
    text: "64\t64\t001\r\n",
    rows: [["64", ["64", "64.123"], "001"]],
  },
  {
    name: "excel: hidden rows and a hidden column",
    html: excel(
      `${tr(td("甲"), td("1"))}<tr height=0 style='display:none'>${td("乙")}${td("2")}</tr>`,
      {
        columns:
          "<colgroup><col width=72 /><col width=0 style='display:none;mso-width-source:userset' /></colgroup>",
      },
    ),
    text: "甲\t1\r\n乙\t2\r\n",
    rows: [
      ["甲", "1"],
      ["乙", "2"],
    ],
    notes: [
      { key: "hiddenRows", count: 1 },
      { key: "hiddenColumns", count: 1 },
    ],
  },
  {
    name: "excel: quotation marks that are the cell's own",
    html: excel(tr(td("钢管12&quot;管"), td("&quot;已付&quot;"))),
    text: '钢管12"管\t"已付"\r\n',
    rows: [['钢管12"管', '"已付"']],
  },
];

const WPS: PastedFixture[] = [
  {
    name: "wps: a title over the whole width, a head in 万元 and rows",
    html: excel(
      tr(td("2026年送温暖台账", "colspan=3")) +
        tr(td("项目"), td("金额（万元）"), td("户数")) +
        tr(td("冬送温暖"), td("61.58"), td("120")),
    ),
    text: "2026年送温暖台账\t\t\r\n项目\t金额（万元）\t户数\r\n冬送温暖\t61.58\t120\r\n",
    title: "2026年送温暖台账",
    rows: [
      ["项目", "金额（万元）", "户数"],
      ["冬送温暖", "61.58", "120"],
    ],
  },
  {
    name: "wps: merged downwards, a name and a sum",
    html: excel(tr(td("春送岗位", "rowspan=2"), td("300", "rowspan=2"), td("1")) + tr(td("2"))),
    text: "春送岗位\t300\t1\r\n\t\t2\r\n",
    rows: [
      ["春送岗位", "300", "1"],
      ["", "", "2"],
    ],
    merges: [
      { row: 0, column: 0, rows: 2, columns: 1 },
      { row: 0, column: 1, rows: 2, columns: 1 },
    ],
  },
  {
    name: "wps: full-width digits, and spaces that do not break",
    html: excel(tr(td("１２３．５０"), td("&nbsp;县总工会&nbsp;"), td("<span style='mso-spacerun:yes'>&nbsp;&nbsp;</span>3"))), // prettier-ignore
    text: "１２３．５０\t 县总工会 \t  3\r\n",
    rows: [["１２３．５０", "县总工会", "3"]],
  },
  {
    name: "wps: marks without a shape stay as they are, to be seen by the reader of the cell",
    html: excel(tr(td("\u200b冬送温暖"), td("1\u200b200"))),
    text: "\u200b冬送温暖\t1\u200b200\r\n",
    rows: [["\u200b冬送温暖", "1\u200b200"]],
  },
  {
    name: "wps: blank rows at the end",
    html: excel(tr(td("甲"), td("1")) + tr(td(""), td("")) + tr(td("&nbsp;"), td(""))),
    text: "甲\t1\r\n\t\r\n \t\r\n",
    rows: [["甲", "1"]],
  },
  {
    name: "wps: a picture of the block beside it",
    html: excel(tr(td("甲"), td("1")), { more: "<img width=72 src='file:///C:/clip_image001.png'>" }), // prettier-ignore
    text: "甲\t1\r\n",
    rows: [["甲", "1"]],
  },
];

const LIBRE: PastedFixture[] = [
  {
    name: "libreoffice: numbers behind what is shown, one rounded",
    html: libre(
      '<tr><td height="17" align="left">甲</td><td align="right" sdval="1234.567" sdnum="2052;0;#,##0.00">1,234.57</td><td align="right" sdval="800" sdnum="2052;">800</td></tr>',
    ),
    text: "甲\t1,234.57\t800\n",
    rows: [["甲", ["1,234.57", "1234.567"], "800"]],
  },
  {
    name: "libreoffice: markup around the text",
    html: libre(
      '<tr><td><b><font face="Noto Sans CJK SC" color="#000000">冬送温暖</font></b></td><td><i>1200</i></td></tr>',
    ),
    text: "冬送温暖\t1200\n",
    rows: [["冬送温暖", "1200"]],
  },
  {
    name: "libreoffice: line ends, quoted with doubled marks",
    html: libre("<tr><td>他说&quot;好&quot;<br>又说</td><td>1</td></tr>"),
    text: '"他说""好""\n又说"\t1\n',
    rows: [['他说"好"\n又说', "1"]],
  },
  {
    name: "libreoffice: the two flavours differ, and the table is right",
    html: libre("<tr><td>甲<br>乙</td><td>1</td></tr>"),
    text: "甲\n乙\t1\n",
    rows: [["甲\n乙", "1"]],
    notes: [{ key: "shapeDiffers" }],
  },
];

const TEXT: PastedFixture[] = [
  {
    name: "plain text: a mark that opens and is never closed",
    html: "",
    text: '12"管\t3\r\n"未闭合\t4\r\n5\t6\r\n',
    rows: [
      ['12"管', "3"],
      ['"未闭合', "4"],
      ["5", "6"],
    ],
  },
  {
    name: "plain text: rows of many lengths",
    html: "",
    text: "甲\t乙\t丙\n丁",
    rows: [["甲", "乙", "丙"], ["丁"]],
  },
  {
    name: "a page of prose beside tabs is no table",
    html: "<p>甲乙</p>",
    text: "甲\t乙",
    rows: [["甲", "乙"]],
  },
];

export const PASTED_BLOCKS: readonly PastedFixture[] = [...EXCEL, ...WPS, ...LIBRE, ...TEXT];
