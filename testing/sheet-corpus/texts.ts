import { type CorpusFile, type Expected, refused, rows } from "./expected";

const csv = (name: string, bytes: string | Buffer, expected: Expected): CorpusFile => ({
  ...{ name, file: "台账.csv", bytes: () => Buffer.from(bytes), expected },
});
const BOM = "\uFEFF";
const TABLE = rows([1, "项目", "金额（元）"], [2, "冬送温暖", "1200"]);
const of = (encoding: string, delimiter: string): Expected => ({ ...TABLE, encoding, delimiter });
const gbk = (hex: string): Buffer => Buffer.from(hex, "hex");
const bigEndian = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();
const HEAD = "项目,金额（元）";

const ENCODINGS: CorpusFile[] = [
  csv("UTF-8", `${HEAD}\r\n冬送温暖,1200\r\n`, of("utf-8", ",")),
  csv("UTF-8 with its mark", `${BOM}${HEAD}\n冬送温暖,1200`, of("utf-8", ",")),
  csv(
    "GB18030, as spreadsheets here write it",
    gbk("cfeec4bf2cbdf0b6eea3a8d4aaa3a90d0ab6accbcdcec2c5af2c313230300d0a"),
    of("gb18030", ","),
  ),
  csv(
    "UTF-16 with its mark, and tabs",
    Buffer.from(`${BOM}${HEAD}\r\n冬送温暖,1200`.replaceAll(",", "\t"), "utf16le"),
    of("utf-16le", "\t"),
  ),
  csv(
    "UTF-16 the other way round",
    bigEndian(`${BOM}${HEAD}\r\n冬送温暖,1200`),
    of("utf-16be", ","),
  ),
  csv(
    "UTF-16 without its mark",
    Buffer.from("item,amount\r\nwarm,1200", "utf16le"),
    refused("sheetEncoding"),
  ),
  csv("Big5", gbk("b6b5a5d82caac3b142"), refused("sheetEncoding")),
  csv(
    "a mark of UTF-8 before something else",
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), gbk("b6accbcd")]),
    refused("sheetEncoding"),
  ),
  csv("half of a character", Buffer.from("项目").subarray(0, 5), refused("sheetEncoding")),
  csv("bytes of nothing", Buffer.from([0xff, 0x00, 0x80, 0x81]), refused("sheetEncoding")),
  csv("a nul among the text", "甲,乙\n丙\u0000,1", refused("sheetEncoding")),
];

const QUOTES: CorpusFile[] = [
  csv(
    "line ends, quotes and delimiters inside quotes",
    '甲,"一,二\r\n三",5\r\n"他说""好""",,6',
    rows([1, "甲", "一,二\n三", "5"], [2, '他说"好"', "", "6"]),
  ),
  csv(
    "quotes in the middle of a cell",
    '钢管,12"管\n甲,5"',
    rows([1, "钢管", '12"管'], [2, "甲", '5"']),
  ),
  csv("a quote that is never closed", `a,b\n"甲,乙\n${"c,d\n".repeat(498)}`, refused("sheetQuote")),
  csv("text behind a closing quote", 'a,b\n"甲"乙,1', refused("sheetQuote")),
  csv("nothing but a quote", '"', refused("sheetQuote")),
];

const SHAPES: CorpusFile[] = [
  csv("semicolons", "项目;金额（元）\n冬送温暖;1200", of("utf-8", ";")),
  csv(
    "semicolons around numbers with commas",
    "项目;金额（元）\n冬送温暖;1,200.50",
    rows([1, "项目", "金额（元）"], [2, "冬送温暖", "1,200.50"]),
  ),
  csv(
    "its delimiter said in the first line",
    "sep=|\r\n项目|金额（元）\r\n冬送温暖|1200",
    of("utf-8", "|"),
  ),
  csv("line ends of long ago", `${HEAD}\r冬送温暖,1200\r`, TABLE),
  csv("one column", "项目\n冬送温暖", rows([1, "项目"], [2, "冬送温暖"])),
  csv(
    "rows of many lengths, and empty lines",
    "甲,乙,丙\n\n丁\n,,\n,戊,,",
    rows([1, "甲", "乙", "丙"], [3, "丁"], [5, "", "戊"]),
  ),
  csv(
    "texts that were kept from being formulas",
    '\'=1+1,\'-困难,"=""001234""",\'好',
    rows([1, "=1+1", "-困难", "001234", "'好"]),
  ),
  csv("marks that nothing can store", "甲\u0007乙,1", rows([1, "甲\uFFFD乙", "1"])),
  csv("something far below the table", `甲\n${"\n".repeat(600)}乙`, {
    sheets: [{ rows: [[1, "甲"]], beyond: { row: 602, rows: 1 } }],
  }),
  csv("10,101 lines", "甲,1\n".repeat(10_101), { sheets: [{ rows: [], problem: "sheetRows" }] }),
  csv("201 columns", "甲,".repeat(200) + "乙", { sheets: [{ rows: [], problem: "sheetColumns" }] }),
  csv("a text longer than a cell", `甲,${"乙".repeat(32_768)}`, {
    sheets: [{ rows: [], problem: "sheetCellLong" }],
  }),
  csv("a million delimiters", ",".repeat(1_000_000), refused("sheetTooMuch")),
  csv("17 million letters", "a".repeat(17_000_000), refused("sheetTooMuch")),
  csv("only empty lines", "\r\n\r\n , \r\n", { sheets: [{ rows: [] }] }),
];

const compound = (inside: string): Buffer =>
  Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(504),
    Buffer.from(inside, "utf16le"),
  ]);
const named = (file: string, name: string, bytes: string | Buffer, key: string): CorpusFile => ({
  ...{ name, file, bytes: () => Buffer.from(bytes), expected: refused(key) },
});
const OTHERS: CorpusFile[] = [
  named("a.xlsx", "nothing", "", "sheetEmpty"),
  named("a.xls", "a workbook of before 2007", compound("Workbook"), "sheetOldXls"),
  named("a.xlsx", "a workbook with a password", compound("EncryptedPackage"), "sheetPassword"),
  named(
    "a.xls",
    "a web page called a workbook",
    "<html><body><table><tr><td>1</td></tr></table></body></html>",
    "sheetWebPage",
  ),
  named(
    "a.xls",
    "a web page in another case, after a mark",
    `${BOM}\n <TABLE><TR><TD>1`,
    "sheetWebPage",
  ),
  named(
    "a.xls",
    "a workbook as XML",
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "sheetWebPage",
  ),
  named(
    "a.xls",
    "a mail of a page",
    "MIME-Version: 1.0\nContent-Type: multipart/related",
    "sheetWebPage",
  ),
  named("a.xlsx", "a pdf", "%PDF-1.7\n", "sheetNotTable"),
  named("a.csv", "a picture", Buffer.from("89504e470d0a1a0a0000", "hex"), "sheetNotTable"),
  named("a.csv", "a packed file", Buffer.from("1f8b0800", "hex"), "sheetNotTable"),
  named("a.xlsx", "21 MB", Buffer.alloc(21 * 1024 * 1024, "a"), "sheetTooBig"),
  { ...csv("a csv called a workbook", `${HEAD}\n冬送温暖,1200`, TABLE), file: "a.xlsx" },
];

export const TEXT_FILES: readonly CorpusFile[] = [...ENCODINGS, ...QUOTES, ...SHAPES, ...OTHERS];
