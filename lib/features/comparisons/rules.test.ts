import { describe, expect, test } from "vitest";
import type { CheckedRecord, FindingContext } from "@/lib/features/checks/types";
import { findFindings } from "@/lib/features/findings/rules";
import { checkedRecord as record, findingContext as context } from "@/testing/checked";

const STOPS = { fundSource: "central-treasury", isEarmarked: true, limit: "stop" } as const;

const found = (over: Partial<CheckedRecord> = {}, around: Partial<FindingContext> = {}) =>
  findFindings({ ...record, ...over }, { ...context, ...around }).map(
    (f) => `${f.rule} ${f.level} ${f.field ?? "-"}`,
  );

const said = (over: Partial<CheckedRecord> = {}, around: Partial<FindingContext> = {}) =>
  findFindings({ ...record, ...over }, { ...context, ...around }).map((f) => f.values);

describe("compared with numbers kept for the place", () => {
  const thresholds = (over: Partial<FindingContext["thresholds"]>) => ({
    thresholds: { ...context.thresholds, ...over },
  });
  const rate = { unitFen: "15390", count: 100, times: 10 };
  const priced = (medianFen: bigint) => ({ unitPrices: { count: 6, medianFen } });

  test.each<[string, bigint, string[]]>([
    ["three times the median", 5_130n, []],
    ["more than that", 5_129n, ["unit-price-unusual soft rate"]],
    ["a third of it", 46_170n, []],
    ["less than that", 46_171n, ["unit-price-unusual soft rate"]],
  ])("a unit price of %s", (_, medianFen, expected) =>
    expect(found({ rate }, priced(medianFen))).toEqual(expected),
  );
  test("without a rate basis there is no unit price", () =>
    expect(found({}, priced(1n))).toEqual([]));

  const voucher = (over: Partial<CheckedRecord>) =>
    found(
      { form: "voucher", shares: [{ fundSource: "x", amountFen: over.amountFen ?? "15390000" }], ...over }, // prettier-ignore
      { allowedForms: ["voucher"] },
    );
  test.each<[string, Partial<CheckedRecord>, string[]]>([
    ["whole yuan for each", { counts: { persons: 1, packs: 54 } }, []],
    ["no whole yuan for each", { counts: { persons: 1, packs: 7 } }, ["voucher-face-value soft amountFen"]], // prettier-ignore
    ["another number than their face value gives", { rate: { unitFen: "15390", count: 1000, times: 1 }, counts: { persons: 1000, packs: 999 } }, ["voucher-face-value soft amountFen"]], // prettier-ignore
    ["one for each, each time", { rate: { unitFen: "15390", count: 100, times: 10 }, counts: { persons: 100, packs: 100 } }, []], // prettier-ignore
    ["not counted", { counts: { persons: 7 } }, []],
    ["an amount that is estimated", { amountKind: "estimated", counts: { packs: 7 } }, []],
  ])("vouchers: %s", (_, over, expected) => expect(voucher(over)).toEqual(expected));

  test.each<[number, number, string[]]>([
    [20, 13, ["bunched-at-period-end notice -"]],
    [20, 14, []],
    [19, 0, []],
  ])("%d records in the last days after %d before", (count, before, expected) =>
    expect(found({}, { bunched: { count, before, from: "2026-06-26", to: "2026-06-30" } })).toEqual(
      expected,
    ),
  );

  test("the same under another heading names it, and every record", () => {
    const otherHeadings = ["630123-2026-000001", "630123-2026-000002"].map((reference) => ({
      programme: "cool-summer",
      reference,
    }));
    expect(found({}, { otherHeadings })).toEqual(["same-under-other-heading soft -"]);
    expect(said({}, { otherHeadings })).toEqual([
      {
        programme: "cool-summer",
        days: 3,
        amountFen: "15390000",
        references: "630123-2026-000001, 630123-2026-000002",
      },
    ]);
  });

  const shares = (central: string, own: string) => [
    { fundSource: "central-treasury", amountFen: central },
    { fundSource: "county-union", amountFen: own },
  ];
  const earmarked = [{ ...STOPS, receivedFen: 10n ** 9n, spentFen: 1n }];
  test.each<[string, number, string[]]>([
    ["none laid down", 0, []],
    ["as laid down", 20, []],
    ["more laid down", 21, ["co-funding-low soft shares"]],
  ])("matching funds of a fifth: %s", (_, share, expected) =>
    expect(
      found(
        { shares: shares("12312000", "3078000") },
        { earmarked, ...thresholds({ "co-funding-share": share }) },
      ),
    ).toEqual(expected),
  );
  test("money that nobody earmarked needs no matching", () =>
    expect(found({}, thresholds({ "co-funding-share": 20 }))).toEqual([]));

  // 153,900 yuan for 21 persons: 7,328.57 each
  test.each<[string, number, number, string[]]>([
    ["no standard", 0, 1, []],
    ["as the standard allows", 732_858, 1, []],
    ["a fen above it", 732_857, 1, ["above-standard soft amountFen"]],
    ["the same over two months", 366_429, 2, []],
    ["more over two months", 366_428, 2, ["above-standard soft amountFen"]],
  ])("per head: %s", (_, standard, months, expected) =>
    expect(found({}, { months, ...thresholds({ "standard-per-head": standard }) })).toEqual(
      expected,
    ),
  );
});

describe("held against its evidence", () => {
  const none = { files: 0, used: [], alike: [], taken: [], invoices: [], signatures: null };
  const beside = (
    over: Partial<NonNullable<FindingContext["evidence"]>>,
    around: Partial<FindingContext> = {},
    r: Partial<CheckedRecord> = {},
  ) =>
    findFindings({ ...record, ...r }, { ...context, ...around, evidence: { ...none, ...over } })
      .filter(({ field }) => field === "evidence")
      .map(({ rule, level, values }) => [rule, level, values]);
  const from = (fen: number) => ({ thresholds: { ...context.thresholds, "evidence-from": fen } });

  test.each<[string, number, Partial<CheckedRecord>, number]>([
    ["where nothing is laid down", 0, {}, 0],
    ["below the amount", 15_390_001, {}, 0],
    ["at the amount", 15_390_000, {}, 1],
    ["of an amount that is not known", 1, { amountFen: null, amountKind: "unvalued" }, 0],
  ])("none at all, %s", (_, fen, r, count) => expect(beside({}, from(fen), r)).toHaveLength(count));
  test("a file is enough, and a form that is not saved is asked for none", () => {
    expect(beside({ files: 1 }, from(1))).toEqual([]);
    expect(findFindings(record, { ...context, ...from(1) }).map(({ rule }) => rule)).toEqual([]);
  });

  const reference = "630123-2026-000001";
  test.each([
    ["ledger", [{ no: 1, references: [reference], elsewhere: false }]],
    ["elsewhere", [{ no: 1, references: [], elsewhere: true }]],
    ["both", [{ no: 1, references: [reference], elsewhere: false }, { no: 2, references: [], elsewhere: true }]], // prettier-ignore
  ])("used before: %s", (where, used) => {
    const [[rule, level, values] = []] = beside({ files: 2, used });
    expect([rule, level]).toEqual(["evidence-used", "soft"]);
    expect(values).toEqual({ files: used.map(({ no }) => no).join(", "), references: where === "elsewhere" ? "" : reference, where }); // prettier-ignore
  });

  test("an invoice that was shown before, and a photograph that looks like another", () => {
    const invoices = [{ no: 3, number: "12345678", references: [reference], elsewhere: false }];
    expect(beside({ files: 1, invoices, alike: [{ no: 1, references: [], elsewhere: true }] })).toEqual([
      ["photo-alike", "soft", { files: "1", references: "", where: "elsewhere" }],
      ["invoice-twice", "soft", { files: "3", references: reference, where: "ledger", numbers: "12345678" }],
    ]); // prettier-ignore
  });

  test.each<[string, string, number]>([
    ["the first of the month", "2026-08-01", 0],
    ["the last", "2026-08-31", 0],
    ["the day before", "2026-07-31", 1],
    ["the day after", "2026-09-01", 1],
  ])("taken on %s", (_, day, count) =>
    expect(beside({ files: 1, taken: [{ no: 1, day }] })).toHaveLength(count),
  );
  test("within a campaign its days count, whatever month they are in", () => {
    const campaign = { code: "autumn", startsOn: "2026-08-20", endsOn: "2026-09-10" } as const;
    const taken = (day: string) => beside({ files: 1, taken: [{ no: 1, day }] }, { campaign });
    expect(taken("2026-09-10")).toEqual([]);
    expect(taken("2026-08-19")).toEqual([["photo-day", "soft", { files: "1", date: "2026-08-19", of: "campaign" }]]); // prettier-ignore
  });

  const roster = { lines: 21, amountFen: "15390000", persons: 0, households: 21, packs: 0, twice: [], known: [], references: [], alike: [] }; // prettier-ignore
  test("signatures are held against the lines of a roster, where both are known", () => {
    expect(beside({ files: 1, signatures: 21 }, { roster })).toEqual([]);
    expect(beside({ files: 1, signatures: null }, { roster })).toEqual([]);
    expect(beside({ files: 1, signatures: 20 })).toEqual([]);
    expect(beside({ files: 1, signatures: 20 }, { roster })).toEqual([["signatures-differ", "soft", { signatures: 20, lines: 21, difference: -1 }]]); // prettier-ignore
  });
});

test("a notice that the programme asks for is missing, and what is missing of it", () => {
  const notice = { state: "hanging", lines: 3, endsOn: "2026-11-27" } as const;
  expect(found({}, { notice })).toEqual(["notice-missing hard notice"]);
  expect(said({}, { notice })).toEqual([notice]);
  expect(found({}, { notice: null })).toEqual([]);
});
