import type { WriteSheet } from "hucre";
import { KNOWN_WORDS } from "@/lib/kernel/known";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { sheetColumn } from "@/lib/kernel/sheet-column";
import { summaryWords } from "@/lib/features/summary/labels";
import { layHeader } from "@/lib/features/summary/present";
import { oneSheet, paperName, sheetsOf, textWidth } from "@/lib/features/summary/paper";
import type {
  PaperColumn,
  PaperSheet,
  PaperTable,
  SummaryCell,
  SummaryRow,
  SummaryTable,
} from "@/lib/features/summary/types";
import { checkSheet } from "./present";
import { cellNumber, cellRanges } from "./rules";
import { codeStyle, PAPER, put, rowStyle, span, STYLE, type Grid } from "@/lib/kernel/sheet-grid";

/** Name and code, or the name alone. */
const leadOf = ({ codeHeader }: PaperTable): number => (codeHeader === null ? 1 : 2);
/** Of ten points, in points. */
const LINE = 12.6;

type Laying = {
  table: PaperTable;
  sheet: PaperSheet;
  /** Which of the sheets this is, from 0. */
  at: number;
  unit: MoneyUnit;
  locale: Locale;
  /** The row of the first line, from 0. */
  first: number;
  /** What the total of the sheet is held against, under its lines. */
  proofs?: readonly Proof[];
  /** Of the sheet; else 表一, 表二. */
  name?: string;
};

/** A column of the total line against an amount that was added up without the lines, or against other columns. */
export type Proof = { key: string; said: string } & ({ fen: string } | { keys: readonly string[] });

const heightOf = (lines: number) => ({ height: lines * LINE + 1.4 });

/** How many lines a text takes in so many digits' width; words are not torn. */
function linesOf(text: string, width: number): number {
  let [lines, left] = [1, width];
  for (const word of text.match(/[\u2e80-\uffff]|[^\u2e80-\uffff\s]+\s?/g) ?? []) {
    if (textWidth(word.trimEnd()) > left) [lines, left] = [lines + 1, width];
    left -= textWidth(word);
  }
  return lines;
}

type Heights = Map<number, { height: number }>;

function layHead(grid: Grid, laying: Omit<Laying, "first">, heights: Heights): number {
  const { table, sheet, unit, locale } = laying;
  const words = summaryWords(locale);
  const lead = leadOf(table);
  const width = lead + sheet.columns.length;
  span(grid, 0, 0, 1, width, { value: table.title, style: STYLE.title });
  heights.set(0, { height: 26 });
  span(grid, 1, 0, 1, width, { value: sheet.title, style: STYLE.caption });
  heights.set(1, sheet.title === "" ? { height: 4 } : heightOf(1.2));
  const right = Math.max(2, Math.floor(width / 5));
  span(grid, 2, 0, 1, width - right, { value: table.filledBy, style: STYLE.line });
  const units = table.units ?? words.unit(unit);
  span(grid, 2, width - right, 1, right, { value: units, style: STYLE.lineRight });
  let row = 3;
  if (table.demo) {
    span(grid, row, 0, 1, width, { value: table.demo, style: STYLE.demo });
    row += 1;
  }
  const header = layHeader(sheet.columns);
  const depth = header.length;
  span(grid, row, 0, depth, 1, { value: table.nameHeader, style: STYLE.header });
  if (table.codeHeader !== null)
    span(grid, row, 1, depth, 1, { value: table.codeHeader, style: STYLE.header });
  header.forEach((cells, level) => {
    let most = 1;
    for (const cell of cells) {
      span(grid, row + level, lead + cell.column, cell.rowSpan, cell.colSpan, {
        value: cell.text,
        style: STYLE.header,
      });
      const across = sheet.widths.columns.slice(cell.column, cell.column + cell.colSpan);
      const room = across.reduce((sum, one) => sum + one, 0) * 0.92;
      most = Math.max(most, linesOf(cell.text, room) / cell.rowSpan);
    }
    heights.set(row + level, heightOf(Math.ceil(most)));
  });
  row += depth;
  if (!table.numbered) return row;
  table.marks
    .slice(0, lead)
    .forEach((mark, at) => put(grid, row, at, { value: mark, style: STYLE.header }));
  sheet.columns.forEach((column, at) =>
    put(grid, row, lead + at, { value: `(${column.number})`, style: STYLE.header }),
  );
  heights.set(row, heightOf(1));
  return row + 1;
}

const numberFormat = (column: PaperColumn) =>
  column.kind === "money" ? "#,##0.00" : column.kind === "count" ? "#,##0" : "0.0%";

export function cellValue(
  cell: SummaryCell,
  { unit, locale }: Pick<Laying, "unit" | "locale">,
): number | string {
  if (cell.kind === "money") return cellNumber(BigInt(cell.fen), unit);
  if (cell.kind === "count") return cell.value;
  return cell.kind === "permille" ? Number(cell.value) / 1000 : KNOWN_WORDS[locale][cell.kind];
}

/** Fen are the last places a formula may leave. */
const placesOf = (column: PaperColumn, unit: MoneyUnit) =>
  column.kind === "count" ? 0 : unit === "yuan" ? 2 : 6;

/** The live formula of a cell: derived columns work across, totals and subtotals down; leaves have none. */
function formulaOf(
  row: SummaryRow,
  at: number,
  column: PaperColumn,
  laying: Laying,
): string | null {
  const { sheet, first, locale, unit } = laying;
  const lead = leadOf(laying.table);
  const { derived } = column;
  const index = (key: string) => sheet.columns.findIndex((one) => one.key === key);
  if (derived && !(derived.onLeavesOnly && row.parts.length > 0)) {
    const refs = derived.of.map((key) => `${sheetColumn(lead + index(key))}${first + at + 1}`);
    const [a, b] = refs.map((ref) => `SUM(${ref})`);
    return derived.rule === "difference"
      ? `ROUND(${a}-${b},${placesOf(column, unit)})`
      : `IF(OR(${b}=0,COUNT(${refs[0]})=0),"${KNOWN_WORDS[locale].unknown}",ROUND(${a}/ABS(${b}),3))`;
  }
  if (row.parts.length === 0 || column.kind === "permille" || column.loose) return null;
  const rows = row.parts.map((part) => first + part);
  return `ROUND(SUM(${cellRanges(lead + index(column.key), rows)}),${placesOf(column, unit)})`;
}

/** A live formula and what it comes to; where that is a word, the word stands for no number. */
function moneyCell(row: SummaryRow, at: number, column: PaperColumn, laying: Laying) {
  const cell = row.cells[column.number - 1] ?? { kind: "unknown" as const };
  const value = cellValue(cell, laying);
  const sum = formulaOf(row, at, column, laying);
  const worded = typeof value === "string" && column.kind !== "permille";
  const adds = !column.derived || (column.derived.onLeavesOnly && row.parts.length > 0);
  const formula = !worded || sum === null ? sum : adds ? `IF(${sum}=0,"${value}",${sum})` : null;
  return formula === null
    ? { value }
    : { value: null, type: "formula" as const, formula, formulaResult: value };
}

type Laid = { sheet: PaperSheet; name: string; first: number };

function layRow(grid: Grid, row: SummaryRow, at: number, laying: Laying, before: Laid[]): void {
  const { sheet, first } = laying;
  const lead = leadOf(laying.table);
  const [funds] = before;
  put(grid, first + at, 0, { value: paperName(row, laying.locale), style: rowStyle(row) });
  if (lead > 1) put(grid, first + at, 1, { value: row.code, style: codeStyle(row) });
  sheet.columns.forEach((column, index) => {
    const style = rowStyle(row, numberFormat(column));
    // on further sheets what was spent is that of the first
    const spent = funds?.sheet.columns.findIndex((one) => one.key === column.key) ?? -1;
    const cell = funds && spent >= 0 ? funds : undefined;
    const formula = cell && `'${cell.name}'!${sheetColumn(lead + spent)}${cell.first + at + 1}`;
    const stored = row.cells[column.number - 1] ?? { kind: "unknown" as const };
    put(grid, first + at, lead + index, {
      ...(formula
        ? { value: null, type: "formula", formula, formulaResult: cellValue(stored, laying) }
        : moneyCell(row, at, column, laying)),
      style,
    });
  });
}

/** Whether the total line says what it is held against. */
export function proofHolds({ rows, columns }: PaperTable, proof: Proof): boolean {
  const total = rows.find(({ kind }) => kind === "total");
  const fenOf = (key: string) => {
    const cell = total?.cells[columns.findIndex((one) => one.key === key)];
    return cell?.kind === "money" ? BigInt(cell.fen) : 0n;
  };
  const sum =
    "fen" in proof ? BigInt(proof.fen) : proof.keys.reduce((all, key) => all + fenOf(key), 0n);
  return fenOf(proof.key) === sum;
}

/** Fails where somebody types over a figure, or the lines lose one. */
function layProof(grid: Grid, laying: Laying, proof: Proof, row: number): void {
  const { table, sheet, first, unit, locale } = laying;
  const w = summaryWords(locale);
  const total = table.rows.findIndex(({ kind }) => kind === "total");
  const at = (key: string) => sheet.columns.findIndex((one) => one.key === key);
  const lead = leadOf(table);
  const place = (key: string) => `SUM(${sheetColumn(lead + at(key))}${first + total + 1})`;
  const places = unit === "yuan" ? 2 : 6;
  const right =
    "fen" in proof ? String(cellNumber(BigInt(proof.fen), unit)) : proof.keys.map(place).join("+");
  const width = lead + sheet.columns.length;
  span(grid, row, 0, 1, width - 1, { value: `${w.check}  ${proof.said}`, style: STYLE.note });
  put(grid, row, width - 1, {
    value: null,
    type: "formula",
    formula: `IF(ROUND(${place(proof.key)}-(${right}),${places})=0,"${w.holds}","${w.fails}")`,
    formulaResult: proofHolds(table, proof) ? w.holds : w.fails,
    style: STYLE.lineRight,
  });
}

/** Under the lines: on the last sheet the notes; on each the signatures. */
function layFoot(grid: Grid, laying: Laying, last: boolean, heights: Heights): number {
  const { table, sheet, first, locale } = laying;
  const words = summaryWords(locale);
  const width = leadOf(table) + sheet.columns.length;
  const room = sheet.widths.columns.reduce((sum, one) => sum + one, 0) + sheet.widths.name;
  let row = first + table.rows.length;
  heights.set(row, { height: 6 });
  row += 1;
  for (const proof of laying.proofs ?? []) layProof(grid, laying, proof, row++);
  (last ? table.notes : []).forEach((note, index) => {
    const value = `${words.notes} ${index + 1}  ${note}`;
    span(grid, row, 0, 1, width, { value, style: STYLE.note });
    heights.set(row, heightOf(linesOf(value, room)));
    row += 1;
  });
  // a narrow sheet has room for two beside each other
  const across = Math.max(1, Math.min(table.signatures.length, width < 8 ? 2 : width));
  const step = Math.max(1, Math.floor(width / across));
  table.signatures.forEach((text, index) => {
    const at = row + Math.floor(index / across);
    span(grid, at, (index % across) * step, 1, step, { value: text, style: STYLE.line });
    heights.set(at, { height: 30 });
  });
  return row + Math.ceil(table.signatures.length / across) - 1;
}

/** 表一, 表二: A4 lying, one page wide; every page begins with title, unit and headings. */
function paperSheet(laying: Omit<Laying, "first">, before: Laid[], count: number) {
  const { table, sheet, locale, at } = laying;
  const words = summaryWords(locale);
  const lead = leadOf(table);
  const grid: Grid = { cells: new Map(), merges: [] };
  const heights: Heights = new Map();
  const first = layHead(grid, laying, heights);
  const whole = { ...laying, first };
  table.rows.forEach((row, index) => {
    layRow(grid, row, index, whole, before);
    heights.set(
      first + index,
      heightOf(
        Math.max(
          linesOf(paperName(row, locale), sheet.widths.name - 0.5),
          lead > 1 ? linesOf(row.code, sheet.widths.code) : 1,
        ),
      ),
    );
  });
  const last = layFoot(grid, whole, at === count - 1, heights);
  const name = laying.name ?? words.sheetName(at + 1);
  const written: WriteSheet = {
    name,
    rows: Array.from({ length: last + 1 }, () => []),
    cells: grid.cells,
    merges: grid.merges,
    columns: [
      ...[sheet.widths.name, sheet.widths.code].slice(0, lead),
      ...sheet.widths.columns,
    ].map((width) => ({ width })),
    rowDefs: heights,
    freezePane: { rows: first, columns: lead },
    pageSetup: {
      ...PAPER,
      printTitlesRow: `$1:$${first}`,
      printArea: `$A$1:$${sheetColumn(lead + sheet.columns.length - 1)}$${last + 1}`,
    },
    headerFooter: { oddFooter: `&L${table.asOf}&R${words.page}` },
  };
  return { written, laid: { sheet, name, first } };
}

/** Any table of this kind as one sheet of paper, with what its total is held against under it. */
export function proofSheet(
  table: SummaryTable,
  asked: { unit: MoneyUnit; locale: Locale; name: string; proofs: readonly Proof[] },
): WriteSheet {
  const sheet = oneSheet(table, asked);
  // what is printed is told by the sheet's name, unquoted: it has to be one word
  const name = asked.name.replace(/[^\p{L}\p{N}]+/gu, "_");
  return paperSheet({ table, sheet, at: 0, ...asked, name }, [], 1).written;
}

type Printing = { unit: MoneyUnit; locale: Locale };

/** A table as a workbook: its sheets of paper, and a sheet that checks them where there is something to check. */
export function paperWorkbook(
  table: PaperTable,
  sheets: readonly PaperSheet[],
  { unit, locale }: Printing,
): WriteSheet[] {
  const before: Laid[] = [];
  const written = sheets.map((sheet, at) => {
    const one = paperSheet({ table, sheet, at, unit, locale }, before, sheets.length);
    before.push(one.laid);
    return one.written;
  });
  const placeOf = (key: string, at: number): string => {
    const laid = before.find(({ sheet }) => sheet.columns.some((one) => one.key === key));
    const index = laid?.sheet.columns.findIndex((one) => one.key === key) ?? 0;
    return `'${laid?.name}'!${sheetColumn(leadOf(table) + index)}${(laid?.first ?? 0) + at + 1}`;
  };
  if (table.checks.length === 0) return written;
  return [...written, checkSheet(table, { unit, locale, placeOf })];
}

export const summarySheets = (table: SummaryTable, printing: Printing): WriteSheet[] =>
  paperWorkbook(table, sheetsOf(table, printing), printing);
