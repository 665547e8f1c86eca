import "server-only";
import { sheetColumn } from "@/lib/kernel/sheet-column";
import { sql, type Sql } from "./db";

/** Cells of a sheet as XML, written in JavaScript (the few rows above) or by the database (all the others). */

export type SheetCell = string | number | null;

/** What a sheet can hold; further rows go to further sheets. */
export const SHEET_ROWS = 1_048_576;

const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, "0");
/** What XML cannot say stands as _xHHHH_; a line feed and a tab it can. */
const UNSAYABLE = [
  ...Array.from({ length: 31 }, (_, at) => at + 1).filter((code) => code !== 9 && code !== 10),
  ...[0xfffe, 0xffff],
];
const ESCAPES: readonly (readonly [found: string, put: string])[] = [
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ...UNSAYABLE.map((code) => [String.fromCharCode(code), `_x${hex(code)}_`] as const),
];
/** Text that only looks like such an escape. Patterns that JavaScript and Postgres read alike. */
const LOOKS_ESCAPED = "_(?=x[0-9A-Fa-f]{4}_)";
const NOT_PLAIN = `[&<>\\u0001-\\u001f\\ufffe\\uffff]|_x|^ | $`;
const NOT_PLAIN_HERE = new RegExp(NOT_PLAIN);

export function sheetText(text: string): string {
  if (!NOT_PLAIN_HERE.test(text)) return `<t>${text}</t>`;
  const said = text.replaceAll(new RegExp(LOOKS_ESCAPED, "g"), "_x005F_");
  const escaped = ESCAPES.reduce((all, [found, put]) => all.replaceAll(found, put), said);
  return `<t xml:space="preserve">${escaped}</t>`;
}

export function cellOf(cell: SheetCell, column: number, row: number, style?: number): string {
  if (cell === null) return "";
  const styled = style === undefined ? "" : ` s="${style}"`;
  const open = `<c r="${sheetColumn(column)}${row}"${styled}`;
  return typeof cell === "number"
    ? `${open}><v>${cell}</v></c>`
    : `${open} t="inlineStr"><is>${sheetText(cell)}</is></c>`;
}

/** In which row of its sheet the nth record stands (from 0), as text: `headRows` above it, or one on later sheets. */
export function placedRow(n: Sql, headRows: number, maxRows: number): Sql {
  const first = maxRows - headRows;
  return sql`(CASE WHEN ${n} < ${first}::int THEN ${n} + ${headRows + 1}::int
    ELSE (${n} - ${first}::int) % ${maxRows - 1}::int + 2 END)::text`;
}

/** The number a sheet keeps of a day, and of a moment to the minute, written as text. */
export const dayNumberSql = (text: Sql): Sql => sql`(${text}::date - date '1899-12-30')::text`;
export const momentNumberSql = (text: Sql): Sql =>
  sql`(extract(epoch FROM ${text}::timestamp - timestamp '1899-12-30') / 86400)::numeric(14, 8)::text`;

export type CellKind = "number" | "text";

/** A cell of `value` (text), or NULL where that is. */
export function cellSql(kind: CellKind, value: Sql, column: number, row: Sql): Sql {
  const open = sql`${`<c r="${sheetColumn(column)}`} || ${row}`;
  const style = `" s="${column + 1}"`;
  if (kind === "number") return sql`${open} || ${`${style}><v>`} || ${value} || '</v></c>'`;
  const text = sql`${open} || ${`${style} t="inlineStr"><is>`}`;
  const plain = sql`'<t>' || ${value} || '</t></is></c>'`;
  const said = sql`regexp_replace(${value}, ${LOOKS_ESCAPED}, '_x005F_', 'g')`;
  const escaped = ESCAPES.reduce(
    (all, [found, put]) => sql`replace(${all}, ${found}, ${put})`,
    said,
  );
  return sql`${text} || CASE WHEN ${value} !~ ${NOT_PLAIN} THEN ${plain}
    ELSE '<t xml:space="preserve">' || ${escaped} || '</t></is></c>' END`;
}

/** A cell of the word with this number in the sheet’s list of words (text), or NULL where that is. */
export const wordCellSql = (number: Sql, column: number, row: Sql): Sql =>
  sql`${`<c r="${sheetColumn(column)}`} || ${row} || ${`" s="${column + 1}" t="s"><v>`} || ${number} || '</v></c>'`;
