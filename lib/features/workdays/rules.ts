import type { FieldErrors } from "@/lib/kernel/app-error";

/** 1 for Monday to 7 for Sunday. @param day YYYY-MM-DD */
const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

type Days = { restDays: readonly string[]; workDays: readonly string[] };

/** What cannot be of that year: the database refuses it too (guard.before_workday_year), without naming the day. */
export function workdayFaults(year: number, { restDays, workDays }: Days): FieldErrors {
  const faults: FieldErrors = {};
  const look = (field: "restDays" | "workDays", days: readonly string[], key: string, fits: (day: string) => boolean) => {
    const other = days.find((day) => !day.startsWith(`${year}-`));
    const strange = days.find((day) => !fits(day));
    if (other) faults[field] = [{ key: "otherYear", values: { day: other } }];
    else if (strange) faults[field] = [{ key, values: { day: strange } }];
  }; // prettier-ignore
  look("restDays", restDays, "restsAnyway", (day) => weekdayOf(day) <= 5);
  look("workDays", workDays, "worksAnyway", (day) => weekdayOf(day) > 5);
  return faults;
}

/** Days as they are typed, one after another however they are parted; what is none is answered as it stands. */
export function daysIn(text: string, year: number): { days: string[]; strange: string | null } {
  const parts = text.split(/[\s,，、;；]+/).filter(Boolean);
  const read = parts.map((part) => {
    const match = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$/.exec(part.normalize("NFKC"));
    if (!match) return null;
    const [, own = String(year), month = "", day = ""] = match;
    const text = `${own}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    const date = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
  });
  const at = read.indexOf(null);
  const days = read.flatMap((day) => day ?? []);
  return { days: [...new Set(days)].sort(), strange: at === -1 ? null : (parts[at] ?? null) };
}
