/** What csv does to text, as patterns that JavaScript and Postgres read alike: the rows are written by both. */
export const CSV = {
  formula: "^[=+@\\t\\r\\n＝＋－＠-]",
  /** "-1332.50" and "14.1%" are numbers, not formulas, although they may begin with a sign. */
  plainNumber: "^-?[0-9]+([.][0-9]+)?%?$",
  quoted: '[",\\r\\n]',
} as const;
const FORMULA = new RegExp(CSV.formula);
const PLAIN_NUMBER = new RegExp(CSV.plainNumber);
const QUOTED = new RegExp(CSV.quoted);

/**
 * Text that a spreadsheet would run as a formula is led by an apostrophe; numbers are written as
 * numbers and never come here.
 */
export function safeText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Text as a cell of csv (RFC 4180): quoted where it must be, and never run as a formula. */
export function csvText(cell: string): string {
  const text = PLAIN_NUMBER.test(cell) ? cell : safeText(cell);
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvLine(cells: readonly (string | number | null)[]): string {
  const fields = cells.map((cell) => {
    if (cell === null) return "";
    return typeof cell === "number" ? String(cell) : csvText(cell);
  });
  return `${fields.join(",")}\r\n`;
}
