import type { AppError } from "@/lib/kernel/app-error";
import { capitalAmount } from "@/lib/kernel/capital-amount";
import { COUNT_UNITS, type CountUnit, type Counts } from "@/lib/kernel/counts";
import type { Locale } from "@/lib/kernel/preferences";
import { dayText, listText, moneyText } from "@/lib/kernel/written";
import type { Names } from "@/lib/features/reference/present";
import type { DisbursementDetail, DisbursementRow, Refusal, Round, StepView } from "./types";

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

type Said = NonNullable<Round["changes"]>["after"];
type Words = {
  names: Names;
  label: (key: string, values?: Record<string, number>) => string;
  locale: Locale;
};

const CODED = ["programme", "campaign", "aidCategory", "recipientKind"] as const;
const WORDED = ["form", "amountKind"] as const;
const DATED = ["paidOn", "periodFrom", "periodTo"] as const;
const isOne = <T extends string>(list: readonly T[], field: string): field is T =>
  list.some((one) => one === field);

/** A field as a reader knows it, always in yuan; "—" where nothing stood. */
function saidText(said: Said, field: keyof Said, { names, label, locale }: Words): string {
  const value = said[field];
  if (value === null || value === undefined || value === "") return "—";
  const list = (parts: string[]) => listText(parts, locale) || "—";
  if (isOne(CODED, field)) return names[field](String(value));
  if (isOne(WORDED, field)) return label(`${field}.${String(value)}`);
  if (isOne(DATED, field)) return dayText(String(value), locale);
  if (field.endsWith("Fen")) return moneyText(String(value), "yuan");
  if (field === "counts")
    return list(
      countsInOrder(said.counts ?? {}).map(({ unit, count }) =>
        label(`counted.${unit}`, { count }),
      ),
    );
  if (field === "shares")
    return list(
      (said.shares ?? []).map(
        ({ fundSource, amountFen }) =>
        [names.fundSource(fundSource), amountFen && moneyText(amountFen, "yuan")].filter(Boolean).join(" "), // prettier-ignore
      ),
    );
  if (field === "rate" && said.rate)
    return [moneyText(said.rate.unitFen, "yuan"), said.rate.count, said.rate.times].join(" × ");
  return String(value as string | number);
}

export type ChangedText = { field: string; before: string; after: string };

/** What differs between two submissions, a line a field. */
export function changedTexts(changes: Round["changes"], words: Words): ChangedText[] {
  if (!changes) return [];
  const fields = Object.keys(changes.after) as (keyof Said)[];
  return fields.map((field) => ({
    field: words.label(`field.${field}`),
    before: saidText(changes.before, field, words),
    after: saidText(changes.after, field, words),
  }));
}

/** The step that sent it back, where nothing was done since. */
export function returnOf({
  status,
  steps,
}: Pick<DisbursementDetail, "status" | "steps">): StepView | null {
  const last = steps.at(-1);
  return status === "returned" && last?.action === "return" ? last : null;
}

/** Why one of a set was refused, as its answer says it. */
export function refusalOf(refused: AppError | undefined): Refusal {
  const said = Object.entries(refused?.fieldErrors ?? {});
  return {
    code: refused?.code ?? null,
    problems: said.flatMap(([path, faults]) =>
      faults.map(({ key, values = {} }) => ({ path, key, values })),
    ),
  };
}
