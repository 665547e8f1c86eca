import { sheetColumn } from "@/lib/kernel/sheet-column";
import type { ReadSheet, SheetCell, SheetFile, SheetRow } from "@/lib/kernel/sheet-file";
import { isFilled } from "./filled";
import { LIMITS } from "./limits";
import { Refusal } from "./refusal";

type Encoding = NonNullable<SheetFile["encoding"]>;
type Delimiter = NonNullable<SheetFile["delimiter"]>;

function strictly(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Private use and vertical forms: what Big5 makes when it is taken for GB18030. NUL: UTF-16 without its mark. */
const NOT_WRITTEN = /[\0\uE000-\uF8FF\uFE10-\uFE1F\uFE30-\uFE4F\u{F0000}-\u{10FFFF}]/u;

/** By its mark; else strict UTF-8, else strict GB18030, as spreadsheets here write it. Never guessed. */
function decoded(bytes: Buffer): { text: string; encoding: Encoding } {
  const begins = (...mark: number[]) => mark.every((byte, at) => bytes[at] === byte);
  const tried: Encoding[] = begins(0xff, 0xfe)
    ? ["utf-16le"]
    : begins(0xfe, 0xff)
      ? ["utf-16be"]
      : begins(0xef, 0xbb, 0xbf)
        ? ["utf-8"]
        : ["utf-8", "gb18030"];
  for (const encoding of tried) {
    const text = strictly(bytes, encoding);
    const odd = encoding === "gb18030" ? NOT_WRITTEN : /\0/;
    if (text !== null && !odd.test(text)) return { text, encoding };
  }
  throw new Refusal("sheetEncoding");
}

const DELIMITERS: readonly Delimiter[] = [",", "\t", ";", "|"];
const SAID = /^sep=([,;|\t])\r?\n?/i;
const LOOKED_AT = 20;

/** Cells of one record as they stand, where quotes are read and where not. */
class Records {
  private at = 0;
  private line = 1;

  constructor(
    private readonly text: string,
    private readonly delimiter: string,
  ) {}

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  private quoted(): string {
    const begun = this.line;
    let cell = "";
    for (this.at += 1; ;) {
      const end = this.text.indexOf('"', this.at);
      if (end < 0) throw new Refusal("sheetQuote", { line: begun });
      const piece = this.text.slice(this.at, end);
      cell += piece;
      this.line += piece.split("\n").length - 1;
      this.at = end + 1;
      if (this.text[this.at] !== '"') return this.closed(cell, begun);
      cell += '"';
      this.at += 1;
    }
  }

  /** After the closing quote comes a delimiter or the end of the line, or the quotes are not what they seem. */
  private closed(cell: string, line: number): string {
    const next = this.text[this.at];
    if (next !== undefined && next !== this.delimiter && next !== "\n" && next !== "\r")
      throw new Refusal("sheetQuote", { line });
    return cell;
  }

  private plain(): string {
    const begun = this.at;
    while (this.at < this.text.length) {
      const sign = this.text[this.at];
      if (sign === this.delimiter || sign === "\n" || sign === "\r") break;
      this.at += 1;
    }
    return this.text.slice(begun, this.at);
  }

  next(): string[] {
    const cells: string[] = [];
    for (;;) {
      cells.push(this.text[this.at] === '"' ? this.quoted() : this.plain());
      if (this.text[this.at] !== this.delimiter) break;
      this.at += 1;
      if (cells.length > LIMITS.columns * 10) throw new Refusal("sheetTooMuch");
    }
    if (this.text[this.at] === "\r") this.at += 1;
    if (this.text[this.at] === "\n") this.at += 1;
    this.line += 1;
    return cells;
  }
}

function looksLike(text: string, delimiter: Delimiter): number {
  const records = new Records(text, delimiter);
  const widths: number[] = [];
  try {
    while (!records.ended && widths.length < LOOKED_AT) widths.push(records.next().length);
  } catch {
    // the quotes are seen to where the file is read
  }
  const several = widths.filter((width) => width > 1);
  return several.length * 1_000 + Math.min(...several, 999);
}

/** The one by which most of the first lines fall into cells; of those, by which into most. */
function delimiterOf(text: string): Delimiter {
  const marks = DELIMITERS.map((delimiter) => ({ delimiter, marks: looksLike(text, delimiter) }));
  return marks.reduce((best, one) => (one.marks > best.marks ? one : best)).delimiter;
}

const UNSAYABLE = /[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu;
const GUARDED = /^'(?=[=+@\t\r\n＝＋－＠-])/;
/** ="001234": how some programs keep a spreadsheet from making a number of a text. */
const HELD = /^="((?:[^"]|"")*)"$/;

function csvCell(written: string): SheetCell {
  const held = HELD.exec(written)?.[1]?.replaceAll('""', '"') ?? written;
  const text = held.replace(GUARDED, "").replace(/\r\n?/g, "\n").replace(UNSAYABLE, "\uFFFD");
  return { text };
}

type Rows = Pick<ReadSheet, "rows" | "beyond" | "problem">;

function rowsOf(text: string, delimiter: Delimiter): Rows {
  const records = new Records(text, delimiter);
  const rows: SheetRow[] = [];
  let below: ReadSheet["beyond"] | undefined;
  let cellsLeft: number = LIMITS.cells;
  const refused = (key: string, values: Record<string, string | number>): Rows => ({
    rows: [],
    beyond: null,
    problem: { key, values },
  });
  for (let row = 1; !records.ended; row++) {
    const cells = records.next().map(csvCell);
    while (cells.length > 0 && !isFilled(cells[cells.length - 1] ?? { text: "" })) cells.pop();
    if (cells.length === 0) continue;
    cellsLeft -= cells.length;
    if (cellsLeft < 0) throw new Refusal("sheetTooMuch");
    const long = cells.findIndex((cell) => cell.text.length > LIMITS.cellCharacters);
    if (long >= 0) return refused("sheetCellLong", { cell: `${sheetColumn(long)}${row}` });
    if (cells.length > LIMITS.columns) {
      const cell = `${sheetColumn(cells.length - 1)}${row}`;
      return refused("sheetColumns", { max: LIMITS.columns, cell });
    }
    const above = rows.at(-1);
    if (below) below = { row: below.row, rows: below.rows + 1 };
    else if (above && row - above.row > LIMITS.blankRows) below = { row, rows: 1 };
    else if (rows.length >= LIMITS.rows) return refused("sheetRows", { max: LIMITS.rows });
    else rows.push({ row, cells });
  }
  return { rows, beyond: below ?? null, problem: null };
}

export function readCsv(bytes: Buffer, name: string): SheetFile {
  const { text, encoding } = decoded(bytes);
  if (text.length > LIMITS.characters) throw new Refusal("sheetTooMuch");
  const said = SAID.exec(text);
  const body = said ? text.slice(said[0].length) : text;
  const delimiter = (said?.[1] as Delimiter | undefined) ?? delimiterOf(body);
  const { rows, beyond, problem } = rowsOf(body, delimiter);
  const sheet = {
    name: name.replace(/[.][^.]*$/, ""),
    hidden: false,
    rows,
    merges: [],
    hiddenColumns: [],
    beyond,
    problem,
  };
  return { format: "csv", encoding, delimiter, linked: false, sheets: [sheet] };
}
