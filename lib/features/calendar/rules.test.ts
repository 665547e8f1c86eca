import { describe, expect, test } from "vitest";
import {
  canDeclareNil,
  completenessOf,
  daysBetween,
  isSettled,
  narrowed,
  OPEN_STATES,
  standingOf,
  stateOf,
} from "./rules";
import { PERIOD_STATES, type NilDeclaration, type PeriodFacts } from "./types";

const nil = (end: NilDeclaration["end"]): NilDeclaration => ({
  id: "1",
  organisation: "630123",
  programme: "cool-summer",
  periodFrom: "2026-06-01",
  periodTo: "2026-08-31",
  reason: "put-off",
  words: null,
  declaredBy: { id: "u", nameZh: "张", nameEn: "Zhang" },
  declaredAt: "2026-09-01T00:00:00.000Z",
  end,
  endedAt: null,
  supersededBy: null,
  version: 1,
});

const summer = (facts: Partial<PeriodFacts> = {}): PeriodFacts => ({
  periodFrom: "2026-06-01",
  periodTo: "2026-08-31",
  dueOn: "2026-09-15",
  approved: 0,
  submitted: 0,
  returned: 0,
  draft: 0,
  covering: null,
  firstSentOn: null,
  yearOpen: true,
  nil: null,
  ...facts,
});

describe("where a period stands", () => {
  test.each<[string, string, Partial<PeriodFacts>]>([
    ["ahead", "2026-05-31", {}],
    ["due", "2026-06-01", {}],
    ["due", "2026-09-15", {}],
    ["late", "2026-09-16", {}],
    ["missing", "2026-09-16", { yearOpen: false }],
    ["done", "2026-06-02", { submitted: 1 }],
    ["done", "2026-09-16", { approved: 2 }],
    ["done", "2026-09-16", { covering: "7" }],
    ["late", "2026-09-16", { draft: 3, returned: 1 }],
    ["nil", "2026-09-16", { nil: nil(null) }],
    ["late", "2026-09-16", { nil: nil("withdrawn") }],
    ["done", "2026-09-16", { nil: nil(null), approved: 1 }],
    ["missing", "2026-09-16", { nil: nil("superseded"), yearOpen: false }],
  ])("is %s on %s with %j", (state, today, facts) => {
    expect(stateOf(summer(facts), today)).toBe(state);
  });

  test("has its days left, or those it is late by, and no others", () => {
    const on = (today: string, facts: Partial<PeriodFacts> = {}) => {
      const { daysLeft, daysLate } = standingOf(summer(facts), today);
      return [daysLeft, daysLate];
    };
    expect(on("2026-05-31")).toEqual([null, null]);
    expect(on("2026-09-01")).toEqual([14, null]);
    expect(on("2026-09-15")).toEqual([0, null]);
    expect(on("2026-10-01")).toEqual([null, 16]);
    const done = (firstSentOn: string) => on("2026-11-20", { approved: 1, firstSentOn });
    expect(done("2026-09-15")).toEqual([null, null]);
    expect(done("2026-09-17")).toEqual([null, 2]);
    expect(on("2026-11-20", { nil: nil(null) })).toEqual([null, null]);
    expect(on("2026-11-20", { yearOpen: false })).toEqual([null, null]);
  });

  test("asks nothing more once it is done or declared nil", () => {
    expect(PERIOD_STATES.filter(isSettled)).toEqual(["done", "nil"]);
  });

  test("days are counted over months and years", () => {
    expect(daysBetween("2026-12-31", "2027-01-01")).toBe(1);
    expect(daysBetween("2026-03-01", "2026-02-28")).toBe(-1);
  });
});

test("nil is declared of what has begun and holds nothing, once, while its year is open", () => {
  const may = (facts: Partial<PeriodFacts>, today = "2026-10-01") =>
    canDeclareNil(summer(facts), today);
  expect(may({})).toBe(true);
  expect(may({ nil: nil("withdrawn") })).toBe(true);
  expect(may({}, "2026-06-01")).toBe(true);
  expect(may({}, "2026-05-31")).toBe(false);
  for (const facts of [
    { approved: 1 },
    { submitted: 1 },
    { covering: "7" },
    { draft: 1 },
    { returned: 1 },
    { nil: nil(null) },
    { yearOpen: false },
  ])
    expect(may(facts), JSON.stringify(facts)).toBe(false);
});

test("completeness and punctuality are counts; what is not due yet is not asked for", () => {
  const of = (state: (typeof PERIOD_STATES)[number], daysLate: number | null = null) => ({
    state,
    daysLate,
  });
  const all = [of("done"), of("done", 3), of("nil"), of("late", 9), of("missing"), of("due"), of("ahead")]; // prettier-ignore
  expect(completenessOf(all)).toEqual({
    asked: 5,
    done: 2,
    nil: 1,
    late: 1,
    missing: 1,
    due: 1,
    ahead: 1,
    punctual: 1,
  });
});

test("a calendar is narrowed to programmes and states, and to nothing unless it is asked", () => {
  const periods = PERIOD_STATES.map((state, at) => ({
    state,
    programme: at % 2 === 0 ? "cool-summer" : "love-breakfast",
  }));
  expect(narrowed(periods, {})).toEqual(periods);
  const open = narrowed(periods, { state: OPEN_STATES });
  expect(open.map(({ state }) => state)).toEqual(["due", "late", "missing"]);
  expect(narrowed(periods, { state: OPEN_STATES, programme: ["cool-summer"] })).toEqual([
    { state: "late", programme: "cool-summer" },
  ]);
});
