import { numberBehind } from "./shown-number";

/** A cell of a block somebody pastes. `stored`: the number behind it, where it is not the one that is shown. */
type PastedCell = { text: string; stored?: string };

/** One cell that was merged over several; the others are empty. */
export type Merge = { row: number; column: number; rows: number; columns: number };

/** What a person should be told about a block. */
export type BlockNote =
  | { key: "hiddenRows" | "hiddenColumns"; count: number }
  /** The two flavours of the clipboard have other shapes; the table was taken. */
  | { key: "shapeDiffers" };

export type Block = {
  /** A row may be shorter than another: what is not there leaves its cell alone. */
  rows: PastedCell[][];
  merges: Merge[];
  /** What stood above the table in one cell. */
  title: string | null;
  notes: BlockNote[];
};

/** A table as a page holds it. */
export type PastedTable = {
  rows: { text: string; raw: string | null }[][];
  merges: Merge[];
  notes: BlockNote[];
};

export const widthOf = (rows: readonly (readonly unknown[])[]): number =>
  rows.reduce((most, { length }) => Math.max(most, length), 0);

const isBlank = (row: readonly { text: string }[]) => row.every(({ text }) => text.trim() === "");

function withoutBlankEnd<Row extends readonly { text: string }[]>(rows: readonly Row[]): Row[] {
  let end = rows.length;
  while (end > 0 && isBlank(rows[end - 1] ?? [])) end -= 1;
  // An empty block is one that empties.
  return end === 0 ? [...rows] : rows.slice(0, end);
}

const sameShape = (one: readonly (readonly unknown[])[], other: readonly (readonly unknown[])[]) =>
  one.length === other.length && widthOf(one) === widthOf(other);

const onOneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/**
 * A column too narrow shows ###### in one flavour only. Line ends that a program put into the page to wrap its own
 * source are no line ends; those of a cell are in both.
 */
function cellOf(
  table: { text: string; raw: string | null },
  plain: string | undefined,
): PastedCell {
  const same = plain === undefined || onOneLine(plain) === onOneLine(table.text);
  const text = same ? table.text : plain;
  const stored = table.raw === null ? null : numberBehind(text, table.raw);
  return stored === null ? { text } : { text, stored };
}

const isTitle = ({ row, columns }: Merge, width: number) => row === 0 && columns === width;

/** A first row that is one cell over the whole width says what the table is, and is none of its rows. */
function withoutTitle(block: Block): Block {
  const width = widthOf(block.rows);
  const over = block.merges.find((merge) => merge.column === 0 && isTitle(merge, width));
  const [first] = block.rows;
  if (width < 2 || !over || !first || block.rows.length <= over.rows) return block;
  return {
    ...block,
    rows: block.rows.slice(over.rows),
    merges: block.merges
      .filter(({ row }) => row >= over.rows)
      .map((merge) => ({ ...merge, row: merge.row - over.rows })),
    title: block.title ?? first[0]?.text ?? "",
  };
}

/**
 * One block of the two flavours a clipboard holds: what is shown from the text, structure and numbers from the
 * table. Where their shapes differ the table is right: it cannot be split by a stray line end.
 */
export function joinFlavours(table: PastedTable | null, text: string[][]): Block {
  const none = { merges: [], title: null, notes: [] };
  const plain = withoutBlankEnd(text.map((row) => row.map((cell) => ({ text: cell }))));
  if (table === null) return { rows: plain, ...none };
  const rows = withoutBlankEnd(table.rows);
  const agree = plain.length === 0 || sameShape(rows, plain);
  const block: Block = {
    rows: rows.map((row, r) =>
      row.map((cell, c) => cellOf(cell, agree ? plain[r]?.[c]?.text : undefined)),
    ),
    merges: table.merges.filter(({ row }) => row < rows.length),
    title: null,
    notes: agree ? table.notes : [...table.notes, { key: "shapeDiffers" }],
  };
  return withoutTitle(block);
}
