import { COUNT_UNITS, eachCount, type CountUnit } from "@/lib/kernel/counts";
import type { Axis, FigureRow, Figures, Measure, Totals } from "./types";

/** One group of records while it is being summed: money as bigint fen. */
export type Sums = {
  amountFen: bigint;
  records: number;
  unvalued: number;
  estimated: number;
} & Record<CountUnit, number>;

/** A row of figures that also says how many of its records carry no or an estimated amount. */
export type FigureCell = FigureRow & { unvalued: number; estimated: number };

const NOTHING: Sums = {
  amountFen: 0n,
  records: 0,
  unvalued: 0,
  estimated: 0,
  ...eachCount(() => 0),
};

export const emptySums = (): Sums => ({ ...NOTHING });

/** Adds `more` into `into`; each count unit only ever to itself. */
export function addSums(into: Sums, more: Sums): Sums {
  into.amountFen += more.amountFen;
  into.records += more.records;
  into.unvalued += more.unvalued;
  into.estimated += more.estimated;
  for (const unit of COUNT_UNITS) into[unit] += more[unit];
  return into;
}

export function sumsOfCell(cell: FigureCell): Sums {
  const sums = emptySums();
  sums.amountFen = BigInt(cell.amountFen);
  for (const name of ["records", "unvalued", "estimated", ...COUNT_UNITS] as const)
    sums[name] = cell[name];
  return sums;
}

export function totalsOf(sums: Sums): Totals {
  const { unvalued: _u, estimated: _e, amountFen, ...counts } = sums;
  return { amountFen: amountFen.toString(), ...counts };
}

/** 到位 / 支出 / 结余: what is left may be negative, and is shown so. */
export function balanceOf(receivedFen: bigint, spentFen: bigint) {
  return {
    receivedFen: receivedFen.toString(),
    spentFen: spentFen.toString(),
    balanceFen: (receivedFen - spentFen).toString(),
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
