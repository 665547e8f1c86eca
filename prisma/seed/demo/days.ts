import type { CivilDate } from "@/lib/kernel/fiscal-year";
import type { Random } from "./random";

const DAY_MS = 86_400_000;
const two = (n: number) => String(n).padStart(2, "0");

export const civil = (year: number, month: number, day: number): CivilDate =>
  `${year}-${two(month)}-${two(day)}`;
export const daysIn = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();
export const plusDays = (day: CivilDate, days: number): CivilDate =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Unions pay on Mondays to Fridays; holidays are left aside here. */
function isWeekday(day: CivilDate): boolean {
  const weekday = new Date(Date.parse(day)).getUTCDay();
  return weekday > 0 && weekday < 6;
}

/** The day itself, or the Monday after the weekend. */
export function workdayFrom(day: CivilDate): CivilDate {
  return isWeekday(day) ? day : workdayFrom(plusDays(day, 1));
}

export function weekday(random: Random, year: number, month: number, from = 1, to = 31): CivilDate {
  const last = Math.min(to, daysIn(year, month));
  const day = civil(year, month, random.int(from, last));
  if (isWeekday(day)) return day;
  // Back over the weekend unless that leaves the span.
  const back = [1, 2].map((n) => plusDays(day, -n)).find((d) => isWeekday(d) && d >= civil(year, month, from)); // prettier-ignore
  return back ?? day;
}

/** Office hours in China, 9:00 to 17:30, as an instant. */
export function officeHour(random: Random, day: CivilDate): Date {
  return new Date(Date.parse(day) + (60 + random.int(0, 510)) * 60_000 + random.int(0, 59_999));
}

/** The first day of the lunar year: 两节 payments are made in the weeks before it. */
const SPRING_FESTIVAL: Readonly<Record<number, CivilDate>> = {
  2023: "2023-01-22",
  2025: "2025-01-29",
  2026: "2026-02-17",
};

export function beforeFestival(random: Random, year: number): CivilDate {
  const festival = SPRING_FESTIVAL[year] ?? civil(year, 2, 1);
  const day = plusDays(festival, -random.int(5, 17));
  return isWeekday(day) ? day : plusDays(day, -2);
}
