/** Civil dates are "YYYY-MM-DD" strings everywhere outside the database; no time zone can shift them. */
export type CivilDate = string;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isCivilDate(text: string): boolean {
  const match = DAY.exec(text);
  if (!match) return false;
  const [, y, m, d] = match.map(Number) as [number, number, number, number];
  // a day or a month that there is not comes out in another month
  return y >= 1949 && new Date(Date.UTC(y, m - 1, d)).getUTCMonth() === m - 1;
}

export function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4));
}

/** The civil date of an instant in China (UTC+8, no daylight saving time since 1991). */
export function civilDateInChina(instant: Date): CivilDate {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** The year a record belongs to: that of its day, else of the end of its period. */
export function fiscalYearOf(dates: {
  paidOn?: CivilDate | null;
  periodTo?: CivilDate | null;
}): number | null {
  const date = dates.paidOn ?? dates.periodTo;
  return date ? yearOf(date) : null;
}

const lastOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The same day so many months on; 31 January → 28 February, and the end of a month stays its end. */
export function monthsAfter(date: CivilDate, months: number): CivilDate {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const ahead = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(ahead / 12), (ahead % 12) + 1];
  const last = lastOf(toYear, toMonth);
  const toDay = day === lastOf(year, month) ? last : Math.min(day, last);
  return `${toYear}-${String(toMonth).padStart(2, "0")}-${String(toDay).padStart(2, "0")}`;
}

export const monthAfter = (date: CivilDate): CivilDate => monthsAfter(date, 1);

/** 1–12, or 0 where neither a day nor a single month is known (月份不详). Mirrors guard.disbursement_month. */
export function monthOf(dates: {
  paidOn?: CivilDate | null;
  periodFrom?: CivilDate | null;
  periodTo?: CivilDate | null;
}): number {
  if (dates.paidOn) return Number(dates.paidOn.slice(5, 7));
  const { periodFrom: from, periodTo: to } = dates;
  return from && to && from.slice(0, 7) === to.slice(0, 7) ? Number(to.slice(5, 7)) : 0;
}
