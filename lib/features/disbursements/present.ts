import { capitalAmount } from "@/lib/kernel/capital-amount";
import { COUNT_UNITS, type CountUnit, type Counts } from "@/lib/kernel/counts";
import type { Locale } from "@/lib/kernel/preferences";
import { dayText } from "@/lib/kernel/written";
import type { DisbursementRow } from "./types";

export function capitalText(row: Pick<DisbursementRow, "amountFen">): string | null {
  return row.amountFen === null ? null : capitalAmount(BigInt(row.amountFen));
}

export type WhenText =
  | { kind: "none" }
  | { kind: "day"; day: string }
  /** `monthUnknown`: by-month figures show the record as 月份不详. */
  | { kind: "period"; from: string; to: string; monthUnknown: boolean };

export function whenText(
  row: Pick<DisbursementRow, "paidOn" | "periodFrom" | "periodTo" | "month">,
  locale: Locale,
): WhenText {
  if (row.paidOn) return { kind: "day", day: dayText(row.paidOn, locale) };
  if (!row.periodFrom && !row.periodTo) return { kind: "none" };
  const from = row.periodFrom ?? row.periodTo ?? "";
  const to = row.periodTo ?? row.periodFrom ?? "";
  return {
    kind: "period",
    from: dayText(from, locale),
    to: dayText(to, locale),
    monthUnknown: row.month === 0,
  };
}

/** The day a list shows: the day itself, or the whole period in figures. */
export function whenShort(
  row: Pick<DisbursementRow, "paidOn" | "periodFrom" | "periodTo">,
): string | null {
  if (row.paidOn) return row.paidOn;
  if (!row.periodFrom || !row.periodTo) return row.periodFrom ?? row.periodTo;
  return `${row.periodFrom} – ${row.periodTo}`;
}

/** Counted units in their fixed order, the programme's main unit first; "3 户 9 人" stands side by side. */
export function countsInOrder(
  counts: Counts,
  mainUnit?: CountUnit,
): { unit: CountUnit; count: number }[] {
  const others = COUNT_UNITS.filter((unit) => unit !== mainUnit);
  return (mainUnit ? [mainUnit, ...others] : others).flatMap((unit) => {
    const count = counts[unit];
    return count === undefined ? [] : [{ unit, count }];
  });
}
