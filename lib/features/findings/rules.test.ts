import { describe, expect, test } from "vitest";
import { checkedRecord as record, findingContext as context } from "@/testing/checked";
import type { CheckedRecord, FindingContext } from "@/lib/features/checks/types";
import { findFindings } from "./rules";

const STOPS = { fundSource: "central-treasury", isEarmarked: true, limit: "stop" } as const;

const found = (over: Partial<CheckedRecord> = {}, around: Partial<FindingContext> = {}) =>
  findFindings({ ...record, ...over }, { ...context, ...around }).map(
    (f) => `${f.rule} ${f.level} ${f.field ?? "-"}`,
  );

const said = (over: Partial<CheckedRecord> = {}, around: Partial<FindingContext> = {}) =>
  findFindings({ ...record, ...over }, { ...context, ...around }).map((f) => f.values);

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
    ["nobody said who receives", { recipientKind: null }, ["classification-missing hard recipientKind"]], // prettier-ignore
    ["no form", { form: null }, ["classification-missing hard form"]],
    ["the beginning of a period", { paidOn: null, periodFrom: "2026-08-01" }, ["date-missing hard paidOn"]], // prettier-ignore
    ["a period that ends in another year", { paidOn: null, periodFrom: "2025-12-01", periodTo: "2025-12-31", month: 0 }, ["year-of-date hard fiscalYear"]], // prettier-ignore
    ["a period that ends tomorrow", { paidOn: null, periodFrom: "2026-11-01", periodTo: "2026-11-21", month: 11 }, ["future-date hard periodTo", "outside-season soft paidOn"]], // prettier-ignore
    ["a period that begins tomorrow", { paidOn: null, periodFrom: "2026-11-21", periodTo: "2026-11-30", month: 0 }, ["future-date hard periodFrom"]], // prettier-ignore
    ["a rate beyond any amount", { rate: { unitFen: "1000000000000", count: 2, times: 1 } }, ["rate-basis hard rate"]], // prettier-ignore
    ["goods that give another", { goodsFen: "1" }, ["cash-goods-sum hard cashFen"]],
    ["a fen too many", { shares: [share("15390000"), share("1", "x")] }, ["shares-sum hard shares"]], // prettier-ignore
  ])("%s", (_, over, expected) => expect(found(over)).toEqual(expected));

  test.each<[string, Partial<CheckedRecord>]>([
    ["paid today", { paidOn: "2026-11-20", month: 9 }],
    ["a period that ends today", { paidOn: null, periodFrom: "2026-09-01", periodTo: "2026-11-20", month: 9 }], // prettier-ignore
    ["a rate that gives the amount", { rate: { unitFen: "15390", count: 100, times: 10 } }],
    ["cash and goods that give it", { cashFen: "15000000", goodsFen: "390000" }],
    ["cash alone that gives it", { cashFen: "15390000" }],
    ["shares that give it", { shares: [share("15000000"), share("390000", "x")] }],
  ])("nothing: %s", (_, over) => expect(found(over)).toEqual([]));

  test("one fault is told once: without an amount, its shares are not compared with it", () =>
    expect(found({ amountFen: null })).toEqual(["amount-missing hard amountFen"]));

  test("a closed year", () =>
    expect(found({}, { yearOpen: false })).toEqual(["closed-year hard fiscalYear"]));

  test("the sentences have their numbers", () => {
    const rate = { unitFen: "600", count: 2, times: 3 };
    expect(said({ rate })).toEqual([
      { ...rate, unit: "none", expectedFen: "3600", amountFen: "15390000" },
    ]);
    expect(said({ amountFen: null, amountKind: "unvalued", rate, shares: [share(null)] })).toEqual([
      { ...rate, unit: "none", expectedFen: "3600", amountFen: "" },
    ]);
    const parts = { sumFen: "7", amountFen: "15390000" };
    expect(said({ cashFen: "7" })).toEqual([{ cashFen: "7", goodsFen: "0", ...parts }]);
    expect(said({ goodsFen: "7" })).toEqual([{ cashFen: "0", goodsFen: "7", ...parts }]);
    const unvalued = { amountFen: null, amountKind: "unvalued" as const, shares: [share(null)] };
    expect(said({ ...unvalued, cashFen: "7" })).toEqual([
      { cashFen: "7", goodsFen: "0", sumFen: "7", amountFen: "" },
    ]);
    expect(said({ shares: [share("15389999")] })).toEqual([
      { sumFen: "15389999", amountFen: "15390000", differenceFen: "-1" },
    ]);
    expect(said({ amountFen: null, amountKind: "none", shares: [] })).toEqual([]);
    expect(said({ amountFen: null, amountKind: "unvalued", shares: [share("5")] })).toEqual([
      { sumFen: "5", amountFen: "", differenceFen: "5" },
    ]);
    expect(said({ fiscalYear: 2025 })).toEqual([{ date: "2026-08-28", year: 2025 }]);
    expect(said({ paidOn: "2026-11-21", month: 9 })).toEqual([
      { date: "2026-11-21", today: "2026-11-20" },
    ]);
    expect(said({}, { yearOpen: false })).toEqual([{ year: 2026 }]);
    const earmarked = [{ ...STOPS, receivedFen: 10n, spentFen: 15n }];
    expect(said({}, { earmarked })).toEqual([
      { fundSource: "central-treasury", receivedFen: "10", spentFen: "15", overFen: "5" },
    ]);
  });

  test("what has no price needs no amount", () => {
    const shares = [share(null)];
    expect(found({ amountFen: null, amountKind: "unvalued", shares })).toEqual([]);
  });

  test("more spent than received from an earmarked source; nothing recorded yet is a notice", () => {
    const source = { ...STOPS, receivedFen: 10n, spentFen: 10n };
    expect(found({}, { earmarked: [source] })).toEqual([]);
    expect(found({}, { earmarked: [{ ...source, spentFen: 11n }] })).toEqual([
      "over-received hard shares",
    ]);
    expect(found({}, { earmarked: [{ ...source, spentFen: 11n, limit: "warn" }] })).toEqual([
      "over-received soft shares",
    ]);
    expect(found({}, { earmarked: [{ ...source, spentFen: 11n, limit: "none" }] })).toEqual([]);
    expect(found({}, { earmarked: [{ ...source, receivedFen: null }] })).toEqual([
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
    ["exactly half", 1_465_714n, 1n, []],
    ["less than half, but so spread are the others", 1_600_000n, 200_000n, []],
    ["five spreads away, and not more", 132_857n, 120_000n, []],
    ["five spreads away, and a fen more", 132_856n, 120_000n, ["per-head-unusual soft amountFen"]],
  ])("per head: %s", (_, medianFen, deviationFen, expected) =>
    expect(found({}, { peers: { count: 12, medianFen, deviationFen } })).toEqual(expected),
  );

  test("per head: exactly double is still usual", () => {
    const double = { amountFen: "14700000", shares: [{ fundSource: "x", amountFen: "14700000" }] };
    const beside = (medianFen: bigint) => found(double, { peers: { count: 12, medianFen, deviationFen: 1n } }); // prettier-ignore
    expect(beside(350_000n)).toEqual([]);
    expect(beside(349_999n)).toEqual(["per-head-unusual soft amountFen"]);
  });

  test("a period is compared per head and month", () => {
    // 732,857 fen a person, 73,285 a person and month
    const peers = { count: 12, medianFen: 75_000n, deviationFen: 1_000n };
    expect(found({}, { peers, months: 10 })).toEqual([]);
    expect(said({}, { peers, months: 1 })).toMatchObject([{ over: 1, times: "9.8" }]);
    expect(said({}, { peers, months: 2 })).toMatchObject([
      { over: 2, side: "high", times: "4.9", perHeadFen: "366428", medianFen: "75000" },
    ]);
  });

  const campaign = { code: "2026-autumn", startsOn: "2026-08-01", endsOn: "2026-09-30" };
  test.each<[string, Partial<CheckedRecord>, string | null]>([
    ["on its first day", { paidOn: "2026-08-01" }, null],
    ["on its last day", { paidOn: "2026-09-30" }, null],
    ["the day before", { paidOn: "2026-07-31" }, "2026-07-31"],
    ["the day after", { paidOn: "2026-10-01" }, "2026-10-01"],
    ["all its days", { paidOn: null, periodFrom: "2026-08-01", periodTo: "2026-09-30" }, null],
    ["from the day before", { paidOn: null, periodFrom: "2026-07-31", periodTo: "2026-09-30" }, "2026-07-31"], // prettier-ignore
    ["to the day after", { paidOn: null, periodFrom: "2026-08-01", periodTo: "2026-10-01" }, "2026-10-01"], // prettier-ignore
  ])("paid %s of its campaign", (_, over, date) => {
    const around = { campaign, seasonMonths: [] };
    const { code, startsOn, endsOn } = campaign;
    expect(said(over, around)).toEqual(
      date === null ? [] : [{ campaign: code, date, startsOn, endsOn }],
    );
    if (date !== null)
      expect(found(over, around)).toEqual([
        `outside-campaign soft ${over.paidOn ? "paidOn" : "periodFrom"}`,
      ]);
  });

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
    expect(found({}, { thisYearFen: 60_000_000n, lastYearFen: 20_000_000n })).toEqual([]);
    expect(found({}, { thisYearFen: 60_000_001n, lastYearFen: 20_000_000n })).toEqual(rule);
    expect(found({}, { thisYearFen: 60_000_000n, lastYearFen: 30_000_000n })).toEqual([]);
    expect(found({}, { thisYearFen: 25_000_000n, lastYearFen: 5_000_000n })).toEqual([]);
    expect(found({}, { thisYearFen: 25_000_001n, lastYearFen: 5_000_000n })).toEqual(rule);
    expect(found({}, { thisYearFen: 30_000_001n, lastYearFen: 10_000_000n })).toEqual(rule);
    const unvalued = { amountFen: null, amountKind: "unvalued" as const, shares: [{ fundSource: "x", amountFen: null }] }; // prettier-ignore
    expect(found(unvalued, { thisYearFen: 90_000_000n, lastYearFen: 1n })).toEqual([]);
  });

  test("another record like it", () => {
    expect(found({}, { duplicates: ["630123-2026-000002"] })).toEqual([
      "possible-duplicate soft -",
    ]);
  });

  test("one thing counted is enough, whichever it is", () => {
    expect(found({ counts: { persons: 0, packs: 3 } })).toEqual([]);
    expect(found({ counts: {} })).toEqual(["counts-missing soft counts"]);
  });

  test("what has no price, or of which nobody was counted, has no sum per head", () => {
    const peers = { count: 12, medianFen: 1n, deviationFen: 0n };
    const shares = [{ fundSource: "x", amountFen: null }];
    expect(found({ amountFen: null, amountKind: "unvalued", shares }, { peers })).toEqual([]);
    expect(found({ counts: { persons: 0, packs: 1 } }, { peers })).toEqual([]);
    expect(found({ counts: { persons: -3 } }, { peers })).toEqual([]);
  });

  test("the sentences have their numbers", () => {
    const programme = "golden-autumn";
    expect(said({ form: "goods" })).toEqual([{ form: "goods", programme }]);
    expect(said({ paidOn: "2026-03-05", month: 3 })).toEqual([
      { month: 3, months: "8, 9", programme },
    ]);
    const peers = { count: 12, medianFen: 300_000n, deviationFen: 20_000n };
    expect(said({}, { peers })).toEqual([
      {
        per: "persons",
        over: 1,
        side: "high",
        times: "2.4",
        limit: "2",
        perHeadFen: "732857",
        medianFen: "300000",
        peers: 12,
        unit: "persons",
        count: 21,
        amountFen: "15390000",
      },
    ]);
    expect(said({}, { thisYearFen: 31_000_000n, lastYearFen: 10_000_000n })).toEqual([
      { limit: "3", moreFen: "20000000", thisYearFen: "31000000", lastYearFen: "10000000" },
    ]);
    expect(said({}, { duplicates: ["a", "b"] })).toEqual([
      { days: 7, alike: "amount", references: "a, b" },
    ]);
  });
});

describe("where a check asks is data", () => {
  const held = (over: Partial<FindingContext["thresholds"]>): Partial<FindingContext> => ({
    thresholds: { ...context.thresholds, ...over },
  });

  test("times and spread per head, in tenths", () => {
    // 732,857 fen a person: 2.44 times the median, 21.6 spreads away
    const peers = { count: 12, medianFen: 300_000n, deviationFen: 20_000n };
    const asked = (times: number, spread = 50) =>
      said({}, { peers, ...held({ "per-head-times": times, "per-head-spread": spread }) });
    expect(asked(24)).toMatchObject([{ limit: "2.4", times: "2.4" }]);
    expect(asked(25)).toEqual([]);
    expect(asked(20, 216)).toHaveLength(1);
    expect(asked(20, 217)).toEqual([]);
  });

  test("times and more than last year", () => {
    const years = { thisYearFen: 30_000_000n, lastYearFen: 10_000_000n };
    const asked = (times: number, more: number) =>
      said({}, { ...years, ...held({ "last-year-times": times, "last-year-more": more }) });
    expect(asked(29, 19_999_999)).toMatchObject([{ limit: "2.9", moreFen: "19999999" }]);
    expect(asked(30, 19_999_999)).toEqual([]);
    expect(asked(29, 20_000_000)).toEqual([]);
  });

  test("the amount from which a round sum is shown", () => {
    const round = { amountFen: "20000000", paidOn: "2026-09-28", month: 9, shares: [{ fundSource: "x", amountFen: "20000000" }] }; // prettier-ignore
    expect(said(round, held({ "round-from": 20_000_000 }))).toMatchObject([
      { fromFen: "20000000" },
    ]);
    expect(said(round, held({ "round-from": 20_000_001 }))).toEqual([]);
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
  expect(said({ ...round, paidOn: "2026-09-28", month: 9 }, around)).toEqual([
    { amountFen: "20000000", date: "2026-09-28", fromFen: "10000000" },
  ]);
  const noticed = (paidOn: string | null, amountFen = "10000000") =>
    findFindings(
      {
        ...record,
        paidOn,
        periodFrom: paidOn ? null : "2026-09-30",
        periodTo: paidOn ? null : "2026-09-30",
        amountFen,
        shares: [{ fundSource: "x", amountFen }],
      },
      { ...context, ...around, today: "2026-12-31" },
    ).length === 1;
  const days = (month: string) =>
    Array.from({ length: 31 }, (_, i) => String(i + 1).padStart(2, "0")).filter((day) =>
      noticed(`2026-${month}-${day}`),
    );
  expect(days("03")).toEqual(["27", "28", "29", "30", "31"]);
  expect(days("12")).toEqual(["27", "28", "29", "30", "31"]);
  expect(days("06")).toEqual(["26", "27", "28", "29", "30"]);
  expect(days("09")).toEqual(["26", "27", "28", "29", "30"]);
  expect(days("11")).toEqual([]);
  expect(noticed("2026-09-30", "9000000"), "below 100,000 yuan").toBe(false);
  expect(noticed("2026-09-30", "10500000"), "no whole 万元").toBe(false);
  expect(noticed(null), "a period has no day").toBe(false);
});

test("a reversal only undoes", () => {
  expect(
    found({ entryKind: "reversal", amountFen: "-1", shares: [] }, { yearOpen: false }),
  ).toEqual([]);
});
