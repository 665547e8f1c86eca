import { beforeAll, expect, test } from "vitest";
import { judgeEntry } from "@/lib/features/entry/policy";
import { createAllotment, passDownAllotment } from "@/lib/features/allotments/commands";
import { getPageReference } from "@/lib/features/reference/queries";
import { OF_OTHERS } from "@/lib/features/findings/rules";
import { civilDateInChina } from "@/lib/kernel/fiscal-year";
import { FINDING_RULES } from "@/lib/kernel/record-codes";
import type { Checked } from "@/lib/features/disbursements/schema";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { approvedRecord, as, sampleFields } from "@/testing/records";
import { POST as check } from "./route";

const actors = testActors(await testDatabase());
let clerk: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
});

/** What a form always says: codes, or that there is none. */
const complete = {
  campaign: null,
  aidCategory: "education",
  recipientKind: "needy-worker-children",
  form: "transfer" as const,
};
const fields = { ...sampleFields, organisation: "630123" };
async function ask(person: TestPerson, body: unknown) {
  const answer = await call(check, person, {
    method: "POST",
    body,
    headers: { "sec-fetch-site": "same-origin" },
  });
  return { status: answer.status, body: answer.body as unknown as Checked };
}
const rules = ({ findings }: Checked) => findings.map(({ rule }) => rule);

/** Everything that a write leaves behind. */
async function traces(): Promise<unknown> {
  const { rows } = await actors.owner.query(`
    SELECT (SELECT count(*) FROM disbursements) AS records, (SELECT count(*) FROM disbursement_shares) AS shares,
      (SELECT count(*) FROM audit_entries) AS entries, (SELECT count(*) FROM figure_deltas) AS deltas,
      (SELECT sum(amount_fen) FROM figure_deltas) AS fen, (SELECT last_value FROM disbursements_id_seq) AS number,
      (SELECT max(version) FROM disbursements) AS version`);
  return rows[0];
}

test("finds what submission would find, and stores nothing", async () => {
  const before = await traces();
  const bad = { ...fields, amountFen: "15390001", counts: {} };
  const checked = await ask(clerk, bad);
  expect(checked.status).toBe(200);
  expect(rules(checked.body)).toEqual(expect.arrayContaining(["shares-sum", "counts-missing"]));
  expect(rules((await ask(clerk, fields)).body)).not.toContain("shares-sum");
  expect(await traces()).toEqual(before);
  const stored = await as(clerk).create({ amountFen: "15390001", counts: {} });
  expect(stored.findings.map(({ rule }) => rule)).toEqual(rules(checked.body));
});

test("writes nothing, not even to take it back", async () => {
  const draft = await as(clerk).create();
  await actors.owner.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'written'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT OR UPDATE OR DELETE ON disbursements FOR EACH STATEMENT EXECUTE FUNCTION refuse()`);
  try {
    expect((await ask(clerk, fields)).status).toBe(200);
    expect((await ask(clerk, { ...fields, id: draft.id, version: draft.version })).status).toBe(
      200,
    );
    await expect(as(clerk).create()).rejects.toThrow();
  } finally {
    await actors.owner.query("DROP FUNCTION refuse CASCADE");
  }
});

test("finds in a form what it finds in the record made of it", async () => {
  const person = await actors.clerk("630121");
  const money = {
    amountFen: "98000000",
    shares: [{ fundSource: "county-union", amountFen: null }],
  };
  await as(person).create(money);
  for (const change of [
    money,
    { ...money, paidOn: null, periodFrom: "2026-08-01", periodTo: "2026-08-31" },
    { ...money, paidOn: null, fiscalYear: 2026 },
    { ...money, form: "mixed" as const, cashFen: "1", counts: {} },
    { amountKind: "unvalued" as const, amountFen: null, shares: [] },
  ]) {
    const form = { ...sampleFields, organisation: "630121", ...change };
    const checked = await ask(person, form);
    const stored = await as(person).create(change);
    expect(checked.body.findings).toEqual(stored.findings);
    const again = await ask(person, { ...form, id: stored.id, version: stored.version });
    expect(again.body.findings).toEqual(stored.findings);
  }
});

test("says no more and no less than the browser has found by itself, but by comparison with others", async () => {
  const person = await actors.clerk("630121");
  const [reference, today] = await as(person).read(async ({ db, scope, actor }) => [
    await getPageReference({ db, scope, actor, entering: true, named: [] }),
    civilDateInChina(new Date()),
  ]);
  const rate = { unitFen: "60000", count: 21, times: 1, note: null };
  const seen = new Set<string>();
  for (const change of [
    {},
    { amountFen: null },
    { amountFen: "0", shares: [], counts: {} },
    { rate, amountFen: "1260001" },
    { form: "mixed" as const, cashFen: "100", goodsFen: null },
    { form: "service" as const, aidCategory: null },
    { form: "voucher" as const, counts: { packs: 7 } },
    { shares: [{ fundSource: "county-union", amountFen: "1" }] },
    { amountKind: "unvalued" as const, amountFen: null },
    { amountKind: "none" as const, amountFen: null, shares: [] },
    { paidOn: null },
    { paidOn: "2027-01-05" },
    { paidOn: "2024-08-28" },
    { paidOn: "2026-03-28", amountFen: "15000000" },
    { paidOn: null, periodFrom: "2026-07-01", periodTo: "2026-12-31" },
    { fiscalYear: 2025 },
  ]) {
    const form = { ...fields, ...complete, organisation: "630121", note: "", ...change };
    const { body } = await ask(person, form);
    const told = body.findings.filter(({ rule }) => !OF_OTHERS.includes(rule));
    const own = judgeEntry(form, { record: null, reference, today });
    expect(own, JSON.stringify(change)).toEqual(told);
    for (const { rule } of own) seen.add(rule);
  }
  expect(FINDING_RULES.filter((rule) => !seen.has(rule) && !OF_OTHERS.includes(rule))).toEqual([
    // refused before it is judged
    "closed-year",
    "outside-campaign",
  ]);
});

test("judges a saved draft as it is being changed, and leaves it as it was", async () => {
  const draft = await as(clerk).create();
  const before = await traces();
  const changed = { ...fields, id: draft.id, version: draft.version, shares: [] };
  expect(rules((await ask(clerk, changed)).body)).toContain("shares-missing");
  expect((await ask(clerk, { ...changed, version: 7 })).status).toBe(409);
  expect(await traces()).toEqual(before);
  expect((await as(clerk).get(draft.id)).shares).toHaveLength(2);
});

test("tells what is left of each chosen source: received, less approved, less waiting", async () => {
  const person = await actors.clerk("630222");
  const reviewer = await actors.reviewer("630200");
  const province = await actors.province();
  await as(province).write((context) =>
    createAllotment({
      ...context,
      input: {
        organisation: "630222",
        fiscalYear: 2026,
        fundSource: "county-union",
        amountFen: "100000000",
        amountKind: "exact",
      },
    }),
  );
  const own = {
    organisation: "630222",
    shares: [{ fundSource: "county-union", amountFen: "15390000" }],
  };
  const passed = await as(person).submit(await as(person).create(own));
  await as(reviewer).approve(passed);
  const waiting = {
    ...own,
    amountFen: "700000",
    shares: [{ fundSource: "county-union", amountFen: "700000" }],
  };
  await as(person).submit(await as(person).create(waiting));
  const { body } = await ask(person, { ...fields, ...own, note: "第三笔" });
  expect(body.sources).toEqual([
    {
      fundSource: "county-union",
      receivedFen: "100000000",
      approvedFen: "15390000",
      waitingFen: "700000",
      leftFen: "83910000",
    },
  ]);
});

test("tells nothing as left that was passed down", async () => {
  const province = as(await actors.province());
  const { id } = await province.write((context) =>
    createAllotment({
      ...context,
      input: {
        ...{ organisation: "630100", fiscalYear: 2026, fundSource: "provincial-union" },
        ...{ amountFen: "60000", amountKind: "exact" },
      },
    }),
  );
  const to = [{ organisation: "630123", amountFen: "40000" }];
  await province.write((context) =>
    passDownAllotment({
      ...{ ...context, id },
      input: { to, documentNumber: "宁工发〔2026〕3号", passedOn: "2026-03-02" },
    }),
  );
  const { body } = await ask(await actors.clerk("630100"), {
    ...{ ...fields, organisation: "630100", amountFen: "100" },
    shares: [{ fundSource: "provincial-union", amountFen: "100" }],
  });
  expect(body.sources).toMatchObject([{ receivedFen: "20000", leftFen: "20000" }]);
});

test("is for whoever may enter there, and for nobody else", async () => {
  const stranger = await actors.clerk("630222");
  const reviewer = await actors.reviewer("630100");
  expect((await ask(stranger, fields)).status).toBe(404);
  expect((await ask(reviewer, fields)).status).toBe(403);
  const draft = await as(clerk).create();
  expect((await ask(stranger, { ...fields, id: draft.id, version: 1 })).status).toBe(404);
});

test("what not even a draft may say is refused as on saving", async () => {
  const refused = await ask(clerk, { ...fields, programme: "no-such-programme" });
  expect(refused.status).toBe(400);
});

test("of a correction that is not made it says what it says of the one made of it", async () => {
  const person = await actors.clerk("630223");
  const [reviewer, province] = [await actors.reviewer("630200"), await actors.province()];
  const organisation = "630223";
  const shares = [{ fundSource: "central-treasury", amountFen: "15390000" }];
  await as(province).write((context) =>
    createAllotment({
      ...context,
      input: {
        ...{ organisation, fiscalYear: 2026, fundSource: "central-treasury" },
        ...{ amountFen: "20000000", amountKind: "exact" },
      },
    }),
  );
  const original = await approvedRecord(person, reviewer, { shares });
  const other = await approvedRecord(person, reviewer, {
    ...{ programme: "warm-winter", paidOn: "2026-01-20", amountFen: "100", note: "另一笔" },
    shares: [{ fundSource: "central-treasury", amountFen: "100" }],
  });
  const { version } = original;
  const said: object[] = [];
  for (const change of [
    // the same once more: neither a duplicate of what it undoes, nor spent twice
    { shares },
    { amountFen: "20000000", shares: [{ fundSource: "central-treasury", amountFen: "20000000" }] },
    { shares: [{ fundSource: "county-union", amountFen: "15390000" }] },
    // what was spent on another programme does not lack it
    { programme: "warm-winter", paidOn: "2026-01-19", shares },
  ]) {
    const replacement = { ...sampleFields, ...complete, note: "", ...change };
    const { body } = await ask(person, {
      ...replacement,
      organisation,
      corrects: original.id,
      version,
    });
    const adjusted = await as(person).adjust(original, replacement);
    const made = await as(person).get(adjusted.adjustments.at(-1)?.replacementId ?? "");
    const again = await ask(person, {
      ...replacement,
      organisation,
      id: made.id,
      version: made.version,
    });
    expect(body.findings, JSON.stringify(change)).toEqual(made.findings);
    expect(again.body).toEqual(body);
    await as(person).void(made);
    said.push({ rules: rules(body), sources: body.sources });
  }
  const source = { fundSource: "central-treasury", receivedFen: "20000000", waitingFen: "0" };
  const without = { ...source, approvedFen: "100", leftFen: "19999900" };
  expect(said).toEqual([
    { rules: [], sources: [without] },
    { rules: ["over-received"], sources: [without] },
    { rules: [], sources: [expect.objectContaining({ fundSource: "county-union" })] },
    { rules: expect.not.arrayContaining(["over-received"]), sources: [without] },
  ]);
  const stale = { ...fields, organisation, corrects: original.id, version: version + 1 };
  expect((await ask(person, stale)).status).toBe(409);
  const stranger = await actors.clerk("630222");
  expect((await ask(stranger, { ...fields, corrects: other.id })).status).toBe(404);
});
