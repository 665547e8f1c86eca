import "server-only";
import { sheetColumn } from "@/lib/kernel/sheet-column";
import { zipped, type ZipPart } from "./zip";
import { cellOf, type SheetCell, sheetText } from "./sheet-cells";

/** A long plain sheet of a workbook: a few rows above, then rows that come as XML. */
export type LongSheet = {
  name: string;
  columns: readonly { width: number; format?: string }[];
  /** What many cells say; they carry its place in this list instead. */
  words: readonly string[];
  /** The last of these is repeated on top of every further sheet. */
  head: readonly (readonly SheetCell[])[];
  /** Rows numbered as `placedRow` says, a slice at a time. */
  rows: AsyncIterable<readonly string[]>;
  maxRows: number;
};

/** So many rows in one piece of text: large ones would wait for a large sweep of the collector. */
const ROWS_AT_ONCE = 250;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const relations = (listed: readonly { type: string; target: string }[]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${listed
    .map(
      ({ type, target }, at) =>
        `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
    )
    .join("")}</Relationships>`;

/** Style n + 1 is that of column n, the last one that of headings. */
function stylesXml({ columns }: LongSheet): string {
  const id = (at: number) => (columns[at]?.format === undefined ? 0 : 164 + at);
  const formats = columns.flatMap(({ format }, at) =>
    format === undefined ? [] : [`<numFmt numFmtId="${id(at)}" formatCode="${format}"/>`],
  );
  const cells = columns.map(
    (_, at) =>
      `<xf numFmtId="${id(at)}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  );
  return `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${formats.join("")}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length + 2}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${cells.join("")}<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

const wordsXml = ({ words }: LongSheet): string =>
  `${XML}<sst xmlns="${MAIN}" uniqueCount="${words.length}">${words
    .map((word) => `<si>${sheetText(word)}</si>`)
    .join("")}</sst>`;

const sheetName = (name: string, at: number): string => (at === 0 ? name : `${name}_${at + 1}`);

/** Printed, each page begins with the headings and with the column that says which record a line is of. */
function titlesXml({ name, head }: LongSheet, sheets: readonly number[]): string {
  const titles = sheets.map((at) => {
    const sheet = `'${sheetName(name, at)}'`;
    const row = at === 0 ? head.length : 1;
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${sheet}!$A:$A,${sheet}!$${row}:$${row}</definedName>`;
  });
  return `<definedNames>${titles.join("")}</definedNames>`;
}

function workbookXml(sheet: LongSheet, sheets: readonly number[]): string {
  const { name } = sheet;
  const listed = sheets.map(
    (at) => `<sheet name="${sheetName(name, at)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${listed.join("")}</sheets>${titlesXml(sheet, sheets)}</workbook>`;
}

function typesXml(sheets: readonly number[]): string {
  const override = (part: string, type: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${OFFICE}.${type}+xml"/>`;
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override("workbook", "sheet.main")}${sheets.map((at) => override(`worksheets/sheet${at + 1}`, "worksheet")).join("")}${override("styles", "styles")}${override("sharedStrings", "sharedStrings")}</Types>`;
}

/** What stands above the rows stays in sight, and so does the first column. */
function sheetOpening({ columns }: LongSheet, headRows: number): string {
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="${headRows}" topLeftCell="B${headRows + 1}" activePane="bottomRight" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths.join("")}</cols><sheetData>`;
}

function headRow(cells: readonly SheetCell[], at: number, style?: number): string {
  const written = cells.map((cell, column) => cellOf(cell, column, at, style));
  return `<row r="${at}">${written.join("")}</row>`;
}

/** Filters over all rows, A4 lying, as many pages wide as the columns take. */
function sheetClosing({ columns }: LongSheet, headRows: number, rows: number): string {
  const last = sheetColumn(columns.length - 1);
  return `</sheetData><autoFilter ref="A${headRows}:${last}${headRows + rows}"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape"/></worksheet>`;
}

/** Slices that can be taken in pieces: a sheet may end in the middle of one. */
function pieces(rows: AsyncIterable<readonly string[]>) {
  const source = rows[Symbol.asyncIterator]();
  let slice: readonly string[] | undefined = [];
  const more = async (): Promise<boolean> => {
    while (slice?.length === 0) {
      const next: IteratorResult<readonly string[]> = await source.next();
      slice = next.done ? undefined : next.value;
    }
    return slice !== undefined;
  };
  return {
    more,
    async take(most: number): Promise<readonly string[]> {
      if (!(await more()) || !slice) return [];
      const taken = slice.slice(0, most);
      slice = slice.slice(most);
      return taken;
    },
    end: async () => void (await source.return?.()),
  };
}

async function* partsOf(sheet: LongSheet): AsyncGenerator<ZipPart> {
  const rows = pieces(sheet.rows);
  const heading = sheet.head.slice(-1);
  async function* written(head: LongSheet["head"]): AsyncGenerator<string> {
    const bold = sheet.columns.length + 1;
    const above = head.map((cells, at) =>
      headRow(cells, at + 1, at === head.length - 1 || cells.length === 1 ? bold : undefined),
    );
    yield `${sheetOpening(sheet, head.length)}${above.join("")}`;
    const most = sheet.maxRows - head.length;
    let left = most;
    while (left > 0) {
      const taken = await rows.take(Math.min(left, ROWS_AT_ONCE));
      if (taken.length === 0) break;
      left -= taken.length;
      yield taken.join("");
    }
    yield sheetClosing(sheet, head.length, most - left);
  }
  const sheets: number[] = [];
  try {
    do {
      const text = written(sheets.length === 0 ? sheet.head : heading);
      sheets.push(sheets.length);
      yield { name: `xl/worksheets/sheet${sheets.length}.xml`, text };
    } while (await rows.more());
  } finally {
    await rows.end();
  }
  const sheetTargets = sheets.map((at) => ({
    type: "worksheet",
    target: `worksheets/sheet${at + 1}.xml`,
  }));
  const small: [name: string, text: string][] = [
    ["xl/styles.xml", stylesXml(sheet)],
    ["xl/sharedStrings.xml", wordsXml(sheet)],
    ["xl/workbook.xml", workbookXml(sheet, sheets)],
    [
      "xl/_rels/workbook.xml.rels",
      relations([
        ...sheetTargets,
        { type: "styles", target: "styles.xml" },
        { type: "sharedStrings", target: "sharedStrings.xml" },
      ]),
    ],
    ["_rels/.rels", relations([{ type: "officeDocument", target: "xl/workbook.xml" }])],
    ["[Content_Types].xml", typesXml(sheets)],
  ];
  for (const [name, text] of small) yield { name, text: [text] };
}

/** The workbook as it is written: memory does not grow with the rows, and packing leaves Node free. */
export function longWorkbook(sheet: LongSheet): AsyncGenerator<Uint8Array> {
  return zipped(partsOf(sheet));
}
