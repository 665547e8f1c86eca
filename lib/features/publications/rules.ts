import type { FigureCell, Sums } from "@/lib/features/figures/rules";
import { addSums, emptySums, sumsOfCell } from "@/lib/features/figures/rules";
import type { Programme } from "@/lib/features/reference/types";
import { protect, spotsOf } from "@/lib/features/suppression/rules";
import { WHOLE, type Layer, type Shape, type Table } from "@/lib/features/suppression/types";
import {
  ALL,
  PUBLIC_COUNTS,
  type PublicCell,
  type PublicCount,
  type PublicLine,
  type PublicTable,
} from "./types";

/** Below so many a number tells of somebody. */
const FEW = 5;

/** Where an organisation's money stands in the table. */
export type Payer = { organisation: string; line: string };

/** Of records in a cell: their sums, and whether there are people in them whom nobody counted. */
type Cell = { sums: Sums; uncounted: boolean };

/** By paying organisation and programme: what was booked, without what corrects another year, with what corrects this. */
type Books = Record<"booked" | "fromEarlier" | "intoLater", readonly FigureCell[]>;

/** A publication of before, and the books as they stood at its position. */
export type Earlier = { table: PublicTable; sensitive: readonly string[]; books: Books };

export type Making = {
  lines: readonly PublicLine[];
  payers: readonly Payer[];
  programmes: readonly Programme[];
  /** Everything published of the year before, withdrawn or not: somebody may have kept it. */
  earlier: readonly Earlier[];
} & Books &
  Pick<PublicTable, "year" | "definition" | "licence" | "contact">;

export const keyOf = (line: string, programme: string): string => `${line} ${programme}`;

/** A job fair is of employers and posts: nobody's aid can be told from it. */
const NOT_PEOPLE: readonly string[] = ["employers", "sessions", "posts"];

const minus = (sums: Sums): Sums =>
  Object.fromEntries(
    Object.entries(sums).map(([name, value]) => [
      name,
      typeof value === "bigint" ? -value : -value,
    ]),
  ) as Sums;

const isEmpty = ({ sums }: Cell): boolean =>
  sums.amountFen === 0n &&
  sums.records === 0 &&
  sums.reversals === 0 &&
  PUBLIC_COUNTS.every((unit) => sums[unit] === 0);

const isCounted = (sums: Sums): boolean => PUBLIC_COUNTS.some((unit) => sums[unit] !== 0);

/** The cells of the lines, each correction in the year of what it corrects. */
function restated(payers: readonly Payer[], books: Books): Map<string, Sums> {
  const { booked, fromEarlier, intoLater } = books;
  const lineOf = new Map(payers.map(({ organisation, line }) => [organisation, line]));
  const cells = new Map<string, Sums>();
  const take = (rows: readonly FigureCell[], of: (sums: Sums) => Sums) => {
    for (const row of rows) {
      const line = lineOf.get(row.organisation ?? "");
      if (line === undefined) throw new Error(`No line for ${row.organisation ?? "nobody"}.`);
      const key = keyOf(line, row.programme ?? "");
      cells.set(key, addSums(cells.get(key) ?? emptySums(), of(sumsOfCell(row))));
    }
  };
  take(booked, (sums) => sums);
  take(fromEarlier, minus);
  take(intoLater, (sums) => sums);
  return cells;
}

type Laid = { shape: Shape; cells: Cell[]; keys: string[] };

/** The table with its sums, in the order that suppression counts in. */
function layOut(
  making: Pick<Making, "lines" | "payers">,
  programmes: readonly Programme[],
  books: Books,
): Laid {
  const leaves = making.lines.filter(({ kind }) => kind === "county" || kind === "own");
  const shape: Shape = {
    rows: leaves.map(({ line, prefecture }) => ({ code: line, group: prefecture })),
    groups: making.lines.flatMap(({ kind, line }) => (kind === "prefecture" ? [line] : [])),
    columns: programmes.map(({ code }) => code),
  };
  const found = restated(making.payers, books);
  const unit = new Map(programmes.map(({ code, mainUnit }) => [code, mainUnit]));
  const parts = new Map(shape.rows.map(({ code, group }) => [code, group]));
  const spots = spotsOf(shape);
  const cells = spots.map((): Cell => ({ sums: emptySums(), uncounted: false }));
  spots.forEach(({ line, column, level }, at) => {
    const cell = cells[at];
    if (!cell) return;
    const lines =
      level === "line"
        ? [line]
        : shape.rows.flatMap(({ code }) =>
            level === "whole" || parts.get(code) === line ? [code] : [],
          );
    for (const code of lines)
      for (const programme of column === WHOLE ? shape.columns : [column]) {
        const sums = found.get(keyOf(code, programme));
        if (!sums) continue;
        addSums(cell.sums, sums);
        const none = !isCounted(sums) && !isEmpty({ sums, uncounted: false });
        if (none && !NOT_PEOPLE.includes(unit.get(programme) ?? "")) cell.uncounted = true;
      }
  });
  const root = making.lines.find(({ kind }) => kind === "province")?.line ?? ALL;
  return {
    shape,
    cells,
    keys: spots.map(({ line, column, level }) => keyOf(level === "whole" ? root : line, column)),
  };
}

const isFew = (count: number): boolean => count !== 0 && Math.abs(count) < FEW;

/** Of one to four, of fewer than none, or of people whom nobody counted. */
function tellsOfSomebody({ sums, uncounted }: Cell): boolean {
  const counts = PUBLIC_COUNTS.map((unit) => sums[unit]);
  return counts.some((count) => isFew(count) || count < 0) || (uncounted && !isCounted(sums));
}

/** Changed since, and by so few that both together would tell of them; or its money alone, which is one voucher's. */
function movedByFew({ sums: now }: Cell, { sums: then }: Cell): boolean {
  const moved = PUBLIC_COUNTS.map((unit) => Math.abs(now[unit] - then[unit]));
  return (
    Math.max(...moved) < FEW &&
    (now.amountFen !== then.amountFen || moved.some((count) => count > 0))
  );
}

/** What is to be kept, and what is hidden whatever comes: it was before. */
function judge({ cells, keys }: Laid, earlier: readonly (Earlier & { cells: Cell[] })[]) {
  const before = earlier.map(({ table, sensitive, cells: then }) => ({
    hidden: new Set(
      table.cells.flatMap((cell) => (cell.hidden ? [keyOf(cell.line, cell.programme)] : [])),
    ),
    sensitive: new Set(sensitive),
    then,
  }));
  const nothing: Cell = { sums: emptySums(), uncounted: false };
  const sensitive = cells.map((cell, at) => {
    const key = keys[at] ?? "";
    if (isEmpty(cell)) return false;
    return (
      tellsOfSomebody(cell) ||
      before.some((one) => one.sensitive.has(key) || movedByFew(cell, one.then[at] ?? nothing))
    );
  });
  const hiddenThen = (key: string) => before.some(({ hidden }) => hidden.has(key));
  return {
    sensitive,
    kept: cells.map((cell, at) => !isEmpty(cell) && hiddenThen(keys[at] ?? "")),
  };
}

/** Of how few, in whichever way they were counted. */
const fewest = ({ sums }: Cell): number => {
  const counts = PUBLIC_COUNTS.map((unit) => Math.abs(sums[unit])).filter((count) => count > 0);
  return counts.length > 0 ? Math.min(...counts) : FEW;
};

/** Counts are five wide; money is five times what one of them got, so that a known rate tells no more than a count. */
function layersOf({ shape, cells }: Laid, sensitive: readonly boolean[]): Layer[] {
  const fen = cells.map(({ sums }) => Number(sums.amountFen));
  if (!fen.every(Number.isSafeInteger)) throw new RangeError("A sum is beyond whole numbers.");
  const withheld = spotsOf(shape).map(({ column }) => column === WHOLE);
  return [
    {
      values: fen,
      need: cells.map((cell, at) =>
        sensitive[at] ? FEW * Math.max(1, Math.ceil(Math.abs(fen[at] ?? 0) / fewest(cell))) : 0,
      ),
    },
    ...PUBLIC_COUNTS.map((unit: PublicCount): Layer => {
      const values = cells.map(({ sums }) => sums[unit]);
      const need = values.map((value, at) =>
        sensitive[at] && value !== 0 && !withheld[at] ? FEW : 0,
      );
      return { values, need, withheld };
    }),
  ];
}

function cellOf(
  { sums }: Cell,
  [line = "", programme = ""]: string[],
  hidden: boolean,
): PublicCell {
  if (hidden) return { line, programme, hidden };
  const { records, unvalued, withoutMoney, amountFen } = sums;
  const nothingPriced = amountFen === 0n && unvalued > 0 && unvalued + withoutMoney === records;
  const count = (unit: PublicCount) => (programme === ALL || sums[unit] === 0 ? null : sums[unit]);
  return {
    ...{ line, programme, hidden },
    amountFen: nothingPriced ? null : amountFen.toString(),
    unpriced: unvalued > 0,
    ...{ households: count("households"), persons: count("persons") },
    ...{ personTimes: count("personTimes"), packs: count("packs") },
  };
}

/** What everybody may read of a year, and which of the hidden cells are of too few. */
export function makePublicTable(making: Making): { table: PublicTable; sensitive: string[] } {
  const used = new Set(
    [making, ...making.earlier.map(({ books }) => books)].flatMap(({ booked, intoLater }) =>
      [...booked, ...intoLater].map((row) => row.programme),
    ),
  );
  const programmes = making.programmes.filter(({ code }) => used.has(code));
  const laid = layOut(making, programmes, making);
  const { cells, keys, shape } = laid;
  const { sensitive, kept } = judge(
    laid,
    making.earlier.map((one) => ({ ...one, cells: layOut(making, programmes, one.books).cells })),
  );
  const table: Table = {
    ...{ shape, sensitive, kept },
    layers: layersOf(laid, sensitive),
    sole: cells.map(({ sums }) => PUBLIC_COUNTS.some((unit) => sums[unit] === 1)),
    empty: cells.map(isEmpty),
    people: cells.map(({ sums }) => Math.max(...PUBLIC_COUNTS.map((unit) => sums[unit]))),
  };
  const { hidden } = protect(table);
  const { year, definition, licence, contact, lines } = making;
  return {
    table: {
      ...{ format: 1, year, definition, licence, contact },
      lines: [...lines],
      programmes: programmes.map(({ code, nameZh, nameEn, season }) => ({
        ...{ code, nameZh, nameEn, season },
      })),
      cells: cells.flatMap((cell, at) =>
        isEmpty(cell) ? [] : [cellOf(cell, (keys[at] ?? "").split(" "), hidden[at] ?? false)],
      ),
    },
    sensitive: keys.filter((_, at) => sensitive[at]),
  };
}
