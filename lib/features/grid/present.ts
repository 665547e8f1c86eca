import { inSeries, type SeriesStep } from "@/lib/kernel/series";
import { writeTabText } from "@/lib/kernel/tab-text";
import { visibleText } from "@/lib/kernel/typed-text";
import type { Area, GridContent, Place, Shown } from "./types";
import { textOf, type Write } from "./workflow";

const folded = (text: string) => visibleText(text).toLowerCase();

/** Every cell whose text holds the words, in the order of the view. */
export function placesOf(content: GridContent, { rows, columns }: Shown, words: string): Place[] {
  const wanted = folded(words);
  if (wanted === "") return [];
  return rows.flatMap((row) =>
    columns
      .filter((column) => folded(textOf(content, row, column)).includes(wanted))
      .map((column) => ({ row, column })),
  );
}

/** What is found in each, replaced. Where full and half width differ from the words, the whole half-width text is. */
export function replacing(
  content: GridContent,
  places: readonly Place[],
  { words, by }: { words: string; by: string },
): Write[] {
  const pattern = new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "gi");
  return places.map(({ row, column }) => {
    const text = textOf(content, row, column);
    const found = pattern.test(text) ? text : visibleText(text);
    pattern.lastIndex = 0;
    return { row, column, text: found.replace(pattern, () => by) };
  });
}

export type SortKey = string | number | bigint | null;

/** Rows by what they say in one column, those that say nothing last; equal ones stay as they were entered. */
export function sortedRows(
  rows: readonly string[],
  keyOf: (row: string) => SortKey,
  compare: (one: SortKey, other: SortKey) => number,
  descending: boolean,
): string[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  const [said, silent] = [keyed.filter(({ key }) => key !== null), keyed.filter(({ key }) => key === null)]; // prettier-ignore
  said.sort((one, other) => (descending ? -1 : 1) * compare(one.key, other.key));
  return [...said, ...silent].map(({ row }) => row);
}

/** What a block says, row by row. */
export function textsIn(content: GridContent, shown: Shown, area: Area): string[][] {
  const columns = shown.columns.slice(area.column, area.column + area.columns);
  return shown.rows
    .slice(area.row, area.row + area.rows)
    .map((row) => columns.map((column) => textOf(content, row, column)));
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign).replaceAll("\n", "<br>");

/** Digits that a spreadsheet would cut or take for a day, and what it would run as a formula, stay text. */
const AS_TEXT = /^[=+\-@＝＋－＠]|^\d{12,}$|^0\d|^\d{1,4}[-/.]\d{1,2}/;

function cellHtml(text: string): string {
  const style = AS_TEXT.test(text) ? ` style='mso-number-format:"\\@"'` : "";
  return `<td${style}>${escaped(text)}</td>`;
}

/** Both flavours of a block, for a spreadsheet and for anything else. */
export function clipboardOf(rows: readonly (readonly string[])[]): { text: string; html: string } {
  const lines = rows.map((row) => `<tr>${row.map(cellHtml).join("")}</tr>`).join("");
  return {
    text: writeTabText(rows),
    html: `<html><head><meta charset="utf-8"></head><body><table>${lines}</table></body></html>`,
  };
}

export type Direction = "down" | "right";

/**
 * The first row (or column) of an area, into the others: copied, or as the series it begins. A single row takes
 * what stands before it.
 */
export function filling(
  content: GridContent,
  { rows, columns }: Shown,
  area: Area,
  { direction, series }: { direction: Direction; series: SeriesStep | null },
): Write[] {
  const down = direction === "down";
  const single = (down ? area.rows : area.columns) === 1;
  const [from, first] = single ? [-1, 0] : [0, 1];
  const length = down ? area.rows : area.columns;
  const across = down ? area.columns : area.rows;
  return Array.from({ length: across }, (_, beside) =>
    Array.from({ length: length - first }, (_none, n) => {
      const cell = (along: number) => ({
        row: rows[area.row + (down ? along : beside)],
        column: columns[area.column + (down ? beside : along)],
      });
      const [source, target] = [cell(from), cell(first + n)];
      if (!source.row || !source.column || !target.row || !target.column) return [];
      const text = textOf(content, source.row, source.column);
      const next = series === null ? text : inSeries(text, first + n - from, series);
      return [{ row: target.row, column: target.column, text: next }];
    }).flat(),
  ).flat();
}
