import type { CivilDate } from "./fiscal-year";
import type { Locale } from "./preferences";

/**
 * How a year is cut: as the civil year, or as the unions' statistics have it (工会统计年度), from 1 October of the year
 * before to 30 September.
 */
export const YEAR_AXES = ["calendar", "statistics"] as const;
export type YearAxis = (typeof YEAR_AXES)[number];

const FIRST_MONTH: Record<YearAxis, number> = { calendar: 1, statistics: 10 };

/** Twelve months in the order of the year. */
export const monthsOfYear = (axis: YearAxis = "calendar"): number[] =>
  Array.from({ length: 12 }, (_, at) => ((FIRST_MONTH[axis] - 1 + at) % 12) + 1);

/** 1–12: which month of its year a month is. */
export const placeOfMonth = (axis: YearAxis = "calendar", month: number): number =>
  ((month - FIRST_MONTH[axis] + 12) % 12) + 1;

/** The civil year that a month of a year lies in. */
export const civilYearOf = (axis: YearAxis = "calendar", year: number, month: number): number =>
  month >= FIRST_MONTH[axis] && axis === "statistics" ? year - 1 : year;

/** The year that a day lies in. */
export function yearOn(axis: YearAxis = "calendar", day: CivilDate): number {
  const [year = 0, month = 0] = day.split("-").map(Number);
  return axis === "statistics" && month >= FIRST_MONTH.statistics ? year + 1 : year;
}

/** The first and the last day of a year. */
export const spanOfYear = (
  axis: YearAxis = "calendar",
  year: number,
): { from: CivilDate; to: CivilDate } =>
  axis === "statistics"
    ? { from: `${year - 1}-10-01`, to: `${year}-09-30` }
    : { from: `${year}-01-01`, to: `${year}-12-31` };

type YearWords = {
  name: Record<YearAxis, (year: number) => string>;
  span: (from: string, to: string) => string;
  /** From the first month of a year to one of its months. */
  through: Record<YearAxis, (month: number) => string>;
};

const YEAR_WORDS: Record<Locale, YearWords> = {
  "zh-CN": {
    name: { calendar: (year) => `${year} 年`, statistics: (year) => `${year} 统计年度` },
    span: (from, to) => `（${from} 至 ${to}）`,
    through: {
      calendar: (month) => `1–${month} 月`,
      statistics: (month) => (month >= 10 ? `10–${month} 月` : `10 月至次年 ${month} 月`),
    },
  },
  en: {
    name: { calendar: String, statistics: (year) => `statistics year ${year}` },
    span: (from, to) => ` (${from} to ${to})`,
    through: {
      calendar: (month) => `months 1–${month}`,
      statistics: (month) =>
        month >= 10 ? `months 10–${month}` : `month 10 to month ${month} of the next year`,
    },
  },
};

/** 2024 年; 2024 统计年度. */
export const yearName = (locale: Locale, axis: YearAxis = "calendar", year: number): string =>
  YEAR_WORDS[locale].name[axis](year);

/** The same with the months it reaches over, where its name does not say them: 2024 统计年度（2023-10 至 2024-09）. */
export function yearTitle(locale: Locale, axis: YearAxis = "calendar", year: number): string {
  const name = yearName(locale, axis, year);
  if (axis === "calendar") return name;
  const { from, to } = spanOfYear(axis, year);
  return `${name}${YEAR_WORDS[locale].span(from.slice(0, 7), to.slice(0, 7))}`;
}

/** 1–10 月; 10 月至次年 3 月. */
export const monthsThrough = (locale: Locale, axis: YearAxis = "calendar", month: number): string =>
  YEAR_WORDS[locale].through[axis](month);

/** In the name of a file: 2024, 2024统计年度. */
export const yearInName = (locale: Locale, axis: YearAxis = "calendar", year: number): string =>
  axis === "calendar" ? String(year) : locale === "en" ? `${year}-statistics` : `${year}统计年度`;
