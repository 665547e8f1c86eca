import { describe, expect, test } from "vitest";
import {
  changes,
  contentErrors,
  emptyContent,
  mergeFields,
  newContent,
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
  expect(keys({ periodFrom: "2026-02-01", periodTo: "2026-01-01" })).toEqual({
    periodTo: "periodOrder",
  });
  expect(keys({ amountKind: "unvalued", amountFen: 1n })).toEqual({ amountFen: "unvaluedAmount" });
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
    expect(changes(before, { ...before, shares: [...shares].reverse() })).toEqual({
      before: {},
      after: {},
    });
  });
});
