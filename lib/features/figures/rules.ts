import { COUNT_UNITS, eachCount } from "@/lib/kernel/counts";
import { knownSum, type Counted } from "@/lib/kernel/known";
import type { Axis, Balance, BalanceSums, FigureRow, Figures, Measure, Totals } from "./types";

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

/** Money received; null = none is recorded. */
type Received = { code: string; organisation: string | null; received: bigint | null };
type BalanceAxis = "organisation" | "prefecture" | "fundSource";

const plus = (sum: bigint | null, more: bigint | null) =>
  more === null ? sum : (sum ?? 0n) + more;
const text = (fen: bigint | null) => fen?.toString() ?? null;

/** 到位 / 支出 / 结余 of one row or organisation while it is being summed. */
class Account {
  received: bigint | null = null;
  readonly spent = emptySums();

  /** Money went out, whether its amount is known or not. */
  get paid(): boolean {
    return ["money", "unvalued"].includes(knownSum(this.spent).kind);
  }

  /** Null where a side is unknown: nothing received is recorded, or what was spent is not priced. */
  get left(): bigint | null {
    const spent = knownSum(this.spent);
    if (this.received === null || spent.kind === "unvalued") return null;
    return this.received - (spent.kind === "money" ? spent.fen : 0n);
  }
}

function balanceSums(received: bigint | null, sums: Counted, left: bigint | null): BalanceSums {
  const spent = knownSum(sums);
  const { records, unvalued, withoutMoney, reversals } = sums;
  return {
    receivedFen: text(received),
    spentFen: text(spent.kind === "money" ? spent.fen : null),
    balanceFen: text(left),
    ...{ records, unvalued, withoutMoney, reversals },
  };
}

/** The spending of a balance: its cells, and their sum, in which a record of several sources counts once. */
type Spending = { rows: readonly FigureCell[]; total: Counted };

/**
 * Received beside spent, from cells by `axis` and organisation. A balance exists for an organisation of which both
 * sides are known; places and the total add up those, and `leftOut` says of how many organisations there is none.
 */
export function balanceRows(
  axis: BalanceAxis,
  received: readonly Received[],
  spending: Spending,
): Omit<Balance, "asOf"> {
  const rows = new Map<string, Account>();
  const homes = new Map<string, { code: string; account: Account }>();
  const total = new Account();
  const accounts = (code: string, organisation: string | null): Account[] => {
    const row = rows.get(code) ?? new Account();
    rows.set(code, row);
    if (organisation === null) return [row];
    const home = homes.get(organisation) ?? { code, account: new Account() };
    homes.set(organisation, home);
    return [row, home.account, total];
  };
  for (const { code, organisation, received: fen } of received)
    for (const account of accounts(code, organisation))
      account.received = plus(account.received, fen);
  for (const cell of spending.rows)
    for (const account of accounts(cell[axis] ?? "", cell.organisation ?? null))
      addSums(account.spent, sumsOfCell(cell));
  const within = (code?: string) =>
    [...homes.values()]
      .filter((home) => code === undefined || home.code === code)
      .reduce<bigint | null>((sum, { account }) => plus(sum, account.left), null);
  const lines = [...rows].filter(([, row]) => row.received !== null || vouchersOf(row.spent) !== 0);
  if (axis !== "fundSource") lines.sort(([a], [b]) => (a < b ? -1 : 1));
  const without = [...homes.values()].filter(({ account }) => account.left === null);
  return {
    rows: lines.map(([code, row]) => ({
      [axis]: code,
      ...balanceSums(row.received, row.spent, axis === "fundSource" ? row.left : within(code)),
    })),
    totals: balanceSums(total.received, spending.total, within()),
    leftOut: {
      withoutReceipts: without.filter(({ account }) => account.received === null && account.paid)
        .length,
      unpriced: without.filter(({ account }) => account.received !== null).length,
    },
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
