import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { POST as commit } from "@/app/api/v1/imports/[id]/commit/route";
import { GET as find } from "@/app/api/v1/imports/[id]/route";
import { POST as bring } from "@/app/api/v1/imports/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { as } from "@/testing/records";
import { testWorker, type TestWorker } from "@/testing/worker";
import { readNotices } from "./commands";
import { listNotices } from "./queries";

const database = await testDatabase();
const actors = testActors(database);
let worker: TestWorker;
let clerk: TestPerson;
let colleague: TestPerson;
let stranger: TestPerson;
let reviewer: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  colleague = await actors.clerk("630123");
  stranger = await actors.clerk("632222");
  reviewer = await actors.reviewer("630100");
  other = await actors.reviewer("632200");
  worker = await testWorker(database);
});
afterAll(() => worker.stop());

// The chain keeps the server's own time.
const notices = (who: TestPerson) => as(who, new Date()).read((c) => listNotices(c));
const told = async (who: TestPerson) =>
  (await notices(who)).items.map(({ kind, subject, unread }) => [kind, subject, unread]);

test("an office is told what came back and what was approved, a reviewer what was taken back; nobody of their own deeds, or of others'", async () => {
  const back = await as(reviewer).return(await as(clerk).submit(await as(clerk).create()), {
    reason: "date-wrong",
    words: "日期不符",
  });
  const passed = await as(reviewer).approve(
    await as(clerk).submit(await as(clerk).create({ paidOn: "2026-08-29" })),
  );
  const taken = await as(clerk).withdraw(
    await as(clerk).submit(await as(clerk).create({ paidOn: "2026-08-30" })),
  );
  const forOffice = [
    ["approved", passed.id, true],
    ["returned", back.id, true],
  ];
  expect(await told(clerk)).toEqual(forOffice);
  expect(await told(colleague)).toEqual(forOffice);
  expect((await notices(clerk)).items[1]).toMatchObject({
    ...{ organisation: "630123", programme: "golden-autumn", day: "2026-08-28" },
    ...{ reason: "date-wrong", actor: { id: reviewer.userId } },
  });
  expect(await told(reviewer)).toEqual([["withdrawn", taken.id, true]]);
  expect(await told(stranger)).toEqual([]);
  expect(await told(other)).toEqual([]);
  expect(await told(await actors.auditor())).toEqual([]);
});

test("an approval with another to come is no news yet", async () => {
  const large = { amountFen: "60000000", shares: [{ fundSource: "county-union", amountFen: "60000000" }] }; // prettier-ignore
  const halfway = await as(reviewer).approve(await as(stranger).submit(await as(stranger).create(large))).catch(() => null); // prettier-ignore
  expect(halfway, "out of this reviewer's reach").toBeNull();
  const sent = await as(stranger).submit(await as(stranger).create({ ...large, paidOn: "2026-08-29" })); // prettier-ignore
  const half = await as(other).approve(sent);
  expect(await told(stranger)).toEqual([]);
  const whole = await as(await actors.province()).approve(half);
  expect(await told(stranger)).toEqual([["approved", whole.id, true]]);
});

test("what was read stays read, for this person alone, and what comes later is unread", async () => {
  const mark = (who: TestPerson, upTo: string, now = new Date()) =>
    as(who, now).write((c) => readNotices({ ...c, body: { upTo } }));
  const newest = (await notices(clerk)).items[0]?.at ?? "";
  expect(await mark(clerk, newest)).toMatchObject({ unread: 0 });
  expect((await notices(clerk)).unread).toBe(0);
  expect((await notices(colleague)).unread).toBe(2);
  const later = await as(reviewer).return(
    await as(clerk).submit(await as(clerk).create({ paidOn: "2026-09-02" })),
  );
  expect((await told(clerk))[0]).toEqual(["returned", later.id, true]);
  expect((await notices(clerk)).unread).toBe(1);
  await mark(clerk, "2020-01-01T00:00:00.000Z");
  expect((await notices(clerk)).unread, "nothing is unread again").toBe(1);
  await mark(clerk, "2099-01-01T00:00:00.000Z", new Date(newest));
  expect((await notices(clerk)).unread, "nobody reads what is still to come").toBe(1);
});

test("what is due within a fortnight is told to its office", async () => {
  await actors.owner.query(
    `INSERT INTO expectations (programme_id, organisation_id, owed_by, repeats, from_month, from_day, to_month, to_day,
       due_month, due_day, first_year)
     SELECT p.id, o.id, 'COUNTY', 'YEARLY', 6, 1, 8, 31, 12, 1, 2026 FROM programmes p, organisations o
     WHERE p.code = 'cool-summer' AND o.code = '630123'`,
  );
  const on = (day: string, who = clerk) =>
    as(who, new Date(`${day}T02:00:00Z`)).read((c) => listNotices(c));
  const soon = async (day: string, who = clerk) =>
    (await on(day, who)).items.filter(({ kind }) => kind === "due-soon");
  expect(await soon("2026-11-16")).toEqual([]);
  expect(await soon("2026-11-17")).toMatchObject([{ programme: "cool-summer", day: "2026-12-01" }]);
  expect(await soon("2026-11-17", stranger)).toEqual([]);
  expect(await soon("2026-12-02")).toEqual([]);
});

test("that an import is done is told to whoever stored it, and to no colleague", async () => {
  const importer = await actors.clerk("630121");
  const beside = await actors.clerk("630121");
  const form = new FormData();
  form.set("organisation", "630121");
  const table = "项目,发放日期,金额（元）,户数,资金来源\n金秋助学,2026-08-28,1200,3,县级工会经费\n";
  form.set("file", new File([table], "台账.csv"));
  const sent = new Response(form);
  const brought = await call(bring, importer, {
    method: "POST",
    body: new Uint8Array(await sent.arrayBuffer()),
    headers: { "content-type": sent.headers.get("content-type") ?? "" },
  });
  const id = String(brought.body["id"]);
  const until = (status: string) =>
    vi.waitFor(
      async () =>
        expect((await call(find, importer, { params: { id } })).body).toMatchObject({ status }),
      { timeout: 120_000, interval: 100 },
    );
  await until("preview");
  expect(await told(importer)).toEqual([]);
  await call(commit, importer, { method: "POST", params: { id }, body: { goodRowsOnly: true } });
  await until("committed");
  expect(await told(importer)).toEqual([["imported", id, true]]);
  for (const who of [beside, clerk, reviewer]) {
    const kinds = (await told(who)).map(([kind]) => kind);
    expect(kinds).not.toContain("imported");
  }
}, 180_000);

test("the list is bounded, and counts all that is unread", async () => {
  const many = await actors.clerk("630106");
  const shares = [{ fundSource: "county-union", amountFen: null }];
  for (let n = 0; n < 31; n += 1) {
    const draft = await as(many).create({ amountFen: String(100_000 + n), shares });
    await as(reviewer).return(await as(many).submit(draft));
  }
  const { items, unread } = await notices(many);
  expect([items.length, unread]).toEqual([30, 31]);
});
