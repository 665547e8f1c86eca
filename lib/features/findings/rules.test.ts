import { describe, expect, test } from "vitest";
import { blockingFindings, findFindings, riskOf, withAnswers, type FindingContext } from "./rules";
import { FINDING_RULES } from "@/lib/kernel/record-codes";
import type { CheckedRecord } from "./types";

const record: CheckedRecord = {
  id: "1",
  status: "draft",
  entryKind: "original",
  organisation: "630123",
  programme: "golden-autumn",
  aidCategory: "education",
  recipientKind: "needy-worker-children",
  form: "transfer",
  fiscalYear: 2026,
  paidOn: "2026-08-28",
  periodFrom: null,
  periodTo: null,
  month: 8,
  amountFen: "15390000",
  amountKind: "exact",
  counts: { persons: 21 },
  shares: [{ fundSource: "county-union", amountFen: "15390000" }],
  cashFen: null,
  goodsFen: null,
  rate: null,
};

const context: FindingContext = {
  today: "2026-11-20",
  yearOpen: true,
  seasonMonths: [8, 9],
  allowedForms: ["transfer", "cash"],
  mainUnit: "persons",
  earmarked: [],
  thisYearFen: 15_390_000n,
  lastYearFen: 0n,
  duplicates: [],
  peers: null,
};

const found = (over: Partial<CheckedRecord> = {}, around: Partial<FindingContext> = {}) =>
  findFindings({ ...record, ...over }, { ...context, ...around }).map(
    (f) => `${f.rule} ${f.level} ${f.field ?? "-"}`,
  );

test("a complete record is clean", () => expect(found()).toEqual([]));

describe("hard", () => {
  const share = (amountFen: string | null, fundSource = "county-union") => ({
    fundSource,
    amountFen,
  });
  test.each<[string, Partial<CheckedRecord>, string[]]>([
    ["no amount", { amountFen: null, shares: [share(null)] }, ["amount-missing hard amountFen"]],
    ["no money", { amountFen: "0", shares: [share("0")] }, ["amount-missing hard amountFen"]],
    ["no source", { shares: [] }, ["shares-missing hard shares"]],
    ["a fen short", { shares: [share("15389999")] }, ["shares-sum hard shares"]],
    [
      "a share left open",
      { shares: [share("15390000"), share(null, "x")] },
      ["shares-sum hard shares"],
    ],
    [
      "a priced share of what has no price",
      { amountFen: null, amountKind: "unvalued" },
      ["shares-sum hard shares"],
    ],
    [
      "a rate that gives another amount",
      { rate: { unitFen: "600", count: 2, times: 3 } },
      ["rate-basis hard rate"],
    ],
    ["cash and goods that give another", { cashFen: "1" }, ["cash-goods-sum hard cashFen"]],
    ["no date", { paidOn: null, month: 0 }, ["date-missing hard paidOn"]],
    [
      "half a period",
      { paidOn: null, periodTo: "2026-08-01", month: 0 },
      ["date-missing hard paidOn"],
    ],
    ["another year", { fiscalYear: 2025 }, ["year-of-date hard fiscalYear"]],
    ["tomorrow", { paidOn: "2026-11-21", month: 9 }, ["future-date hard paidOn"]],
    [
      "not classified",
      { aidCategory: null, form: null },
      ["classification-missing hard aidCategory"],
    ],
  ])("%s", (_, over, expected) => expect(found(over)).toEqual(expected));

  test("a closed year", () =>
    expect(found({}, { yearOpen: false })).toEqual(["closed-year hard fiscalYear"]));

  test("what has no price needs no amount", () => {
    const shares = [share(null)];
    expect(found({ amountFen: null, amountKind: "unvalued", shares })).toEqual([]);
  });

  test("more spent than received from an earmarked source; nothing recorded yet is a notice", () => {
    const source = { fundSource: "central-treasury", receivedFen: 10n, spentFen: 10n };
    expect(found({}, { earmarked: [source] })).toEqual([]);
    expect(found({}, { earmarked: [{ ...source, spentFen: 11n }] })).toEqual([
      "over-received hard shares",
    ]);
    expect(found({}, { earmarked: [{ ...source, receivedFen: 0n }] })).toEqual([
      "over-received notice shares",
    ]);
  });
});

describe("soft", () => {
  test("a form or a month the programme does not know, and nothing counted", () => {
    expect(found({ form: "goods" })).toEqual(["form-not-allowed soft form"]);
    expect(found({ paidOn: "2026-03-05", month: 3 })).toEqual(["outside-season soft paidOn"]);
    expect(found({ paidOn: "2026-03-05", month: 3 }, { seasonMonths: [] })).toEqual([]);
    expect(found({ counts: { persons: 0 } })).toEqual(["counts-missing soft counts"]);
  });

  test("a period that spans months is outside no season", () => {
    expect(
      found({ paidOn: null, periodFrom: "2026-01-01", periodTo: "2026-10-31", month: 0 }),
    ).toEqual([]);
  });

  // 732,857 fen a person
  test.each([
    ["like the others", 700_000n, 50_000n, []],
    ["high, but so spread are the others", 300_000n, 100_000n, []],
    ["double and more, where others agree", 300_000n, 20_000n, ["per-head-unusual soft amountFen"]],
    ["less than half", 1_600_000n, 50_000n, ["per-head-unusual soft amountFen"]],
    ["a third more, where all others are the same", 550_000n, 0n, []],
  ])("per head: %s", (_, medianFen, deviationFen, expected) =>
    expect(found({}, { peers: { count: 12, medianFen, deviationFen } })).toEqual(expected),
  );

  test("per head says nothing about another unit", () => {
    const peers = { count: 12, medianFen: 1n, deviationFen: 0n };
    expect(found({ counts: { households: 21 } }, { peers })).toEqual([]);
  });

  test("three times last year and 200,000 yuan more", () => {
    const rule = ["much-above-last-year soft amountFen"];
    expect(found({}, { thisYearFen: 31_000_000n, lastYearFen: 10_000_000n })).toEqual(rule);
    expect(found({}, { thisYearFen: 30_000_000n, lastYearFen: 10_000_000n })).toEqual([]);
    expect(found({}, { thisYearFen: 9_000_000n, lastYearFen: 1_000_000n })).toEqual([]);
    expect(found({}, { thisYearFen: 90_000_000n, lastYearFen: 0n })).toEqual([]);
  });

  test("another record like it", () => {
    expect(found({}, { duplicates: ["630123-2026-000002"] })).toEqual([
      "possible-duplicate soft -",
    ]);
  });
});

test("round sums at the end of a quarter are for the reviewer's eye", () => {
  const round = { amountFen: "20000000", shares: [{ fundSource: "x", amountFen: "20000000" }] };
  const around = { seasonMonths: [] };
  expect(found({ ...round, paidOn: "2026-09-28", month: 9 }, around)).toEqual([
    "round-at-period-end notice amountFen",
  ]);
  expect(found({ ...round, paidOn: "2026-09-20", month: 9 }, around)).toEqual([]);
  expect(found({ ...round, paidOn: "2026-08-31", month: 8 }, around)).toEqual([]);
});

test("a reversal only undoes", () => {
  expect(
    found({ entryKind: "reversal", amountFen: "-1", shares: [] }, { yearOpen: false }),
  ).toEqual([]);
});

test("an answer frees a soft finding and never a hard one", () => {
  const drafts = findFindings({ ...record, form: "goods", shares: [] }, context);
  const answer = { code: "checked-correct" as const, words: null };
  const answers = FINDING_RULES.map((rule) => ({ rule, ...answer }));
  expect(blockingFindings(withAnswers(drafts, [])).map((f) => f.rule)).toEqual([
    "shares-missing",
    "form-not-allowed",
  ]);
  expect(blockingFindings(withAnswers(drafts, answers)).map((f) => f.rule)).toEqual([
    "shares-missing",
  ]);
  expect(riskOf(withAnswers(drafts, []))).toBe(0);
  expect(riskOf([])).toBe(3);
});
