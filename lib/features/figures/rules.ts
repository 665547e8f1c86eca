import { COUNT_UNITS, eachCount } from "@/lib/kernel/counts";
import type { Axis, Balance, FigureRow, Figures, Measure, Totals } from "./types";

/** One group of records while it is being summed: money as bigint fen. */
export type Sums = { amountFen: bigint } & Record<SumCount, number>;

/**
 * What is counted beside the money. Corrections net: an approved reversal takes a record out of `records` and of the
 * kind of its amount; `reversals` says how many there were.
 */
export const SUM_COUNTS = [
  "records",
  "unvalued",
  "estimated",
  "withoutMoney",
  "reversals",
  ...COUNT_UNITS,
] as const;
type SumCount = (typeof SUM_COUNTS)[number];

/** A row of figures that also says of which kinds of amount its records are. */
export type FigureCell = FigureRow & Record<Exclude<SumCount, keyof FigureRow>, number>;

const NOTHING: Sums = {
  amountFen: 0n,
  records: 0,
  unvalued: 0,
  estimated: 0,
  withoutMoney: 0,
  reversals: 0,
  ...eachCount(() => 0),
};

/** Lines in the ledger. None of them is nothing; some of them that sum to zero are a zero. */
export const vouchersOf = (sums: Pick<Sums, "records" | "reversals">): number =>
  sums.records + 2 * sums.reversals;

export const emptySums = (): Sums => ({ ...NOTHING });

/** Adds `more` into `into`; each count unit only ever to itself. */
export function addSums(into: Sums, more: Sums): Sums {
  into.amountFen += more.amountFen;
  for (const name of SUM_COUNTS) into[name] += more[name];
  return into;
}

export function sumsOfCell(cell: FigureCell): Sums {
  const sums = emptySums();
  sums.amountFen = BigInt(cell.amountFen);
  for (const name of SUM_COUNTS) sums[name] = cell[name];
  return sums;
}

export function totalsOf(sums: Sums): Totals {
  const { amountFen, records } = sums;
  return { amountFen: amountFen.toString(), records, ...eachCount((unit) => sums[unit]) };
}

/** 到位 / 支出 / 结余: what is left may be negative, and is shown so. */
export function balanceOf(receivedFen: bigint, spentFen: bigint) {
  return {
    receivedFen: receivedFen.toString(),
    spentFen: spentFen.toString(),
    balanceFen: (receivedFen - spentFen).toString(),
  };
}

type Received = { code: string; received: bigint };

/** Every place of `received`, in its order, with what it spent; places with neither are left out. */
export function balanceRows(
  groupBy: "organisation" | "prefecture" | "fundSource",
  received: readonly Received[],
  spentRows: readonly FigureCell[],
): Pick<Balance, "rows" | "totals"> {
  const spent = new Map(spentRows.map((row) => [row[groupBy], BigInt(row.amountFen)]));
  const lines = received.map((row) => ({ ...row, spent: spent.get(row.code) ?? 0n }));
  const sum = (pick: (line: (typeof lines)[number]) => bigint) =>
    lines.reduce((total, line) => total + pick(line), 0n);
  return {
    rows: lines
      .filter((line) => line.received !== 0n || line.spent !== 0n)
      .map((line) => ({ [groupBy]: line.code, ...balanceOf(line.received, line.spent) })),
    totals: balanceOf(
      sum((line) => line.received),
      sum((line) => line.spent),
    ),
  };
}

type Picked = Omit<Figures, "rows" | "totals"> & {
  rows: Partial<FigureRow>[];
  totals: Partial<Totals>;
};

/** The axes asked for and the measures asked for, nothing else. */
export function pickMeasures(
  figures: Figures,
  groupBy: readonly Axis[],
  measures: readonly Measure[],
): Picked {
  const keep = [...groupBy, ...measures];
  const pick = <T extends object>(row: T) => {
    const picked: Partial<T> = {};
    for (const name of keep as (keyof T)[]) if (name in row) picked[name] = row[name];
    return picked;
  };
  return { ...figures, rows: figures.rows.map(pick), totals: pick(figures.totals) };
}
