import { describe, expect, test } from "vitest";
import type { Codes } from "@/lib/features/reference/types";
import {
  alikeAmong,
  changes,
  columnsOf,
  contentErrors,
  contentOf,
  emptyContent,
  mergeFields,
  newContent,
  postedOn,
  saidBy,
  type Content,
} from "./rules";

const DEFAULTS = {
  aidCategory: "education",
  recipientKind: "needy-worker-children",
  form: "transfer",
} as const;
const TODAY = "2026-11-20";
const fresh = (fields: Partial<Parameters<typeof newContent>[0]> = {}) =>
  newContent({ programme: "golden-autumn", ...fields }, DEFAULTS, TODAY);

describe("a new record", () => {
  test("takes from the programme what the clerk left out, and nothing the clerk cleared", () => {
    expect(fresh()).toMatchObject(DEFAULTS);
    expect(fresh({ form: "cash", aidCategory: null })).toMatchObject({
      form: "cash",
      aidCategory: null,
    });
  });

  test("belongs to the year of its day, else of the end of its period, else the current one", () => {
    expect(fresh().fiscalYear).toBe(2026);
    expect(fresh({ paidOn: "2025-08-28" }).fiscalYear).toBe(2025);
    expect(fresh({ periodFrom: "2024-12-20", periodTo: "2025-02-12" }).fiscalYear).toBe(2025);
    expect(fresh({ paidOn: "2025-08-28", fiscalYear: 2026 }).fiscalYear).toBe(2026);
  });

  test("derives the amount of a rate basis: 6 yuan × 1,185 workers × 365 days", () => {
    const rate = { unitFen: "600", count: 1185, times: 365 };
    expect(fresh({ rate }).amountFen).toBe(259_515_000n);
    expect(fresh({ rate, amountFen: "1" }).amountFen).toBe(1n);
    expect(fresh({ rate, amountKind: "unvalued" }).amountFen).toBeNull();
  });

  test("gives a single source that names no amount all of it", () => {
    const shares = [{ fundSource: "county-union", amountFen: null }];
    expect(fresh({ amountFen: "500", shares }).shares[0]?.amountFen).toBe(500n);
    const two = [...shares, { fundSource: "donation", amountFen: null }];
    expect(fresh({ amountFen: "500", shares: two }).shares.map((s) => s.amountFen)).toEqual([
      null,
      null,
    ]);
    expect(fresh({ amountKind: "unvalued", shares }).shares[0]?.amountFen).toBeNull();
  });
});

describe("a change", () => {
  const base: Content = {
    ...emptyContent("cool-summer", 2026),
    paidOn: "2026-07-01",
    amountFen: 100n,
    counts: { packs: 3, persons: 2 },
    note: "一批",
  };

  test("keeps what is left out and clears what is null", () => {
    expect(mergeFields(base, {})).toEqual(base);
    expect(mergeFields(base, { note: null, counts: { packs: null } })).toMatchObject({
      note: null,
      counts: { persons: 2 },
      amountFen: 100n,
    });
  });

  test("a day and a period replace each other, and the year follows", () => {
    const period = { periodFrom: "2025-06-01", periodTo: "2025-08-31" };
    const moved = mergeFields(base, period);
    expect(moved).toMatchObject({ paidOn: null, ...period, fiscalYear: 2025 });
    expect(mergeFields(moved, { paidOn: "2026-07-02" })).toMatchObject({
      paidOn: "2026-07-02",
      periodFrom: null,
      periodTo: null,
      fiscalYear: 2026,
    });
  });

  test("to unvalued takes the amount away; a new rate basis gives a new one", () => {
    expect(mergeFields(base, { amountKind: "unvalued" }).amountFen).toBeNull();
    const rate = { unitFen: "10", count: 2, times: 3 };
    expect(mergeFields(base, { rate }).amountFen).toBe(60n);
    expect(mergeFields(base, { rate, amountFen: "7" }).amountFen).toBe(7n);
    expect(mergeFields(base, { rate: null }).amountFen).toBe(100n);
    expect(mergeFields(base, { amountKind: "estimated" }).amountFen).toBe(100n);
    expect(mergeFields(base, { amountKind: "unvalued", amountFen: "7" }).amountFen).toBe(7n);
    const bare = mergeFields(
      {
        ...base,
        goodsFen: 3n,
        amountWording: "约",
        shares: [{ fundSource: "x", amountFen: 100n }],
      },
      { amountKind: "none" },
    );
    expect(bare).toMatchObject({ amountFen: null, goodsFen: null, amountWording: null });
    expect([bare.rate, bare.shares, contentErrors(bare)]).toEqual([null, [], {}]);
  });

  test("a rate basis is one value: its note goes with it, and an empty one is none", () => {
    const rate = { unitFen: "10", count: 2, times: 3 };
    const noted = mergeFields(base, { rate: { ...rate, note: "按人" } }).rate;
    expect(noted).toEqual({ unitFen: 10n, count: 2, times: 3, note: "按人" });
    expect(mergeFields(base, { rate }).rate?.note).toBeNull();
    expect(mergeFields(base, { rate: { ...rate, note: "" } }).rate?.note).toBeNull();
    expect(mergeFields({ ...base, rate: noted ?? null }, { amountFen: null }).amountFen).toBe(60n);
  });

  test("each field is set, kept or cleared by itself", () => {
    const given = {
      campaign: "county-visit",
      aidCategory: "education",
      recipientKind: "needy-worker",
      form: "goods",
      amountWording: "余元",
      programme: "warm-winter",
    } as const;
    const set = mergeFields(base, { ...given, cashFen: "1", goodsFen: "2", note: "" });
    expect(set).toMatchObject({ ...given, cashFen: 1n, goodsFen: 2n, note: null });
    expect(mergeFields(set, {})).toEqual(set);
    const cleared = { campaign: null, aidCategory: null, recipientKind: null, form: null, cashFen: null, goodsFen: null }; // prettier-ignore
    expect(mergeFields(set, cleared)).toMatchObject(cleared);
    expect(mergeFields(set, { fiscalYear: 2025 }).fiscalYear).toBe(2025);
    expect(mergeFields(set, { paidOn: null }), "no date: the year stays").toMatchObject({
      paidOn: null,
      fiscalYear: 2026,
    });
  });

  test("a year that the clerk named stays while the dates do", () => {
    const late = mergeFields(base, { fiscalYear: 2025 });
    expect(mergeFields(late, { note: "补记" }).fiscalYear).toBe(2025);
    expect(mergeFields(late, { paidOn: "2026-07-03" }).fiscalYear).toBe(2026);
    expect(mergeFields(late, { periodFrom: "2026-07-01", periodTo: "2026-07-03" }).fiscalYear).toBe(2026); // prettier-ignore
  });

  test("a count is set, cleared, or zero, and the others stay", () => {
    expect(mergeFields(base, { counts: { packs: 0, households: 5 } }).counts).toEqual({
      packs: 0,
      persons: 2,
      households: 5,
    });
    expect(mergeFields(base, { counts: { packs: null } }).counts).toEqual({ persons: 2 });
  });

  test("either end of a period takes the day away; both may be named together for the findings", () => {
    expect(mergeFields(base, { periodFrom: "2026-06-01" }).paidOn).toBeNull();
    expect(mergeFields(base, { periodTo: "2026-06-30" }).paidOn).toBeNull();
    const both = { paidOn: "2026-07-02", periodTo: "2026-06-30" };
    expect(mergeFields(base, both)).toMatchObject(both);
    const period = mergeFields(base, { periodFrom: "2026-06-01", periodTo: "2026-06-30" });
    expect(mergeFields(period, { note: null })).toEqual({ ...period, note: null });
  });

  test("shares are replaced as a whole; the single one follows the amount only where it named none", () => {
    const shares = [{ fundSource: "county-union", amountFen: "40" }];
    const shared = mergeFields(base, { shares });
    expect(shared.shares).toEqual([{ fundSource: "county-union", amountFen: 40n }]);
    expect(mergeFields(shared, { amountFen: "90" }).shares[0]?.amountFen).toBe(40n);
    expect(mergeFields(shared, { shares: [] }).shares).toEqual([]);
  });
});

test("what not even a draft may say", () => {
  const keys = (content: Partial<Content>) =>
    Object.fromEntries(
      Object.entries(contentErrors({ ...emptyContent("x", 2026), ...content })).map(
        ([field, list]) => [field, list[0]?.key],
      ),
    );
  expect(keys({})).toEqual({});
  expect(keys({ paidOn: "2026-01-01", periodFrom: "2026-01-01" })).toEqual({
    paidOn: "dayOrPeriod",
  });
  expect(keys({ paidOn: "2026-01-01", periodTo: "2026-01-01" })).toEqual({
    paidOn: "dayOrPeriod",
  });
  expect(keys({ paidOn: "2026-01-01" })).toEqual({});
  expect(keys({ periodFrom: "2026-01-01", periodTo: "2026-01-01" })).toEqual({});
  expect(keys({ periodFrom: "2026-02-01" })).toEqual({});
  expect(keys({ amountKind: "unvalued" })).toEqual({});
  expect(keys({ amountFen: 1n })).toEqual({});
  expect(keys({ rate: { unitFen: 10n, count: 2, times: 3, note: null } })).toEqual({});
  expect(keys({ periodFrom: "2026-02-01", periodTo: "2026-01-01" })).toEqual({
    periodTo: "periodOrder",
  });
  expect(keys({ amountKind: "unvalued", amountFen: 1n })).toEqual({ amountFen: "unvaluedAmount" });
  expect(keys({ amountKind: "none" })).toEqual({});
  const money = { amountFen: 1n, cashFen: 1n, shares: [{ fundSource: "x", amountFen: null }] };
  expect(keys({ amountKind: "none", ...money })).toEqual({
    amountFen: "noneAmount",
    cashFen: "noneAmount",
    shares: "noneShares",
  });
  const shares = ["a", "b", "a"].map((fundSource) => ({ fundSource, amountFen: 1n }));
  expect(keys({ shares })).toEqual({ "shares.2.fundSource": "sourceTwice" });
  const rate = { unitFen: 10n ** 12n, count: 100_000_000, times: 100_000_000, note: null };
  expect(keys({ rate })).toEqual({ rate: "fenRange" });
});

describe("what the audit chain keeps", () => {
  test("before and after of what changed, money as text, and no free words", () => {
    const before = { ...emptyContent("x", 2026), amountFen: 1n, note: "张三家" };
    const after = { ...before, amountFen: 2n, note: "李四家" };
    expect(changes(before, after)).toEqual({
      before: { amountFen: "1", note: "…" },
      after: { amountFen: "2", note: "…" },
    });
  });

  test("the order of the shares is no change", () => {
    const shares = [
      { fundSource: "a", amountFen: 1n },
      { fundSource: "b", amountFen: 2n },
    ];
    const before = { ...emptyContent("x", 2026), shares };
    expect(changes(null, { ...before, shares: [...shares].reverse() }).after["shares"]).toEqual([
      { fundSource: "a", amountFen: "1" },
      { fundSource: "b", amountFen: "2" },
    ]);
    expect(changes(before, { ...before, shares: [...shares].reverse() })).toEqual({
      before: {},
      after: {},
    });
  });

  test("of a new record what was said, and nothing that was not", () => {
    const first = { ...emptyContent("x", 2026), amountFen: 5n, note: "王五" };
    const entered = changes(null, first);
    expect(entered).not.toHaveProperty("before");
    expect(entered.after).toMatchObject({ programme: "x", fiscalYear: 2026, amountFen: "5", note: "…" }); // prettier-ignore
    expect(entered.after).not.toHaveProperty("paidOn");
  });

  test("a word that may name a person, written or taken away, is seen to have changed", () => {
    const before = { ...emptyContent("x", 2026), note: "张三" };
    expect(changes(before, { ...before, note: null })).toEqual({ before: { note: "…" }, after: { note: null } }); // prettier-ignore
    expect(changes({ ...before, note: null }, before)).toEqual({ before: { note: null }, after: { note: "…" } }); // prettier-ignore
    expect(changes(before, { ...before })).toEqual({ before: {}, after: {} });
  });

  test("words that name nobody as they are, and of a rate its numbers without its note", () => {
    const before = emptyContent("x", 2026);
    const rate = { unitFen: 600n, count: 2, times: 3, note: "李四户" };
    expect(changes(before, { ...before, amountWording: "余元", rate })).toEqual({
      before: { amountWording: null, rate: null },
      after: {
        amountWording: "余元",
        rate: { unitFen: "600", count: 2, times: 3, note: null },
      },
    });
  });
});

describe("as it is stored", () => {
  const content: Content = {
    ...emptyContent("golden-autumn", 2026),
    campaign: "county-visit",
    form: "transfer",
    paidOn: "2026-08-28",
    amountFen: 15_390_000n,
    note: "一批",
    counts: { households: 21, packs: 0 },
    rate: { unitFen: 600n, count: 2, times: 3, note: "按人" },
    shares: [
      { fundSource: "county-union", amountFen: 5_390_000n },
      { fundSource: "county-treasury", amountFen: 10_000_000n },
    ],
  };

  test("each column has its value: ids of codes, words in capitals, money in text, nothing as null", () => {
    const columns = columnsOf(content, (list, code) => `${list} ${code}`.length);
    expect(columns).toMatchObject({
      campaign_id: "campaigns county-visit".length,
      programme_id: "programmes golden-autumn".length,
      aid_category_id: null,
      form: "TRANSFER",
      fiscal_year: 2026,
      paid_on: "2026-08-28",
      amount_fen: "15390000",
      amount_kind: "EXACT",
      note: "一批",
      cash_fen: null,
      households: 21,
      packs: 0,
      persons: null,
      rate_unit_fen: "600",
      rate_count: 2,
      rate_times: 3,
      rate_note: "按人",
    });
    expect(columnsOf({ ...content, rate: null }, () => 1)).toMatchObject({
      rate_unit_fen: null,
      rate_count: null,
      rate_note: null,
    });
  });

  test("what is said of a stored record is read back as it was; shares in their list's order", () => {
    const fundSources = new Map([["county-treasury", 2], ["county-union", 3]]); // prettier-ignore
    const said = saidBy(content, { fundSources } as unknown as Codes);
    expect(said).toMatchObject({ amountFen: "15390000", households: 21, packs: 0, persons: null });
    expect(said.shares.map((share) => share.fundSource)).toEqual(["county-treasury", "county-union"]); // prettier-ignore
    const { households, packs, ...rest } = said;
    const read = contentOf({ ...rest, counts: { households, packs } } as never);
    expect(read).toEqual({ ...content, shares: [...content.shares].reverse() });
  });

  test("a correction is posted on its own day, in that day's year", () =>
    expect(postedOn("2026-03-02")).toEqual({
      paidOn: "2026-03-02",
      periodFrom: null,
      periodTo: null,
      fiscalYear: 2026,
    }));
});

describe("rows that may be one payment twice", () => {
  const paid = (amountFen: string | null, paidOn: string | null, more: object = {}) => ({
    organisation: "630123",
    programme: "golden-autumn",
    amountFen,
    paidOn,
    counts: { persons: 3 },
    mainUnit: "persons" as const,
    ...more,
  });

  test("are told of each other, by their places", () => {
    const rows = [
      paid("100", "2026-08-01"),
      null,
      paid("100", "2026-08-08"),
      paid("100", "2026-08-09"),
      paid("200", "2026-08-01"),
      paid("100", "2026-08-01", { organisation: "630121" }),
    ];
    expect(alikeAmong(rows, 7)).toEqual([[2], [], [0, 3], [2], [], []]);
  });

  test("have a day in common where they are periods", () => {
    const period = (from: string, to: string) =>
      paid("100", null, { periodFrom: from, periodTo: to });
    const rows = [
      period("2026-01-01", "2026-06-30"),
      period("2026-06-30", "2026-12-31"),
      period("2027-02-01", "2027-02-28"),
    ];
    expect(alikeAmong(rows, 7)).toEqual([[1], [0], []]);
  });

  test("count the same where there is no amount, and are alike without a day", () => {
    const rows = [paid(null, null), paid(null, null), paid(null, null, { counts: { persons: 4 } })];
    expect(alikeAmong(rows, 7)).toEqual([[1], [0], []]);
  });

  test("are named three at most", () => {
    const rows = Array.from({ length: 1000 }, () => paid("100", "2026-08-01"));
    expect(alikeAmong(rows, 7)[999]).toEqual([0, 1, 2]);
  });
});
