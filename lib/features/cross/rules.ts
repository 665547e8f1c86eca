import { addTotals, placeRows } from "@/lib/features/figures/present";
import {
  addSums,
  emptySums,
  namedPermille,
  sumsOfCell,
  vouchersOf,
  type FigureCell,
  type Sums,
} from "@/lib/features/figures/rules";
import { codesOf } from "@/lib/features/filter/address";
import { NO_CAMPAIGN, type FigureFilter } from "@/lib/features/filter/types";
import type { Organisation, Programme, Reference } from "@/lib/features/reference/types";
import { knownSum } from "@/lib/kernel/known";
import { AID_FORMS } from "@/lib/kernel/record-codes";
import { monthsOfYear, placeOfMonth } from "@/lib/kernel/year-axis";
import {
  RATIOS,
  type Cross,
  type CrossAxis,
  type CrossCell,
  type CrossFilter,
  type CrossLine,
  type CrossMeasure,
  type CrossShape,
  type Ratio,
} from "./types";

export const CELLS_AT_MOST = 20_000;

export const isRatio = (measure: CrossMeasure): measure is Ratio => measure in RATIOS;
/** Money that adds up, over the sources of a record too: each stands with its own part. */
export const isSum = (measure: CrossMeasure): boolean =>
  measure === "amountFen" || measure === "namedFen";
export const isMoney = (measure: CrossMeasure): boolean => isSum(measure) || isRatio(measure);
/** Worked out in each cell by itself: lines add up to no total, and no cell is a part of another. */
export const isDivided = (measure: CrossMeasure): boolean =>
  measure === "namedPermille" || isRatio(measure);

/** A line, and the values of its axis that it gathers. */
export type Gathering = CrossLine & { gathers: readonly string[] };

export type Listing = {
  filter: FigureFilter;
  reference: Reference;
  /** What the reader may see, and where the filter begins among them. */
  places: readonly Organisation[];
  roots: readonly Organisation[];
  /** The axis by itself. */
  edge: readonly FigureCell[];
};

const item = (code: string, patch: FigureFilter | null, level = 0): Gathering => ({
  key: code,
  kind: "item",
  code,
  own: false,
  level,
  patch,
  gathers: [code],
});

/** Organisations as the dashboard lists them: a place above what lies in it, and what it paid itself among that. */
function placeLines({ filter, places, roots, edge }: Listing): Gathering[] {
  const narrowed = filter.organisation !== undefined || filter.prefecture !== undefined;
  const sides = { now: edge, same: edge, before: null };
  return roots.flatMap((root) => {
    const rows = placeRows({ places, root, filter, ...sides });
    return rows.flatMap((row, at): Gathering[] => {
      if (narrowed && row.now === null) return [];
      const { code, path } = row.place;
      if (row.kind === "own")
        return [{ ...item(code, { organisation: code }, row.level), key: row.key, own: true }];
      const within = places.filter((place) => place.path.startsWith(path));
      const opens = (rows[at + 1]?.level ?? 0) > row.level;
      return [
        {
          ...item(code, { org: code }, row.level),
          kind: opens ? "subtotal" : "item",
          gathers: within.map((place) => place.code),
        },
      ];
    });
  });
}

/** Programmes under their season, where it has several. */
function bySeason(programmes: readonly Programme[]): Gathering[] {
  const seasons = new Map<string, Programme[]>();
  for (const one of programmes) seasons.set(one.season, [...(seasons.get(one.season) ?? []), one]);
  const line = ({ code }: Programme, level: number) => item(code, { programme: [code] }, level);
  return [...seasons].flatMap(([season, members]): Gathering[] => {
    if (members.length === 1 || seasons.size === 1) return members.map((one) => line(one, 0));
    const codes = members.map(({ code }) => code);
    const head = { ...item(season, { programme: codes }), kind: "subtotal" as const };
    return [{ ...head, gathers: codes }, ...members.map((one) => line(one, 1))];
  });
}

const LISTS = {
  fundSource: "fundSources",
  aidCategory: "aidCategories",
  recipientKind: "recipientKinds",
} as const;

const valueOn = (axis: CrossAxis) => (cell: FigureCell) => String(cell[axis] ?? "");

/** How many months of the year are asked for. */
function monthsThrough({ yearAxis, throughMonth }: FigureFilter): number {
  if (throughMonth === undefined) return 12;
  return throughMonth === 0 ? 0 : placeOfMonth(yearAxis, throughMonth);
}

/** The lines of an axis, in its own order; what is out of use and empty, and a campaign without a record, is none. */
function listedLines(axis: CrossAxis, listing: Listing): Gathering[] {
  const { filter, reference, places, roots, edge } = listing;
  const used = new Set(edge.map(valueOn(axis)));
  const inUse = ({ code, active }: { code: string; active: boolean }) => active || used.has(code);
  const asked = filter[axis];
  const wanted = (code: string) => asked === undefined || [asked].flat().map(String).includes(code);
  if (axis === "organisation") return placeLines(listing);
  if (axis === "prefecture") {
    const codes = places
      .filter((place) => place.kind === "PREFECTURE" && inUse(place))
      .filter((place) => roots.some((root) => place.path.startsWith(root.path)))
      .map(({ code }) => code);
    const all = [...new Set([...codes, ...used])].sort();
    return all.filter(wanted).map((code) => item(code, { prefecture: code }));
  }
  if (axis === "month")
    return [...monthsOfYear(filter.yearAxis).slice(0, monthsThrough(filter)), 0]
      .filter((month) => month !== 0 || used.has("0") || filter.month === 0)
      .filter((month) => wanted(String(month)))
      .map((month) => item(String(month), { month }));
  if (axis === "form") return AID_FORMS.filter(wanted).map((form) => item(form, { form: [form] }));
  if (axis === "campaign")
    return [...reference.campaigns.map(({ code }) => code), ""]
      .filter((code) => used.has(code))
      .map((code) => item(code, { campaign: [code === "" ? NO_CAMPAIGN : code] }));
  if (axis === "programme")
    return bySeason(
      reference.programmes.filter(
        (one) => inUse(one) && wanted(one.code) && (asked !== undefined || !one.contributory),
      ),
    );
  return reference[LISTS[axis]]
    .filter((one) => inUse(one) && wanted(one.code))
    .map(({ code }) => item(code, { [axis]: [code] }));
}

/** The same, and whatever stands in the figures besides: nothing that is counted is without a line. */
function linesOf(axis: CrossAxis, listing: Listing): Gathering[] {
  const lines = listedLines(axis, listing);
  const there = new Set(lines.flatMap(({ gathers }) => gathers));
  const strange = [...new Set(listing.edge.map(valueOn(axis)))].filter((code) => !there.has(code));
  return [...lines, ...strange.map((code) => item(code, null))];
}

export const TOTAL: Gathering = { ...item("", {}), key: "total", kind: "total", gathers: [] };

/** Sums by a value on each of two axes. */
class Table {
  readonly #sums = new Map<string, Map<string, Sums>>();

  constructor(
    cells: readonly FigureCell[],
    rowOf: (cell: FigureCell) => string,
    columnOf: (cell: FigureCell) => string,
  ) {
    for (const cell of cells) {
      const row = this.#sums.get(rowOf(cell)) ?? new Map<string, Sums>();
      this.#sums.set(rowOf(cell), row);
      row.set(columnOf(cell), sumsOfCell(cell));
    }
  }

  /** Null: not one record, which is no zero. */
  at(rows: readonly string[], columns: readonly string[]): Sums | null {
    let sum: Sums | null = null;
    for (const code of rows) {
      const row = this.#sums.get(code);
      if (!row) continue;
      for (const column of columns) {
        const more = row.get(column);
        if (more) sum = addSums(sum ?? emptySums(), more);
      }
    }
    return sum;
  }
}

/** One reading of the records: cells, both edges, the corner, and the contributory programmes by themselves. */
export type CrossReading = {
  cells: readonly FigureCell[];
  rows: readonly FigureCell[];
  columns: readonly FigureCell[];
  corner: Sums;
  apart: { cells: readonly FigureCell[]; edge: readonly FigureCell[] } | null;
};

const EDGE = () => "";

/** Finds the sums of a pair of lines in the reading they belong to. */
function finder({ rows, columns }: CrossShape, reading: CrossReading) {
  const [row, column] = [valueOn(rows), valueOn(columns)];
  const inner = new Table(reading.cells, row, column);
  const rowEdge = new Table(reading.rows, row, EDGE);
  const columnEdge = new Table(reading.columns, EDGE, column);
  const apart = new Table(reading.apart?.cells ?? [], row, column);
  const apartEdge = new Table(
    reading.apart?.edge ?? [],
    rows === "programme" ? row : EDGE,
    rows === "programme" ? EDGE : column,
  );
  return (of: Gathering, by: Gathering): Sums | null => {
    const aside = of.kind === "apart" || by.kind === "apart";
    if (of.kind === "total" && by.kind === "total")
      return vouchersOf(reading.corner) === 0 ? null : reading.corner;
    if (by.kind === "total") return (aside ? apartEdge : rowEdge).at(of.gathers, [""]);
    if (of.kind === "total") return (aside ? apartEdge : columnEdge).at([""], by.gathers);
    return (aside ? apart : inner).at(of.gathers, by.gathers);
  };
}

/** Rounded half away from zero. */
function divided(fen: bigint, by: bigint): bigint {
  const size = fen < 0n ? -fen : fen;
  const rounded = (2n * size + by) / (2n * by);
  return fen < 0n ? -rounded : rounded;
}

type Valued = Pick<CrossCell, "state" | "value">;
const UNKNOWN: Valued = { state: "unknown", value: null };

function ratioOf(sums: Sums, of: Sums | null, measure: Ratio): Valued {
  const count = of?.[RATIOS[measure]] ?? 0;
  if (of === null || count <= 0) return UNKNOWN;
  const state = of.records === sums.records ? "known" : "partly";
  return { state, value: divided(of.amountFen, BigInt(count)) };
}

/** Unknown where nothing of it has an amount, or nothing that is named has. */
function namedValue(sums: Sums): Valued {
  const { namedFen, namedRecords } = sums;
  if (knownSum(sums).kind !== "money" || (namedFen === 0n && namedRecords !== 0)) return UNKNOWN;
  return { state: "known", value: namedFen };
}

function valueOf(sums: Sums, of: Sums | null, measure: CrossMeasure): Valued {
  if (isRatio(measure)) return ratioOf(sums, of, measure);
  if (measure === "namedFen") return namedValue(sums);
  if (measure === "namedPermille") {
    const { amountFen, namedFen } = sums;
    const value = namedPermille({ amountFen: String(amountFen), namedFen: String(namedFen) });
    return value === null ? UNKNOWN : { state: "known", value };
  }
  if (measure === "records") return { state: "known", value: sums.records };
  if (measure !== "amountFen")
    return sums[measure] === 0 ? UNKNOWN : { state: "known", value: sums[measure] };
  const known = knownSum(sums);
  if (known.kind === "money")
    return { state: sums.unvalued > 0 ? "partly" : "known", value: known.fen };
  return { state: known.kind === "none" ? "noMoney" : "unvalued", value: null };
}

export const isTotal = ({ kind }: Pick<CrossLine, "kind">): boolean => kind === "total";

const NOTHING: CrossCell = {
  state: "none",
  value: null,
  records: 0,
  unvalued: 0,
  estimated: 0,
  beside: 0,
  filter: null,
};

/** How far the lines of an edge come to more than the total: a record of two sources stands in two of them. */
function surplusOf(lines: readonly CrossLine[], edge: readonly CrossCell[], total: CrossCell) {
  const sum = lines.reduce(
    (sum, { kind }, at) => sum + (kind === "item" ? BigInt(edge[at]?.value ?? 0) : 0n),
    0n,
  );
  return sum - BigInt(total.value ?? 0);
}

function apartLines(axis: CrossAxis, reading: CrossReading): Gathering[] {
  if (axis !== "programme" || !reading.apart) return [];
  const codes = [...new Set(reading.apart.edge.map(valueOn(axis)))];
  return codes.map((code) => ({ ...item(code, { programme: [code] }), kind: "apart" }));
}

const dressed = ({ gathers: _gathers, ...line }: Gathering): CrossLine => line;

type Building = Omit<Listing, "edge"> & {
  filter: CrossFilter;
  shape: CrossShape;
  reading: CrossReading;
  /** The same of the records that know both sides of a ratio. */
  priced: CrossReading | null;
  earlier: readonly FigureCell[];
};

/** The lines of an edge, its total, and what stands apart. */
export const edgeLines = (
  axis: CrossAxis,
  listing: Listing,
  reading: CrossReading,
): Gathering[] => [...linesOf(axis, listing), TOTAL, ...apartLines(axis, reading)];

/** Which lines there are, before any cell is made: there may be too many. */
export function crossLines({ shape, reading, ...listing }: Omit<Building, "priced" | "earlier">) {
  return {
    rows: edgeLines(shape.rows, { ...listing, edge: reading.rows }, reading),
    columns: edgeLines(shape.columns, { ...listing, edge: reading.columns }, reading),
  };
}

/** The vouchers of a cell; of the money that is named, those alone, and none where none is. */
function opened(filter: CrossFilter, sums: Sums, measure: CrossMeasure): CrossFilter | null {
  if (measure !== "namedFen") return filter;
  return sums.namedRecords === 0 && sums.namedFen === 0n ? null : { ...filter, named: "yes" };
}

export function crossOf(
  lines: ReturnType<typeof crossLines>,
  { shape, reading, priced, earlier, filter }: Building,
): Pick<Cross, "rowLines" | "columnLines" | "cells" | "surplus" | "earlier"> {
  const { rows, columns } = lines;
  const sumsAt = finder(shape, reading);
  const pricedAt = priced && finder(shape, priced);
  const cellAt = (row: Gathering, column: Gathering): CrossCell => {
    const sums = sumsAt(row, column);
    if (sums === null || vouchersOf(sums) === 0) return NOTHING;
    const of = pricedAt?.(row, column) ?? null;
    const { records, unvalued, estimated } = sums;
    return {
      ...valueOf(sums, of, shape.measure),
      ...{ records, unvalued, estimated },
      beside: pricedAt ? records - (of?.records ?? 0) : 0,
      filter:
        row.patch &&
        column.patch &&
        opened({ ...filter, ...row.patch, ...column.patch }, sums, shape.measure),
    };
  };
  const cells = rows.map((row) => columns.map((column) => cellAt(row, column)));
  const right = columns.indexOf(TOTAL);
  const bottom = cells[rows.indexOf(TOTAL)] ?? [];
  const corner = bottom[right] ?? NOTHING;
  const edge = cells.map((row) => row[right] ?? NOTHING);
  const corrected = (line: Gathering) =>
    addTotals(
      earlier.filter(
        (cell) => line.kind === "total" || line.gathers.includes(valueOn(shape.rows)(cell)),
      ),
    );
  return {
    rowLines: rows.map(dressed),
    columnLines: columns.map(dressed),
    cells,
    surplus: isDivided(shape.measure)
      ? null
      : { rows: surplusOf(rows, edge, corner), columns: surplusOf(columns, bottom, corner) },
    earlier: rows.map(corrected),
  };
}

/** Where a filter begins: the places it names, else the outermost that the reader may see. */
export function rootsOf(places: readonly Organisation[], filter: FigureFilter): Organisation[] {
  const named = codesOf(filter.org);
  if (named.length > 0) return places.filter(({ code }) => named.includes(code));
  const codes = new Set(places.map(({ code }) => code));
  return places.filter(({ parentCode }) => parentCode === null || !codes.has(parentCode));
}

/** The sum of everything, where both edges meet. */
export const cornerCell = ({ rowLines, columnLines, cells }: Cross): CrossCell =>
  cells[rowLines.findIndex(isTotal)]?.[columnLines.findIndex(isTotal)] ?? NOTHING;
