import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { SEASONS } from "@/lib/features/reference/types";
import { summaryWords } from "./labels";
import { cellText } from "./present";
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
