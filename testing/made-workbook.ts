import { madeArchive, type MadePart } from "./made-archive";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
const OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

type MadeSheet = {
  name: string;
  /** The rows as XML. */
  rows: string;
  state?: string;
  /** What stands before and after the rows. */
  before?: string;
  after?: string;
};

export type MadeWorkbook = {
  sheets: readonly MadeSheet[];
  /** As XML: `<si><t>…</t></si>`. */
  strings?: string;
  /** Codes of number formats, styles 1 … n. */
  formats?: readonly string[];
  since1904?: boolean;
  /** Further parts, or others in the place of those made. */
  parts?: readonly MadePart[];
};

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** `A1`, `=words`, 12, as cells of one row; null leaves one out. */
export function madeRow(at: number, cells: readonly (string | number | null)[]): string {
  const written = cells.map((cell, column) => {
    const place = `${String.fromCharCode(65 + column)}${at}`;
    if (cell === null) return "";
    return typeof cell === "number"
      ? `<c r="${place}"><v>${cell}</v></c>`
      : `<c r="${place}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
  });
  return `<row r="${at}">${written.join("")}</row>`;
}

const relations = (listed: readonly [type: string, target: string][]): string =>
  `${DECLARED}<Relationships xmlns="${PACKAGE}">${listed
    .map(
      ([type, target], at) =>
        `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
    )
    .join("")}</Relationships>`;

function typesXml(sheets: number): string {
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${OFFICE}.${type}+xml"/>`;
  const worksheets = Array.from({ length: sheets }, (_, at) =>
    part(`worksheets/sheet${at + 1}`, "worksheet"),
  );
  return `${DECLARED}<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part("workbook", "sheet.main")}${worksheets.join("")}${part("styles", "styles")}${part("sharedStrings", "sharedStrings")}</Types>`;
}

function sheetXml({ rows, before = "", after = "" }: MadeSheet): string {
  return `${DECLARED}<worksheet xmlns="${MAIN}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;
}

function stylesXml(formats: readonly string[]): string {
  const codes = formats.map(
    (code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${escaped(code)}"/>`,
  );
  const styles = ["General", ...formats].map(
    (_, at) => `<xf numFmtId="${at === 0 ? 0 : 163 + at}" xfId="0"/>`,
  );
  return `${DECLARED}<styleSheet xmlns="${MAIN}"><numFmts>${codes.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join("")}</cellXfs></styleSheet>`;
}

function bookXml({ sheets, since1904 }: MadeWorkbook): string {
  const listed = sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${escaped(name)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ""} r:id="rId${at + 1}"/>`,
  );
  return `${DECLARED}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${since1904 ? '<workbookPr date1904="1"/>' : ""}<sheets>${listed.join("")}</sheets></workbook>`;
}

/** The parts of a small workbook; every one of them may be replaced. */
export function workbookParts(book: MadeWorkbook): MadePart[] {
  const { sheets, strings = "", formats = [], parts = [] } = book;
  const made: MadePart[] = [
    { name: "[Content_Types].xml", content: typesXml(sheets.length) },
    { name: "_rels/.rels", content: relations([["officeDocument", "xl/workbook.xml"]]) },
    { name: "xl/workbook.xml", content: bookXml(book) },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: relations([
        ...sheets.map((_, at): [string, string] => ["worksheet", `worksheets/sheet${at + 1}.xml`]),
        ["sharedStrings", "sharedStrings.xml"],
        ["styles", "styles.xml"],
      ]),
    },
    { name: "xl/sharedStrings.xml", content: `${DECLARED}<sst xmlns="${MAIN}">${strings}</sst>` },
    { name: "xl/styles.xml", content: stylesXml(formats) },
    ...sheets.map((sheet, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      content: sheetXml(sheet),
    })),
  ];
  const replaced = new Set(parts.map(({ name }) => name));
  return [...made.filter(({ name }) => !replaced.has(name)), ...parts];
}

export const madeWorkbook = (book: MadeWorkbook): Buffer => madeArchive(workbookParts(book));
