import { expect, test } from "vitest";
import type { ExpectedPeriod } from "@/lib/features/calendar/types";
import { dueSoon, MOST_NOTICES, noticesOf } from "./rules";

const period = (over: Partial<ExpectedPeriod>): ExpectedPeriod => ({
  organisation: "630123",
  programme: "love-breakfast",
  periodFrom: "2026-11-01",
  periodTo: "2026-11-30",
  dueOn: "2026-12-10",
  state: "due",
  daysLeft: 14,
  daysLate: null,
  approved: 0,
  submitted: 0,
  returned: 0,
  draft: 0,
  covering: null,
  firstSentOn: null,
  yearOpen: true,
  nil: null,
  ...over,
});

test("what is due within a fortnight is told from its first moment on, in China", () => {
  const told = dueSoon([
    period({}),
    period({ daysLeft: 15 }),
    period({ state: "late", daysLeft: null }),
    period({ periodFrom: "2026-12-05", daysLeft: 0 }),
  ]);
  expect(told.map(({ at, day }) => [at, day])).toEqual([
    ["2026-11-25T16:00:00.000Z", "2026-12-10"],
    ["2026-12-04T16:00:00.000Z", "2026-12-10"],
  ]);
});

test("the latest come first; what is newer than what was read is unread", () => {
  const told = dueSoon([period({}), period({ periodFrom: "2026-12-05" })]);
  expect(noticesOf(told, null)).toMatchObject({ unread: 2 });
  const half = noticesOf(told, "2026-12-01T00:00:00.000Z");
  expect(half.items.map(({ unread }) => unread)).toEqual([true, false]);
  expect(half.unread).toBe(1);
  expect(noticesOf(told, "2026-12-04T16:00:00.000Z").unread).toBe(0);
});

test("there is an end to them", () => {
  const many = Array.from({ length: 40 }, (_, n) => period({ programme: `p${String(n)}` }));
  const { items, unread } = noticesOf(dueSoon(many), null);
  expect(items).toHaveLength(MOST_NOTICES);
  expect(unread, "those that are not listed too").toBe(40);
});
