const PLAIN = /[^\t\r\n]*/y;

/**
 * Cells as spreadsheets put them on the clipboard as plain text: tabs between cells, line ends between rows. A cell
 * is quoted only where it holds one of them or a doubled quote; 12"管 and "未闭合 are what they look like.
 */
export function readTabText(text: string): string[][] {
  if (text === "") return [];
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; ;) {
    const quoted = quotedCell(text, at);
    PLAIN.lastIndex = at;
    const cell = quoted?.cell ?? PLAIN.exec(text)?.[0] ?? "";
    at = quoted?.end ?? at + cell.length;
    row.push(cell);
    if (text[at] === "\t") {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    at += text.startsWith("\r\n", at) ? 2 : 1;
    // The last line end closes a row and opens none.
    if (at >= text.length) return rows;
  }
}

function quotedCell(text: string, from: number): { cell: string; end: number } | null {
  if (text[from] !== '"') return null;
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') {
      at += 1;
      continue;
    }
    const inside = text.slice(from + 1, at);
    const closed = at + 1 >= text.length || "\t\r\n".includes(text[at + 1] ?? "");
    if (!closed || !/[\t\r\n]|""/.test(inside)) return null;
    return { cell: inside.replaceAll('""', '"').replace(/\r\n?/g, "\n"), end: at + 1 };
  }
  return null;
}

const quotedWhereNeeded = (cell: string) =>
  /[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** The same, the other way. */
export function writeTabText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(quotedWhereNeeded).join("\t")).join("\r\n");
}
