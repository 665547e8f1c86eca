import type { FieldError } from "@/lib/kernel/app-error";
import { sheetColumn } from "@/lib/kernel/sheet-column";
import type { ReadSheet, SheetArea, SheetCell, SheetRow } from "@/lib/kernel/sheet-file";
import type { ListedSheet, Workbook } from "./book";
import { readCell } from "./cells";
import type { Container } from "./container";
import { covered, isFilled } from "./filled";
import { LIMITS } from "./limits";
import { damaged, Refusal } from "./refusal";
import { readXml, type Attributes } from "./xml";

type Row = { row: number; hidden?: true; cells: SheetCell[] };
/** What is left of what a whole file may hold. */
export type Budget = { cells: number; characters: number };

const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
const REFERENCE = /^([A-Z]{1,3})(\d{1,7})$/;
/** Another program asked for a value, or another file: cmd|'/c calc'!A0. */
const CALLS_OUT = /^[^|]*\|[^|]*!/;

const yes = (value: string | undefined): boolean => value === "1" || value === "true";

function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function placeOf(reference: string): { row: number; column: number } {
  const [, letters = "", digits = ""] = REFERENCE.exec(reference.replaceAll("$", "")) ?? [];
  const [row, column] = [Number(digits), columnOf(letters)];
  if (row < 1 || row > LAST_ROW || column < 0 || column >= LAST_COLUMN) throw damaged();
  return { row, column };
}

function areaOf(reference: string): SheetArea {
  const [from = "", to = from] = reference.split(":");
  const [first, last] = [placeOf(from), placeOf(to)];
  if (last.row < first.row || last.column < first.column) throw damaged();
  return {
    ...first,
    rows: last.row - first.row + 1,
    columns: last.column - first.column + 1,
  };
}

/** One sheet as its part is read. */
class SheetReader {
  readonly rows: Row[] = [];
  readonly merges: SheetArea[] = [];
  readonly hidden: { from: number; to: number }[] = [];
  beyond: { row: number; rows: number } | null = null;
  problem: FieldError | null = null;

  private row: Row = { row: 0, cells: [] };
  private column = -1;
  private last = 0;
  private cell = { type: "n", style: 0 };
  private value: string | null = null;
  private formula: string | null = null;
  private into: "value" | "formula" | null = null;
  private spoken = false;
  private inCell = false;

  constructor(
    private readonly book: Workbook,
    private readonly budget: Budget,
  ) {}

  open(tag: string, attributes: Attributes): void {
    this.into = null;
    if (tag === "row") this.openRow(attributes);
    else if (tag === "c") this.openCell(attributes);
    else if (this.inCell) this.openInCell(tag);
    else if (tag === "col" && yes(attributes.hidden)) this.hide(attributes);
    else if (tag === "mergeCell") this.merge(attributes.ref ?? "");
  }

  private openInCell(tag: string): void {
    if (tag === "v") this.begin("value");
    if (tag === "f") this.begin("formula");
    if (tag === "rPh") this.spoken = true;
    if (tag === "t" && !this.spoken) this.begin("value");
  }

  text(more: string): void {
    if (this.into === "value") this.value += more;
    if (this.into === "formula") this.formula += more;
    if ((this.value?.length ?? 0) + (this.formula?.length ?? 0) > LIMITS.tagCharacters)
      throw damaged();
  }

  close(tag: string): void {
    this.into = null;
    if (tag === "rPh") this.spoken = false;
    if (tag === "c") this.closeCell();
    if (tag === "row") this.closeRow();
  }

  private begin(into: "value" | "formula"): void {
    this.into = into;
    if (into === "value") this.value ??= "";
    else this.formula ??= "";
  }

  private merge(reference: string): void {
    this.merges.push(areaOf(reference));
    if (this.merges.length > LIMITS.merges) throw new Refusal("sheetTooMuch");
  }

  private hide({ min, max }: Attributes): void {
    this.hidden.push({ from: Number(min), to: Number(max) });
    if (this.hidden.length > LAST_COLUMN) throw damaged();
  }

  /** Rows come in order, each once: in another order one would hide the other. */
  private openRow({ r, hidden }: Attributes): void {
    const row = r === undefined ? this.last + 1 : Number(r);
    if (!(Number.isInteger(row) && row > this.last && row <= LAST_ROW)) throw damaged();
    this.last = row;
    this.row = yes(hidden) ? { row, hidden: true, cells: [] } : { row, cells: [] };
    this.column = -1;
  }

  private openCell({ r, t = "n", s = "0" }: Attributes): void {
    const column = r === undefined ? this.column + 1 : placeOf(r).column;
    if (column <= this.column || (r !== undefined && placeOf(r).row !== this.row.row))
      throw damaged();
    this.inCell = true;
    this.column = column;
    this.cell = { type: t, style: Number(s) };
    [this.value, this.formula] = [null, null];
  }

  private closeCell(): void {
    this.inCell = false;
    if (this.formula !== null && CALLS_OUT.test(this.formula.replace(/"[^"]*"/g, "")))
      throw new Refusal("sheetLinks");
    const { type, style } = this.cell;
    const shown = this.book.styles[style] ?? "number";
    const stored = { type, value: this.value, formula: this.formula, shown };
    const cell = readCell(stored, this.book);
    if (!isFilled(cell)) return;
    this.budget.cells -= 1;
    this.budget.characters -= cell.text.length;
    if (this.budget.cells < 0 || this.budget.characters < 0) throw new Refusal("sheetTooMuch");
    const address = `${sheetColumn(this.column)}${this.row.row}`;
    if (cell.text.length > LIMITS.cellCharacters)
      this.problem ??= { key: "sheetCellLong", values: { cell: address } };
    if (this.column >= LIMITS.columns)
      this.problem ??= { key: "sheetColumns", values: { max: LIMITS.columns, cell: address } };
    if (this.problem) return;
    while (this.row.cells.length < this.column) this.row.cells.push({ text: "" });
    this.row.cells.push(cell);
  }

  private closeRow(): void {
    if (this.row.cells.length === 0) return;
    const above = this.rows.at(-1);
    if (this.beyond) this.beyond.rows += 1;
    else if (above && this.row.row - above.row > LIMITS.blankRows)
      this.beyond = { row: this.row.row, rows: 1 };
    else if (this.rows.length >= LIMITS.rows)
      this.problem ??= { key: "sheetRows", values: { max: LIMITS.rows } };
    else this.rows.push(this.row);
  }
}

export async function readSheet(
  archive: Container,
  book: Workbook,
  { name, hidden, part }: ListedSheet,
  budget: Budget,
): Promise<ReadSheet> {
  const reader = new SheetReader(book, budget);
  await readXml(archive.part(part), {
    open: (tag, attributes) => reader.open(tag, attributes),
    text: (more) => reader.text(more),
    close: (tag) => reader.close(tag),
    done: () => reader.problem !== null,
  });
  const { problem, beyond, merges } = reader;
  if (problem)
    return { name, hidden, rows: [], merges: [], hiddenColumns: [], beyond: null, problem };
  const rows: SheetRow[] = covered(reader.rows, merges);
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const hiddenColumns = Array.from({ length: width }, (_, column) => column).filter((column) =>
    reader.hidden.some(({ from, to }) => column + 1 >= from && column + 1 <= to),
  );
  return { name, hidden, rows, merges, hiddenColumns, beyond, problem };
}
