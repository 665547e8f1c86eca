import { describe, expect, it } from "vitest";
import type { DisbursementDetail } from "@/lib/features/disbursements/types";
import type { Programme } from "@/lib/features/reference/types";
import { eachCount } from "@/lib/kernel/counts";
import { eachText } from "@/lib/kernel/record-fields";
import { readRecord } from "@/testing/checked";
import { readEntry } from "./rules";
import { emptyEntry, entryLike, entryOf, splitCounts, withProgramme } from "./present";

const CONTEXT = { today: "2026-11-25", openYears: [2026] };
const record: DisbursementDetail = {
  ...readRecord,
  version: 3,
  status: "returned",
  amountFen: "15390000",
  counts: { households: 21, persons: 0 },
  shares: [
    { fundSource: "provincial-treasury", amountFen: "10000000" },
    { fundSource: "county-union", amountFen: "5390000" },
  ],
  note: "秋季学期",
  rate: { unitFen: "732857", count: 21, times: 1, note: "商家优惠一元" },
};

const autumn: Programme = {
  id: 1,
  code: "golden-autumn",
  nameZh: "金秋助学",
  nameEn: "Golden Autumn",
  season: "autumn",
  contributory: false,
  seasonMonths: [8, 9],
  mainUnit: "persons",
  allowedForms: ["transfer", "cash"],
  defaultForm: "transfer",
  defaultAidCategory: "education",
  defaultRecipientKind: "needy-worker-children",
  active: true,
};
const summer: Programme = {
  ...autumn,
  code: "cool-summer",
  seasonMonths: [6, 7, 8],
  mainUnit: "packs",
  allowedForms: ["goods"],
  defaultForm: "goods",
  defaultAidCategory: "goods",
  defaultRecipientKind: "outdoor-workers",
};

describe("a record opened for editing and sent back unchanged", () => {
  it("says the same", () => {
    const { input } = readEntry(entryOf({ ...record, rate: null }), CONTEXT);
    expect(input).toEqual({
      organisation: "630123",
      programme: "golden-autumn",
      campaign: null,
      aidCategory: "education",
      recipientKind: "needy-worker-children",
      form: "transfer",
      paidOn: "2026-08-28",
      periodFrom: null,
      periodTo: null,
      amountFen: "15390000",
      amountKind: "exact",
      ...eachText(() => null),
      cashFen: null,
      goodsFen: null,
      rate: null,
      counts: { ...eachCount(() => null), households: 21, persons: 0 },
      shares: record.shares,
      note: "秋季学期",
    });
  });

  it("brings back whatever is counted and every text, as it was typed", () => {
    const counts = eachCount((unit) => unit.length);
    const texts = eachText((name) => `${name}，说明`);
    const said = { ...record, counts, ...texts, amountKind: "estimated" as const, rate: null };
    expect(readEntry(entryOf(said), CONTEXT).input).toMatchObject({ counts, ...texts });
  });

  it("keeps a contradictory rate as it stands, for the draft to hold", () => {
    const reading = readEntry(entryOf(record), CONTEXT);
    expect(reading.rate.kind).toBe("contradiction");
    expect(reading.input.rate).toEqual(record.rate);
    expect(reading.problems).toEqual({});
  });

  it("lets one source that carries the whole follow a corrected amount", () => {
    const share = (amountFen: string) => [{ fundSource: "county-union", amountFen }];
    const sole = { ...record, rate: null, shares: share("15390000") };
    const { shares } = readEntry({ ...entryOf(sole), amount: "153,900.07" }, CONTEXT).input;
    expect(shares).toEqual([{ fundSource: "county-union", amountFen: "15390007" }]);
    const part = { ...sole, shares: share("5390000") };
    expect(entryOf(part).shares[0]?.amount).toBe("53,900.00");
  });

  it("opens a period as a period", () => {
    const period = { ...record, paidOn: null, periodFrom: "2026-05-01", periodTo: "2026-09-30" };
    const { input } = readEntry(entryOf(period), CONTEXT);
    expect([input.paidOn, input.periodFrom, input.periodTo]).toEqual([
      null,
      "2026-05-01",
      "2026-09-30",
    ]);
  });
});

describe("another like it", () => {
  it("keeps what is the same each time, rate and counts too, and goes a month on", () => {
    const like = entryLike(record, "2026-11-25");
    expect(like.programme).toBe("golden-autumn");
    expect(like.shares).toEqual([
      { fundSource: "provincial-treasury", amount: "" },
      { fundSource: "county-union", amount: "" },
    ]);
    expect([like.amount, like.note]).toEqual(["", ""]);
    expect([like.rateUnit, like.rateCount, like.rateNote]).toEqual([
      "7,328.57",
      "21",
      "商家优惠一元",
    ]);
    expect([like.paidOn, like.counts.households]).toEqual(["2026-09-28", "21"]);
    const { input } = readEntry(like, CONTEXT);
    expect(input).toMatchObject({ amountFen: "15389997", counts: { households: 21 } });
  });

  it("offers no day to come, and the next month of a period", () => {
    expect(entryLike(record, "2026-09-20").paidOn).toBe("");
    const period = { ...record, paidOn: null, periodFrom: "2026-04-01", periodTo: "2026-04-30" };
    const like = entryLike(period, "2026-11-25");
    expect([like.periodFrom, like.periodTo]).toEqual(["2026-05-01", "2026-05-31"]);
  });
});

describe("choosing the programme", () => {
  const start = emptyEntry("630123");

  it("brings its defaults, and today in season", () => {
    const values = withProgramme(start, autumn, undefined, "2026-09-02");
    expect(values).toMatchObject({
      aidCategory: "education",
      recipientKind: "needy-worker-children",
      form: "transfer",
      paidOn: "2026-09-02",
    });
  });

  it("offers no day out of season", () => {
    expect(withProgramme(start, autumn, undefined, "2026-12-02").paidOn).toBe("");
  });

  it("keeps what the clerk chose otherwise, but no form the programme does not allow", () => {
    const first = withProgramme(start, autumn, undefined, "2026-08-02");
    const chosen = { ...first, aidCategory: "emergency", form: "cash", paidOn: "2026-08-01" };
    const next = withProgramme(chosen, summer, autumn, "2026-08-02");
    expect(next).toMatchObject({
      aidCategory: "emergency",
      recipientKind: "outdoor-workers",
      form: "goods",
      paidOn: "2026-08-01",
    });
  });
});

describe("counts typed in one breath", () => {
  it.each([
    ["3户9人", { households: "3", persons: "9" }],
    ["12 户 36 人次", { households: "12", personTimes: "36" }],
    ["1,200份", { packs: "1200" }],
  ])("%s", (text, expected) => {
    expect(splitCounts(text)).toEqual(expected);
  });

  it("leaves plain numbers and other words alone", () => {
    expect(splitCounts("12")).toBeNull();
    expect(splitCounts("约12户")).toBeNull();
  });
});
