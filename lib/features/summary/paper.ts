import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { SEASONS } from "@/lib/features/reference/types";
import { summaryWords } from "./labels";
import { cellText, layHeader } from "./present";
import type {
  PaperColumn,
  PaperSheet,
  PaperTable,
  SummaryBlock,
  SummaryRow,
  SummarySheet,
  SummaryTable,
} from "./types";

/**
 * What A4 lying carries at 8 points, in widths of a digit, where the machine has none of our faces and puts a wide one
 * in their place.
 */
const CARRIES = 159;
/** The air on both sides of a number, in digits. */
const AIR = 0.5;

const YEAR_BESIDE: SummaryBlock[] = ["mutual", "comparison", "vouchers"];
const PROGRAMMES = SEASONS.map((season): SummaryBlock => `season.${season}`);
/** The fewest sheets first; 元 of a whole province needs more than 万元. */
const PARTITIONS: SummaryBlock[][][] = [
  [
    ["funds", ...PROGRAMMES],
    ["category", ...YEAR_BESIDE],
  ],
  [["funds", ...YEAR_BESIDE], PROGRAMMES, ["category"]],
  [["funds", ...YEAR_BESIDE], PROGRAMMES.slice(0, 4), PROGRAMMES.slice(4), ["category"]],
];

type Printing = { locale: Locale; unit: MoneyUnit };

/** Of a line of text, in digits: a Chinese character takes two, a comma or a point half of one. */
export function textWidth(text: string): number {
  return [...text].reduce(
    (all, one) => all + (one > "\u2e80" ? 2 : one === "," || one === "." ? 0.5 : 1),
    0,
  );
}

/** The last words of a heading break anywhere between Chinese characters, elsewhere between words. */
const headingWidth = (text: string): number =>
  Math.max(3, ...text.split(/[\s-]+/).map((word) => (word > "\u2e80" ? 3 : textWidth(word))));

function widthOf(table: PaperTable, column: PaperColumn, printing: Printing): number {
  const at = table.columns.findIndex((one) => one.key === column.key);
  const texts = table.rows.map((row) => row.cells[at]).filter((cell) => cell !== undefined);
  const longest = texts.map((cell) => textWidth(cellText(cell, printing)));
  return Math.max(headingWidth(column.path.at(-1) ?? ""), ...longest) + AIR;
}

function titleOf(number: number, blocks: readonly SummaryBlock[], locale: Locale): string {
  const w = summaryWords(locale);
  const seasons = SEASONS.filter((season) => blocks.includes(`season.${season}`));
  const some = seasons.length < SEASONS.length;
  const named = seasons.map((season) => w.season[season]).join(w.listSeparator);
  const programmes = some ? `${w.ofSheet.programmes} (${named})` : w.ofSheet.programmes;
  const said = blocks.map((block) =>
    block.startsWith("season.")
      ? programmes
      : w.ofSheet[block as Exclude<SummaryBlock, `season.${string}`>],
  );
  return w.sheetTitle(number, [...new Set(said)]);
}

/** The name of a line on paper: what every one of them ends in says nothing there. */
export const paperName = ({ name }: Pick<SummaryRow, "name">, locale: Locale): string =>
  locale === "en"
    ? name
        .replace("Provincial Federation of Trade Unions", "Province")
        .replace(" Federation of Trade Unions", "")
    : name;

const sum = (widths: readonly number[]): number => widths.reduce((all, one) => all + one, 0);

/** What is left of the paper goes to the names, up to the longest: a line that does not wrap saves one. */
function withNames<Sheet extends PaperSheet>(
  table: PaperTable,
  sheet: Sheet,
  locale: Locale,
): Sheet {
  const { columns, ...lead } = sheet.widths;
  const longest = Math.max(...table.rows.map((row) => textWidth(paperName(row, locale)) + AIR));
  const left = CARRIES - lead.code - sum(columns);
  return { ...sheet, widths: { ...lead, columns, name: Math.max(lead.name, Math.min(longest, left)) } }; // prettier-ignore
}

/** One sheet of some columns. */
function laidSheet<Column extends PaperColumn>(
  table: PaperTable<Column>,
  { title, columns }: { title: string; columns: Column[] },
  printing: Printing,
): PaperSheet<Column> {
  const name = (printing.locale === "en" ? 18 : 12) + AIR;
  const code = table.codeHeader === null ? 0 : 6 + AIR;
  const widths = { name, code, columns: columns.map((one) => widthOf(table, one, printing)) };
  return { title, columns, widths };
}

const fits = ({ widths: w }: PaperSheet): boolean => w.name + w.code + sum(w.columns) <= CARRIES;

/** Parts of a table that are not torn as long as one of them fits on a sheet, on as few sheets as hold them. */
export function sheetsOfParts(
  table: PaperTable,
  parts: readonly PaperColumn[][],
  printing: Printing,
): PaperSheet[] {
  const laid = (columns: PaperColumn[]) => laidSheet(table, { title: "", columns }, printing);
  const whole = parts.flatMap((part) => (fits(laid(part)) ? [part] : part.map((one) => [one])));
  const sheets: PaperColumn[][] = [];
  for (const part of whole) {
    const open = sheets.at(-1);
    if (open && fits(laid([...open, ...part]))) open.push(...part);
    else sheets.push([...part]);
  }
  return sheets.map((columns) => withNames(table, laid(columns), printing.locale));
}

/** 表一, 表二: as few sheets as hold whole blocks at a size that can be read; each after the first repeats what was spent. */
export function sheetsOf(table: SummaryTable, printing: Printing): SummarySheet[] {
  const { locale } = printing;
  const laid = PARTITIONS.map((partition) =>
    partition.map((blocks, index): SummarySheet => {
      const repeated = index === 0 ? [] : table.columns.filter(({ key }) => key === "spent");
      const own = table.columns.filter(({ block }) => blocks.includes(block));
      const columns = [...repeated, ...own];
      const title = titleOf(index + 1, blocks, locale);
      return laidSheet(table, { title, columns }, printing);
    }),
  );
  const fitting = laid.find((sheets) => sheets.every(fits)) ?? laid.at(-1) ?? [];
  return fitting.map((sheet) => withNames(table, sheet, locale));
}

/** So that a table of few columns is not a strip. */
const LEAST = 11;
/** A name that is longer takes two lines. */
const NAME_AT_MOST = 24;

/** A table of any columns as one sheet, whatever its width; it has no title beside the table's own. */
export function oneSheet(table: SummaryTable, printing: Printing): SummarySheet {
  const { locale } = printing;
  const room = table.columns.length > 9 ? 0 : LEAST;
  const names = table.rows.map((row) => textWidth(paperName(row, locale)));
  const codes = table.rows.map(({ code }) => textWidth(code));
  const sheet: SummarySheet = {
    title: "",
    columns: table.columns,
    widths: {
      name: Math.min(NAME_AT_MOST, Math.max(12, ...names)) + AIR,
      code: Math.max(6, ...codes) + AIR,
      columns: table.columns.map((one) => Math.max(room, widthOf(table, one, printing))),
    },
  };
  return withNames(table, sheet, locale);
}

/** A4 lying, between the margins, in points. */
const PAPER_POINTS = 786;
/** Of the size of letters, what one digit takes, bold and with the air about it. */
const DIGIT = 0.6;
const PRINTED_NAME = 26;

const clamp = (least: number, size: number, most: number) => Math.max(least, Math.min(size, most));

/** As large as the widths allow; a table of many lines stays on as few pages as it can. */
function sizesOf(table: PaperTable, sheet: PaperSheet, { locale, coded }: Laid) {
  const longest = (texts: string[]) => Math.max(6, ...texts.map(textWidth)) + 1;
  const name = longest(table.rows.map((row) => paperName(row, locale)));
  const widths = [
    Math.min(name, PRINTED_NAME),
    ...(coded ? [longest(table.rows.map(({ code }) => code))] : []),
    // Latin words of a heading are bold, and wider than so many digits
    ...sheet.widths.columns.map((width) => 1.08 * width + 0.7),
  ];
  const all = widths.reduce((sum, width) => sum + width, 0);
  return { widths, size: clamp(5.5, PAPER_POINTS / all / DIGIT, table.rows.length > 30 ? 7 : 9) };
}

type Laid = Printing & {
  /** Its lines are places, whose codes everybody knows; those of the other axes are for programs. */
  coded: boolean;
};

/** A table as a printer gets it, in the shape of the writer of paper. */
function paperTable(table: PaperTable, sheet: PaperSheet, laid: Laid) {
  const head = layHeader(sheet.columns);
  const lead = laid.coded ? 2 : 1;
  const fill = "#f2ece4";
  const top = (text: string, spans: { colSpan?: number; rowSpan?: number } = {}) => ({
    ...{ text, align: "center" as const, bold: true, fill },
    ...spans,
  });
  const lines = head.map((cells, level) => {
    const row: (ReturnType<typeof top> | null)[] = Array.from(
      { length: lead + sheet.columns.length },
      () => null,
    );
    if (level === 0)
      [table.nameHeader, table.codeHeader].slice(0, lead).forEach((text, at) => {
        row[at] = top(text ?? "", { rowSpan: head.length });
      });
    for (const { text, column, colSpan, rowSpan } of cells)
      row[lead + column] = top(text, { colSpan, rowSpan });
    return row;
  });
  const marks = [
    ...table.marks.slice(0, lead),
    ...sheet.columns.map(({ number }) => `(${number})`),
  ];
  return {
    kind: "table" as const,
    head: table.numbered ? [...lines, marks.map((text) => top(text))] : lines,
    rows: table.rows.map((row) => {
      const strong = row.kind === "total" || row.kind === "subtotal";
      const look = strong ? { bold: true, fill: row.kind === "total" ? "#f7e9e7" : "#faf6f0" } : {};
      return [
        ...[paperName(row, laid.locale), row.code]
          .slice(0, lead)
          .map((text) => ({ text, ...look })),
        ...sheet.columns.map(({ number }) => ({
          text: cellText(row.cells[number - 1] ?? { kind: "unknown" }, laid),
          align: "right" as const,
          ...look,
        })),
      ];
    }),
    ...sizesOf(table, sheet, laid),
  };
}

export const noteText = ({ notes }: PaperTable, locale: Locale): string[] =>
  notes.map((note, at) => `${summaryWords(locale).notes} ${at + 1}  ${note}`);

/** Who fills it in, and in which unit, over a table. */
export const overTable = (table: PaperTable, { locale, unit }: Printing) => ({
  left: table.filledBy,
  right: table.units ?? summaryWords(locale).unit(unit),
});

/** One sheet of a table as a section of a printed document; `lines` stand under it, then it is signed. */
export const printedSection = (
  table: PaperTable,
  sheet: PaperSheet,
  laid: Laid,
  lines: string[],
) => ({
  title: table.title,
  ...(sheet.title === "" ? {} : { caption: sheet.title }),
  ...overTable(table, laid),
  parts: [
    paperTable(table, sheet, laid),
    { kind: "words" as const, lines },
    { kind: "signatures" as const, labels: table.signatures },
  ],
});

/** The sheets of a table, with its checks and notes under the last. */
export function printedSections(table: PaperTable, sheets: readonly PaperSheet[], laid: Laid) {
  const { check } = summaryWords(laid.locale);
  const under = [...table.checks.map(({ text }) => `${check}  ${text}`), ...noteText(table, laid.locale)]; // prettier-ignore
  return sheets.map((sheet, at) =>
    printedSection(table, sheet, laid, at === sheets.length - 1 ? under : []),
  );
}
