import { isCivilDate } from "./fiscal-year";

export type SeriesStep = "day" | "month";

/** 08 stays of two digits, and so does 2026-12-05 throughout; 2026.12.5 has none to keep. */
const twoDigits = (sign: string, ...parts: readonly string[]) =>
  parts.some((part) => part.startsWith("0")) ||
  (sign === "-" && parts.every((part) => part.length === 2));
const written = (value: number, two: boolean) => String(value).padStart(two ? 2 : 1, "0");

type Day = { year: number; month: number; day: number };

function daysOn({ year, month, day }: Day, days: number): Day {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** From the first day each time, so that the 31st is the 31st again after a shorter month. */
function monthsOn({ year, month, day }: Day, months: number): Day {
  const at = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(at / 12), (((at % 12) + 12) % 12) + 1];
  const last = new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate();
  return { year: toYear, month: toMonth, day: Math.min(day, last) };
}

const FULL = /^(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})([日号]?)$/;
const MONTH = /^(?:(20\d{2})([-/年]))?(\d{1,2})(月)?$/;

/** 2026-01-31 · 2026.1.31 · 2026年1月31日, in its own writing. */
function nextDay(text: string, n: number, step: SeriesStep): string | null {
  const [, year = "", a = "", month = "", b = "", day = "", c = ""] = FULL.exec(text) ?? [];
  if (year === "" || !isCivilDate(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`))
    return null;
  const from = { year: Number(year), month: Number(month), day: Number(day) };
  const to = step === "day" ? daysOn(from, n) : monthsOn(from, n);
  const two = twoDigits(a, month, day);
  return `${to.year}${a}${written(to.month, two)}${b}${written(to.day, two)}${c}`;
}

/** 2026年8月 · 2026-08 · 8月. A month without its year goes round. */
function nextMonth(text: string, n: number): string | null {
  const [, year, sign = "", month = "", word = ""] = MONTH.exec(text) ?? [];
  const known = Number(month) >= 1 && Number(month) <= 12;
  if (!known || (year === undefined && word === "")) return null;
  const to = monthsOn({ year: Number(year ?? 2000), month: Number(month), day: 1 }, n);
  return `${year === undefined ? "" : `${to.year}${sign}`}${written(to.month, twoDigits(sign, month))}${word}`;
}

/** 第3批 → 第4批. A sum is no series, and a long number names something. */
function nextNumber(text: string, n: number): string | null {
  const [, before = "", digits = "", after = ""] =
    /^(.*第)(\d{1,6})(\D*)$/.exec(text) ?? /^()(\d{1,6})([批期次轮届]\D*)$/.exec(text) ?? [];
  return digits === ""
    ? null
    : `${before}${String(Number(digits) + n).padStart(digits.length, "0")}${after}`;
}

/** The `n`th text after this one: the next day or month of a date, 第3批 → 第4批; what is no series is copied. */
export function inSeries(text: string, n: number, step: SeriesStep): string {
  const clean = text.trim();
  return nextDay(clean, n, step) ?? nextMonth(clean, n) ?? nextNumber(clean, n) ?? text;
}
