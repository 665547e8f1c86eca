import { chineseDigits, chineseNumber } from "./chinese-number";
import { isCivilDate, type CivilDate } from "./fiscal-year";
import { visibleText } from "./typed-text";

/** `format`: not a date; `noDay`: a month without a day; `noSuchDay`: 30 February; `absurd`: no year of this ledger. */
export type DateReading =
  | { kind: "empty" }
  | { kind: "date"; date: CivilDate; future: boolean }
  | { kind: "unread"; reason: "format" | "noDay" | "noSuchDay" | "absurd" | "dayOrMonth" };

/** What is said of a day that cannot be read, by its key among the errors of fields. */
export const DATE_PROBLEM = {
  format: "date",
  noDay: "dateNoDay",
  noSuchDay: "dateNone",
  absurd: "dateAbsurd",
  dayOrMonth: "dateOrder",
} as const;

/** Of a period: what a month alone means at its beginning and at its end. */
export type Edge = "day" | "first" | "last";

const FIRST_YEAR = 2000;
const LAST_YEAR = 2099;

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const DAYS_AGO: Record<string, number> = {
  今天: 0,
  今日: 0,
  today: 0,
  昨天: 1,
  昨日: 1,
  yesterday: 1,
  前天: 2,
  "the day before yesterday": 2,
  大前天: 3,
};

type Parts = { year: string; month: string; day: string };

const OF_ORDER: readonly RegExp[] = [
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  /^(?<year>\d{4}|\d{2})年(?<month>\d{1,2})月(?:(?<day>\d{1,2})[日号]?)?$/,
  /^(?<year>\d{4})(?<sign>[-/.])(?<month>\d{1,2})(?:\k<sign>(?<day>\d{1,2}))?$/,
  /^(?<year>\d{2})(?<sign>[-/.])(?<month>\d{1,2})\k<sign>(?<day>\d{1,2})$/,
  /^(?<month>\d{1,2})月(?:(?<day>\d{1,2})[日号]?)?$/,
  /^(?<month>\d{1,2})[-/.](?<day>\d{1,2})$/,
  /^(?<day>\d{1,2})[日号]$/,
];

const NAME = "(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[.]?";
const DAY = "(?<day>\\d{1,2})(?:st|nd|rd|th)?";
const IN_ENGLISH: readonly RegExp[] = [
  new RegExp(`^${DAY} ?(?:of )?${NAME}(?:,? ?(?<year>\\d{4}))?$`, "i"),
  new RegExp(`^${NAME} ?${DAY}(?:,? ?(?<year>\\d{4}))?$`, "i"),
  new RegExp(`^${NAME} ?(?<year>\\d{4})$`, "i"),
];

/** 二〇二六年八月二十八日 with the digits that the patterns know. */
function inDigits(text: string): string {
  return text
    .replace(/^([〇零一二三四五六七八九]{2,4})(?=年)/, (year) => chineseDigits(year) ?? year)
    .replace(/[一二三四五六七八九十]{1,3}(?=[月日号])/g, (words) =>
      String(chineseNumber(words) ?? words),
    );
}

function partsOf(text: string): Parts | null {
  const close = inDigits(text.replace(/ +/g, ""));
  for (const order of OF_ORDER) {
    const found = order.exec(close)?.groups;
    if (found) return { year: "", month: "", day: "", ...defined(found) };
  }
  for (const order of IN_ENGLISH) {
    const { name, ...found } = order.exec(text)?.groups ?? {};
    if (!name) continue;
    const month = String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
    return { year: "", day: "", ...defined(found), month };
  }
  return null;
}

function defined(groups: Record<string, string | undefined>): Partial<Parts> {
  return Object.fromEntries(Object.entries(groups).filter(([, value]) => value !== undefined));
}

function civil(year: number, month: number, day: number): CivilDate | null {
  const date = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  return isCivilDate(date) ? date : null;
}

function daysBefore(today: CivilDate, days: number): CivilDate {
  const [year = 0, month = 0, day = 0] = today.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day - days)).toISOString().slice(0, 10);
}

/** What is entered has happened: a day without its year, or its month, is the latest one up to today. */
function latest({ month, day }: Parts, today: CivilDate): CivilDate | null {
  const [year = 0, thisMonth = 0] = today.split("-").map(Number);
  if (month !== "") {
    // 29 February may lie four years back
    for (let back = 0; back <= 4; back++) {
      const date = civil(year - back, Number(month), Number(day));
      if (date !== null && date <= today) return date;
    }
    return null;
  }
  for (let back = 0; back <= 2; back++) {
    const months = year * 12 + thisMonth - 1 - back;
    const date = civil(Math.floor(months / 12), (months % 12) + 1, Number(day));
    if (date !== null && date <= today) return date;
  }
  return null;
}

/** A month that was named without a day, at its beginning or its end. */
function edgeOf(parts: Parts, today: CivilDate, edge: "first" | "last"): Parts {
  const [thisYear = 0, thisMonth = 0] = today.split("-").map(Number);
  const month = Number(parts.month);
  const year = parts.year === "" ? thisYear - (month > thisMonth ? 1 : 0) : Number(parts.year);
  const day = edge === "first" ? 1 : new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year: String(year), month: parts.month, day: String(day) };
}

/**
 * Reads a day as it is written on vouchers: 2026.8.28 · 2026年8月28日 · 20260828 · 8.28 · 28日 · 昨天 ·
 * 28 Aug 2026 · yesterday. A day to come is read, and said to be one; 8/28/2026 and 28/8/2026 are not
 * told apart and so refused.
 */
export function readDate(text: string, today: CivilDate, edge: Edge = "day"): DateReading {
  const visible = visibleText(text);
  if (visible === "") return { kind: "empty" };
  const ago = DAYS_AGO[visible.toLowerCase()];
  if (ago !== undefined) return { kind: "date", date: daysBefore(today, ago), future: false };
  if (/^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$/.test(visible))
    return { kind: "unread", reason: "dayOrMonth" };
  const written = partsOf(visible);
  if (written === null) return { kind: "unread", reason: "format" };
  if (written.year.length === 2) written.year = `20${written.year}`;
  if (written.day === "" && edge === "day") return { kind: "unread", reason: "noDay" };
  const parts = written.day === "" && edge !== "day" ? edgeOf(written, today, edge) : written;
  const { year } = parts;
  if (year !== "" && (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR))
    return { kind: "unread", reason: "absurd" };
  const date =
    year === ""
      ? latest(parts, today)
      : civil(Number(year), Number(parts.month), Number(parts.day));
  if (date === null) return { kind: "unread", reason: "noSuchDay" };
  return { kind: "date", date, future: date > today };
}

/** Bounds of days in an address, as they were typed: read where they can be, and left to be refused where not. */
export function readDays<T>(
  search: Record<string, T>,
  today: CivilDate,
  edges: Record<string, Edge>,
): Record<string, T | string> {
  const days = Object.entries(edges).flatMap(([name, edge]) => {
    const text = search[name];
    const read = typeof text === "string" ? readDate(text, today, edge) : null;
    return read?.kind === "date" ? [[name, read.date]] : [];
  });
  return { ...search, ...(Object.fromEntries(days) as Record<string, string>) };
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: CivilDate): number {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
}
