import { madeRow, madeWorkbook, type MadeWorkbook } from "../made-workbook";
import { type CorpusFile, type Expected, type ExpectedCell, rows } from "./expected";

type More = Omit<MadeWorkbook, "sheets"> & { before?: string; after?: string };

export const oneSheet = (xml: string, { before, after, ...more }: More = {}): Buffer =>
  madeWorkbook({
    ...more,
    sheets: [
      {
        name: "表",
        rows: xml,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      },
    ],
  });

/** Cells of row 1, and what is read of them. */
const cells = (name: string, xml: string, read: ExpectedCell[], more: More = {}): CorpusFile => ({
  name,
  file: "台账.xlsx",
  bytes: () => oneSheet(`<row r="1">${xml}</row>`, more),
  expected: rows([1, ...read]),
});

const DATES = {
  formats: [
    "yyyy/m/d",
    'yyyy"年"m"月"',
    "yyyy-mm-dd hh:mm",
    "[$-804]yyyy年m月d日;@",
    "0.00%",
    "#,##0",
    '0!.0000"万"',
    "0.00E+00",
    "yyyy",
    "h:mm",
    '[Red]#,##0.00_);"yd"@',
  ],
};

const styled = (place: string, style: number, value: string): string =>
  `<c r="${place}" s="${style}"><v>${value}</v></c>`;

const NUMBERS: CorpusFile[] = [
  cells(
    "noise that a float left behind",
    '<c r="A1"><v>0.30000000000000004</v></c><c r="B1"><v>50616.000000000007</v></c><c r="C1"><v>61.579999999999998</v></c>',
    [
      ["0.3", "number"],
      ["50616", "number"],
      ["61.58", "number"],
    ],
  ),
  cells(
    "powers of ten, signs and zeros",
    '<c r="A1"><v>1E-3</v></c><c r="B1"><v>1.5E+3</v></c><c r="C1"><v>-0</v></c><c r="D1"><v>-12.50</v></c><c r="E1"><v>9.9999999999999999</v></c>',
    [
      ["0.001", "number"],
      ["1500", "number"],
      ["0", "number"],
      ["-12.5", "number"],
      ["10", "number"],
    ],
  ),
  cells(
    "an identity number kept as a number",
    '<c r="A1"><v>110105194912310021</v></c><c r="B1"><v>4.4098119900101102E+17</v></c>',
    [
      ["110105194912310000", "longNumber"],
      ["440981199001011000", "longNumber"],
    ],
  ),
  cells(
    "numbers typed as text",
    '<c r="A1" t="str"><v>1,234.50</v></c><c r="B1" t="inlineStr"><is><t>１２０</t></is></c>',
    ["1,234.50", "１２０"],
  ),
  cells("a number that is none", '<c r="A1"><v>十二</v></c><c r="B1"><v>1E999999</v></c>', [
    ["十二", "damaged"],
    ["1E999999", "damaged"],
  ]),
  cells(
    "formats that round or scale",
    styled("A1", 6, "1234.56") +
      styled("B1", 7, "61580") +
      styled("C1", 8, "1200") +
      styled("D1", 11, "7.5"),
    [
      ["1234.56", "number"],
      ["61580", "number"],
      ["1200", "number"],
      ["7.5", "number"],
    ],
    DATES,
  ),
  cells(
    "per cent",
    styled("A1", 5, "0.125") + styled("B1", 5, "-1"),
    [
      ["12.5%", "percent"],
      ["-100%", "percent"],
    ],
    DATES,
  ),
];

const DAYS: CorpusFile[] = [
  cells(
    "days since 1900",
    styled("A1", 1, "44800") +
      styled("B1", 4, "46262") +
      styled("C1", 3, "46262.75") +
      styled("D1", 1, "59"),
    [
      ["2022-08-27", "date"],
      ["2026-08-28", "date"],
      ["2026-08-28", "date"],
      ["1900-02-28", "date"],
    ],
    DATES,
  ),
  cells(
    "days since 1904",
    styled("A1", 1, "44800") + styled("B1", 1, "0"),
    [
      ["2026-08-28", "date"],
      ["1904-01-01", "date"],
    ],
    { ...DATES, since1904: true },
  ),
  cells(
    "days that never were",
    styled("A1", 1, "60") +
      styled("B1", 1, "-3") +
      styled("C1", 1, "2958466") +
      styled("D1", 1, "20260828"),
    [
      ["60", "noDay"],
      ["-3", "noDay"],
      ["2958466", "noDay"],
      ["20260828", "noDay"],
    ],
    DATES,
  ),
  cells(
    "a month, a year, a time of day",
    styled("A1", 2, "46235") + styled("B1", 9, "46235") + styled("C1", 10, "0.5"),
    [
      ["2026年8月", "date"],
      ["2026年", "date"],
      ["0.5", "number"],
    ],
    DATES,
  ),
  cells(
    "a day as ISO text",
    '<c r="A1" t="d"><v>2026-08-28T00:00:00</v></c><c r="B1" t="d"><v>soon</v></c>',
    [
      ["2026-08-28", "date"],
      ["soon", "noDay"],
    ],
  ),
  cells("a style that is not there", styled("A1", 99, "44800"), [["44800", "number"]], DATES),
];

const FORMULAS: CorpusFile[] = [
  cells(
    "formulas with and without a result",
    '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;"元"</f><v>2元</v></c><c r="C1"><f>A1*2</f></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1"><f t="shared" si="0"/><v>4</v></c>',
    [
      ["2", "formula"],
      ["2元", "formula"],
      ["", "noResult"],
      ["#DIV/0!", "error"],
      ["4", "formula"],
    ],
  ),
  cells(
    "an error without a formula, and a truth",
    '<c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="b"><v>0</v></c>',
    [
      ["#N/A", "error"],
      ["TRUE", "boolean"],
      ["FALSE", "boolean"],
    ],
  ),
  {
    name: "a formula that calls a program",
    file: "dde.xlsx",
    bytes: () => oneSheet(`<row r="1"><c r="A1"><f>cmd|'/c calc'!A0</f><v>1</v></c></row>`),
    expected: { refused: "sheetLinks" },
  },
  cells(
    "a formula that only says a stroke",
    '<c r="A1" t="str"><f>"a|b"&amp;"!"</f><v>a|b!</v></c>',
    [["a|b!", "formula"]],
  ),
];

const TEXTS: CorpusFile[] = [
  cells(
    "shared texts, rich and spoken",
    '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>99</v></c><c r="D1" t="s"><v>-1</v></c>',
    ["冬送温暖", "慰问", ["", "damaged"], ["", "damaged"]],
    {
      strings:
        '<si><r><rPr><b/></rPr><t>冬送</t></r><r><t>温暖</t></r></si><si><t>慰问</t><rPh sb="0" eb="2"><t>いもん</t></rPh></si>',
    },
  ),
  cells(
    "escapes, line ends and what nothing can store",
    '<c r="A1" t="inlineStr"><is><t>甲_x000D_\n乙</t></is></c><c r="B1" t="inlineStr"><is><t>a_x0000_b</t></is></c><c r="C1" t="inlineStr"><is><t>_x005F_x000D_</t></is></c><c r="D1" t="inlineStr"><is><t>a_xD83D_b</t></is></c>',
    ["甲\n乙", "a\uFFFDb", "_x000D_", "a\uFFFDb"],
  ),
  cells(
    "text as character data, and an emoji",
    '<c r="A1" t="inlineStr"><is><t><![CDATA[<困难>&]]></t></is></c><c r="B1" t="inlineStr"><is><t>🧧</t></is></c>',
    ["<困难>&", "🧧"],
  ),
  cells("a text that looks like a formula", '<c r="A1" t="inlineStr"><is><t>=1+1</t></is></c>', [
    "=1+1",
  ]),
];

const places: Expected = rows([1, "甲", "", "乙"], [2, "丙"], [5, "丁"]);
const PLACES: CorpusFile[] = [
  {
    name: "rows and cells without their numbers",
    file: "a.xlsx",
    bytes: () =>
      oneSheet(
        '<row><c t="inlineStr"><is><t>甲</t></is></c><c/><c t="inlineStr"><is><t>乙</t></is></c></row><row><c t="inlineStr"><is><t>丙</t></is></c></row><row r="5"><c t="inlineStr"><is><t>丁</t></is></c></row>',
      ),
    expected: places,
  },
  {
    name: "rows of which nothing can be seen",
    file: "a.xlsx",
    bytes: () =>
      oneSheet(madeRow(1, ["甲"]) + madeRow(2, [" ", "\u200b\u3000"]) + madeRow(3, ["乙"])),
    expected: rows([1, "甲"], [3, "乙"]),
  },
  {
    name: "a filled row below 20,000 that are only styled",
    file: "a.xlsx",
    bytes: () =>
      oneSheet(
        Array.from(
          { length: 20_000 },
          (_, at) => `<row r="${at + 1}"><c r="A${at + 1}" s="0"/></row>`,
        ).join("") + madeRow(20_001, ["甲"]),
      ),
    expected: rows([20_001, "甲"]),
  },
  {
    name: "something far below the table",
    file: "a.xlsx",
    bytes: () => oneSheet(madeRow(1, ["甲"]) + madeRow(502, ["乙"]) + madeRow(900, ["丙"])),
    expected: { sheets: [{ rows: [[1, "甲"]], beyond: { row: 502, rows: 2 } }] },
  },
  {
    name: "exactly so many empty rows as a table may have",
    file: "a.xlsx",
    bytes: () => oneSheet(madeRow(1, ["甲"]) + madeRow(501, ["乙"])),
    expected: rows([1, "甲"], [501, "乙"]),
  },
  {
    name: "merged cells, one with something under it",
    file: "a.xlsx",
    bytes: () =>
      oneSheet(
        madeRow(1, ["标题"]) +
          madeRow(2, ["冬送温暖", 300]) +
          madeRow(3, ["旧的", 20]) +
          madeRow(4, [null, 5]),
        {
          after:
            '<mergeCells><mergeCell ref="A1:H1"/><mergeCell ref="A2:A4"/><mergeCell ref="C9:C12"/></mergeCells>',
        },
      ),
    expected: {
      sheets: [
        {
          rows: [
            [1, "标题", ["", "merged"]],
            [2, "冬送温暖", ["300", "number"]],
            [3, ["", "merged"], ["20", "number"]],
            [4, ["", "merged"], ["5", "number"]],
          ],
          merges: 3,
        },
      ],
    },
  },
  {
    name: "hidden rows and columns",
    file: "a.xlsx",
    bytes: () =>
      oneSheet(
        `${madeRow(1, ["甲", "乙", "丙"])}${madeRow(2, ["丁"]).replace("<row", '<row hidden="1"')}`,
        {
          before:
            '<cols><col min="2" max="2" hidden="1"/><col min="5" max="16384" hidden="true"/></cols>',
        },
      ),
    expected: {
      sheets: [
        {
          rows: [
            [1, "甲", "乙", "丙"],
            [2, "丁"],
          ],
          hiddenRows: [2],
          hiddenColumns: [1],
        },
      ],
    },
  },
  {
    name: "hidden sheets, and names with signs",
    file: "a.xlsx",
    bytes: () =>
      madeWorkbook({
        sheets: [
          { name: "说明", rows: madeRow(1, ["填表说明"]), state: "hidden" },
          { name: "A&B <2026>", rows: madeRow(1, ["甲"]) },
          { name: "代码", rows: "", state: "veryHidden" },
        ],
      }),
    expected: {
      sheets: [
        { name: "说明", hidden: true, rows: [[1, "填表说明"]] },
        { name: "A&B <2026>", rows: [[1, "甲"]] },
        { name: "代码", hidden: true, rows: [] },
      ],
    },
  },
];

export const CELL_FILES: readonly CorpusFile[] = [
  ...NUMBERS,
  ...DAYS,
  ...FORMULAS,
  ...TEXTS,
  ...PLACES,
];
