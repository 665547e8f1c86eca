import {
  LISTED_AT_MOST,
  type Organisation,
  type PageReference,
  type Season,
} from "@/lib/features/reference/types";
import type { Actor } from "@/lib/kernel/actor";
import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import { knownFen, knownSum, knownText, type Known } from "@/lib/kernel/known";
import type { Origin } from "@/lib/kernel/record-codes";
import { monthsOfYear } from "@/lib/kernel/year-axis";
import {
  changeFrom,
  comparedSum,
  leftOutThen,
  monthsOf,
  namedPermille,
  vouchersOf,
  type FigureCell,
} from "./rules";
import { NO_CAMPAIGN, type FigureFilter } from "@/lib/features/filter/types";
import type {
  Axis,
  Balance,
  BalanceSums,
  Change as AmountChange,
  ComparedPeriod,
  FigureRow,
  Figures,
  FigureWords,
  LeftOut,
  LeftOutThen,
  Measure,
  Named,
  NamedMeasure,
  Totals,
} from "./types";

/** Figures → the rows that charts and tables of the dashboard draw, in the order of the code. */

/** One year by every axis the dashboard shows. */
export type YearFigures = {
  totals: Sum;
  /** Of the totals, what was handed in with a roster. */
  named: Named;
  leftOut: LeftOut;
  asOf: string;
  /** By paying organisation and programme. */
  byPlace: FigureCell[];
  byMonth: FigureCell[];
  byFundSource: FigureCell[];
  /** By recipient kind, aid category and form. */
  byKind: FigureCell[];
  byCampaign: FigureCell[];
};

export type DashboardView = {
  actor: Actor;
  reference: PageReference;
  /** The organisations the reader may see. */
  places: Organisation[];
  /** What the page is about; always within the reader's own subtree. */
  root: Organisation;
  filter: FigureFilter & { year: number; org: string };
  ignored: string[];
  origin: Origin;
  now: YearFigures;
  /** The part of the year that is compared; of a finished year all of it. */
  same: YearFigures;
  /** The same part of the year before; null where there is nothing to compare with. */
  before: YearFigures | null;
  compare: ComparedPeriod | null;
  /** False where one year is invented and the other is not. */
  comparable: boolean;
  /** What this year holds of corrections of earlier years: by every axis but the source, and by source. */
  earlier: { byRecord: FigureCell[]; byFundSource: FigureCell[] };
  /** Null where the filter narrows to what an allotment does not know. */
  balance: Balance | null;
  /** How the page is looked at, as its address says it beside the filter. */
  look?: Record<string, string | undefined>;
  /** 审图号: under which the outlines may be published. */
  mapReview?: string | undefined;
};

/** Totals that also say how many of their records carry no amount, and why. */
export type Sum = Totals & Pick<FigureCell, "unvalued" | "withoutMoney" | "reversals">;

/** A year beside the one before. Null = no record at all, which is not a zero. */
export type YearPair = { now: Sum | null; same: Sum | null; before: Sum | null };
export type Change = { increaseFen: bigint; permille: bigint | null };

/** 增加额 and 增幅; null where there is nothing to compare with, or one side is not priced. */
export function changeOf({ same, before }: Omit<YearPair, "now">): Change | null {
  const { changeFen, changePermille } = changeFrom(knownSum(before), comparedSum(same));
  if (changeFen === null) return null;
  return {
    increaseFen: BigInt(changeFen),
    permille: changePermille === null ? null : BigInt(changePermille),
  };
}

/** 140n → "14.0%"; a zero base prints —. */
export function permilleText(permille: bigint | null): string {
  if (permille === null) return "—";
  const size = permille < 0n ? -permille : permille;
  return `${permille < 0n ? "-" : ""}${size / 10n}.${size % 10n}%`;
}

/** What was received, spent and is left, each in its own way of being known. */
export function balanceKnown(row: BalanceSums): Record<"received" | "spent" | "left", Known> {
  return {
    received: knownFen(row.receivedFen),
    spent: knownSum({ ...row, amountFen: row.spentFen ?? 0n }),
    left: knownFen(row.balanceFen),
  };
}

/** The vouchers of the compared part of this year, or of the year before. */
export function comparedFilter(
  filter: FigureFilter,
  compare: ComparedPeriod | null,
  yearsBack: 0 | 1,
): FigureFilter {
  const throughMonth = compare ? monthsOf(compare) : undefined;
  if (filter.year === undefined || !compare) return filter;
  return { ...filter, year: filter.year - yearsBack, ...(throughMonth ? { throughMonth } : {}) };
}

const COUNTED = [
  "records",
  "unvalued",
  "withoutMoney",
  "reversals",
  ...COUNT_UNITS,
] as const satisfies (keyof Sum)[];

/** Each measure with its like; amounts stay bigint until the last. No row = null. */
export function addTotals(rows: readonly Sum[]): Sum | null {
  if (rows.length === 0) return null;
  const fen = rows.reduce((sum, row) => sum + BigInt(row.amountFen), 0n);
  const counts = COUNTED.map((unit) => [unit, rows.reduce((sum, row) => sum + row[unit], 0)]);
  return { amountFen: fen.toString(), ...Object.fromEntries(counts) } as Sum;
}

/** 含以前年度更正: what a figure holds of corrections of earlier years, in every measure they change; undefined = nothing. */
export function earlierWords(
  sum: Pick<Sum, "amountFen" | CountUnit> | null,
  words: FigureWords,
): string | undefined {
  if (sum === null) return undefined;
  const { unit, common, labels, dashboard } = words;
  const parts = COUNT_UNITS.filter((name) => sum[name] !== 0).map((name) =>
    labels(`counted.${name}`, { count: sum[name] }),
  );
  if (BigInt(sum.amountFen) !== 0n)
    parts.unshift(`${knownText(knownFen(sum.amountFen), words)} ${common(`unit.${unit}`)}`);
  if (parts.length === 0) return undefined;
  return dashboard("earlier", { parts: parts.join(dashboard("separator")) });
}

/** What contributory programmes came to, which no total of relief holds; nothing of theirs is a zero there. */
export const contributorySum = ({ contributory }: Pick<LeftOut, "contributory">): Known =>
  vouchersOf(contributory) === 0 ? knownFen(0n) : knownSum(contributory);

export type PlaceRow = YearPair & {
  key: string;
  place: Organisation;
  /** `subtree`: with everything below it; `own`: 本级, what it paid itself; `single`: has nothing below it. */
  kind: "subtree" | "own" | "single";
  level: number;
  /** Opens exactly the vouchers of this row. */
  filter: FigureFilter;
};

type Places = {
  places: readonly Organisation[];
  root: Organisation;
  filter: FigureFilter;
  now: readonly FigureCell[];
  same: readonly FigureCell[];
  before: readonly FigureCell[] | null;
};

const KIND_ORDER: Record<Organisation["kind"], number> = {
  PROVINCE: 0,
  PREFECTURE: 1,
  COUNTY: 2,
  INDUSTRIAL_UNION: 3,
  AFFILIATED_UNION: 4,
  GRASS_ROOTS: 5,
};

function inCodeOrder(left: Organisation, right: Organisation): number {
  const kind = KIND_ORDER[left.kind] - KIND_ORDER[right.kind];
  return kind !== 0 ? kind : left.code < right.code ? -1 : 1;
}

/** Sums of the rows whose paying organisation is one of `codes`. */
function pairOf(codes: ReadonlySet<string>, { now, same, before }: Places): YearPair {
  const within = (rows: readonly FigureCell[]) =>
    addTotals(rows.filter((row) => codes.has(row.organisation ?? "")));
  return { now: within(now), same: within(same), before: before && within(before) };
}

/** How many levels below the root one table has room for; the first always stands. */
function levelsIn({ places, root }: Places): number {
  const depth = ({ path }: Organisation) => path.split("/").length - root.path.split("/").length;
  const below = places.filter(({ path }) => path.startsWith(root.path)).map(depth);
  let levels = 1;
  while (
    below.includes(levels + 1) &&
    below.filter((at) => at >= 1 && at <= levels + 1).length <= LISTED_AT_MOST
  )
    levels += 1;
  return levels;
}

function rowsBelow(
  at: Organisation,
  level: number,
  input: Places & { levels: number },
): PlaceRow[] {
  const { places, filter, levels } = input;
  const { prefecture: _prefecture, organisation: _organisation, ...rest } = filter;
  const children = places.filter((place) => place.parentCode === at.code).sort(inCodeOrder);
  const own: PlaceRow = {
    ...pairOf(new Set([at.code]), input),
    key: `own-${at.code}`,
    place: at,
    kind: "own",
    level,
    filter: { ...rest, organisation: at.code },
  };
  const below = children.flatMap((place): PlaceRow[] => {
    const subtree = places.filter((other) => other.path.startsWith(place.path));
    const pair = pairOf(new Set(subtree.map((other) => other.code)), input);
    const kind = subtree.length > 1 ? "subtree" : "single";
    const row: PlaceRow = {
      ...pair,
      key: place.code,
      place,
      kind,
      level,
      filter: { ...rest, org: place.code },
    };
    if (!place.active && pair.now === null && pair.before === null) return [];
    const opens = kind === "subtree" && level + 1 < levels;
    return opens ? [row, ...rowsBelow(place, level + 1, input)] : [row];
  });
  return own.now === null && own.before === null ? below : [own, ...below];
}

/**
 * What each place below `root` paid, in the order of the administrative code; a place that paid
 * nothing keeps its line; levels that would make the table too long stay folded. The rows of one level add up to the root's total, each voucher once.
 */
export function placeRows(input: Places): PlaceRow[] {
  return rowsBelow(input.root, 0, { ...input, levels: levelsIn(input) });
}

/** The lines of each place that has places below it, under its own line; the others stand without a head. */
export function groupPlaces(
  rows: readonly PlaceRow[],
): { head: PlaceRow | null; lines: PlaceRow[] }[] {
  const groups: { head: PlaceRow | null; lines: PlaceRow[] }[] = [];
  for (const row of rows) {
    const open = groups.at(-1);
    if (row.level === 0 && row.kind === "subtree") groups.push({ head: row, lines: [] });
    else if (open && (row.level > 0 || open.head === null)) open.lines.push(row);
    else groups.push({ head: null, lines: [row] });
  }
  return groups;
}

/**
 * The first level as a chart compares it: places by themselves, unions without a place (industrial,
 * directly affiliated) as one; null where they have no record.
 */
export function firstLevel(rows: readonly PlaceRow[]): {
  places: PlaceRow[];
  unions: YearPair | null;
} {
  const first = rows.filter((row) => row.level === 0);
  const isPlace = (row: PlaceRow) => row.kind === "own" || KIND_ORDER[row.place.kind] <= 2;
  const others = first.filter((row) => !isPlace(row));
  const sum = (side: keyof YearPair) => addTotals(others.flatMap((row) => row[side] ?? []));
  const unions = { now: sum("now"), same: sum("same"), before: sum("before") };
  return {
    places: first.filter(isPlace),
    unions: unions.now === null && unions.before === null ? null : unions,
  };
}

type CodedAxis = Exclude<Axis, "organisation" | "prefecture" | "year" | "month">;

export type AxisRow = YearPair & {
  key: string;
  label: string;
  season?: Season;
  filter: FigureFilter;
};

type AxisInput = {
  axis: CodedAxis;
  /** In the order they are to stand. */
  choices: readonly { code: string; label: string; season?: Season }[];
  filter: FigureFilter;
  now: readonly FigureCell[];
  same: readonly FigureCell[];
  before: readonly FigureCell[] | null;
};

/** One row for every value that has records in either year, in the reference's own order. */
export function axisRows({ axis, choices, filter, now, same, before }: AxisInput): AxisRow[] {
  const at = (rows: readonly FigureCell[], code: string) =>
    addTotals(rows.filter((row) => row[axis] === code));
  return choices.flatMap(({ code, label, season }) => {
    const pair = { now: at(now, code), same: at(same, code), before: before && at(before, code) };
    if (pair.now === null && pair.before === null) return [];
    return [
      {
        ...pair,
        key: code,
        label,
        ...(season === undefined ? {} : { season }),
        filter: { ...filter, [axis]: [axis === "campaign" && code === "" ? NO_CAMPAIGN : code] },
      },
    ];
  });
}

export type MonthRow = YearPair & { month: number; filter: FigureFilter };

/** The months in the order of the year, then 月份不详 (0) where there is any: it never hides in a month. */
export function monthRows(
  input: Pick<AxisInput, "filter" | "now" | "same" | "before">,
): MonthRow[] {
  const { filter, now, same, before } = input;
  const at = (rows: readonly FigureCell[], month: number) =>
    addTotals(rows.filter((row) => row.month === month));
  return [...monthsOfYear(filter.yearAxis), 0].flatMap((month) => {
    const pair = {
      now: at(now, month),
      same: at(same, month),
      before: before && at(before, month),
    };
    if (month === 0 && pair.now === null && pair.before === null) return [];
    return [{ ...pair, month, filter: { ...filter, month } }];
  });
}

type Picked = Omit<Figures, "rows" | "totals" | "leftOut"> & {
  leftOut: LeftOutThen;
  rows: Partial<FigureRow & AmountChange & Measured>[];
  totals: Partial<Totals & AmountChange & Measured>;
};
type Measured = Named & { namedPermille: number | null };

/** The axes asked for and the measures asked for, nothing else. */
export function pickMeasures(
  figures: Omit<Figures, "rows" | "totals"> & {
    waitingKnown: boolean;
    named: Named;
    rows: (FigureRow & Named & Partial<AmountChange>)[];
    totals: Totals & Partial<AmountChange>;
  },
  groupBy: readonly Axis[],
  measures: readonly (Measure | NamedMeasure | keyof AmountChange)[],
): Picked {
  const keep = [...groupBy, ...measures];
  const pick = <T extends object>(row: T) => {
    const picked: Partial<T> = {};
    for (const name of keep as (keyof T)[]) if (name in row) picked[name] = row[name];
    return picked;
  };
  const { asOf, seq, definition } = figures;
  const leftOut = leftOutThen(figures);
  const measured = <T extends Totals & Named>(row: T) =>
    pick({ ...row, namedPermille: namedPermille(row) });
  return {
    rows: figures.rows.map(measured),
    totals: measured({ ...figures.totals, ...figures.named }),
    ...{ leftOut, asOf, seq, definition },
  };
}
