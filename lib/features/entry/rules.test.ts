import { describe, expect, it } from "vitest";
import { readEntry } from "./rules";
import { emptyEntry } from "./present";
import type { EntryValues } from "./types";

const base: EntryValues = { ...emptyEntry("630123"), programme: "warm-winter" };
const read = (patch: Partial<EntryValues>) =>
  readEntry({ ...base, ...patch }, { today: "2026-11-25", openYears: [2025, 2026] });

describe("the amount", () => {
  it.each([
    ["61.58万", "61580000"],
    ["1,332.50", "133250"],
    ["１２００", "120000"],
  ])("%s is %s fen", (amount, fen) => {
    expect(read({ amount }).input.amountFen).toBe(fen);
  });

  it("is refused rather than rounded", () => {
    expect(read({ amount: "0.005" }).problems).toEqual({ amountFen: [{ key: "amountPrecision" }] });
    expect(read({ amount: "几万" }).problems).toEqual({ amountFen: [{ key: "fen" }] });
  });

  it("of an unvalued record is none, and no share carries one", () => {
    const { input } = read({
      amountKind: "unvalued",
      amount: "100",
      shares: [{ fundSource: "donation", amount: "100" }],
    });
    expect(input.amountFen).toBeNull();
    expect(input.shares).toEqual([{ fundSource: "donation", amountFen: null }]);
  });
});

describe("an amount that is only about right", () => {
  it("is an estimate with its words, whatever was chosen", () => {
    const reading = read({ amount: "约30万" });
    expect(reading.amountKind).toBe("estimated");
    expect(reading.input).toMatchObject({
      amountFen: "30000000",
      amountKind: "estimated",
      amountWording: "约30万",
    });
    expect(read({ amountKind: "estimated", amount: "61.58万余元" }).input).toMatchObject({
      amountFen: "61580000",
      amountWording: "61.58万余元",
    });
  });

  it("keeps the wording that was typed for itself", () => {
    const { input } = read({ amount: "约30万", amountWording: "三十万左右" });
    expect(input.amountWording).toBe("三十万左右");
  });
});

describe("cash and goods", () => {
  const parts = { form: "mixed", cash: "1.2万", goods: "800" };

  it("make the amount where none is typed", () => {
    const reading = read(parts);
    expect(reading.amountFrom).toBe("parts");
    expect(reading.input.amountFen).toBe("1280000");
  });

  it("make none while one of them is missing, or where one is typed", () => {
    expect(read({ ...parts, goods: "" }).input.amountFen).toBeNull();
    expect(read({ ...parts, amount: "13000" }).input.amountFen).toBe("1300000");
  });
});

describe("the counts", () => {
  const counts = (households: string) => ({ counts: { ...base.counts, households } });

  it("are read as they are written", () => {
    expect(read(counts("5300余户")).input.counts?.households).toBe(5300);
    expect(read(counts("1200个")).input.counts?.households).toBe(1200);
  });

  it("are never two, and never those of another unit", () => {
    expect(read(counts("1200\t3")).problems).toEqual({
      "counts.households": [{ key: "severalValues" }],
    });
    const other = read(counts("9人"));
    expect(other.problems).toEqual({ "counts.households": [{ key: "countOtherUnit" }] });
    expect(other.input.counts?.households).toBeNull();
  });
});

describe("the rate basis", () => {
  it("gives the amount where none is typed", () => {
    const reading = read({ rateUnit: "6", rateCount: "1,185", rateTimes: "365" });
    expect(reading.amountFrom).toBe("rate");
    expect(reading.input.amountFen).toBe("259515000");
  });

  it("takes the times as one where only unit and count are typed", () => {
    const reading = read({ rateUnit: "600", rateCount: "21" });
    expect(reading.onceAssumed).toBe(true);
    expect(reading.input).toMatchObject({
      amountFen: "1260000",
      rate: { unitFen: "60000", count: 21, times: 1, note: null },
    });
  });

  it("gives the fourth number from the amount", () => {
    const reading = read({ amount: "1.26万", rateUnit: "600", rateTimes: "1" });
    expect(reading.input.rate).toMatchObject({ count: 21 });
  });

  it("is never dropped in silence when it cannot be worked out", () => {
    expect(read({ rateUnit: "6" }).problems).toEqual({ "rate.count": [{ key: "rateIncomplete" }] });
    expect(read({ amount: "100", rateUnit: "7", rateTimes: "1" }).problems).toEqual({
      "rate.count": [{ key: "rateIndivisible" }],
    });
  });
});

describe("the shares", () => {
  it("of a single source are the whole", () => {
    const { input, remainderFen } = read({
      amount: "100",
      shares: [{ fundSource: "county-union", amount: "" }],
    });
    expect(input.shares).toEqual([{ fundSource: "county-union", amountFen: "10000" }]);
    expect(remainderFen).toBe(0n);
  });

  it("give the rest to the one row left open", () => {
    const { shares } = read({
      amount: "15.39万",
      shares: [
        { fundSource: "provincial-treasury", amount: "10万" },
        { fundSource: "county-union", amount: "" },
      ],
    });
    expect(shares[1]).toEqual({ fundSource: "county-union", fen: 5390000n, filled: true });
  });

  it("are never made negative to fit", () => {
    const reading = read({
      amount: "100",
      shares: [
        { fundSource: "donation", amount: "150" },
        { fundSource: "county-union", amount: "" },
      ],
    });
    expect(reading.remainderFen).toBe(-5000n);
    expect(reading.input.shares?.[1]).toEqual({ fundSource: "county-union", amountFen: null });
  });

  it("need a source each, and each source once", () => {
    const { problems } = read({
      amount: "100",
      shares: [
        { fundSource: "", amount: "50" },
        { fundSource: "donation", amount: "25" },
        { fundSource: "donation", amount: "25" },
      ],
    });
    expect(problems).toEqual({
      "shares.0.fundSource": [{ key: "choose" }],
      "shares.2.fundSource": [{ key: "sourceTwice" }],
    });
  });
});

describe("the time", () => {
  it("is one day or a whole period", () => {
    const period = { dateKind: "period", periodFrom: "2026-05-01", periodTo: "" } as const;
    expect(read(period).problems).toEqual({ periodTo: [{ key: "required" }] });
    expect(read({ ...period, periodTo: "2026-04-01" }).problems).toEqual({
      periodTo: [{ key: "periodOrder" }],
    });
    expect(read({ ...period, paidOn: "2026-05-03", periodTo: "2026-05-31" }).input).toMatchObject({
      paidOn: null,
      periodFrom: "2026-05-01",
      periodTo: "2026-05-31",
    });
  });

  it("is read as it is written", () => {
    expect(read({ paidOn: "8.28" }).input.paidOn).toBe("2026-08-28");
    const months = { dateKind: "period", periodFrom: "2026年3月", periodTo: "5月" } as const;
    expect(read(months).input).toMatchObject({ periodFrom: "2026-03-01", periodTo: "2026-05-31" });
    expect(read({ paidOn: "6828-08-28" }).problems).toEqual({ paidOn: [{ key: "dateAbsurd" }] });
  });

  it("in a year that is not open is said at once, and stays out of what is stored", () => {
    const closed = read({ paidOn: "2024.8.28" });
    expect(closed.problems).toEqual({ paidOn: [{ key: "yearClosed", values: { year: 2024 } }] });
    expect(closed.input.paidOn).toBeNull();
  });
});

describe("what cannot be stored", () => {
  it("stays out of what is sent, so that the rest can be kept as a draft", () => {
    const { input, problems } = read({
      amount: "几万",
      dateKind: "period",
      periodFrom: "2026-05-31",
      periodTo: "2026-05-01",
      rateUnit: "6",
      shares: [
        { fundSource: "donation", amount: "25" },
        { fundSource: "donation", amount: "25" },
      ],
    });
    expect(Object.keys(problems).sort()).toEqual([
      "amountFen",
      "periodTo",
      "rate.count",
      "shares.1.fundSource",
    ]);
    expect(input).toMatchObject({
      amountFen: null,
      periodFrom: "2026-05-31",
      periodTo: null,
      rate: null,
      shares: [{ fundSource: "donation", amountFen: "2500" }],
    });
  });
});
