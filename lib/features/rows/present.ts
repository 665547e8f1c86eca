import { entryOf } from "@/lib/features/entry/present";
import type { EntryRecord } from "@/lib/features/entry/types";
import type { Names } from "@/lib/features/reference/present";
import { readCount } from "@/lib/kernel/count-reading";
import { COUNT_UNITS } from "@/lib/kernel/counts";
import { readDate } from "@/lib/kernel/date-reading";
import { monthsAfter, yearOf, type CivilDate } from "@/lib/kernel/fiscal-year";
import { formatFen } from "@/lib/kernel/money";
import { KNOWN_WORDS } from "@/lib/kernel/known";
import type { Locale } from "@/lib/kernel/preferences";
import { rateProduct } from "@/lib/kernel/rate-basis";
import { hasAmount } from "@/lib/kernel/record-codes";
import { formWord } from "./labels";
import type { RowColumn, RowTexts } from "./types";

/** The amount where nothing else makes it: a rate or two parts that are changed change it with them. */
function amountText(record: EntryRecord, locale: Locale): string {
  const { amountFen, amountKind, rate, cashFen, goodsFen } = record;
  if (!hasAmount(amountKind)) return KNOWN_WORDS[locale][amountKind];
  if (amountFen === null) return "";
  const fen = BigInt(amountFen);
  const byRate = rate && rateProduct({ ...rate, unitFen: BigInt(rate.unitFen) }) === fen;
  const byParts =
    cashFen !== null && goodsFen !== null && BigInt(cashFen) + BigInt(goodsFen) === fen;
  if (byRate || (record.form === "mixed" && byParts)) return "";
  return `${amountKind === "estimated" ? (locale === "en" ? "about " : "约") : ""}${formatFen(fen)}`;
}

/** A record as a row of text, with the names as they are shown; words of its own (a note) stay with it. */
export function rowOf(
  record: EntryRecord,
  { names, locale }: { names: Names; locale: Locale },
): RowTexts {
  const values = entryOf(record);
  const named = (name: (code: string) => string, code: string) => (code === "" ? "" : name(code));
  const texts: RowTexts = {
    organisation: names.organisation(values.organisation),
    programme: names.programme(values.programme),
    campaign: named(names.campaign, values.campaign),
    aidCategory: named(names.aidCategory, values.aidCategory),
    recipientKind: named(names.recipientKind, values.recipientKind),
    form: record.form === null ? "" : formWord(record.form, locale),
    paidOn: values.paidOn,
    periodFrom: values.periodFrom,
    periodTo: values.periodTo,
    amount: amountText(record, locale),
    cash: values.cash,
    goods: values.goods,
    rateUnit: values.rateUnit,
    rateCount: values.rateCount,
    rateTimes: values.rateTimes,
    rateNote: values.rateNote,
  };
  for (const unit of COUNT_UNITS) texts[unit] = values.counts[unit];
  values.shares.forEach(({ fundSource, amount }, at) => {
    texts[`fundSource${at + 1}`] = named(names.fundSource, fundSource);
    texts[`shareAmount${at + 1}`] = amount;
  });
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ""));
}

const DATES = ["paidOn", "periodFrom", "periodTo"] as const satisfies RowColumn[];
type Dates = Partial<Record<(typeof DATES)[number], CivilDate>>;

const DAY_MS = 86_400_000;
const daysOf = ({ periodFrom, periodTo }: Dates): number | null =>
  periodFrom && periodTo ? (Date.parse(periodTo) - Date.parse(periodFrom)) / DAY_MS + 1 : null;

/** The days that a row names, as far as they can be read. */
function datesOf(texts: RowTexts, today: CivilDate): Dates {
  const read = DATES.flatMap((name) => {
    const edge = name === "paidOn" ? "day" : name === "periodFrom" ? "first" : "last";
    const date = readDate(texts[name] ?? "", today, edge);
    return date.kind === "date" ? [[name, date.date]] : [];
  });
  return Object.fromEntries(read) as Dates;
}

/** The same row at other days; what is paid for each day of its period follows the number of days. */
function at(texts: RowTexts, before: Dates, dates: Dates): RowTexts {
  const { paidOn: _paid, periodFrom: _from, periodTo: _to, ...rest } = texts;
  const moved: RowTexts = { ...rest, ...dates };
  const [was, is] = [daysOf(before), daysOf(dates)];
  const times = readCount(texts.rateTimes ?? "");
  if (is !== null && times.kind === "count" && times.count === was) moved.rateTimes = String(is);
  return moved;
}

const shifted = (dates: Dates, months: number): Dates =>
  Object.fromEntries(
    Object.entries(dates).map(([name, date]) => [name, monthsAfter(date, months)]),
  );

/** The same row a month or a year on; the end of a month stays its end. A day that cannot be read stays as it is. */
export function movedOn(texts: RowTexts, by: "month" | "year", today: CivilDate): RowTexts {
  const dates = datesOf(texts, today);
  const unread = Object.fromEntries(
    DATES.flatMap((name) => (texts[name] && !dates[name] ? [[name, texts[name]]] : [])),
  ) as RowTexts;
  return { ...at(texts, dates, shifted(dates, by === "month" ? 1 : 12)), ...unread };
}

/**
 * Twelve rows of one, a month each, in the year that it names: its day or its days within each month; where it names
 * none, or more than a month, each month from its first day to its last.
 */
export function twelveMonths(texts: RowTexts, today: CivilDate): RowTexts[] {
  const dates = datesOf(texts, today);
  const [first, last] = [dates.paidOn ?? dates.periodFrom, dates.paidOn ?? dates.periodTo];
  const year = yearOf(last ?? today);
  const within = first && last && first.slice(0, 7) === last.slice(0, 7);
  const january: Dates = { periodFrom: `${year}-01-01`, periodTo: `${year}-01-31` };
  const base: Dates = within ? dates : january;
  const from = within ? Number(first.slice(5, 7)) : 1;
  return Array.from({ length: 12 }, (_, month) =>
    at(texts, dates, shifted(base, month + 1 - from)),
  );
}
