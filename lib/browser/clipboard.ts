import { joinFlavours, type Block, type Merge, type PastedTable } from "@/lib/kernel/pasted-block";
import { readTabText } from "@/lib/kernel/tab-text";

/** More than a table for people; a page that says otherwise is no table. */
const MOST_COLUMNS = 1_000;
const MOST_ROWS = 50_000;

/** One number between 1 and `most`. */
function span(cell: Element, name: string, most: number): number {
  const said = Number.parseInt(cell.getAttribute(name) ?? "1", 10);
  return Number.isNaN(said) ? 1 : Math.min(Math.max(said, 1), most);
}

const styleOf = (element: Element) => (element.getAttribute("style") ?? "").toLowerCase();
const isHidden = (element: Element) => /display\s*:\s*none/.test(styleOf(element));

const BLOCKS = new Set(["DIV", "P", "LI"]);

/** What a cell shows: a run of spaces is one, only <br> and paragraphs break a line. */
function shownText(cell: Element): string {
  let text = "";
  const walk = (node: Node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) text += (child.nodeValue ?? "").replace(/[\t\n\f\r ]+/g, " ");
      else if (child.nodeName === "BR") text += "\n";
      else if (child.nodeName !== "STYLE" && child.nodeName !== "SCRIPT") {
        if (BLOCKS.has(child.nodeName) && text !== "" && !text.endsWith("\n")) text += "\n";
        walk(child);
      }
    }
  };
  walk(cell);
  return text
    .replaceAll("\u00A0", " ")
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}

/** The number behind a cell, as LibreOffice, old Excel and online sheets write it into their pages. */
function rawNumber(cell: Element, text: string): string | null {
  const sdval = cell.getAttribute("sdval");
  if (sdval !== null) return sdval;
  const num = cell.getAttribute("x:num");
  if (num !== null) return num === "" ? text : num;
  const sheets = cell.getAttribute("data-sheets-value");
  if (sheets === null) return null;
  try {
    const said = JSON.parse(sheets) as Record<string, unknown> | null;
    return said !== null && typeof said["3"] === "number" ? String(said["3"]) : null;
  } catch {
    return null;
  }
}

type Laid = { table: PastedTable; taken: Map<number, number> };

/** Puts one row of cells where they stand, past what is merged into it from above. */
function layRow(row: Element, at: number, { table, taken }: Laid): void {
  const cells: PastedTable["rows"][number] = [];
  const fill = () => {
    while ((taken.get(cells.length) ?? 0) > 0) {
      taken.set(cells.length, (taken.get(cells.length) ?? 1) - 1);
      cells.push({ text: "", raw: null });
    }
  };
  for (const cell of row.children) {
    if (cell.nodeName !== "TD" && cell.nodeName !== "TH") continue;
    fill();
    const merge: Merge = {
      row: at,
      column: cells.length,
      rows: span(cell, "rowspan", MOST_ROWS),
      columns: span(cell, "colspan", MOST_COLUMNS),
    };
    const text = shownText(cell);
    // Text that flows over its empty neighbours, or a run of empty cells: no merge.
    const flows = /mso-ignore\s*:\s*colspan/.test(styleOf(cell));
    if (!flows && (merge.rows > 1 || merge.columns > 1)) table.merges.push(merge);
    for (let n = 0; n < merge.columns && cells.length < MOST_COLUMNS; n++) {
      if (merge.rows > 1) taken.set(cells.length, merge.rows - 1);
      cells.push(n === 0 ? { text, raw: rawNumber(cell, text) } : { text: "", raw: null });
    }
  }
  fill();
  table.rows.push(cells);
}

/** Runs of empty rows may be one. */
function emptyRows(row: Element): number {
  const run = /mso-xlrowspan\s*:\s*(\d{1,5})/.exec(styleOf(row))?.[1];
  return run === undefined ? 0 : Math.min(Number(run), MOST_ROWS);
}

function readTable(table: Element): PastedTable {
  const laid: Laid = { table: { rows: [], merges: [], notes: [] }, taken: new Map() };
  const rows = [...table.querySelectorAll("tr")].filter((row) => row.closest("table") === table);
  let hidden = 0;
  for (const row of rows.slice(0, MOST_ROWS)) {
    if (isHidden(row)) hidden += 1;
    for (let n = emptyRows(row); n > 1; n--) laid.table.rows.push([]);
    layRow(row, laid.table.rows.length, laid);
  }
  const columns = [...table.querySelectorAll("col")].filter(isHidden).length;
  if (hidden > 0) laid.table.notes.push({ key: "hiddenRows", count: hidden });
  if (columns > 0) laid.table.notes.push({ key: "hiddenColumns", count: columns });
  return laid.table;
}

/** A page with several tables is no block. */
function tableOf(html: string): PastedTable | null {
  if (!/<t[dhr][\s>]/i.test(html)) return null;
  const page = new DOMParser().parseFromString(html, "text/html");
  const tables = [...page.querySelectorAll("table")].filter(
    (table) => table.parentElement?.closest("table") === null,
  );
  const [table] = tables;
  return tables.length === 1 && table ? readTable(table) : null;
}

/** Reads what a paste brings, as a block of cells; empty where it is neither text nor a table. */
export function readClipboard({ html, text }: { html: string; text: string }): Block {
  return joinFlavours(tableOf(html), readTabText(text));
}
