import type { Answer } from "@/lib/features/figures/rules";
import { COUNT_UNITS, eachCount } from "@/lib/kernel/counts";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { ChangeSums } from "./schema";
import type { ChangesView } from "./types";

/** What is added up of a change beside the money. */
const COUNTED = [
  "records",
  "unvalued",
  "estimated",
  "withoutMoney",
  "reversals",
  ...COUNT_UNITS,
] as const;

export const nothing = (): ChangeSums => ({
  amountFen: "0",
  records: 0,
  unvalued: 0,
  estimated: 0,
  withoutMoney: 0,
  reversals: 0,
  ...eachCount(() => 0),
});

function combined(a: ChangeSums, b: ChangeSums, sign: 1 | -1): ChangeSums {
  const sum = { ...a };
  for (const unit of COUNTED) sum[unit] = a[unit] + sign * b[unit];
  return {
    ...sum,
    amountFen: (BigInt(a.amountFen) + BigInt(sign) * BigInt(b.amountFen)).toString(),
  };
}

export const plus = (a: ChangeSums, b: ChangeSums): ChangeSums => combined(a, b, 1);
export const minus = (a: ChangeSums, b: ChangeSums): ChangeSums => combined(a, b, -1);

export const isSame = (a: ChangeSums, b: ChangeSums): boolean =>
  BigInt(a.amountFen) === BigInt(b.amountFen) && COUNTED.every((unit) => a[unit] === b[unit]);

/** Of a whole answer, as a change would say it. */
export function sumsOf({
  totals,
  leftOut,
  reversals,
}: Pick<Answer, "totals" | "leftOut" | "reversals">): ChangeSums {
  const { unvalued, estimated, withoutMoney } = leftOut;
  return { ...totals, unvalued, estimated, withoutMoney, reversals };
}

/** Beginnings that people ask for, as China's midnights: of today, a week ago, of this month and of this year. */
export function startsOf(today: CivilDate): ChangesView["starts"] {
  const week = new Date(Date.parse(`${today}T00:00:00Z`) - 7 * 86_400_000).toISOString();
  const days = {
    today,
    week: week.slice(0, 10),
    month: `${today.slice(0, 8)}01`,
    year: `${today.slice(0, 5)}01-01`,
  };
  return (["today", "week", "month", "year"] as const).map((key) => ({
    key,
    since: `${days[key]}T00:00:00+08:00`,
  }));
}
