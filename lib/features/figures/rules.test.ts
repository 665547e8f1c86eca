import { eachCount } from "@/lib/kernel/counts";
import { describe, expect, it } from "vitest";
import {
  addSums,
  balanceRows,
  changeFrom,
  comparedPeriod,
  emptySums,
  namedOf,
  namedPermille,
  monthsOf,
  originOf,
  sumsOfCell,
  totalsOf,
  yearsCompare,
} from "./rules";
import { pickMeasures } from "./present";
import { balanceContract } from "./schema";

describe("sums", () => {
  it("add each count to itself and money as whole fen", () => {
    const one = { ...emptySums(), amountFen: 9_007_199_254_740_993n, records: 1, persons: 3 };
    const two = { ...emptySums(), amountFen: -1n, records: 1, households: 2, unvalued: 1 };
    const sum = addSums({ ...one }, two);
    expect(totalsOf(sum)).toEqual({
      amountFen: "9007199254740992",
      ...eachCount(() => 0),
      records: 2,
      persons: 3,
      households: 2,
    });
    expect(sum.unvalued).toBe(1);
  });

  it("of a cell are what the cell says, those without and with an estimated amount among them", () => {
    const sums = {
      ...emptySums(),
      amountFen: 7n,
      records: 5,
      unvalued: 2,
      estimated: 1,
      withoutMoney: 1,
      reversals: 3,
      packs: 4,
      ...{ namedRecords: 2, namedFen: 3n, namedPersons: 5, namedHouseholds: 1 },
    };
    const cell = {
      ...totalsOf(sums),
      ...namedOf(sums),
      unvalued: 2,
      estimated: 1,
      withoutMoney: 1,
      reversals: 3,
      programme: "cool-summer",
    };
    expect(sumsOfCell(cell)).toEqual(sums);
    expect(addSums(sumsOfCell(cell), sums)).toMatchObject({
      amountFen: 14n,
      records: 10,
      unvalued: 4,
      estimated: 2,
      withoutMoney: 2,
      reversals: 6,
      packs: 8,
      ...{ namedRecords: 4, namedFen: 6n, namedPersons: 10, namedHouseholds: 2 },
    });
  });
});

describe("a balance", () => {
  const spent = (organisation: string, prefecture: string, amountFen: string, more = {}) => ({
    ...totalsOf({ ...emptySums(), records: 1 }),
    ...namedOf(emptySums()),
    ...{ unvalued: 0, estimated: 0, withoutMoney: 0, reversals: 0 },
    ...{ organisation, prefecture, amountFen },
    ...more,
  });
  const rows = [
    spent("a1", "a", "250"),
    spent("a2", "a", "70"),
    spent("b1", "b", "0", { unvalued: 1 }),
    spent("c1", "c", "0", { withoutMoney: 1 }),
    spent("d1", "d", "9"),
  ];
  const total = { ...spent("", "", "329"), records: 5, unvalued: 1, withoutMoney: 1 };
  const got = (code: string, organisation: string, received: bigint) => ({
    code,
    organisation,
    received,
  });
  const received = [got("a", "a1", 100n), got("b", "b1", 40n), got("e", "e1", 5n)];
  const balance = balanceRows("prefecture", received, { rows, total });
  const line = (of: {
    receivedFen: string | null;
    spentFen: string | null;
    balanceFen: string | null;
  }) => [of.receivedFen, of.spentFen, of.balanceFen];

  it("stands only where both sides are known, and may be less than nothing", () => {
    expect(balance.rows.map((row) => [row.prefecture, ...line(row)])).toEqual([
      ["a", "100", "320", "-150"],
      ["b", "40", null, null],
      ["c", null, null, null],
      ["d", null, "9", null],
      ["e", "5", null, "5"],
    ]);
  });

  it("adds up to the total, which says of how many organisations there is none", () => {
    expect(line(balance.totals)).toEqual(["145", "329", "-145"]);
    expect(balance.leftOut).toEqual({ withoutReceipts: 2, unpriced: 1 });
  });

  it("is executed in parts of what was received, where both are known", () => {
    expect(balance.rows.map((row) => row.executedPermille)).toEqual([2500, null, null, null, 0]);
    expect(balance.totals.executedPermille).toBe(2381);
  });

  it("is unknown, not zero, where nothing is recorded at all", () => {
    const none = { ...totalsOf(emptySums()), unvalued: 0, withoutMoney: 0, reversals: 0 };
    const nothing = balanceRows("organisation", [], { rows: [], total: none });
    expect([nothing.rows, line(nothing.totals)]).toEqual([[], [null, null, null]]);
  });
});

describe("measures", () => {
  it("asked for come with their axes, nothing else", () => {
    const totals = totalsOf({ ...emptySums(), amountFen: 5n, records: 1 });
    const leftOut = {
      draft: 0,
      submitted: 0,
      returned: 0,
      unvalued: 0,
      estimated: 0,
      withoutMoney: 0,
      contributory: { records: 0, amountFen: "0", unvalued: 0, withoutMoney: 0, reversals: 0 },
    };
    const named = namedOf({ ...emptySums(), namedFen: 1n, namedRecords: 1 });
    const row = {
      ...{ ...totals, ...named },
      programme: "cool-summer",
      unvalued: 0,
      estimated: 0,
      withoutMoney: 0,
      reversals: 0,
    };
    const standing = { asOf: "2026-11-22T00:00:00.000Z", seq: 12, definition: 1 };
    const figures = { rows: [row], totals, named, leftOut, waitingKnown: true, ...standing };
    const picked = pickMeasures(figures, ["programme"], ["amountFen"]);
    expect(picked.rows).toEqual([{ programme: "cool-summer", amountFen: "5" }]);
    expect(picked.totals).toEqual({ amountFen: "5" });
    expect(picked).toMatchObject({ leftOut, ...standing });
    const share = pickMeasures(figures, ["programme"], ["namedFen", "namedPermille"]);
    expect(share.rows).toEqual([{ programme: "cool-summer", namedFen: "1", namedPermille: 200 }]);
    expect(share.totals).toEqual({ namedFen: "1", namedPermille: 200 });
    const narrowed = pickMeasures({ ...figures, waitingKnown: false }, [], ["records"]).leftOut;
    expect(narrowed).toEqual({ ...leftOut, draft: null, submitted: null, returned: null });
  });
});

describe("a comparison", () => {
  const TODAY = "2026-11-25";

  it.each([
    [2025, "same-period", { from: "2024-01-01", to: "2024-12-31", throughMonth: 12 }],
    [2026, "same-period", { from: "2025-01-01", to: "2025-10-31", throughMonth: 10 }],
    [2026, "full-year", { from: "2025-01-01", to: "2025-12-31", throughMonth: 12 }],
    [2026, "none", null],
    [2027, "same-period", null],
  ] as const)("of %i (%s) is with %o", (year, compare, period) => {
    expect(comparedPeriod(year, TODAY, compare)).toEqual(period);
  });

  it("waits for the first month to end, and knows the length of February", () => {
    expect(comparedPeriod(2026, "2026-01-31", "same-period")).toBeNull();
    expect(comparedPeriod(2025, "2025-03-01", "same-period")?.to).toBe("2024-02-29");
    const part = comparedPeriod(2026, TODAY, "same-period");
    const whole = comparedPeriod(2025, TODAY, "same-period");
    expect([part && monthsOf(part), whole && monthsOf(whole)]).toEqual([10, undefined]);
  });

  it("of a statistics year is counted from October", () => {
    const of = (year: number, today: string) =>
      comparedPeriod(year, today, "same-period", "statistics");
    expect(of(2026, "2026-02-10")).toEqual({
      from: "2024-10-01",
      to: "2025-01-31",
      throughMonth: 1,
    });
    expect(of(2027, "2026-11-26")).toEqual({
      from: "2025-10-01",
      to: "2025-10-31",
      throughMonth: 10,
    });
    expect(of(2027, "2026-10-31")).toBeNull();
    const [part, whole] = [of(2026, "2026-02-10"), of(2026, "2026-11-26")];
    expect(whole).toEqual({ from: "2024-10-01", to: "2025-09-30", throughMonth: 9 });
    expect([part && monthsOf(part), whole && monthsOf(whole)]).toEqual([1, undefined]);
  });

  it("has a balance of civil years alone", () => {
    const read = (yearAxis: string) =>
      balanceContract.query?.safeParse({ year: "2025", yearAxis }).error?.issues[0]?.message;
    expect(read("calendar")).toBeUndefined();
    expect(read("statistics")).toBe("calendarAlone");
  });

  const origins = (demo: boolean, published = false, any = true) => ({ any, demo, published });
  it.each([
    ["two real years", origins(false), origins(false, true), true],
    ["two invented ones", origins(true), origins(true), true],
    ["an invented and a real one", origins(true), origins(false, true), false],
    ["a year in which nothing is recorded", origins(false, false, false), origins(true), true],
  ])("%s", (_, now, before, compared) => {
    expect(yearsCompare(now, before)).toBe(compared);
  });

  it("labels a year by what its records are, an empty one by nothing", () => {
    expect(originOf(origins(true, true))).toBe("demo");
    expect(originOf(origins(false, true))).toBe("published");
    expect(originOf(origins(false, false, false))).toBe("entered");
  });

  const money = (fen: bigint) => ({ kind: "money" as const, fen });
  it.each([
    ["an increase", money(100_000n), money(114_090n), "100000", "14090", 141],
    ["a zero base", money(0n), money(5n), "0", "5", null],
    ["no record before", { kind: "unknown" as const }, money(5n), null, null, null],
    ["nothing priced now", money(5n), { kind: "unvalued" as const }, "5", null, null],
  ])("says of %s", (_, base, now, previousFen, changeFen, changePermille) => {
    expect(changeFrom(base, now)).toEqual({ previousFen, changeFen, changePermille });
  });
});

describe("the share that is named", () => {
  it.each([
    ["300", "100", 333],
    ["300", "200", 667],
    ["300", "0", 0],
    ["300", "300", 1000],
    // nothing spent, or nobody knows how much
    ["0", "0", null],
    // of what corrections took more out of than they put in
    ["-5", "-5", null],
    ["100", "-1", null],
    ["100", "101", null],
  ])("of %s fen with %s in a roster is %s", (amountFen, namedFen, permille) => {
    expect(namedPermille({ amountFen, namedFen })).toBe(permille);
  });
});
