import { madeArchive, type MadePart } from "../made-archive";
import { madeRow, madeWorkbook, workbookParts } from "../made-workbook";
import { oneSheet } from "./cells";
import { type CorpusFile, type Expected, refused, rows } from "./expected";

const SHEET = "xl/worksheets/sheet1.xml";
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const parts = (...more: MadePart[]): MadePart[] =>
  workbookParts({ sheets: [{ name: "表", rows: madeRow(1, ["甲"]) }], parts: more });
const file = (name: string, bytes: () => Buffer, expected: Expected): CorpusFile => ({
  ...{ name, file: "a.xlsx", bytes, expected },
});
/** A sound workbook but for these parts. */
const withParts = (name: string, more: readonly MadePart[], expected: Expected): CorpusFile =>
  file(name, () => madeArchive(parts(...more)), expected);
const sheetPart = (rowsXml: string, before = ""): MadePart => ({
  name: SHEET,
  content: `<?xml version="1.0"?>${before}<worksheet ${MAIN}><sheetData>${rowsXml}</sheetData></worksheet>`,
});
const empty = (name: string): MadePart => ({ name, content: "" });
const said = rows([1, "甲"]);
const changed = (change: (part: MadePart) => MadePart): Buffer =>
  madeArchive(parts().map((part) => (part.name === SHEET ? change(part) : part)));

const ARCHIVES: CorpusFile[] = [
  file(
    "half of the file",
    () => {
      const whole = madeArchive(parts());
      return whole.subarray(0, whole.length / 2);
    },
    refused("sheetDamaged"),
  ),
  file(
    "a byte changed under way",
    () => {
      const whole = madeArchive(parts());
      const at = Math.floor(whole.length / 3);
      whole.writeUInt8(whole.readUInt8(at) ^ 0xff, at);
      return whole;
    },
    refused("sheetDamaged"),
  ),
  file("a wrong checksum", () => changed((part) => ({ ...part, crc: 1 })), refused("sheetDamaged")),
  file(
    "says to be smaller than it is",
    () => changed((part) => ({ ...part, plain: 10 })),
    refused("sheetDamaged"),
  ),
  file(
    "says to be larger than it is",
    () => changed((part) => ({ ...part, plain: 9_000 })),
    refused("sheetDamaged"),
  ),
  file(
    "says to be larger than anything may be",
    () => changed((part) => ({ ...part, plain: 0xfffffff0 })),
    refused("sheetUnpacked"),
  ),
  file(
    "packed in a way that nobody knows",
    () => changed((part) => ({ ...part, method: 12 })),
    refused("sheetDamaged"),
  ),
  file(
    "entries over the same bytes",
    () => {
      const [first] = parts();
      return madeArchive([
        ...parts(),
        { name: "xl/again.xml", content: first?.content ?? "", over: first?.name ?? "" },
      ]);
    },
    refused("sheetDamaged"),
  ),
  file(
    "the same name twice",
    () => madeArchive([...parts(), { name: SHEET.toUpperCase(), content: "<worksheet/>" }]),
    refused("sheetDamaged"),
  ),
  file(
    "an encrypted entry",
    () => changed((part) => ({ ...part, encrypted: true })),
    refused("sheetPassword"),
  ),
  file(
    "1,001 entries",
    () => madeArchive([...parts(), ...Array.from({ length: 1_001 }, (_, at) => empty(`x/${at}`))]),
    refused("sheetEntries"),
  ),
  file("nothing packed", () => madeArchive(parts().map((part) => ({ ...part, method: 0 }))), said),
  file(
    "the other slash in names",
    () => madeArchive(parts().map((part) => ({ ...part, name: part.name.replaceAll("/", "\\") }))),
    said,
  ),
  file(
    "a comment at its end",
    () => madeArchive(parts(), { comment: "PK\u0005\u0006 省总" }),
    said,
  ),
  file("an empty archive", () => madeArchive([]), refused("sheetNotTable")),
];

const long = "a".repeat(3_000_000);
const many = (count: number, text: string): string => text.repeat(count);
const oneCell = (inside: string): string => `<row><c t="inlineStr"><is>${inside}</is></c></row>`;
const declared = (count: number, plain: number): MadePart[] =>
  Array.from({ length: count }, (_, at) => ({ name: `xl/media/${at}.xml`, content: "", plain }));
const numbered = (count: number, cells: readonly (number | string)[]): string =>
  Array.from({ length: count }, (_, at) => madeRow(at + 1, cells)).join("");
const merged = (areas: string): { after: string } => ({
  after: `<mergeCells>${areas}</mergeCells>`,
});

const BOMBS: CorpusFile[] = [
  withParts("a part of 101 MB", declared(1, 101 * 1024 * 1024), refused("sheetUnpacked")),
  withParts("parts of 240 MB together", declared(3, 80 * 1024 * 1024), refused("sheetUnpacked")),
  withParts("a text without end", [sheetPart(oneCell(`<t>${long}</t>`))], refused("sheetDamaged")),
  withParts(
    "a text without end, in pieces",
    [sheetPart(oneCell(many(100_000, "<r><t>aaaaaaaaaaaa</t></r>")))],
    refused("sheetDamaged"),
  ),
  withParts("an attribute without end", [sheetPart(`<row x="${long}"/>`)], refused("sheetDamaged")),
  withParts("a comment without end", [sheetPart(`<!--${long}-->`)], refused("sheetDamaged")),
  withParts(
    "more shared texts than a table has",
    [{ name: "xl/sharedStrings.xml", content: `<sst>${many(500_001, "<si/>")}</sst>` }],
    refused("sheetTooMuch"),
  ),
  file(
    "more filled cells than a table has",
    () => oneSheet(many(2_600, `<row>${many(195, "<c><v>1</v></c>")}</row>`)),
    refused("sheetTooMuch"),
  ),
  file(
    "merged areas over one another",
    () => oneSheet(numbered(1_000, [1, 2]), merged(many(1_000, '<mergeCell ref="A1:B1000"/>'))),
    refused("sheetTooMuch"),
  ),
  file(
    "20,001 merged areas",
    () => oneSheet(numbered(1, [1]), merged(many(20_001, '<mergeCell ref="A1:B1"/>'))),
    refused("sheetTooMuch"),
  ),
  file(
    "one part as many sheets",
    () =>
      madeArchive(
        workbookParts({
          sheets: [
            { name: "a", rows: "" },
            { name: "b", rows: "" },
          ],
        }).map((part) =>
          part.name === "xl/_rels/workbook.xml.rels"
            ? { ...part, content: String(part.content).replace("sheet2.xml", "sheet1.xml") }
            : part,
        ),
      ),
    refused("sheetDamaged"),
  ),
];

const XML: CorpusFile[] = [
  withParts(
    "entities that grow",
    [
      sheetPart(
        "<row><c><v>&c;</v></c></row>",
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
      ),
    ],
    refused("sheetDoctype"),
  ),
  withParts(
    "an entity from a file",
    [
      sheetPart(
        "<row><c><v>&x;</v></c></row>",
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      ),
    ],
    refused("sheetDoctype"),
  ),
  withParts(
    "an unknown entity",
    [sheetPart("<row><c><v>&nbsp;</v></c></row>")],
    refused("sheetDamaged"),
  ),
  withParts(
    "the character that is none",
    [sheetPart("<row><c><v>&#0;</v></c></row>")],
    refused("sheetDamaged"),
  ),
  withParts(
    "tags that are not closed",
    [{ name: SHEET, content: `<worksheet ${MAIN}><sheetData><row>` }],
    refused("sheetDamaged"),
  ),
  withParts("no XML at all", [{ name: SHEET, content: "你好" }], refused("sheetDamaged")),
  withParts(
    "bytes that are no UTF-8",
    [{ name: SHEET, content: Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe, 0x3c]) }],
    refused("sheetDamaged"),
  ),
  withParts(
    "another encoding declared",
    [{ name: SHEET, content: `<?xml version="1.0" encoding="GBK"?><worksheet/>` }],
    refused("sheetDamaged"),
  ),
  withParts(
    "UTF-16 with its mark",
    [
      {
        name: SHEET,
        content: Buffer.from(
          `\uFEFF<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData>${madeRow(1, ["甲"])}</sheetData></worksheet>`,
          "utf16le",
        ),
      },
    ],
    said,
  ),
  withParts(
    "every name with a prefix",
    [
      {
        name: SHEET,
        content: `<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`,
      },
    ],
    said,
  ),
  withParts(
    "the same row twice",
    [sheetPart(madeRow(1, ["甲"]) + madeRow(1, ["乙"]))],
    refused("sheetDamaged"),
  ),
  withParts(
    "cells that run backwards",
    [sheetPart('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>')],
    refused("sheetDamaged"),
  ),
  withParts(
    "a cell of another row",
    [sheetPart('<row r="1"><c r="A9"><v>1</v></c></row>')],
    refused("sheetDamaged"),
  ),
  withParts(
    "a row beyond the last",
    [sheetPart('<row r="1048577"><c r="A1048577"><v>1</v></c></row>')],
    refused("sheetDamaged"),
  ),
  withParts(
    "a row minus one",
    [sheetPart('<row r="-1"><c><v>1</v></c></row>')],
    refused("sheetDamaged"),
  ),
];

const problem = (key: string): Expected => ({ sheets: [{ rows: [], problem: key }] });
const SIZES: CorpusFile[] = [
  file(
    "10,101 rows",
    () => oneSheet(Array.from({ length: 10_101 }, (_, at) => madeRow(at + 1, [1])).join("")),
    problem("sheetRows"),
  ),
  file(
    "something in column 201",
    () => oneSheet('<row r="1"><c r="GS1"><v>1</v></c></row>'),
    problem("sheetColumns"),
  ),
  file(
    "something in the last column",
    () => oneSheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'),
    problem("sheetColumns"),
  ),
  file(
    "the last column, only styled",
    () => oneSheet('<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="XFD1" s="1"/></row>'),
    said,
  ),
  file(
    "a text longer than a cell",
    () => oneSheet(madeRow(1, ["甲".repeat(32_768)])),
    problem("sheetCellLong"),
  ),
];

const PARTS: CorpusFile[] = [
  withParts("macros", [empty("xl/vbaProject.bin")], refused("sheetMacros")),
  withParts("a sheet of old macros", [empty("xl/macrosheets/sheet1.xml")], refused("sheetMacros")),
  withParts(
    "links to another file, of which the last values are kept",
    [
      sheetPart(
        '<row r="1"><c r="A1"><f>[1]汇总!$B$2*2</f><v>7</v></c><c r="B1" t="str"><f>[1]汇总!A1</f><v>县总</v></c><c r="C1"><f>[1]汇总!C9</f></c><c r="D1" t="e"><f>[1]汇总!D9</f><v>#REF!</v></c></row>',
      ),
      { name: "xl/externalLinks/externalLink1.xml", content: `<externalLink ${MAIN}/>` },
      {
        name: "xl/externalLinks/_rels/externalLink1.xml.rels",
        content:
          '<Relationships><Relationship Id="rId1" Type="urn:externalLinkPath" Target="file:///D:/2025年汇总.xlsx" TargetMode="External"/></Relationships>',
      },
    ],
    {
      sheets: [
        {
          rows: [[1, ["7", "formula"], ["县总", "formula"], ["", "noResult"], ["#REF!", "error"]]],
        },
      ],
      linked: true,
    },
  ),
  withParts("a workbook in binary", [empty("xl/workbook.bin")], refused("sheetBinary")),
  file(
    "an ods",
    () =>
      madeArchive([
        { name: "mimetype", content: "application/vnd.oasis.opendocument.spreadsheet" },
        empty("content.xml"),
      ]),
    refused("sheetOds"),
  ),
  file(
    "a letter",
    () => madeArchive([empty("[Content_Types].xml"), empty("word/document.xml")]),
    refused("sheetNotTable"),
  ),
  file(
    "any archive",
    () => madeArchive([{ name: "a.txt", content: "甲" }]),
    refused("sheetNotTable"),
  ),
  file(
    "a sheet that is not there",
    () => madeArchive(parts().filter(({ name }) => name !== SHEET)),
    refused("sheetDamaged"),
  ),
  file("no sheet at all", () => madeWorkbook({ sheets: [] }), refused("sheetNone")),
  file(
    "a relation that leads out of the archive",
    () =>
      madeArchive(
        parts().map((part) =>
          part.name === "xl/_rels/workbook.xml.rels"
            ? {
                ...part,
                content: String(part.content).replace(
                  "worksheets/sheet1.xml",
                  "../../../etc/passwd",
                ),
              }
            : part,
        ),
      ),
    refused("sheetDamaged"),
  ),
];

export const HOSTILE_FILES: readonly CorpusFile[] = [
  ...ARCHIVES,
  ...BOMBS,
  ...XML,
  ...SIZES,
  ...PARTS,
];
