import { COUNT_UNITS, eachCount } from "@/lib/kernel/counts";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import { knownDifference, knownFen, knownSum, type Counted, type Known } from "@/lib/kernel/known";
import { changePermille, permilleOf, type FenText } from "@/lib/kernel/money";
import type { Origin } from "@/lib/kernel/record-codes";
import {
  civilYearOf,
  monthsOfYear,
  placeOfMonth,
  spanOfYear,
  yearOn,
  type YearAxis,
} from "@/lib/kernel/year-axis";
import type {
  Axis,
  Balance,
  BalanceSums,
  Change,
  ComparedPeriod,
  FigureRow,
  Figures,
  LeftOut,
  LeftOutThen,
  Named,
  Standing,
  Totals,
} from "./types";

/**
 * Raised where a rule of counting changes: figures of two definitions differ without any record having moved, and are
 * never set against each other as if one had.
 */
export const FIGURE_DEFINITION = 1;

/** One group of records while it is being summed: money as bigint fen. */
export type Sums = { amountFen: bigint; namedFen: bigint } & Record<SumCount, number>;

/**
 * What is counted beside the money. Corrections net: an approved reversal takes a record out of `records` and of the
 * kind of its amount; `reversals` says how many there were.
 */
const SUM_COUNTS = [
  "records",
  "unvalued",
  "estimated",
  "withoutMoney",
  "reversals",
  "namedRecords",
  "namedPersons",
  "namedHouseholds",
  ...COUNT_UNITS,
] as const;
type SumCount = (typeof SUM_COUNTS)[number];

/** A row of figures that also says of which kinds of amount its records are, and what of it is named. */
export type FigureCell = FigureRow & Named & Record<Exclude<SumCount, keyof FigureRow>, number>;

const NOTHING: Sums = {
  amountFen: 0n,
  records: 0,
  unvalued: 0,
  estimated: 0,
  withoutMoney: 0,
  reversals: 0,
  namedRecords: 0,
  namedFen: 0n,
  namedPersons: 0,
  namedHouseholds: 0,
  ...eachCount(() => 0),
};

export type Answer = Omit<Figures, "rows"> & {
  rows: FigureCell[];
  /** How many of the total's vouchers are reversals: see vouchersOf. */
  reversals: number;
  /** Of the totals, what was handed in with a roster. */
  named: Named;
  /** Vouchers of the whole list: those of the total, what it leaves out, and where no status is asked for all others. */
  listed: number;
  /** False: narrowed to what history does not keep of records that waited; see leftOutThen. */
  waitingKnown: boolean;
};

/** The sum of an answer, with the kinds of amounts its records have. */
export function wholeOf({
  totals,
  leftOut,
  reversals,
}: Pick<Answer, "totals" | "reversals"> & {
  leftOut: Pick<LeftOut, "unvalued" | "withoutMoney">;
}) {
  const { unvalued, withoutMoney } = leftOut;
  return { ...totals, unvalued, withoutMoney, reversals };
}

/** Lines in the ledger. None of them is nothing; some of them that sum to zero are a zero. */
export const vouchersOf = (sums: Pick<Sums, "records" | "reversals">): number =>
  sums.records + 2 * sums.reversals;

export const emptySums = (): Sums => ({ ...NOTHING });

/** Adds `more` into `into`; each count unit only ever to itself. */
export function addSums(into: Sums, more: Sums): Sums {
  into.amountFen += more.amountFen;
  into.namedFen += more.namedFen;
  for (const name of SUM_COUNTS) into[name] += more[name];
  return into;
}

export function sumsOfCell(cell: FigureCell): Sums {
  const sums = emptySums();
  sums.amountFen = BigInt(cell.amountFen);
  sums.namedFen = BigInt(cell.namedFen);
  for (const name of SUM_COUNTS) sums[name] = cell[name];
  return sums;
}

export type Part = "row" | "total" | "draft" | "submitted" | "returned" | "voided" | "contributory" | Unplaced; // prettier-ignore
type Unplaced = "unplaced" | "unplacedWaiting";
/** A line of the one statement: its sums, and its values on the axes. */
export type CellRow = { at: number; part: Part; keys: string[] } & Record<keyof Sums, bigint>;

export function sumsOf(row: CellRow): Sums {
  const sums = emptySums();
  sums.amountFen = row.amountFen;
  sums.namedFen = row.namedFen;
  for (const name of SUM_COUNTS) sums[name] = Number(row[name]);
  return sums;
}

export function cellOf(row: CellRow, groupBy: readonly Axis[]): FigureCell {
  const cell: FigureCell = {
    ...emptySums(),
    amountFen: row.amountFen.toString(),
    namedFen: row.namedFen.toString(),
  };
  for (const name of SUM_COUNTS) cell[name] = Number(row[name]);
  groupBy.forEach((axis, i) => {
    if (axis === "month" || axis === "year") cell[axis] = Number(row.keys[i]);
    else cell[axis] = row.keys[i] ?? "";
  });
  return cell;
}

export function leftOutOf(rows: CellRow[], totals: Sums, unplaced: boolean): LeftOut {
  const waiting = (part: Part) => Number(rows.find((row) => row.part === part)?.records ?? 0n);
  const apart = (part: Part): LeftOut["contributory"] => {
    const row = rows.find((one) => one.part === part);
    const { records, amountFen, unvalued, withoutMoney, reversals } = row ? sumsOf(row) : NOTHING;
    return { records, amountFen: amountFen.toString(), unvalued, withoutMoney, reversals };
  };
  return {
    draft: waiting("draft"),
    submitted: waiting("submitted"),
    returned: waiting("returned"),
    unvalued: totals.unvalued,
    estimated: totals.estimated,
    withoutMoney: totals.withoutMoney,
    contributory: apart("contributory"),
    ...(unplaced && {
      unplaced: { ...apart("unplaced"), waiting: waiting("unplacedWaiting") },
    }),
  };
}

/** What an answer leaves out; of an earlier position what waited may not be known, which is no zero. */
export function leftOutThen({
  leftOut,
  waitingKnown,
}: Pick<Answer, "leftOut" | "waitingKnown">): LeftOutThen {
  if (waitingKnown) return leftOut;
  const { unplaced } = leftOut;
  return {
    ...leftOut,
    ...{ draft: null, submitted: null, returned: null },
    ...(unplaced && { unplaced: { ...unplaced, waiting: null } }),
  };
}

export function totalsOf(sums: Sums): Totals {
  const { amountFen, records } = sums;
  return { amountFen: amountFen.toString(), records, ...eachCount((unit) => sums[unit]) };
}

export function namedOf(sums: Sums): Named {
  const { namedRecords, namedFen, namedPersons, namedHouseholds } = sums;
  return { namedRecords, namedFen: namedFen.toString(), namedPersons, namedHouseholds };
}

/**
 * 实名率: of the money, what was handed in with a roster. Null where nothing was spent, or nobody knows how much; and
 * where corrections took out so much of either that it is no part of the other.
 */
export function namedPermille(sums: { amountFen: FenText; namedFen: FenText }): number | null {
  const [part, whole] = [BigInt(sums.namedFen), BigInt(sums.amountFen)];
  const permille = part < 0n || part > whole ? null : permilleOf(part, whole);
  return permille === null ? null : Number(permille);
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

/** Received and left of those of which both are known. */
type Settled = { received: bigint | null; left: bigint | null };
const settled = ({ received, left }: Account): Settled => ({
  received: left === null ? null : received,
  left,
});

/** 执行率: spent ÷ received to a tenth of a percent, of those of which both are known. */
function executed({ received, left }: Settled): number | null {
  if (received === null || left === null || received <= 0n) return null;
  const spent = (received - left) * 2000n;
  return Number((spent + (spent < 0n ? -received : received)) / (2n * received));
}

function balanceSums(received: bigint | null, sums: Counted, of: Settled): BalanceSums {
  const spent = knownSum(sums);
  const { records, unvalued, withoutMoney, reversals } = sums;
  return {
    receivedFen: text(received),
    spentFen: text(spent.kind === "money" ? spent.fen : null),
    balanceFen: text(of.left),
    executedPermille: executed(of),
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
): Omit<Balance, keyof Standing> {
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
      .map(({ account }) => settled(account))
      .reduce<Settled>(
        (sum, { received, left }) => ({
          received: plus(sum.received, received),
          left: plus(sum.left, left),
        }),
        { received: null, left: null },
      );
  const lines = [...rows].filter(([, row]) => row.received !== null || vouchersOf(row.spent) !== 0);
  if (axis !== "fundSource") lines.sort(([a], [b]) => (a < b ? -1 : 1));
  const without = [...homes.values()].filter(({ account }) => account.left === null);
  return {
    rows: lines.map(([code, row]) => ({
      [axis]: code,
      ...balanceSums(row.received, row.spent, axis === "fundSource" ? settled(row) : within(code)),
    })),
    totals: balanceSums(total.received, spending.total, within()),
    leftOut: {
      withoutReceipts: without.filter(({ account }) => account.received === null && account.paid)
        .length,
      unpriced: without.filter(({ account }) => account.received !== null).length,
    },
  };
}

/** By which cells the spending of a balance is asked for: it is known or not organisation by organisation. */
export const balanceAxes = (groupBy: BalanceAxis): Axis[] => [
  ...new Set<Axis>([groupBy, "organisation"]),
];

/** What a year is compared with: the same completed months of the year before, all of it, or nothing. */
export const COMPARES = ["same-period", "full-year", "none"] as const;
export type Compare = (typeof COMPARES)[number];

/**
 * Which part of the year before stands beside a year. Of a year under way the completed months alone; null where there
 * is nothing to compare: no month is complete, or the year is still to come.
 */
export function comparedPeriod(
  year: number,
  today: CivilDate,
  compare: Compare,
  yearAxis?: YearAxis,
): ComparedPeriod | null {
  const current = yearOn(yearAxis, today);
  const begun = placeOfMonth(yearAxis, Number(today.slice(5, 7)));
  const completed = year < current ? 12 : year > current ? 0 : begun - 1;
  const months = compare === "none" ? 0 : compare === "full-year" ? 12 : completed;
  const throughMonth = monthsOfYear(yearAxis)[months - 1];
  if (throughMonth === undefined) return null;
  const civil = civilYearOf(yearAxis, year - 1, throughMonth);
  const end = new Date(Date.UTC(civil, throughMonth, 0)).toISOString().slice(0, 10);
  return { from: spanOfYear(yearAxis, year - 1).from, to: end, throughMonth };
}

/** A whole year has records of unknown months among them, a part of it cannot. */
export function monthsOf({ from, throughMonth }: ComparedPeriod): number | undefined {
  const yearAxis = from.endsWith("-01-01") ? "calendar" : "statistics";
  return placeOfMonth(yearAxis, throughMonth) === 12 ? undefined : throughMonth;
}

/** Which kinds of records a year is made of. */
export type Origins = { any: boolean; demo: boolean; published: boolean };

/** Invented and real records say nothing about each other: no increase is worked out between them. */
export const yearsCompare = (now: Origins, before: Origins): boolean =>
  !now.any || !before.any || now.demo === before.demo;

export const originOf = ({ demo, published }: Origins): Origin =>
  demo ? "demo" : published ? "published" : "entered";

export const CHANGES = ["previousFen", "changeFen", "changePermille"] as const;

/** Base, increase and rate of an amount; null where a side is not known, the rate also on a zero base. */
export function changeFrom(base: Known, now: Known): Change {
  const previousFen = base.kind === "money" ? base.fen.toString() : null;
  const increase = knownDifference(now, base);
  if (increase.kind !== "money" || base.kind !== "money")
    return { previousFen, changeFen: null, changePermille: null };
  const permille = changePermille(base.fen + increase.fen, base.fen);
  return {
    previousFen,
    changeFen: increase.fen.toString(),
    changePermille: permille === null ? null : Number(permille),
  };
}

/** Nothing paid is a zero beside what was paid the year before, and nothing beside nothing. */
export const comparedSum = (sum: Counted | null): Known =>
  sum === null ? knownFen(0n) : knownSum(sum);

type Sides = Record<"whole" | "same" | "last", Answer>;

/** Each row of a year beside the same of the year before, those that only the year before has among them. */
export function compareAnswers(groupBy: readonly Axis[], { whole, same, last }: Sides) {
  const keyOf = (row: FigureCell) =>
    groupBy.map((axis) => (axis === "year" ? "" : row[axis])).join(" ");
  const byKey = (answer: Answer) => new Map(answer.rows.map((row) => [keyOf(row), row]));
  const [present, now, before] = [byKey(whole), byKey(same), byKey(last)];
  const gone = last.rows
    .filter((row) => !present.has(keyOf(row)))
    .map((row) => ({ ...row, ...totalsOf(emptySums()), ...namedOf(emptySums()) }));
  return {
    ...whole,
    rows: [...whole.rows, ...gone].map((row) => ({
      ...row,
      ...changeFrom(
        knownSum(before.get(keyOf(row)) ?? null),
        comparedSum(now.get(keyOf(row)) ?? null),
      ),
    })),
    totals: {
      ...whole.totals,
      ...changeFrom(knownSum(wholeOf(last)), comparedSum(wholeOf(same))),
    },
  };
}
