import type { CivilDate } from "./fiscal-year";
import { formatFen, type MoneyUnit } from "./money";
import type { Locale } from "./preferences";

/** Clock time in China, which is one zone: "2026-11-22 17:06:24". */
export function clockTime(at: string): string {
  const china = new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString();
  return `${china.slice(0, 10)} ${china.slice(11, 19)}`;
}

/** "153,900.00" or "15.39"; the unit stands beside it, never inside. */
export function moneyText(fen: string | bigint, unit: MoneyUnit): string {
  return formatFen(BigInt(fen), { unit, exact: true });
}

const MONTHS_EN = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** 2026年8月28日 / 28 August 2026. Works on the text: no time zone can shift a civil date. */
export function dayText(date: CivilDate, locale: Locale): string {
  const [year = "", month = "", day = ""] = date.split("-");
  if (locale === "en") return `${Number(day)} ${MONTHS_EN[Number(month) - 1] ?? month} ${year}`;
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** 8月28日 / 28 August, of "08-28" or of a whole date: the day as every year has it. */
export function monthDayText(date: string, locale: Locale): string {
  const [month = "", day = ""] = date.slice(-5).split("-");
  if (locale === "en") return `${Number(day)} ${MONTHS_EN[Number(month) - 1] ?? month}`;
  return `${Number(month)}月${Number(day)}日`;
}

/** 2026年8月 / August 2026. */
export function monthText(date: CivilDate, locale: Locale): string {
  const [year = "", month = ""] = date.split("-");
  if (locale === "en") return `${MONTHS_EN[Number(month) - 1] ?? month} ${year}`;
  return `${year}年${Number(month)}月`;
}

/** A wall clock in China: 2026-08-28 10:12. */
export function momentText(instant: string): string {
  const shifted = new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}

export function wholeText(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** Things side by side, with the mark of the language between them. */
export function listText(parts: readonly (string | number)[], locale: Locale): string {
  return parts.join(locale === "en" ? ", " : "、");
}

/** 11、12、1、2 rather than 1、2、11、12: a winter is one season. */
export function monthsText(months: readonly number[], locale: Locale): string {
  const start = months.find((month) => !months.includes(month === 1 ? 12 : month - 1)) ?? 1;
  const order = (month: number) => (month - start + 12) % 12;
  return listText(
    [...months].sort((a, b) => order(a) - order(b)),
    locale,
  );
}
