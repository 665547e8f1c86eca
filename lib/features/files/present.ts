import type { Cell, CellStyle, MergeRange, WriteSheet } from "hucre";
import { checkpointLine, type Checkpoint } from "@/lib/kernel/checkpoint";
import type { Wordless } from "@/lib/kernel/known";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { sheetColumn } from "@/lib/kernel/sheet-column";
import type { AidForm, AmountKind, EntryKind, Origin, Status } from "@/lib/kernel/record-codes";
import { nameOf } from "@/lib/features/reference/present";
import type { Coded, Reference } from "@/lib/features/reference/types";
import { summaryWords } from "@/lib/features/summary/labels";
import { beijingStamp, cellText } from "@/lib/features/summary/present";
import type { Figures } from "@/lib/features/figures/types";
import type {
  SummaryCell,
  SummaryColumn,
  SummaryRow,
  SummaryTable,
} from "@/lib/features/summary/types";
import { LEDGER_COLUMNS, ledgerWords, type LedgerColumn } from "./labels";
import { cellNumber, cellRanges, plainYuan } from "./rules";

/** What stands around the numbers, in the reader’s language. */
export type SheetWords = {
  sheetName: string;
  unit: string;
  known: Record<Wordless, string>;
  check: string;
  holds: string;
  fails: string;
  notes: string;
  page: string;
};

const LEAD = 2;
const RED = { rgb: "B3261E" };
const LINE = { style: "thin" as const, color: { rgb: "8C8C8C" } };
const BORDER = { top: LINE, right: LINE, bottom: LINE, left: LINE };
const FONT = { name: "宋体", size: 10 };
const fill = (rgb: string) => ({
  type: "pattern" as const,
  pattern: "solid" as const,
  fgColor: { rgb },
});

const STYLE = {
  title: {
    font: { ...FONT, size: 16, bold: true },
    alignment: { horizontal: "center", vertical: "center" },
  },
  line: { font: FONT, alignment: { vertical: "center" } },
  lineRight: { font: FONT, alignment: { horizontal: "right", vertical: "center" } },
  demo: { font: { ...FONT, bold: true, color: RED }, alignment: { vertical: "center" } },
  note: { font: { ...FONT, size: 9 }, alignment: { vertical: "top", wrapText: true } },
  header: {
    font: { ...FONT, bold: true },
    fill: fill("F2ECE4"),
    border: BORDER,
    alignment: { horizontal: "center", vertical: "center", wrapText: true },
  },
} satisfies Record<string, CellStyle>;

type Grid = { cells: Map<string, Partial<Cell>>; merges: MergeRange[] };

function put(grid: Grid, row: number, column: number, cell: Partial<Cell>): void {
  grid.cells.set(`${row},${column}`, cell);
}

function span(
  grid: Grid,
  row: number,
  column: number,
  rows: number,
  columns: number,
  cell: Partial<Cell>,
) {
  for (let r = row; r < row + rows; r++)
    for (let c = column; c < column + columns; c++)
      put(grid, r, c, cell.style ? { value: null, style: cell.style } : { value: null });
  put(grid, row, column, cell);
  if (rows * columns > 1)
    grid.merges.push({
      startRow: row,
      startCol: column,
      endRow: row + rows - 1,
      endCol: column + columns - 1,
    });
}

function layHead(grid: Grid, table: SummaryTable, words: SheetWords): number {
  const width = LEAD + table.columns.length;
  span(grid, 0, 0, 1, width, { value: table.title, style: STYLE.title });
  span(grid, 1, 0, 1, 8, { value: table.filledBy, style: STYLE.line });
  span(grid, 1, width - 4, 1, 4, { value: words.unit, style: STYLE.lineRight });
  let row = 2;
  if (table.demo) {
    span(grid, row, 0, 1, 12, { value: table.demo, style: STYLE.demo });
    row += 1;
  }
  const depth = table.header.length;
  span(grid, row, 0, depth, 1, { value: table.nameHeader, style: STYLE.header });
  span(grid, row, 1, depth, 1, { value: table.codeHeader, style: STYLE.header });
  table.header.forEach((cells, level) => {
    for (const cell of cells)
      span(grid, row + level, LEAD + cell.column, cell.rowSpan, cell.colSpan, {
        value: cell.text,
        style: STYLE.header,
      });
  });
  row += depth;
  table.marks.forEach((mark, at) => put(grid, row, at, { value: mark, style: STYLE.header }));
  for (const column of table.columns)
    put(grid, row, LEAD + column.number - 1, { value: `(${column.number})`, style: STYLE.header });
  return row + 1;
}

const NUMBERS: Record<MoneyUnit, string> = { yuan: "#,##0.00", wan: "#,##0.00####" };

const numberFormat = (column: SummaryColumn, unit: MoneyUnit) =>
  column.kind === "money" ? NUMBERS[unit] : column.kind === "count" ? "#,##0" : "0.0%";

function rowStyle(row: SummaryRow, numFmt?: string): CellStyle {
  const strong = row.kind === "total" || row.kind === "subtotal";
  return {
    font: { ...FONT, bold: strong },
    border: BORDER,
    ...(row.kind === "total" ? { fill: fill("F7E9E7") } : strong ? { fill: fill("FAF6F0") } : {}),
    alignment: numFmt
      ? { horizontal: "right", vertical: "center" }
      : { horizontal: "left", vertical: "center", indent: row.level },
    ...(numFmt ? { numFmt } : {}),
  };
}

function cellValue(cell: SummaryCell, unit: MoneyUnit, words: SheetWords): number | string {
  if (cell.kind === "money") return cellNumber(BigInt(cell.fen), unit);
  if (cell.kind === "count") return cell.value;
  return cell.kind === "permille" ? Number(cell.value) / 1000 : words.known[cell.kind];
}

type Laying = { table: SummaryTable; unit: MoneyUnit; words: SheetWords; first: number };

/** The live formula of a cell: derived columns work across, totals and subtotals down; leaves have none. */
function formulaOf(
  row: SummaryRow,
  at: number,
  column: SummaryColumn,
  laying: Laying,
): string | null {
  const { table, first, words } = laying;
  const { derived } = column;
  if (derived && !(derived.onLeavesOnly && row.parts.length > 0)) {
    const refs = derived.of.map((key) => {
      const index = table.columns.findIndex((one) => one.key === key);
      return `${sheetColumn(LEAD + index)}${first + at + 1}`;
    });
    const [a, b] = refs.map((ref) => `SUM(${ref})`);
    return derived.rule === "difference"
      ? `${a}-${b}`
      : `IF(OR(${b}=0,COUNT(${refs[0]})=0),"${words.known.unknown}",ROUND(${a}/ABS(${b}),3))`;
  }
  if (row.parts.length === 0 || column.kind === "permille") return null;
  const rows = row.parts.map((part) => first + part);
  return `SUM(${cellRanges(LEAD + column.number - 1, rows)})`;
}

function layRow(grid: Grid, row: SummaryRow, at: number, laying: Laying): void {
  const { table, unit, words, first } = laying;
  put(grid, first + at, 0, { value: row.name, style: rowStyle(row) });
  put(grid, first + at, 1, { value: row.code, style: { ...rowStyle(row), numFmt: "@" } });
  table.columns.forEach((column, index) => {
    const cell = row.cells[index] ?? { kind: "unknown" };
    const style = rowStyle(row, numberFormat(column, unit));
    const value = cellValue(cell, unit, words);
    const sum = formulaOf(row, at, column, laying);
    // where there is no number, the word is the cell's value: whatever reads the file finds no zero there
    const worded = typeof value === "string" && column.kind !== "permille";
    const adds = !column.derived || (column.derived.onLeavesOnly && row.parts.length > 0);
    const formula = !worded || sum === null ? sum : adds ? `IF(${sum}=0,"${value}",${sum})` : null;
    put(
      grid,
      first + at,
      LEAD + index,
      formula === null
        ? { value, style }
        : { value: null, type: "formula", formula, formulaResult: value, style },
    );
  });
}

/** Under the table: the checks as live formulas over the total line, then notes and signatures. */
function layFoot(grid: Grid, laying: Laying): number {
  const { table, words, first, unit } = laying;
  const places = unit === "yuan" ? 2 : 6;
  const place = (key: string) =>
    `SUM(${sheetColumn(LEAD + table.columns.findIndex((one) => one.key === key))}${first + 1})`;
  let row = first + table.rows.length + 1;
  for (const check of table.checks) {
    const right = check.right
      .map((term) => `${term.sign}${place(term.key)}`)
      .join("")
      .replace(/^\+/, "");
    span(grid, row, 0, 1, 12, {
      value: `${words.check}  ${check.text.split("  ")[0]}`,
      style: STYLE.line,
    });
    put(grid, row, 12, {
      value: null,
      type: "formula",
      style: STYLE.line,
      formula: `IF(ROUND(${place(check.left)}-(${right}),${places})=0,"${words.holds}","${words.fails}")`,
      formulaResult: check.holds ? words.holds : words.fails,
    });
    row += 1;
  }
  table.notes.forEach((note, index) => {
    span(grid, row, 0, 1, 16, { value: `${words.notes} ${index + 1}  ${note}`, style: STYLE.note });
    row += 1;
  });
  row += 1;
  table.signatures.forEach((text, index) =>
    span(grid, row, index * 4, 1, 4, { value: text, style: STYLE.line }),
  );
  return row;
}

const WIDTH = { money: 15, count: 9, permille: 9 };

/** The yearly summary as a sheet to print: merged header, frozen panes, live sums, A4 landscape. */
export function summarySheet(table: SummaryTable, unit: MoneyUnit, words: SheetWords): WriteSheet {
  const grid: Grid = { cells: new Map(), merges: [] };
  const first = layHead(grid, table, words);
  const laying = { table, unit, words, first };
  table.rows.forEach((row, at) => layRow(grid, row, at, laying));
  const last = layFoot(grid, laying);
  const headerAt = first - table.header.length;
  return {
    name: words.sheetName,
    rows: Array.from({ length: last + 1 }, () => []),
    cells: grid.cells,
    merges: grid.merges,
    columns: [
      { width: 30 },
      { width: 9 },
      ...table.columns.map((column) => ({ width: WIDTH[column.kind] })),
    ],
    rowDefs: new Map([
      [0, { height: 28 }],
      ...table.notes.map((note, i): [number, { height: number }] => [
        first + table.rows.length + 1 + table.checks.length + i,
        { height: note.length > 110 ? 26 : 14 },
      ]),
    ]),
    freezePane: { rows: first, columns: LEAD },
    pageSetup: {
      paperSize: "a4",
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 2,
      fitToHeight: 0,
      margins: { top: 0.6, bottom: 0.6, left: 0.4, right: 0.4, header: 0.3, footer: 0.3 },
      printTitlesRow: `$${headerAt}:$${first}`,
      printTitlesColumn: "$A:$B",
      printArea: `$A$1:$${sheetColumn(LEAD + table.columns.length - 1)}$${last + 1}`,
      horizontalCentered: true,
    },
    headerFooter: { oddFooter: `&C${words.page}` },
  };
}

/** The same table as lines of text: one header line, its groups joined by "/". */
export function summaryLines(
  table: SummaryTable,
  { locale, unit, words }: { locale: Locale; unit: MoneyUnit; words: SheetWords },
): (string | null)[][] {
  const text = (cell: SummaryCell) => cellText(cell, { locale, unit, plain: true });
  return [
    [table.title],
    [table.filledBy, words.unit],
    ...(table.demo ? [[table.demo]] : []),
    [table.nameHeader, table.codeHeader, ...table.columns.map((column) => column.path.join("/"))],
    [...table.marks, ...table.columns.map((column) => `(${column.number})`)],
    ...table.rows.map((row) => [row.name, row.code, ...row.cells.map(text)]),
    [],
    ...table.checks.map((check) => [`${words.check}  ${check.text}`]),
    ...table.notes.map((note, index) => [`${words.notes} ${index + 1}  ${note}`]),
    table.signatures,
  ];
}

/** Text, a number, or money as fen. */
export type LedgerCell = string | number | bigint | null;

/** What a cell says for what the database keeps there: ids, and words of closed lists. */
export type CellNames = Partial<Record<LedgerColumn, Record<string, string>>>;

type Worded = {
  status: Record<Status, string>;
  entryKind: Record<EntryKind, string>;
  form: Record<AidForm, string>;
  amountKind: Record<AmountKind, string>;
  origin: Record<Origin, string>;
};

export function cellNames(reference: Reference, labels: Worded, locale: Locale): CellNames {
  const byId = (list: readonly (Coded & { id: number })[]) =>
    Object.fromEntries(list.map((one) => [one.id, nameOf(one, locale)]));
  const stored = (words: Record<string, string>) =>
    Object.fromEntries(Object.entries(words).map(([word, label]) => [word.toUpperCase(), label]));
  return {
    status: stored(labels.status),
    entryKind: stored(labels.entryKind),
    organisationCode: Object.fromEntries(reference.organisations.map((o) => [o.id, o.code])),
    organisation: byId(reference.organisations),
    programme: byId(reference.programmes),
    campaign: byId(reference.campaigns),
    aidCategory: byId(reference.aidCategories),
    recipientKind: byId(reference.recipientKinds),
    form: stored(labels.form),
    month: { 0: ledgerWords(locale).monthUnknown },
    amountKind: stored(labels.amountKind),
    origin: stored(labels.origin),
  };
}

/** What stands above the rows: filter, unit, totals and what they leave out, then the column names. */
export function ledgerHead(input: {
  filter: string;
  figures: Figures;
  locale: Locale;
  approvedOnly: boolean;
  columns: Record<LedgerColumn, string>;
  checkpoint: Checkpoint | null;
}): LedgerCell[][] {
  const { figures, locale, approvedOnly, columns, checkpoint } = input;
  const w = summaryWords(locale);
  const ledger = ledgerWords(locale);
  const { contributory } = figures.leftOut;
  const apart = `${plainYuan(BigInt(contributory.amountFen))} ${w.unitName.yuan}`;
  return [
    [ledger.title],
    [ledger.filter, input.filter],
    [ledger.unitYuan],
    [ledger.totalRecords(approvedOnly), figures.totals.records],
    [ledger.totalAmount(approvedOnly), BigInt(figures.totals.amountFen)],
    [ledger.leftOut, w.leftOut(figures.leftOut, apart)],
    [ledger.asOf, beijingStamp(figures.asOf)],
    ...(checkpoint ? [[checkpointLine(checkpoint, locale)]] : []),
    ...(approvedOnly ? [[ledger.everyStatus]] : []),
    LEDGER_COLUMNS.map((column) => columns[column]),
  ];
}
