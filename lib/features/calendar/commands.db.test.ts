import { beforeAll, describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { approvedRecord, as } from "@/testing/records";
import { createExpectation, declareNil, updateExpectation, withdrawNil } from "./commands";
import { getCalendar, listExpectations } from "./queries";
import { OPEN_STATES } from "./rules";
import type { CreateExpectationInput, DeclareNilInput } from "./schema";
import type { PeriodState } from "./types";

const actors = testActors(await testDatabase());
let admin: TestPerson;
let clerk: TestPerson;
let stranger: TestPerson;
let reviewer: TestPerson;

const yearly = (from: string, to: string, due: string) => ({ repeats: "yearly", from, to, due }) as const; // prettier-ignore
const autumn: CreateExpectationInput = {
  programme: "golden-autumn",
  organisation: "630000",
  owedBy: "COUNTY",
  when: yearly("08-01", "09-30", "10-15"),
  firstYear: 2025,
  lastYear: null,
  source: "示例",
};
const expects = (over: Partial<CreateExpectationInput> = {}, who = admin) =>
  as(who).write((c) => createExpectation({ ...c, body: { ...autumn, ...over } }));

beforeAll(async () => {
  admin = await actors.admin();
  clerk = await actors.clerk("630123");
  stranger = await actors.clerk("632222");
  reviewer = await actors.reviewer("630100");
});

const NOW = new Date("2026-11-20T02:00:00Z");
async function calendar(
  who: TestPerson,
  programme: string,
  over: { year?: number; now?: Date; org?: string } = {},
) {
  const { now = NOW, year = 2026, org } = over;
  const { items } = await as(who, now).read((c) => getCalendar({ ...c, query: { year, org } }));
  return items.filter((item) => item.programme === programme);
}
const only = async (...asked: Parameters<typeof calendar>) => {
  const [first, ...others] = await calendar(...asked);
  expect(others).toEqual([]);
  return first;
};
const nilOf = (over: Partial<DeclareNilInput> = {}): DeclareNilInput => ({
  organisation: "630123",
  programme: "golden-autumn",
  periodFrom: "2026-08-01",
  periodTo: "2026-09-30",
  reason: "nobody-to-aid",
  ...over,
});
const declare = (who: TestPerson, over: Partial<DeclareNilInput> = {}, now = NOW) =>
  as(who, now).write((c) => declareNil({ ...c, input: nilOf(over) }));
const withdraw = (who: TestPerson, { id, version }: { id: string; version: number }) =>
  as(who).write((c) => withdrawNil({ ...c, id, input: { version } }));
const field = (name: string, key: string) => ({
  code: "VALIDATION",
  fieldErrors: { [name]: [expect.objectContaining({ key })] },
});

describe("what is expected", () => {
  test("is kept by administrators: added, changed, and taken out of use, in the audit", async () => {
    const made = await expects();
    expect(made).toMatchObject({
      programme: { code: "golden-autumn" },
      when: autumn.when,
      active: true,
      version: 1,
    });
    await expect(expects()).rejects.toMatchObject(field("when", "expectationTaken"));
    await expect(expects({ firstYear: 2027, lastYear: 2026 })).rejects.toMatchObject(
      field("lastYear", "yearsOrder"),
    );
    await expect(expects({ programme: "nowhere" })).rejects.toMatchObject(
      field("programme", "unknownCode"),
    );
    for (const who of [clerk, await actors.province()])
      await expect(expects({ firstYear: 2030 }, who)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const change = (version: number, source: string) =>
      as(admin).write((c) =>
        updateExpectation({ ...c, params: { id: made.id }, body: { version, source } }),
      );
    expect(await change(1, "省总发〔2026〕1号")).toMatchObject({
      source: "省总发〔2026〕1号",
      version: 2,
    });
    await expect(change(1, "旧")).rejects.toMatchObject({ code: "STALE" });
    expect((await as(admin).read(listExpectations)).map(({ id }) => id)).toEqual([made.id]);
    const { rows } = await actors.owner.query<{ action: string }>(
      "SELECT action FROM audit_entries WHERE subject_type = 'expectation' ORDER BY position",
    );
    expect(rows.map(({ action }) => action)).toEqual(["expectation.create", "expectation.update"]);
  });

  test("is owed by every county below, and by nobody of another kind", async () => {
    const all = await calendar(await actors.province(), "golden-autumn");
    expect(all).toHaveLength(45);
    expect(all.map(({ organisation }) => organisation)).toEqual(
      all.map(({ organisation }) => organisation).sort(),
    );
    expect(await calendar(reviewer, "golden-autumn")).toHaveLength(7);
    expect(
      await calendar(await actors.province(), "golden-autumn", { org: "632200" }),
    ).toHaveLength(4);
    expect(await calendar(clerk, "golden-autumn", { year: 2024 }), "before its first year").toEqual(
      [],
    );
    await expect(calendar(clerk, "golden-autumn", { org: "632222" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(calendar(admin, "golden-autumn")).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("is narrowed to a programme and to states; a programme that never was is named", async () => {
    const province = await actors.province();
    const asked = (query: { programme?: string[]; state?: PeriodState[] }) =>
      as(province, NOW).read((c) => getCalendar({ ...c, query: { year: 2026, ...query } }));
    expect((await asked({ programme: ["golden-autumn"], state: OPEN_STATES })).items).toHaveLength(
      45,
    );
    expect((await asked({ state: ["done", "due"] })).items).toEqual([]);
    await expect(asked({ programme: ["nowhere"] })).rejects.toMatchObject(
      field("programme", "unknownCode"),
    );
  });

  test("crosses the turn of the year, and a February ends on its last day", async () => {
    await expects({ programme: "warm-winter", when: yearly("11-01", "02-31", "02-10") });
    expect(await only(clerk, "warm-winter")).toMatchObject({
      periodFrom: "2025-11-01",
      periodTo: "2026-02-28",
      dueOn: "2027-02-10",
    });
    expect(await only(clerk, "warm-winter", { year: 2028 })).toMatchObject({
      periodTo: "2028-02-29",
    });
  });

  test("of the nearest root holds: another day, or nothing at all", async () => {
    await expects({ programme: "cool-summer", when: yearly("06-01", "08-31", "09-15") });
    await expects({
      programme: "cool-summer",
      organisation: "630100",
      when: yearly("06-15", "08-31", "09-05"),
    });
    await expects({ programme: "cool-summer", organisation: "632222", when: { repeats: "never" } });
    expect(await only(clerk, "cool-summer")).toMatchObject({
      periodFrom: "2026-06-15",
      dueOn: "2026-09-05",
    });
    expect(await calendar(stranger, "cool-summer")).toEqual([]);
    expect(await only(await actors.clerk("632223"), "cool-summer")).toMatchObject({
      dueOn: "2026-09-15",
    });
  });

  test("each month is due in the next one", async () => {
    await expects({
      programme: "love-breakfast",
      organisation: "630123",
      when: { repeats: "monthly", fromMonth: 1, toMonth: 12, dueDay: 31 },
    });
    const months = await calendar(clerk, "love-breakfast");
    expect(months).toHaveLength(12);
    expect(months[0]).toMatchObject({
      periodFrom: "2026-01-01",
      periodTo: "2026-01-31",
      dueOn: "2026-02-28",
    });
    expect(months[11]).toMatchObject({
      periodTo: "2026-12-31",
      dueOn: "2027-01-31",
      state: "ahead",
    });
    expect(months.map(({ state }) => state).slice(8, 11)).toEqual(["late", "due", "due"]);
  });
});

describe("where it stands", () => {
  const breakfast = { programme: "love-breakfast", shares: [], amountFen: "100000" };

  test("a draft is not done; what is submitted or approved is, in the period the ledger has it under", async () => {
    const state = async () => (await only(clerk, "golden-autumn"))?.state;
    expect(await state()).toBe("late");
    const draft = await as(clerk).create();
    expect(await only(clerk, "golden-autumn")).toMatchObject({
      state: "late",
      draft: 1,
      daysLate: 36,
    });
    const sent = await as(clerk, new Date("2026-10-15T15:59:00Z")).submit(draft);
    expect(await only(clerk, "golden-autumn")).toMatchObject({
      state: "done",
      submitted: 1,
      firstSentOn: "2026-10-15",
      daysLate: null,
    });
    const back = await as(reviewer).return(sent);
    expect(await only(clerk, "golden-autumn")).toMatchObject({ state: "late", returned: 1 });
    const again = await as(clerk).submit(back);
    expect(
      await only(clerk, "golden-autumn"),
      "sent in time, and again after a return",
    ).toMatchObject({ state: "done", firstSentOn: "2026-10-15", daysLate: null });
    await as(reviewer).approve(again);
    expect(await only(clerk, "golden-autumn")).toMatchObject({
      state: "done",
      approved: 1,
      submitted: 0,
    });
    expect((await only(stranger, "golden-autumn"))?.state, "another county").toBe("late");
  });

  test("what came after the due day is late by its days", async () => {
    const elsewhere = await actors.clerk("630104");
    await as(elsewhere, new Date("2026-10-15T16:00:00Z")).submit(
      await as(elsewhere, new Date("2026-10-15T15:00:00Z")).create(),
    );
    expect(await only(elsewhere, "golden-autumn")).toMatchObject({
      firstSentOn: "2026-10-16",
      daysLate: 1,
    });
  });

  test("a record that a reversal took back is none", async () => {
    const elsewhere = await actors.clerk("630105");
    const original = await approvedRecord(elsewhere, reviewer);
    expect((await only(elsewhere, "golden-autumn"))?.state).toBe("done");
    const corrected = await as(elsewhere).adjust(original, null);
    const reversal = await as(elsewhere).get(corrected.adjustments[0]?.reversalId ?? "");
    await as(reviewer).approve(await as(elsewhere).submit(reversal));
    expect(await only(elsewhere, "golden-autumn")).toMatchObject({ state: "late", approved: 0 });
  });

  test("one of a whole quarter covers its months", async () => {
    const record = await as(clerk).create({
      ...breakfast,
      paidOn: null,
      periodFrom: "2026-01-01",
      periodTo: "2026-03-31",
      shares: [{ fundSource: "county-union", amountFen: null }],
    });
    await as(clerk).submit(record);
    const months = await calendar(clerk, "love-breakfast");
    expect(
      months.slice(0, 4).map(({ state, submitted, covering }) => [state, submitted, covering]),
    ).toEqual([
      ["done", 0, record.id],
      ["done", 0, record.id],
      ["done", 1, null],
      ["late", 0, null],
    ]);
  });
});

describe("a nil declaration", () => {
  test("stands with its reason and its author, once, and is said in the calendar", async () => {
    const made = await declare(stranger, { organisation: "632222" });
    expect(made).toMatchObject({
      reason: "nobody-to-aid",
      end: null,
      declaredBy: { id: stranger.userId },
      version: 1,
    });
    expect(await only(stranger, "golden-autumn")).toMatchObject({
      state: "nil",
      nil: { id: made.id },
    });
    await expect(declare(stranger, { organisation: "632222" })).rejects.toMatchObject(
      field("periodFrom", "nilTwice"),
    );
  });

  test("gives way to a record of its days, whoever submits it, with an entry in the chain", async () => {
    const record = await as(await actors.clerk("632222")).create({
      amountFen: "50000",
      shares: [{ fundSource: "county-union", amountFen: null }],
    });
    expect((await only(stranger, "golden-autumn"))?.state, "a draft alone").toBe("nil");
    await as(stranger).submit(record);
    expect(await only(stranger, "golden-autumn")).toMatchObject({
      state: "done",
      nil: { end: "superseded", supersededBy: record.id, version: 2 },
    });
    const { rows } = await actors.owner.query<{ action: string; record: string }>(
      `SELECT action, body::json->>'record' AS record FROM audit_entries WHERE subject_type = 'nil-declaration' ORDER BY position`,
    );
    expect(rows).toEqual([
      { action: "nil-declaration.create", record: null },
      { action: "nil-declaration.supersede", record: record.id },
    ]);
    const { rows: faults } = await actors.owner.query<{ n: string }>(
      "SELECT guard.faults_of_subjects_are_as_audited() + guard.faults_of_nil_is_nil() AS n",
    );
    expect(faults).toEqual([{ n: "0" }]);
  });

  test("is refused where a record stands, be it a draft, where nothing is asked for, and before its time", async () => {
    await expect(declare(clerk)).rejects.toMatchObject(field("periodFrom", "nilRecordStands"));
    const haiyan = await actors.clerk("632223");
    const own = { organisation: "632223" };
    const draft = await as(haiyan).create();
    await expect(declare(haiyan, own)).rejects.toMatchObject(
      field("periodFrom", "nilRecordStands"),
    );
    await as(haiyan).void(draft);
    await expect(declare(haiyan, { ...own, periodTo: "2026-09-29" })).rejects.toMatchObject(
      field("periodFrom", "nilNotExpected"),
    );
    await expect(declare(haiyan, own, new Date("2026-07-31T15:00:00Z"))).rejects.toMatchObject(
      field("periodFrom", "nilTooEarly"),
    );
    await expect(declare(haiyan, { ...own, reason: "other" })).rejects.toMatchObject(
      field("words", "required"),
    );
    const nil = await declare(haiyan, { ...own, reason: "other", words: "校历推迟" });
    expect(nil.words).toBe("校历推迟");
  });

  test("is for whoever enters there to make and to take back, and for nobody else", async () => {
    const office = await actors.clerk("632224");
    const own = { organisation: "632224" };
    for (const who of [await actors.reviewer("632224"), await actors.province()])
      await expect(declare(who, own)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(declare(clerk, own)).rejects.toMatchObject(field("organisation", "unknownCode"));
    const nil = await declare(office, own);
    await expect(withdraw(clerk, nil)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(withdraw(await actors.reviewer("632224"), nil)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(withdraw(office, { ...nil, version: 9 })).rejects.toMatchObject({ code: "STALE" });
    const gone = await withdraw(await actors.clerk("632224"), nil);
    expect(gone).toMatchObject({ end: "withdrawn", version: 2 });
    expect((await only(office, "golden-autumn"))?.state).toBe("late");
    await expect(withdraw(office, gone)).rejects.toMatchObject({ code: "TRANSITION" });
    expect(await declare(office, own), "and may be declared anew").toMatchObject({ end: null });
  });

  test("of two at the same time one is made", async () => {
    const own = { organisation: "630102" };
    const [one, two] = [await actors.clerk("630102"), await actors.clerk("630102")];
    const outcomes = await Promise.allSettled([declare(one, own), declare(two, own)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
