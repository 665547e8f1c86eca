import { NAMED_STATES, type FigureFilter } from "@/lib/features/filter/types";
import { AXES, type Axis } from "@/lib/features/figures/types";
import { AID_FORMS, AMOUNT_KINDS, STATUSES } from "@/lib/kernel/record-codes";
import { AID_CATEGORIES, FUND_SOURCES, RECIPIENT_KINDS } from "@/prisma/seed/data/axes";
import { PROGRAMMES } from "@/prisma/seed/data/programmes";
import type { Dice } from "./office";

/** Where the records of a drawn ledger lie, and places of which nothing is recorded. */
export const DRAWN_PLACES = ["630000", "630100", "630104", "630123", "632222", "630000-I03"];
const ORGS = ["630000", "630100", "632200", "630104", "630123", "632222", "630200", "630000-I03"];
const PREFECTURES = ["630000", "630100", "632200", "630200"];
const DRAWN_YEARS = [2024, 2025, 2026];
const LAST_DAY = "28";

/** What a filter is drawn for: everything it may say, what the dashboard can be narrowed by, or what a brief is of. */
export type Drawn = { filter: FigureFilter; kind: "any" | "page" | "brief" };

const CODES = {
  programme: PROGRAMMES.map(({ code }) => code),
  aidCategory: AID_CATEGORIES.map(([code]) => code),
  recipientKind: RECIPIENT_KINDS.map(([code]) => code),
  fundSource: FUND_SOURCES.map(([code]) => code),
};

/** One to some of a list, in its order. */
function some<T>(roll: Dice, list: readonly T[], most = list.length): T[] {
  const wanted = new Set(Array.from({ length: 1 + roll.below(most) }, () => roll.pick(list)));
  return list.filter((one) => wanted.has(one));
}

/** Each condition one time in so many; years and places most often, as people ask. */
function pageFilter(roll: Dice, campaigns: readonly string[]): FigureFilter {
  const maybe = <T>(one: number, value: () => T) => (roll.below(one) === 0 ? value() : undefined);
  return {
    year: roll.pick(DRAWN_YEARS),
    org: maybe(2, () => roll.pick(ORGS)),
    yearAxis: maybe(3, () => "statistics" as const),
    month: maybe(6, () => roll.below(13)),
    programme: maybe(4, () => some(roll, CODES.programme, 6)),
    aidCategory: maybe(6, () => some(roll, CODES.aidCategory, 8)),
    recipientKind: maybe(8, () => some(roll, CODES.recipientKind, 12)),
    fundSource: maybe(4, () => some(roll, CODES.fundSource, 8)),
    form: maybe(6, () => some(roll, AID_FORMS, 4)),
    campaign: maybe(7, () => some(roll, [...campaigns, "none"], 2)),
  };
}

function anyFilter(roll: Dice, campaigns: readonly string[]): FigureFilter {
  const maybe = <T>(one: number, value: () => T) => (roll.below(one) === 0 ? value() : undefined);
  const day = () =>
    `${roll.pick(DRAWN_YEARS)}-${String(1 + roll.below(12)).padStart(2, "0")}-${roll.pick(["01", "15", LAST_DAY])}`;
  const fen = () => String((roll.below(4) === 0 ? -1 : 1) * roll.below(40_000_000));
  const several = <T>(list: readonly T[]) =>
    roll.below(3) === 0 ? some(roll, list, 2) : undefined;
  return {
    ...pageFilter(roll, campaigns),
    year: maybe(2, () => roll.pick(DRAWN_YEARS)),
    org: maybe(4, () => several(ORGS) ?? roll.pick(ORGS)),
    organisation: maybe(6, () => several(DRAWN_PLACES) ?? roll.pick(DRAWN_PLACES)),
    prefecture: maybe(6, () => several(PREFECTURES) ?? roll.pick(PREFECTURES)),
    throughMonth: maybe(8, () => roll.below(13)),
    status: maybe(4, () => some(roll, STATUSES, 3)),
    amountKind: maybe(7, () => some(roll, AMOUNT_KINDS, 2)),
    named: maybe(8, () => roll.pick(NAMED_STATES)),
    paidFrom: maybe(9, day),
    paidTo: maybe(9, day),
    amountFrom: maybe(9, fen),
    amountTo: maybe(9, fen),
    corrects: maybe(12, () => (roll.below(2) === 0 ? "earlier" : roll.pick(DRAWN_YEARS))),
  }; // prettier-ignore
}

export function drawFilter(roll: Dice, campaigns: readonly string[]): Drawn {
  const chance = roll.below(100);
  if (chance < 12)
    return { kind: "brief", filter: { year: roll.pick(DRAWN_YEARS), org: roll.pick(ORGS) } };
  if (chance < 45) return { kind: "page", filter: pageFilter(roll, campaigns) };
  return { kind: "any", filter: anyFilter(roll, campaigns) };
}

/** Two different axes a cross table can have. */
export function drawAxes(roll: Dice): [Exclude<Axis, "year">, Exclude<Axis, "year">] {
  const axes = AXES.filter((axis) => axis !== "year");
  const rows = roll.pick(axes);
  return [rows, roll.pick(axes.filter((axis) => axis !== rows))];
}
