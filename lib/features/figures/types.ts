import { COUNT_UNITS, type CountUnit } from "@/lib/kernel/counts";
import type { FenText, MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";

/** `organisation` is the paying organisation itself; `prefecture` gathers its subtree. */
export const AXES = [
  "organisation",
  "prefecture",
  "programme",
  "year",
  "month",
  "fundSource",
  "aidCategory",
  "recipientKind",
  "campaign",
  "form",
] as const;
export type Axis = (typeof AXES)[number];

export const MEASURES = ["amountFen", "records", ...COUNT_UNITS] as const;
export type Measure = (typeof MEASURES)[number];

/** Of the sums, what was handed in with a roster; asked for by name. The share is of the money, to a tenth of a percent. */
export const NAMED_SUMS = ["namedRecords", "namedFen", "namedPersons", "namedHouseholds"] as const;
export const NAMED_MEASURES = [...NAMED_SUMS, "namedPermille"] as const;
export type NamedMeasure = (typeof NAMED_MEASURES)[number];
export type Named = { namedFen: FenText } & Record<
  Exclude<(typeof NAMED_SUMS)[number], "namedFen">,
  number
>;

/** Sums of the records counted. `amountFen` is exact to the fen; counts never add across types. */
export type Totals = { amountFen: FenText; records: number } & Record<CountUnit, number>;

/** The axis values are codes; `month` is 0–12. */
export type FigureRow = Partial<Record<Exclude<Axis, "month" | "year">, string>> & {
  month?: number;
  year?: number;
} & Totals;

/** The part of the year before that stands beside a year, both days counted in; 12 = all of it. */
export type ComparedPeriod = { from: string; to: string; throughMonth: number };

/** A row beside the year before: null where a side is not known, the rate also on a zero base. */
export type Change = {
  previousFen: FenText | null;
  changeFen: FenText | null;
  changePermille: number | null;
};

type Say = (key: string, values?: Record<string, string | number>) => string;

/** The words of a page or a file of figures: those of the dashboard, of coded values, and of what the whole product shares. */
export type FigureWords = {
  locale: Locale;
  unit: MoneyUnit;
  dashboard: Say;
  labels: Say;
  common: Say;
};

/** How many records of a sum have no amount, and how many were taken out again by a correction. */
type KindsOfAmount = { unvalued: number; withoutMoney: number; reversals: number };

/** What a total does not contain, counted under the same filter. What waits is counted of every programme. */
export type LeftOut = {
  draft: number;
  submitted: number;
  returned: number;
  /** Counted among the records, but without an amount (goods and services not priced yet). */
  unvalued: number;
  /** Counted with an estimated amount ("61.58万余元"): inside the total, worth saying. */
  estimated: number;
  /** Counted among the records; there is no amount to them (不涉及资金). */
  withoutMoney: number;
  /** Contributory programmes, unless asked for by name. */
  contributory: { records: number; amountFen: FenText } & KindsOfAmount;
  /**
   * Of a statistics year alone: records of both civil years it lies in whose month nobody knows. They are in none;
   * `waiting` says how many more of them are not approved yet.
   */
  unplaced?: ({ records: number; amountFen: FenText; waiting: number } & KindsOfAmount) | undefined;
};

/** Of an earlier position; null: how many waited then is not kept under this filter. */
export type LeftOutThen = Omit<LeftOut, Waiting | "unplaced"> &
  Record<Waiting, number | null> & {
    unplaced?:
      (Omit<NonNullable<LeftOut["unplaced"]>, "waiting"> & { waiting: number | null }) | undefined;
  };
type Waiting = "draft" | "submitted" | "returned";

/** Where in the chain an answer stands: its last entry's time and position, and by which rules it counts. */
export type Standing = { asOf: string; seq: number; definition: number };

export type Figures = { rows: FigureRow[]; totals: Totals; leftOut: LeftOut } & Standing;

/**
 * 到位 / 支出 / 结余. `receivedFen` null: nothing is recorded; `spentFen` null: no record, or none that has an amount
 * (the counts say which); `balanceFen` null: a side is unknown.
 */
export type BalanceSums = {
  receivedFen: FenText | null;
  spentFen: FenText | null;
  balanceFen: FenText | null;
  /** 执行率: spent ÷ received of the organisations that have a balance; null where there is none, or nothing was received. */
  executedPermille: number | null;
  records: number;
  unvalued: number;
  withoutMoney: number;
  reversals: number;
};
type BalanceRow = BalanceSums & {
  organisation?: string;
  prefecture?: string;
  fundSource?: string;
};
export type Balance = {
  rows: BalanceRow[];
  /** The balance of the organisations that have one. */
  totals: BalanceSums;
  /** Organisations whose balance is unknown: no receipt is recorded, or nothing they spent is priced. */
  leftOut: { withoutReceipts: number; unpriced: number };
} & Standing;
