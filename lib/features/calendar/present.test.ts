import { expect, test } from "vitest";
import { nextHref } from "./address";
import { matrixOf, periodText } from "./present";
import type { ExpectedPeriod } from "./types";

const period = (over: Partial<ExpectedPeriod>): ExpectedPeriod => ({
  organisation: "630123",
  programme: "cool-summer",
  periodFrom: "2026-06-01",
  periodTo: "2026-08-31",
  dueOn: "2026-09-15",
  state: "late",
  daysLeft: null,
  daysLate: 5,
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

test.each([
  ["2026-03-01", "2026-03-31", "2026年3月", "March 2026"],
  ["2026-06-01", "2026-08-31", "2026年6月1日至8月31日", "1 June – 31 August 2026"],
  [
    "2025-11-01",
    "2026-02-28",
    "2025年11月1日至2026年2月28日",
    "1 November 2025 – 28 February 2026",
  ],
])("the days from %s to %s", (periodFrom, periodTo, zh, en) => {
  expect(periodText({ periodFrom, periodTo }, "zh-CN")).toBe(zh);
  expect(periodText({ periodFrom, periodTo }, "en")).toBe(en);
});

test("a line each organisation in the order they come, a cell each programme; what is not asked for is not there", () => {
  const month = (n: number, over: Partial<ExpectedPeriod> = {}) =>
    period({
      programme: "love-breakfast",
      periodFrom: `2026-0${n}-01`,
      periodTo: `2026-0${n}-28`,
      state: "done",
      daysLate: null,
      approved: 2,
      ...over,
    });
  const matrix = matrixOf(
    [
      period({ organisation: "630102", state: "done", submitted: 1, approved: 2, daysLate: 3 }),
      period({ organisation: "630104", state: "nil", daysLate: null }),
      month(1, { organisation: "630104" }),
      month(2, { organisation: "630104", state: "late", approved: 0, daysLate: 9 }),
      period({ organisation: "632222", state: "due", daysLate: null, daysLeft: 4 }),
    ],
    {
      reference: {
        programmes: ["love-breakfast", "golden-autumn", "cool-summer"].map((code) => ({ code }) as never), // prettier-ignore
        organisations: [["630102", "630100"], ["630104", "630100"], ["632222", "632200"]].map(([code, prefectureCode]) => ({ code, prefectureCode }) as never), // prettier-ignore
      },
      year: 2026,
    },
  );
  expect(matrix.programmes.map(({ code }) => code)).toEqual(["love-breakfast", "cool-summer"]);
  expect(
    matrix.groups.map(({ prefecture, counts: { asked, due }, rows }) => [prefecture, asked, due, rows.length]), // prettier-ignore
  ).toEqual([
    ["630100", 4, 0, 2],
    ["632200", 0, 1, 1],
  ]);
  const [first, second] = matrix.groups[0]?.rows ?? [];
  expect(first?.organisation).toBe("630102");
  expect(first?.cells["love-breakfast"]).toBeUndefined();
  expect(first?.cells["cool-summer"]).toMatchObject({
    one: { state: "done", records: 3, daysLate: 3 },
    href: "/ledger?organisation=630102&programme=cool-summer&status=submitted,approved&paidFrom=2026-06-01&paidTo=2026-08-31",
  });
  expect(second?.cells["cool-summer"]).toMatchObject({
    one: { state: "nil", records: 0 },
    href: "/calendar?year=2026&org=630104#cool-summer",
  });
  expect(second?.cells["love-breakfast"]).toMatchObject({
    one: null,
    counts: { asked: 2, done: 1, late: 1, punctual: 1 },
    href: "/calendar?year=2026&org=630104#love-breakfast",
  });
  expect(matrix.total).toMatchObject({ asked: 4, done: 2, nil: 1, late: 1, punctual: 1 });
});

test("a period goes on with what is begun of it, and else with a new record", () => {
  expect(nextHref(period({}))).toBe("/entry?organisation=630123&programme=cool-summer");
  const begun =
    "/ledger?organisation=630123&programme=cool-summer&status=draft,returned&paidFrom=2026-06-01&paidTo=2026-08-31";
  expect(nextHref(period({ draft: 1 }))).toBe(begun);
  expect(nextHref(period({ returned: 1 }))).toBe(begun);
});
