import type { Coded, Reference } from "@/lib/features/reference/types";
import { capitalAmount } from "@/lib/kernel/capital-amount";
import { COUNT_UNITS, type CountUnit, type Counts } from "@/lib/kernel/counts";
import type { CivilDate } from "@/lib/kernel/fiscal-year";
import { formatFen, type MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import type { DisbursementRow, Finding } from "./types";

export function nameOf(coded: Pick<Coded, "nameZh" | "nameEn">, locale: Locale): string {
  return locale === "en" ? coded.nameEn : coded.nameZh;
}

/** Code → name, per list; an unknown code shows itself rather than nothing. */
export type Names = {
  organisation: (code: string) => string;
  programme: (code: string) => string;
  aidCategory: (code: string) => string;
  recipientKind: (code: string) => string;
  fundSource: (code: string) => string;
  campaign: (code: string) => string;
};

export function namesOf(reference: Reference, locale: Locale): Names {
  const lookup = (list: readonly Coded[]) => {
    const names = new Map(list.map((item) => [item.code, nameOf(item, locale)]));
    return (code: string) => names.get(code) ?? code;
  };
  return {
    organisation: lookup(reference.organisations),
    programme: lookup(reference.programmes),
    aidCategory: lookup(reference.aidCategories),
    recipientKind: lookup(reference.recipientKinds),
    fundSource: lookup(reference.fundSources),
    campaign: lookup(reference.campaigns),
  };
}

/** "153,900.00" or "15.39"; the unit stands beside it, never inside. */
export function moneyText(fen: string | bigint, unit: MoneyUnit): string {
  return formatFen(BigInt(fen), { unit, exact: true });
}

/** Rounded to two places, for a headline; the figure it opens is exact. */
export function headlineText(fen: string | bigint, unit: MoneyUnit): string {
  return formatFen(BigInt(fen), { unit });
}

export type AmountText =
  | { kind: "missing" }
  | { kind: "unvalued" }
  | { kind: "exact" | "estimated"; text: string; wording: string | null };

/** An unvalued record has no figure, which is not a zero; an estimated one keeps its wording. */
export function amountText(
  row: Pick<DisbursementRow, "amountFen" | "amountKind" | "amountWording">,
  unit: MoneyUnit,
): AmountText {
  if (row.amountKind === "unvalued") return { kind: "unvalued" };
  if (row.amountFen === null) return { kind: "missing" };
  return {
    kind: row.amountKind,
    text: moneyText(row.amountFen, unit),
    wording: row.amountKind === "estimated" ? row.amountWording : null,
  };
}

export function capitalText(row: Pick<DisbursementRow, "amountFen">): string | null {
  return row.amountFen === null ? null : capitalAmount(BigInt(row.amountFen));
}

const MONTHS_EN = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

/** 2026年8月28日 / 28 August 2026. Works on the text: no time zone can shift a civil date. */
export function dayText(date: CivilDate, locale: Locale): string {
  const [year = "", month = "", day = ""] = date.split("-");
  if (locale === "en") return `${Number(day)} ${MONTHS_EN[Number(month) - 1] ?? month} ${year}`;
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** A wall clock in China: 2026-08-28 10:12. */
export function momentText(instant: string): string {
  const shifted = new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
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

export function wholeText(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** 11、12、1、2 rather than 1、2、11、12: a winter is one season. */
export function monthsText(months: readonly number[], locale: Locale): string {
  const start = months.find((month) => !months.includes(month === 1 ? 12 : month - 1)) ?? 1;
  const order = (month: number) => (month - start + 12) % 12;
  return [...months].sort((a, b) => order(a) - order(b)).join(locale === "en" ? ", " : "、");
}

/** A finding with the values its sentence shows: names for codes, grouped yuan for fen. */
export type ShownFinding = Finding & { shown: Record<string, string | number> };

export function shownFindings(
  findings: readonly Finding[],
  words: { names: Names; label: (key: string) => string; locale: Locale },
): ShownFinding[] {
  const { names, label, locale } = words;
  const shown = (name: string, value: string | number): string | number => {
    const text = String(value);
    if (name.endsWith("Fen")) return /^-?\d+$/.test(text) ? formatFen(BigInt(text)) : "—";
    if (name === "fundSource") return names.fundSource(text);
    if (name === "programme") return names.programme(text);
    if (name === "form") return label(`form.${text}`);
    if (name === "months") return monthsText(text.split(",").map(Number), locale);
    if (name === "unit") return label(`countUnit.${text}`);
    return typeof value === "number" && name !== "year" ? wholeText(value) : text;
  };
  return findings.map((finding) => ({
    ...finding,
    shown: Object.fromEntries(
      Object.entries(finding.values).map(([name, value]) => [name, shown(name, value)]),
    ),
  }));
}

export function openFindings<F extends Finding>(
  findings: readonly F[],
): { hard: F[]; unanswered: F[] } {
  return {
    hard: findings.filter((finding) => finding.level === "hard"),
    unanswered: findings.filter((finding) => finding.level === "soft" && finding.answer === null),
  };
}
