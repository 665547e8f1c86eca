import { widthOf, type Block, type BlockNote } from "@/lib/kernel/pasted-block";
import { visibleText } from "@/lib/kernel/typed-text";
import { apply, setting, textOf, type Write } from "./workflow";
import type { Area, GridContent, GridRow, Op, Shown } from "./types";

/** What the cells of a head say: the column each names, and the unit of its amounts. */
type Head = { columns: readonly (string | null)[]; units: readonly (string | null)[] };

/** What placing has to know of the columns; given, so that it knows no field itself. */
export type Vocabulary = {
  head: (cells: readonly string[]) => Head;
  /** A merged choice stands for each of its rows; a merged sum is one sum. */
  fillsDown: (column: string) => boolean;
};

/** A number as shown, and the one behind it, which is written. */
type Rounded = { row: number; column: string; shown: string; stored: string };

/** A column of the block, as the person is shown it. */
type PastedColumn = { head: string | null; sample: string };

export type Plan = {
  /** By row of the view; what lies beyond the last is a new row. */
  writes: { row: number; column: string; text: string }[];
  newRows: number;
  /** Filled cells that get another text. */
  overwrites: number;
  /** What is selected afterwards. */
  area: Area;
  title: string | null;
  notes: readonly BlockNote[];
  rounded: Rounded[];
  /** Cells that a merged cell was written into besides its own. */
  spread: number;
  /** Rows of sums, which are no entries. */
  sums: string[];
  /** Columns of the block as they are placed; null = left out. */
  mapping: readonly (string | null)[];
  columns: PastedColumn[];
  /** Filled columns without a place: then nothing is written, and the person says where they belong. */
  surplus: number[];
};

export type Target = { shown: Shown; area: Area };

const HEAD_WITHIN = 3;
const SUM = /^(合|总|小)\s*计$|^(sub)?total$/i;
const IN_WAN = /单位\s*[:：]\s*万元/;
/** What begins like this is no word of a head. */
const DATA = /^[-+¥￥]?\d/;
const PLAIN_NUMBER = /^[\d,.\s]+$/;

type Parted = { head: Head | null; headCells: string[]; above: string[]; body: Block };

/** A row that names two columns or more, and most of what it says. */
function isHead(head: Head, cells: readonly string[]): boolean {
  const named = head.columns.filter((column) => column !== null).length;
  return named >= 2 && named * 2 >= cells.filter((cell) => cell.trim() !== "").length;
}

const namedIn = ({ columns }: Head) => columns.filter((column) => column !== null).length;

/**
 * A head of two rows: 救助情况 above 户数 and 人数. What is merged over several columns stands over each of them; so
 * does, in a block that knows no merges, what has nothing beside it.
 */
function joinedHead(
  { merges }: Block,
  [upper = [], lower = []]: readonly string[][],
  row: number,
  read: Vocabulary["head"],
): { cells: string[]; head: Head } | null {
  if (lower.some((text) => DATA.test(visibleText(text)))) return null;
  const above = lower.map((_, at) => upper[at] ?? "");
  for (const merge of merges.filter((one) => one.row === row))
    for (let n = 1; n < merge.columns; n++) above[merge.column + n] = above[merge.column] ?? "";
  if (merges.length === 0)
    above.forEach((text, at) => {
      if (text.trim() === "" && lower[at]?.trim()) above[at] = above[at - 1] ?? "";
    });
  const isKnown = (word: string) => namedIn(read([word])) > 0;
  const words = above.map((text, at) => {
    const own = lower[at] ?? "";
    if (own.trim() === "" || own === text) return text;
    if (!isKnown(own)) return `${text}${own}`;
    const inWan = `${own}（万元）`;
    return text.includes("万元") && !own.includes("元") && isKnown(inWan) ? inWan : own;
  });
  const head = read(words);
  // A line of words above a head of one row is no part of it.
  if (namedIn(head) <= Math.max(namedIn(read(upper)), namedIn(read(lower)))) return null;
  const cells = above.map((text, at) => [...new Set([text, lower[at] ?? ""])].filter((said) => said.trim() !== "").join("/")); // prettier-ignore
  return { cells, head };
}

function parted(block: Block, { head: read }: Vocabulary): Parted {
  const texts = block.rows.map((row) => row.map(({ text }) => text));
  for (let at = 0; at < Math.min(HEAD_WITHIN, texts.length - 1); at++) {
    const own = { cells: texts[at] ?? [], head: read(texts[at] ?? []) };
    const joined = joinedHead(block, texts.slice(at, at + 2), at, read);
    const { cells: headCells, head } = joined ?? own;
    if (!isHead(head, headCells)) continue;
    const rest = at + (joined ? 2 : 1);
    const merges = block.merges
      .filter(({ row }) => row >= rest)
      .map((merge) => ({ ...merge, row: merge.row - rest }));
    const above = texts
      .slice(0, at)
      .flat()
      .filter((text) => text.trim() !== "");
    return { head, headCells, above, body: { ...block, rows: block.rows.slice(rest), merges } };
  }
  return { head: null, headCells: [], above: [], body: block };
}

/** 61.58 under 金额（万元） is 61.58万; what names its unit keeps it. */
const inUnit = (text: string, unit: string | null) =>
  unit === "wan" && PLAIN_NUMBER.test(visibleText(text)) ? `${text.trim()}万` : text;

type Placing = {
  body: Block;
  mapping: readonly (string | null)[];
  units: readonly (string | null)[];
  vocabulary: Vocabulary;
};

type Laid = Pick<Plan, "rounded" | "spread"> & {
  cells: { row: number; column: string; text: string }[];
};

/** The block's cells, counted from its own first row. */
function lay({ body, mapping, units, vocabulary }: Placing): Laid {
  const laid: Laid = { cells: [], rounded: [], spread: 0 };
  body.rows.forEach((cells, row) => {
    cells.forEach(({ text, stored }, index) => {
      const column = mapping[index] ?? null;
      if (column === null) return;
      const written = inUnit(stored ?? text, units[index] ?? null);
      laid.cells.push({ row, column, text: written });
      if (stored !== undefined) laid.rounded.push({ row, column, shown: inUnit(text, units[index] ?? null), stored: written }); // prettier-ignore
    });
  });
  for (const merge of body.merges) {
    const column = mapping[merge.column] ?? null;
    const text = body.rows[merge.row]?.[merge.column]?.text ?? "";
    if (column === null || text === "" || !vocabulary.fillsDown(column)) continue;
    for (const cell of laid.cells) {
      if (cell.column !== column || cell.row <= merge.row || cell.row >= merge.row + merge.rows) continue; // prettier-ignore
      cell.text = text;
      laid.spread += 1;
    }
  }
  return laid;
}

const isSum = (cells: Block["rows"][number]) => cells.some(({ text }) => SUM.test(text.trim()));

/** Sums below a table are there to be compared with, not to be entered. */
function withoutSums(body: Block): { body: Block; sums: string[] } {
  let first = body.rows.length;
  while (first > 0 && isSum(body.rows[first - 1] ?? [])) first -= 1;
  const said = (row: Block["rows"][number]) =>
    row.map(({ text }) => text.trim()).filter((text) => text !== "").join(" "); // prettier-ignore
  return {
    body: { ...body, rows: body.rows.slice(0, first) },
    sums: body.rows.slice(first).map(said),
  };
}

/** A selection that is the block several times over is filled with it; any other takes it once. */
function timesOf({ body }: Placing, area: Area, byHead: boolean): { down: number; across: number } {
  const [height, width] = [body.rows.length, widthOf(body.rows)];
  const fits = !byHead && height > 0 && area.rows % height === 0 && area.columns % width === 0;
  return fits ? { down: area.rows / height, across: area.columns / width } : { down: 1, across: 1 };
}

const isFilled = (body: Block, index: number) =>
  body.rows.some((row) => (row[index]?.text ?? "").trim() !== "");

/**
 * Where a block goes: by its head where it has one, else by place over the shown columns. Nothing is cut in
 * silence: a filled column without a place is `surplus`, and then nothing is written before the person has said.
 */
export function place(
  block: Block,
  target: Target,
  content: GridContent,
  vocabulary: Vocabulary,
  /** What the person said of each column of the block. */
  said: readonly (string | null)[] | null = null,
): Plan {
  const { shown, area } = target;
  const { head, headCells, above, body: whole } = parted(block, vocabulary);
  const { body, sums } = head || said ? withoutSums(whole) : { body: whole, sums: [] };
  const width = widthOf(block.rows);
  const byPlace = shown.columns.slice(area.column);
  const indexes = Array.from({ length: width }, (_, index) => index);
  const mapping = said ?? indexes.map((index) => (head ? (head.columns[index] ?? null) : (byPlace[index] ?? null))); // prettier-ignore
  const wan = above.some((text) => IN_WAN.test(text)) || IN_WAN.test(block.title ?? "");
  const units = indexes.map((index) => head?.units[index] ?? (wan && mapping[index] === "amount" ? "wan" : null)); // prettier-ignore
  const placing = { body, mapping, units, vocabulary };
  const surplus = said ? [] : indexes.filter((index) => mapping[index] === null && isFilled(body, index)); // prettier-ignore
  const { cells, rounded, spread } = lay(placing);
  const { down, across } = timesOf(placing, area, head !== null || said !== null);
  const writes: Plan["writes"] = [];
  for (let n = 0; n < down * across && surplus.length === 0; n++) {
    const [below, beside] = [Math.floor(n / across), n % across];
    for (const { row, column, text } of cells) {
      const to = beside === 0 ? column : byPlace[byPlace.indexOf(column) + beside * width];
      if (to !== undefined) writes.push({ row: area.row + below * body.rows.length + row, column: to, text }); // prettier-ignore
    }
  }
  const height = body.rows.length * down;
  const placed = mapping.flatMap((column) => (column === null ? [] : [shown.columns.indexOf(column)])).filter((at) => at >= 0); // prettier-ignore
  const from = across > 1 ? area.column : Math.min(...placed, shown.columns.length - 1);
  const to = across > 1 ? area.column + area.columns - 1 : Math.max(...placed, from);
  return {
    writes,
    newRows: surplus.length > 0 ? 0 : Math.max(0, area.row + height - shown.rows.length),
    overwrites: writes.filter(({ row, column, text }) => {
      const standing = textOf(content, shown.rows[row] ?? "", column);
      return standing !== "" && standing !== text;
    }).length,
    area: { row: area.row, column: from, rows: Math.max(1, height), columns: to - from + 1 },
    title: [block.title, ...above].filter((text) => text !== null && text !== "").join(" ") || null,
    notes: block.notes,
    rounded: rounded.map((one) => ({ ...one, row: one.row + area.row })),
    spread,
    sums,
    mapping,
    columns: indexes.map((index) => ({
      head: head ? (headCells[index] ?? "") : null,
      sample: body.rows.find((row) => (row[index]?.text ?? "").trim() !== "")?.[index]?.text ?? "",
    })),
    surplus,
  };
}

/** A plan as changes: the new rows, under the ids given, come after all others. */
export function placing(
  plan: Plan,
  content: GridContent,
  shown: Shown,
  newIds: readonly string[],
): Op[] {
  const fresh: GridRow[] = newIds.slice(0, plan.newRows).map((id) => ({ id, texts: {} }));
  const insert: Op[] = fresh.length === 0 ? [] : [{ kind: "insert", at: content.order.length, rows: fresh }]; // prettier-ignore
  const ids = [...shown.rows, ...fresh.map(({ id }) => id)];
  const writes: Write[] = plan.writes.flatMap(({ row, column, text }) => {
    const id = ids[row];
    return id === undefined ? [] : [{ row: id, column, text }];
  });
  return [...insert, ...setting(apply(content, insert), writes)];
}
