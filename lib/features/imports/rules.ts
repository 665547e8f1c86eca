import { foldName, isMoney, matchHeader } from "@/lib/features/rows/labels";
import type { CellKinds, RowColumn, RowReading, RowTexts } from "@/lib/features/rows/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import {
  CELL_PROBLEM,
  type ReadSheet,
  type SheetFile,
  type SheetRow,
} from "@/lib/kernel/sheet-file";
import { visibleText } from "@/lib/kernel/typed-text";
import {
  VALUE_LISTS,
  type ImportColumn,
  type ImportNote,
  type LineProblem,
  type Mapping,
  type MappingSource,
  type ReadLine,
  type SaidMapping,
  type ValueList,
  type ValueMaps,
} from "./types";

/** A head is looked for so far down. */
const HEAD_ROWS = 50;

/** Where the table of a file is, and what its columns are called. */
export type FoundTable = {
  sheet: ReadSheet;
  /** Where the rows of the table begin in `sheet.rows`. */
  from: number;
  /** The file's own number of the last row of headers. */
  headerRow: number;
  headers: string[];
  /** The same, as words that a column is known by. */
  words: string[];
  /** 单位：万元 above the table; null: nothing is said, "unknown": a unit that we do not know. */
  unit: MoneyUnit | "unknown" | null;
};

const textAt = (row: SheetRow | undefined, at: number): string =>
  (row?.cells[at]?.text ?? "").replace(/\s+/g, " ").trim();

const textsOf = (row: SheetRow | undefined, width: number): string[] =>
  Array.from({ length: width }, (_, at) => textAt(row, at));

const widthOf = (rows: readonly SheetRow[]): number =>
  rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);

const OWN_HEADS: Record<string, ImportColumn> = {
  行号: "lineNumber",
  rownumber: "lineNumber",
  linenumber: "lineNumber",
  原因: "reason",
  reason: "reason",
};
const ownHead = (word: string): ImportColumn | null => {
  const name = foldName(word);
  return Object.hasOwn(OWN_HEADS, name) ? (OWN_HEADS[name] ?? null) : null;
};

type Matched = { columns: (ImportColumn | null)[]; units: (MoneyUnit | null)[] };

/** What each word of a head stands for. */
function matchWords(words: readonly string[], unit: FoundTable["unit"] = null): Matched {
  const rows = matchHeader(words.map((word) => (ownHead(word) === null ? word : "")));
  const columns = words.map((word, at) => ownHead(word) ?? rows.columns[at] ?? null);
  const units = rows.columns.map((column, at) => {
    if (column === null || !isMoney(column)) return null;
    // what stands above the table is meant where the head itself says nothing
    if (unit === "wan" && !/[元￥¥]|yuan/i.test(words[at] ?? "")) return "wan" as const;
    return rows.units[column] ?? "yuan";
  });
  const unread = (column: ImportColumn | null, at: number) =>
    unit === "unknown" &&
    column !== null &&
    units[at] !== null &&
    !/[元￥¥]|yuan/i.test(words[at] ?? "");
  return { columns: columns.map((column, at) => (unread(column, at) ? null : column)), units };
}

const scoreOf = (words: readonly string[]): number =>
  matchWords(words).columns.filter((column) => column !== null).length;

/** A head of two rows: 慰问金额 above 现金 and 实物. Covered cells say what the first of their area says. */
function joinedHead(sheet: ReadSheet, at: number, width: number) {
  const [upper, lower] = [sheet.rows[at], sheet.rows[at + 1]];
  if (!upper || lower?.row !== upper.row + 1) return null;
  if (lower.cells.some(({ note }) => note === "number" || note === "date")) return null;
  const above = textsOf(upper, width);
  for (const area of sheet.merges.filter(({ row }) => row === upper.row))
    for (let n = 1; n < area.columns; n++) above[area.column + n] = above[area.column] ?? "";
  const below = textsOf(lower, width);
  const headers = above.map((text, n) => [...new Set([text, below[n] ?? ""])].filter((t) => t !== "").join("/")); // prettier-ignore
  const words = above.map((text, n) => {
    const own = below[n] ?? "";
    if (own === "" || own === text) return text;
    if (scoreOf([own]) === 0) return `${text}${own}`;
    return text.includes("万元") && !own.includes("元") ? `${own}（万元）` : own;
  });
  return { headers, words };
}

const UNIT_LINE = /单位[:：]?([^\s单位,，;；()（）]*元)/;
function unitAbove(rows: readonly SheetRow[]): FoundTable["unit"] {
  const said = rows.flatMap(({ cells }) => cells.map(({ text }) => UNIT_LINE.exec(text.replace(/\s/g, ""))?.[1])); // prettier-ignore
  const word = said.find((text) => text !== undefined);
  if (word === undefined) return null;
  if (/^(人民币)?元$/.test(word)) return "yuan";
  return /^(人民币)?万元$/.test(word) ? "wan" : "unknown";
}

type Head = Pick<FoundTable, "from" | "headers" | "words"> & { score: number };

function headAt(sheet: ReadSheet, at: number, width: number): Head {
  const single = textsOf(sheet.rows[at], width);
  const score = scoreOf(single);
  const joined = joinedHead(sheet, at, width);
  const both = joined ? scoreOf(joined.words) : 0;
  return joined && both > score
    ? { from: at + 2, ...joined, score: both }
    : { from: at + 1, headers: single, words: single, score };
}

/** The first row that is as wide as the table and all words: of a table in which no head is known. */
function firstWide(sheet: ReadSheet, width: number): Head | null {
  const filled = (row: SheetRow) => row.cells.filter(({ text }) => visibleText(text) !== "");
  const widths = sheet.rows.slice(0, HEAD_ROWS).map((row) => filled(row).length);
  const usual = [...widths].sort((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0;
  const at = sheet.rows.findIndex((row, index) => {
    const cells = filled(row);
    const words = cells.every(({ text, note }) => note !== "number" && note !== "date" && !/^[\d.,，-]+$/.test(text)); // prettier-ignore
    return index < HEAD_ROWS && cells.length >= Math.max(2, usual - 1) && words;
  });
  if (at < 0) return null;
  const headers = textsOf(sheet.rows[at], width);
  return { from: at + 1, headers, words: headers, score: 0 };
}

function headOf(sheet: ReadSheet, headerRow: number | null): Head | null {
  const width = widthOf(sheet.rows);
  if (headerRow !== null) {
    const at = sheet.rows.findIndex(({ row }) => row === headerRow);
    if (at < 0) return null;
    const words = textsOf(sheet.rows[at], width);
    return { from: at + 1, headers: words, words, score: scoreOf(words) };
  }
  const heads = sheet.rows.slice(0, HEAD_ROWS).map((_, at) => headAt(sheet, at, width));
  // of two that say as much the one of a single row: what stands above it is a title
  const joined = (head: Head) => Number(head.headers !== head.words);
  const best = [...heads].sort((a, b) => b.score - a.score || joined(a) - joined(b))[0];
  return best && best.score >= 2 ? best : firstWide(sheet, width);
}

/** The table of a file: of the sheet that was chosen, else of that whose head says most. */
export function tableIn(
  file: SheetFile,
  chosen: Pick<Mapping, "sheet" | "headerRow"> | null,
): FoundTable | null {
  const sheets = file.sheets.filter((sheet) =>
    chosen?.sheet == null ? !sheet.hidden && sheet.problem === null : sheet.name === chosen.sheet,
  );
  const found = sheets.flatMap((sheet) => {
    const head = headOf(sheet, chosen?.headerRow ?? null);
    return head ? [{ sheet, head }] : [];
  });
  const best = [...found].sort(
    (a, b) => b.head.score - a.head.score || b.sheet.rows.length - a.sheet.rows.length,
  )[0];
  if (!best) return null;
  const { sheet, head } = best;
  const headerRow = sheet.rows[head.from - 1]?.row ?? 0;
  return { sheet, ...head, headerRow, unit: unitAbove(sheet.rows.slice(0, head.from)) };
}

/** What is kept of a mapping: by the words of the heads, so that another order is the same table. */
export type KeptMapping = {
  columns: Record<string, { column: ImportColumn | null; unit: MoneyUnit | null }>;
  constants: Mapping["constants"];
  values?: ValueMaps;
};

/** The set of heads, whatever their order: what a table is known again by. */
export const headsOf = (words: readonly string[]): string =>
  JSON.stringify([...new Set(words.map(foldName).filter((word) => word !== ""))].sort());

export function keptOf(
  words: readonly string[],
  { columns, units, constants, values = {} }: Mapping,
): KeptMapping {
  const entries = words.map(
    (word, at) =>
      [foldName(word), { column: columns[at] ?? null, unit: units[at] ?? null }] as const,
  );
  const known = Object.fromEntries(entries.filter(([word]) => word !== ""));
  return { columns: known, constants, values };
}

const fromKept = (words: readonly string[], kept: KeptMapping): Matched => {
  const at = (word: string) =>
    Object.hasOwn(kept.columns, foldName(word)) ? kept.columns[foldName(word)] : undefined;
  return {
    columns: words.map((word) => at(word)?.column ?? null),
    units: words.map((word) => at(word)?.unit ?? null),
  };
};

/**
 * How the table is read: as was chosen now, else as a table with these heads was before, else by its words. The programme
 * that was chosen with the file outranks the one that was kept.
 */
export function mappingFor(
  table: FoundTable,
  chosen: SaidMapping | null,
  kept: KeptMapping | null,
  programme: string | null = null,
): { mapping: Mapping; source: MappingSource; unknown: string[] } {
  const { sheet, headerRow, words, headers, unit } = table;
  const place = { sheet: sheet.name, headerRow };
  const byWords = matchWords(words, unit);
  const saysColumns = chosen !== null && chosen.columns.length > 0;
  const said = saysColumns || chosen?.values !== undefined;
  const source = said ? "chosen" : kept ? "remembered" : "recognised";
  const matched = saysColumns ? chosen : kept ? fromKept(words, kept) : byWords;
  const columns = words.map((_, at) => matched.columns[at] ?? null);
  const units = columns.map((column, at) => {
    const money =
      column !== null && column !== "lineNumber" && column !== "reason" && isMoney(column);
    return money ? (matched.units[at] ?? byWords.units[at] ?? "yuan") : null;
  });
  const withFile = programme === null ? {} : { programme };
  const constants = chosen?.constants
    ? { ...withFile, ...chosen.constants }
    : { ...kept?.constants, ...withFile };
  const values = chosen?.values ?? kept?.values ?? {};
  const unknown = headers.filter((header, at) => header !== "" && columns[at] === null);
  return { mapping: { ...place, columns, units, constants, values }, source, unknown };
}

/** Of which list a column names one. */
export function listOf(column: string | null): ValueList | null {
  if (column !== null && /^fundSource\d+$/.test(column)) return "fundSource";
  return VALUE_LISTS.find((list) => list === column) ?? null;
}

/** Our codes by their words, for the cells of one column. */
function codesFor(column: ImportColumn | null, maps: ValueMaps = {}): ReadonlyMap<string, string> {
  const list = listOf(column);
  const map = list === null ? {} : (maps[list] ?? {});
  return new Map(Object.entries(map).map(([word, code]) => [foldName(word), code]));
}

/** A row of sums is no payment: counted as one it would double the table. */
const TOTAL = /^(合计|总计|小计|共计|累计|总合计|本页合计|total|subtotal|grandtotal)[:：]?$/i;
const isTotal = (row: SheetRow): boolean =>
  row.cells.some(({ text }) => TOTAL.test(text.replace(/\s/g, "")));

/** The row that shows in a template how it is meant. */
export const EXAMPLE_MARK = { "zh-CN": "示例", en: "Example" } as const;
const isExample = (text: string): boolean =>
  Object.values(EXAMPLE_MARK).some(
    (mark) => mark.toLowerCase() === visibleText(text).toLowerCase(),
  );

/** Hidden in a template: its version, and for which programme it was made. */
export const TEMPLATE_SHEET = "_nuanzhang";
export function templateProgramme({ sheets }: SheetFile): string | null {
  const marked = sheets.find(({ name, hidden }) => hidden && name === TEMPLATE_SHEET);
  return textAt(marked?.rows[0], 1) || null;
}

/** 行号 of a row that was given back: which import, which row. */
export const lineNumberOf = (importId: string, row: number): string => `${importId}-${row}`;
function returnedBy(text: string): { importId: string; row: number } | null {
  const [, importId, row] = /^([1-9]\d{0,17})-([1-9]\d{0,6})$/.exec(visibleText(text)) ?? [];
  return importId === undefined ? null : { importId, row: Number(row) };
}

/** A choice may be meant for the rows that its cell spans; an amount never is. */
const SPANS = /^(organisation|programme|aidCategory|recipientKind|form|campaign|fundSource\d+|paidOn|periodFrom|periodTo)$/; // prettier-ignore
const spansRows = (column: ImportColumn | null): column is RowColumn =>
  column !== null && SPANS.test(column);

/** What the file itself has to say, before a row of it is read. */
export function notesOf(file: SheetFile, table: FoundTable): ImportNote[] {
  const { sheet, from } = table;
  const rows = sheet.rows.slice(from);
  const count = (note: string) => rows.reduce((sum, { cells }) => sum + cells.filter((cell) => cell.note === note).length, 0); // prettier-ignore
  const said = (key: string, number: number): ImportNote[] =>
    number > 0 ? [{ key, values: { count: number } }] : [];
  // of our own template the other sheets say how it is filled in
  const foreign = templateProgramme(file) === null ? file.sheets : [];
  const others = foreign.filter((other) => other !== sheet && other.rows.length > 0 && !other.hidden); // prettier-ignore
  return [
    ...(file.encoding === null ? [] : [{ key: "encoding", values: { encoding: file.encoding.toUpperCase() } }]), // prettier-ignore
    ...(file.linked ? [{ key: "links", values: {} }] : []),
    ...said("formulas", count("formula")),
    ...said("merged", count("merged")),
    ...said("hiddenRows", rows.filter(({ hidden }) => hidden).length),
    ...said("hiddenColumns", sheet.hiddenColumns.length),
    ...said("otherSheets", others.length),
    ...said("hiddenSheets", foreign.filter(({ hidden }) => hidden).length),
    ...(sheet.beyond ? [{ key: "beyond", values: { row: sheet.beyond.row, count: sheet.beyond.rows } }] : []), // prettier-ignore
    ...(table.unit === "wan" ? [{ key: "unitWan", values: {} }] : []),
    ...(table.unit === "unknown" ? [{ key: "unitUnknown", values: {} }] : []),
  ];
}

/** What a covered cell of a merged column says, by row and column of the file. */
function spannedTexts({ sheet, from }: FoundTable): ReadonlyMap<string, string> {
  const byRow = new Map(sheet.rows.slice(from).map((row) => [row.row, row]));
  const said = new Map<string, string>();
  for (const { row, column, rows, columns } of sheet.merges) {
    const text = textAt(byRow.get(row), column);
    if (columns !== 1 || text === "") continue;
    for (let below = row + 1; below < row + rows; below++) said.set(`${below}:${column}`, text);
  }
  return said;
}

type ReadCells = (texts: RowTexts, kinds: CellKinds) => RowReading;

function problemsOf(
  row: SheetRow,
  columns: Mapping["columns"],
  reading: RowReading,
): LineProblem[] {
  const at = (column: string) => {
    const index = columns.findIndex((one) => one === column);
    return index < 0 ? null : index;
  };
  const unread = columns.flatMap((column, index): LineProblem[] => {
    const note = row.cells[index]?.note;
    const key = note === undefined ? undefined : CELL_PROBLEM[note];
    const own = column === null || column === "lineNumber" || column === "reason";
    return key === undefined || own
      ? []
      : [{ at: index, column, key, values: { value: row.cells[index]?.text ?? "" } }];
  });
  const cells = Object.entries(reading.cells).flatMap(([column, cell]): LineProblem[] =>
    cell?.problem === undefined || unread.some((one) => one.column === column)
      ? []
      : [{ at: at(column), column, ...cell.problem }],
  );
  return [...unread, ...cells];
}

/** The rows below the head, each read as the form would be; null: nothing to bring in. */
export function readerOf(table: FoundTable, { columns, values }: Mapping, read: ReadCells) {
  const spanned = spannedTexts(table);
  const codes = columns.map((column) => codesFor(column, values));
  const numberAt = columns.indexOf("lineNumber");
  return (row: SheetRow): ReadLine | null => {
    const cells = Array.from(
      { length: table.headers.length },
      (_, at) => row.cells[at]?.text ?? "",
    );
    const numbered = cells[numberAt] ?? "";
    if (isExample(numbered) || cells.every((text) => visibleText(text) === "")) return null;
    const repeats = cells.every((_, at) => textAt(row, at) === (table.headers[at] ?? ""));
    if (repeats) return null;
    const texts: RowTexts = {};
    const kinds: CellKinds = {};
    columns.forEach((column, at) => {
      if (column === null || column === "lineNumber" || column === "reason") return;
      const covered = spansRows(column) ? spanned.get(`${row.row}:${at}`) : undefined;
      const text = covered ?? cells[at] ?? "";
      texts[column] = codes[at]?.size ? (codes[at].get(foldName(text)) ?? text) : text;
      const note = row.cells[at]?.note;
      if (note !== undefined) kinds[column] = note;
    });
    const line = { row: row.row, cells, returned: returnedBy(numbered) };
    if (isTotal(row))
      return { ...line, fields: null, problems: [{ at: null, column: null, key: "totalRow" }] };
    const reading = read(texts, kinds);
    // 序号 and the like, numbered down an empty table
    if (reading.blank) return null;
    const problems = problemsOf(row, columns, reading);
    return { ...line, problems, fields: problems.length > 0 ? null : reading.fields };
  };
}
