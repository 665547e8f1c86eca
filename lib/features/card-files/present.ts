import type { Cell, WriteSheet } from "hucre";
import { cardText } from "@/lib/features/dashboard/present";
import { earlierAmong } from "@/lib/features/dashboard/rules";
import type { CardCell, CardTable } from "@/lib/features/dashboard/types";
import type { FigureWords } from "@/lib/features/figures/types";
import { contributorySum, earlierWords, type DashboardView } from "@/lib/features/figures/present";
import { ledgerWords } from "@/lib/features/files/labels";
import { cellNumber } from "@/lib/features/files/rules";
import { summaryWords } from "@/lib/features/summary/labels";
import { amountText, beijingStamp } from "@/lib/features/summary/present";
import { knownFen, knownText } from "@/lib/kernel/known";
import { sheetColumn } from "@/lib/kernel/sheet-column";
import { PAPER, put, rowStyle, span, STYLE, type Grid } from "@/lib/kernel/sheet-grid";

type Line = { name: string; kind: "total" | "subtotal" | "unit"; cells: CardCell[]; note: string };

/** A card as a file has it: every row unfolded, and around them what the page says around the card. */
export type CardSheet = {
  title: string;
  /** What stands above the rows, each a name and what it says. */
  head: [name: string, said: string][];
  columns: { group: string | undefined; header: string }[];
  nameHeader: string;
  noteHeader: string;
  lines: Line[];
  notes: string[];
};

type Laying = {
  table: CardTable;
  view: DashboardView;
  words: FigureWords;
  /** The filter in words. */
  filter: string;
  checkpoint: string | null;
};

/** What the card's total does not hold. */
function leftOutOf({ table, view, words }: Laying): string {
  const w = summaryWords(words.locale);
  const { leftOut } = view.now;
  const apart = amountText(contributorySum(leftOut), { ...words, exact: true });
  const balance = table.id === "balance" ? view.balance?.leftOut : undefined;
  return [
    w.leftOut(leftOut, apart),
    ...(balance?.withoutReceipts ? [w.notReceived(balance.withoutReceipts)] : []),
    ...(balance?.unpriced ? [w.notPriced(balance.unpriced)] : []),
    ...(leftOut.unvalued ? [w.unvaluedNote(leftOut.unvalued)] : []),
    ...(leftOut.estimated ? [w.estimated(leftOut.estimated)] : []),
  ].join(words.locale === "en" ? " " : "");
}

export function cardSheet(laying: Laying): CardSheet {
  const { table, view, words } = laying;
  const { locale, unit, dashboard, common } = words;
  const w = summaryWords(locale);
  const file = ledgerWords(locale);
  const whole = earlierWords(
    earlierAmong(view, () => true),
    words,
  );
  const separator = locale === "en" ? "; " : "；";
  return {
    title: table.title,
    head: [
      [file.filter, laying.filter],
      [dashboard("file.unit"), w.unitName[unit]],
      [file.leftOut, leftOutOf(laying)],
      [file.asOf, beijingStamp(view.now.asOf)],
    ],
    columns: table.columns.map(({ group, header }) => ({ group, header })),
    nameHeader: table.nameHeader,
    noteHeader: w.notes,
    lines: [
      ...table.rows.map((row): Line => {
        const notes = [row.subtotal ? w.subtotal : "", row.earlier ?? ""];
        return {
          name: row.label,
          kind: row.subtotal ? "subtotal" : "unit",
          cells: row.cells,
          note: notes.filter((note) => note !== "").join(separator),
        };
      }),
      { name: common("table.total"), kind: "total", cells: table.totals, note: whole ?? "" },
    ],
    notes: [
      ...(table.note ? [table.note] : []),
      ...(view.comparable ? [] : [w.notComparable]),
      ...(view.origin === "demo" ? [w.demo] : view.origin === "published" ? [w.published] : []),
      w.noneNote,
      ...(laying.checkpoint ? [laying.checkpoint] : []),
    ],
  };
}

/** As csv: one line of headings, a group and its column joined by "/"; money without commas and to the fen. */
export function cardLines(sheet: CardSheet, words: FigureWords): (string | null)[][] {
  const text = ({ value }: CardCell) => {
    if (value.kind === "count") return String(value.count);
    if (value.kind === "permille") return cardText(value, words);
    const known = value.kind === "rate" ? knownFen(value.fen) : value;
    const unit = value.kind === "rate" ? "yuan" : words.unit;
    return knownText(known, { ...words, unit, exact: true, group: false });
  };
  return [
    [sheet.title],
    ...sheet.head,
    [],
    [
      sheet.nameHeader,
      ...sheet.columns.map(({ group, header }) => (group ? `${group}/${header}` : header)),
      sheet.noteHeader,
    ],
    ...sheet.lines.map(({ name, cells, note }) => [name, ...cells.map(text), note]),
    [],
    ...sheet.notes.map((note) => [note]),
  ];
}

function written(
  { value }: CardCell,
  words: FigureWords,
): { value: Cell["value"]; format: string } {
  if (value.kind === "money")
    return { value: cellNumber(value.fen, words.unit), format: "#,##0.00" };
  if (value.kind === "rate") return { value: cellNumber(value.fen, "yuan"), format: "#,##0.00" };
  if (value.kind === "count") return { value: value.count, format: "#,##0" };
  if (value.kind === "permille" && value.permille !== null)
    return { value: Number(value.permille) / 1000, format: "0.0%" };
  return { value: cardText(value, words), format: "@" };
}

/** Two lines of headings: neighbours of one group stand under it. */
function layHeadings(grid: Grid, sheet: CardSheet, row: number): void {
  const style = STYLE.header;
  const { columns } = sheet;
  span(grid, row, 0, 2, 1, { value: sheet.nameHeader, style });
  columns.forEach(({ group, header }, at) => {
    if (group === undefined) return span(grid, row, 1 + at, 2, 1, { value: header, style });
    put(grid, row + 1, 1 + at, { value: header, style });
    if (columns[at - 1]?.group === group) return;
    const rest = columns.slice(at);
    const end = rest.findIndex((column) => column.group !== group);
    span(grid, row, 1 + at, 1, end < 0 ? rest.length : end, { value: group, style });
  });
  span(grid, row, 1 + columns.length, 2, 1, { value: sheet.noteHeader, style });
}

/** As a sheet of A4 lying, one page wide. */
export function cardWorkbook(sheet: CardSheet, words: FigureWords): WriteSheet {
  const grid: Grid = { cells: new Map(), merges: [] };
  const width = sheet.columns.length + 2;
  const last = width - 1;
  const heights = new Map([[0, { height: 26 }]]);
  const long = (row: number, text: string) =>
    heights.set(row, { height: 14 * Math.max(1, Math.ceil((text.length * 2) / (14 * width))) });
  span(grid, 0, 0, 1, width, { value: sheet.title, style: STYLE.title });
  let row = 1;
  for (const [name, said] of sheet.head) {
    put(grid, row, 0, { value: name, style: STYLE.note });
    span(grid, row, 1, 1, last, { value: said, style: STYLE.note });
    long(row++, said);
  }
  const first = row + 2;
  layHeadings(grid, sheet, row);
  sheet.lines.forEach((line, index) => {
    const at = first + index;
    put(grid, at, 0, { value: line.name, style: rowStyle(line) });
    line.cells.forEach((cell, column) => {
      const { value, format } = written(cell, words);
      put(grid, at, 1 + column, { value, style: rowStyle(line, format) });
    });
    put(grid, at, last, { value: line.note, style: rowStyle(line) });
  });
  row = first + sheet.lines.length;
  for (const note of sheet.notes) {
    span(grid, row, 0, 1, width, { value: note, style: STYLE.note });
    long(row++, note);
  }
  return {
    name: sheet.title.replace(/[\\/*?:[\]]/g, "").slice(0, 31),
    rows: Array.from({ length: row }, () => []),
    cells: grid.cells,
    merges: grid.merges,
    columns: Array.from({ length: width }, (_, at) => ({
      width: at === 0 || at === last ? 24 : 14,
    })),
    rowDefs: heights,
    freezePane: { rows: first, columns: 1 },
    pageSetup: {
      ...PAPER,
      printTitlesRow: `$${first - 1}:$${first}`,
      printArea: `$A$1:$${sheetColumn(last)}$${row}`,
    },
    headerFooter: { oddFooter: `&R${summaryWords(words.locale).page}` },
  };
}
