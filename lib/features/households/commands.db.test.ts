import { beforeAll, describe, expect, test } from "vitest";
import { POST as fileRoute } from "@/app/api/v1/households/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import {
  file,
  freshNumber,
  happen,
  holder,
  householdInput,
  NOW,
  TODAY,
} from "@/testing/households";
import { call } from "@/testing/http";
import { as } from "@/testing/records";
import { changeHousehold } from "./commands";
import { getHousehold } from "./queries";
import type { CreateHouseholdInput } from "./types";

const actors = testActors(await testDatabase());
const { owner } = actors;
let clerk: TestPerson;
let reviewer: TestPerson;
let elsewhere: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
  elsewhere = await actors.clerk("632222");
});

const read = (person: TestPerson, id: string) =>
  as(person).read((c) => getHousehold({ ...c, id, today: TODAY }));
const entries = async (id: string) => {
  const { rows } = await owner.query<{ action: string; body: string }>(
    "SELECT action, body FROM audit_entries WHERE subject_type = 'household' AND subject_id = $1 ORDER BY position",
    [id],
  );
  return rows;
};
const faults = async () => {
  const { rows } = await owner.query<{ n: string }>(
    "SELECT guard.faults_of_households_stand() + guard.faults_of_subjects_are_as_audited() + guard.faults_of_seals_have_keys() AS n",
  );
  return Number(rows[0]?.n);
};

describe("a file", () => {
  test("is filed with its members and its first event, and says what they come to", async () => {
    const child = { relation: "child", name: "旦增", born: "2015-05-01", sex: "female" } as const;
    const members = [holder(), child];
    const made = await file(clerk, { members });
    expect(made).toMatchObject({
      ...{ organisation: "630123", code: "630123-0001", status: "open", tier: "deep" },
      ...{ tierYear: 2026, reviewDue: false, sight: "open", editable: true, version: 1 },
      ...{ address: "示范镇一号", otherCauses: ["schooling"], followUpOn: null },
      members: [
        { no: 1, relation: "self", name: "才让卓玛", born: "1980-01-01", health: "慢性病" },
        {
          no: 2,
          relation: "child",
          name: "旦增",
          born: "2015-05-01",
          sex: "female",
          idNumber: null,
        },
      ],
      events: [{ no: 1, kind: "filed", on: "2026-03-01", year: 2026, tier: "deep" }],
    });
    const [entry] = await entries(made.id);
    expect(entry?.action).toBe("household.create");
    expect(JSON.parse(entry?.body ?? "")).toEqual({
      ...{ organisation: "630123", code: "630123-0001", kind: "urban", level: "national" },
      ...{ tier: "deep", filedOn: "2026-03-01", members: 2, documented: 1 },
    });
    expect((await file(clerk)).code).toBe("630123-0002");
    expect(await faults()).toBe(0);
  });

  test("is open to its clerks, masked to its reviewers, and nobody else's", async () => {
    const { id } = await file(clerk);
    const masked = await read(reviewer, id);
    expect(masked).toMatchObject({ sight: "masked", editable: false, takes: [], address: "***" });
    expect(masked.members[0]).toMatchObject({ name: "才***", phone: "*******2345", born: "1980", health: "***" }); // prettier-ignore
    expect(masked.members[0]?.idNumber).toMatch(/^639\*{11}\d{3}[\dX]$/);
    await expect(read(elsewhere, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    for (const person of [await actors.province(), await actors.auditor(), await actors.admin()])
      await expect(read(person, id)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(file(reviewer)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(file(elsewhere)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("changes with its members together, on the version it was read in", async () => {
    const made = await file(clerk);
    const change = (version: number) =>
      as(clerk).write((c) => {
        const {
          organisation: _,
          filedOn: __,
          tier: ___,
          ...head
        } = householdInput({ address: "示范镇二号" });
        const code = made.code;
        return changeHousehold({ ...c, now: NOW, id: made.id, input: { ...head, code, version } });
      });
    expect(await change(1)).toMatchObject({ version: 2, address: "示范镇二号" });
    await expect(change(1)).rejects.toMatchObject({ code: "STALE" });
    expect((await entries(made.id)).map(({ action }) => action)).toEqual(["household.create", "household.update"]); // prettier-ignore
    expect(await faults()).toBe(0);
  });

  test("what cannot be is refused by member and field, and repeats no value", async () => {
    const wrong = "639901198001010015";
    const members = [
      holder({ idNumber: wrong, born: "2027-01-01" }),
      holder({ relation: "self", idNumber: null, health: "电话 13909712345" }),
    ];
    const refused = await file(clerk, { members, code: "13909712345", otherCauses: ["illness"] }).catch((error: unknown) => error); // prettier-ignore
    expect(refused).toMatchObject({
      code: "VALIDATION",
      fieldErrors: {
        "members.0.idNumber": [{ key: "idCheckDigit" }],
        "members.0.born": [{ key: "futureDate" }],
        "members.1.relation": [{ key: "holderFirst" }],
        "members.1.health": [{ key: "numberElsewhere" }],
        code: [{ key: "numberElsewhere" }],
        otherCauses: [{ key: "twiceChosen" }],
      },
    });
    expect(JSON.stringify(refused)).not.toContain(wrong);
    const same = freshNumber();
    const twice = [holder({ idNumber: same }), holder({ relation: "spouse", idNumber: same })];
    await expect(file(clerk, { members: twice })).rejects.toMatchObject({
      fieldErrors: { "members.1.idNumber": [{ key: "twiceInFile", values: { other: 1 } }] },
    });
  });
});

describe("through its life", () => {
  test("在档 → 脱困 → 返困 → 注销, with the day to look again, and nothing after it", async () => {
    let one = await file(clerk, { filedOn: "2025-03-01" });
    expect(one).toMatchObject({ tierYear: 2025, reviewDue: true });
    one = await happen(clerk, one, { kind: "tier", tier: "relative" });
    expect(one).toMatchObject({ tier: "relative", tierYear: 2026, reviewDue: false });
    one = await happen(clerk, one, {
      kind: "visit",
      visitors: "李干事",
      note: "已入户",
      dueOn: "2026-12-31",
    });
    expect(one.followUpOn).toBe("2026-12-31");
    one = await happen(clerk, one, {
      kind: "consent",
      consent: "income-check",
      dueOn: "2027-03-01",
    });
    expect(one.consents).toMatchObject([{ consent: "income-check", holds: true }]);
    one = await happen(clerk, one, { kind: "lifted", on: "2026-08-31", reason: "employed" });
    expect(one).toMatchObject({ status: "lifted", followUpOn: "2027-02-28" });
    await expect(happen(clerk, one, { kind: "tier", tier: "deep" })).rejects.toMatchObject({ code: "TRANSITION" }); // prettier-ignore
    await expect(happen(clerk, one, { kind: "returned", on: "2026-08-30", reason: "illness", tier: "deep" })).rejects.toMatchObject({ fieldErrors: { on: [{ key: "beforeLastTurn" }] } }); // prettier-ignore
    one = await happen(clerk, one, { kind: "returned", reason: "illness", tier: "deep" });
    expect(one).toMatchObject({ status: "returned", tier: "deep", followUpOn: null });
    one = await happen(clerk, one, { kind: "consent-ended", consent: "income-check" });
    expect(one.consents).toMatchObject([{ holds: false, endedOn: TODAY }]);
    one = await happen(clerk, one, { kind: "closed", reason: "moved" });
    expect(one).toMatchObject({ status: "closed", editable: false, sight: "masked", takes: [] });
    await expect(happen(clerk, one, {})).rejects.toMatchObject({ code: "TRANSITION" });
    expect(one.events.map(({ kind }) => kind)).toEqual(["filed", "tier", "visit", "consent", "lifted", "returned", "consent-ended", "closed"]); // prettier-ignore
    expect(await faults()).toBe(0);
  });

  test("an event says what its kind asks for, and nothing else", async () => {
    const one = await file(clerk);
    for (const [event, field, key] of [
      [{ kind: "tier" }, "tier", "required"],
      [{ kind: "lifted" }, "reason", "required"],
      [{ kind: "lifted", reason: "moved" }, "reason", "notOfThisKind"],
      [{ kind: "consent" }, "consent", "required"],
      [{ kind: "visit", tier: "deep" }, "tier", "notOfThisKind"],
      [{ kind: "closed", reason: "moved", dueOn: "2027-01-01" }, "dueOn", "notOfThisKind"],
      [{ kind: "visit", on: "2026-11-28" }, "on", "futureDate"],
      [{ kind: "visit", dueOn: "2026-01-01" }, "dueOn", "beforeItsDay"],
      [{ kind: "visit", note: "13909712345" }, "note", "numberElsewhere"],
      [{ kind: "tier", tier: "deep", year: 2027 }, "year", "futureYear"],
    ] as const)
      await expect(happen(clerk, one, event), key).rejects.toMatchObject({
        code: "VALIDATION",
        fieldErrors: { [field]: [{ key }] },
      });
  });
});

const post = (person: TestPerson, body: CreateHouseholdInput) =>
  call(fileRoute, person, {
    method: "POST",
    path: "/api/v1/households",
    headers: { "idempotency-key": crypto.randomUUID() },
    body,
  });

describe("nobody is in two files", () => {
  test("of one within reach its code is told, of one elsewhere one bit, written down and audited", async () => {
    const idNumber = freshNumber();
    const first = await file(clerk, { members: [holder({ idNumber })] });
    const again = [holder(), holder({ relation: "spouse", idNumber: idNumber.toLowerCase() })];
    await expect(file(clerk, { members: again })).rejects.toMatchObject({ code: "HAS_FILE" });
    const own = await post(clerk, householdInput({ members: again }));
    expect([own.status, JSON.stringify(own.body)]).toEqual([
      409,
      expect.stringContaining(first.code),
    ]);
    const theirs = await post(
      elsewhere,
      householdInput({ organisation: "632222", members: again }),
    );
    expect(theirs.status).toBe(409);
    const said = JSON.stringify(theirs.body);
    expect(said).toContain("members.1.idNumber");
    for (const secret of [first.code, first.id, "630123", "湟源", idNumber]) expect(said).not.toContain(secret); // prettier-ignore
    const { rows } = await owner.query(
      "SELECT people, user_id::text FROM household_refusals ORDER BY id",
    );
    expect(rows).toEqual([{ people: 1, user_id: elsewhere.userId }]);
    const { rows: told } = await owner.query(
      "SELECT body FROM audit_entries WHERE action = 'household.refuse'",
    );
    expect(told).toEqual([{ body: '{"people" : 1}' }]);
    // closed there, filed here
    await happen(clerk, first, { kind: "closed", reason: "moved" });
    const moved = await post(elsewhere, householdInput({ organisation: "632222", members: again }));
    expect(moved.status).toBe(201);
    expect(await faults()).toBe(0);
  });

  test("an edit holds whom it names anew and lets the others go", async () => {
    const [one, two] = [freshNumber(), freshNumber()];
    const made = await file(clerk, { members: [holder({ idNumber: one })] });
    const { organisation: _, filedOn: __, tier: ___, ...head } = householdInput({ members: [holder({ idNumber: two })] }); // prettier-ignore
    await as(clerk).write((c) => changeHousehold({ ...c, now: NOW, id: made.id, input: { ...head, code: made.code, version: 1 } })); // prettier-ignore
    await expect(file(clerk, { members: [holder({ idNumber: two })] })).rejects.toThrow();
    expect(await file(clerk, { members: [holder({ idNumber: one })] })).toMatchObject({ version: 1 }); // prettier-ignore
  });

  test("two counties in one second: one of them has the file", async () => {
    const idNumber = freshNumber();
    const other = { organisation: "632222" };
    const outcomes = await Promise.allSettled([
      file(clerk, { members: [holder({ idNumber })] }),
      file(elsewhere, { ...other, members: [holder({ idNumber })] }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("twenty such answers in a day are the end of them", async () => {
    const held = freshNumber();
    await file(clerk, { members: [holder({ idNumber: held })] });
    await owner.query(
      "INSERT INTO household_refusals (user_id, organisation_id, people) SELECT $1, id, 20 FROM organisations WHERE code = '632222'",
      [elsewhere.userId],
    );
    const ask = (idNumber: string) =>
      post(elsewhere, householdInput({ organisation: "632222", members: [holder({ idNumber })] }));
    expect((await ask(held)).status).toBe(429);
    expect((await ask(freshNumber())).status).toBe(429);
    // without a document nothing is asked
    const bare = householdInput({ organisation: "632222", members: [holder({ idNumber: null })] });
    expect((await post(elsewhere, bare)).status).toBe(201);
    await owner.query("DELETE FROM household_refusals");
  });
});
