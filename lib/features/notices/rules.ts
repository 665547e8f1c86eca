import type { ExpectedPeriod } from "@/lib/features/calendar/types";
import type { Notice } from "./types";

/** So many days before its day a period is told of. */
const SOON_DAYS = 14;
/** Older ones are history, and stand in the records themselves. */
export const NOTICE_DAYS = 30;
export const MOST_NOTICES = 30;

const DAY_MS = 86_400_000;
/** Midnight in China. */
const dawnOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

type Told = Omit<Notice, "unread">;

/** What is due within a fortnight, told since the fortnight began, or the period where that is shorter. */
export function dueSoon(periods: readonly ExpectedPeriod[]): Told[] {
  return periods
    .filter(({ state, daysLeft }) => state === "due" && (daysLeft ?? SOON_DAYS + 1) <= SOON_DAYS)
    .map(({ organisation, programme, periodFrom, dueOn }) => ({
      id: `due ${organisation} ${programme} ${periodFrom}`,
      kind: "due-soon" as const,
      at: new Date(Math.max(dawnOf(dueOn) - SOON_DAYS * DAY_MS, dawnOf(periodFrom))).toISOString(),
      ...{ organisation, programme, subject: null, day: dueOn, reason: null, actor: null },
    }));
}

/** The latest first, and not without end; `readUpTo` null: nothing was read yet. */
export function noticesOf(told: readonly Told[], readUpTo: string | null) {
  const all = told
    .map((one) => ({ ...one, unread: readUpTo === null || one.at > readUpTo }))
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? 1 : -1));
  return { items: all.slice(0, MOST_NOTICES), unread: all.filter(({ unread }) => unread).length };
}
