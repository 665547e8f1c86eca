import type { CivilDate } from "./fiscal-year";

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
