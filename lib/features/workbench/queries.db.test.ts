import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { approvedRecord, as } from "@/testing/records";
import { getWorkbench } from "./queries";

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let reviewer: TestPerson;
const day = (n: number) => ({ paidOn: `2026-08-${String(n).padStart(2, "0")}` });
const bench = (person: TestPerson) => as(person).read((c) => getWorkbench(c));
const ids = (rows: { id: string }[]) => rows.map((row) => row.id);

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
});

test("a clerk's day: drafts, what came back and why, what waits for others, what was passed", async () => {
  const draft = await as(clerk).create(day(1));
  const sent = await as(clerk).submit(await as(clerk).create(day(2)));
  const back = await as(clerk).submit(await as(clerk).create(day(3)));
  await as(reviewer).return(back, { reason: "shares-wrong", words: "省财政应为10万元" });
  const passed = await approvedRecord(clerk, reviewer, day(4));
  const colleague = await actors.clerk("630123");
  const theirs = await as(colleague).create(day(5));
  const elsewhere = await actors.clerk("630104");
  await as(elsewhere).create(day(6));

  const mine = await bench(clerk);
  expect(mine).toMatchObject({
    year: 2026,
    queue: { total: 0, more: false },
    drafts: { total: 1 },
    waiting: { total: 1 },
  });
  expect(ids(mine.drafts.items)).toEqual([draft.id]);
  expect(ids(mine.waiting.items)).toEqual([sent.id]);
  expect(ids(mine.approved)).toEqual([passed.id]);
  expect(mine.returned.items).toMatchObject([
    {
      id: back.id,
      returned: {
        reason: "shares-wrong",
        words: "省财政应为10万元",
        actor: { id: reviewer.userId },
      },
    },
  ]);
  // what came back is the office's to mend; drafts are each clerk's own
  const other = await bench(colleague);
  expect(ids(other.drafts.items)).toEqual([theirs.id]);
  expect(ids(other.returned.items)).toEqual([back.id]);
});

test("a reviewer is told how much waits, and is shown nobody's drafts", async () => {
  const view = await bench(reviewer);
  expect(view.queue).toMatchObject({ total: 1, more: false });
  expect([view.drafts.total, view.returned.total, view.waiting.total]).toEqual([0, 0, 0]);
});

test("a programme in season that was paid last year and not yet this year may be forgotten, unless the calendar tells of it", async () => {
  const county = await actors.clerk("632222");
  const judge = await actors.reviewer("632200");
  await approvedRecord(county, judge, {
    programme: "warm-winter",
    paidOn: "2025-12-20",
    amountFen: "500000",
    shares: [{ fundSource: "county-union", amountFen: null }],
  });
  const winter = {
    organisation: "632222",
    programme: "warm-winter",
    lastYear: { kind: "money", fen: 500000n },
  };
  expect((await bench(county)).forgotten).toEqual([winter]);
  const { rows } = await actors.owner.query<{ id: number }>(
    `INSERT INTO expectations (programme_id, organisation_id, owed_by, repeats, from_month, from_day, to_month, to_day,
       due_month, due_day, first_year)
     SELECT p.id, o.id, 'COUNTY', 'YEARLY', 11, 1, 2, 29, 3, 15, 2027 FROM programmes p, organisations o
     WHERE p.code = 'warm-winter' AND o.code = '632200' RETURNING id`,
  );
  expect(await bench(county)).toMatchObject({
    forgotten: [],
    owed: [{ programme: "warm-winter", state: "due", daysLeft: 115, periodFrom: "2026-11-01" }],
  });
  expect((await bench(clerk)).owed, "another prefecture").toEqual([]);
  const sent = await as(county).create({ programme: "warm-winter", paidOn: "2026-11-10" });
  expect((await bench(county)).owed).toMatchObject([{ draft: 1 }]);
  await as(county).submit(sent);
  expect((await bench(county)).owed).toEqual([]);
  await actors.owner.query("UPDATE expectations SET active = false WHERE id = $1", [rows[0]?.id]);
  expect((await bench(county)).forgotten).toEqual([]);
});

test("a correction that came back is listed once, as its replacement", async () => {
  const original = await approvedRecord(clerk, reviewer, day(7));
  const fields = {
    programme: "golden-autumn",
    ...day(7),
    amountFen: "100",
    counts: { persons: 1 },
  };
  const shares = [{ fundSource: "county-union", amountFen: null }];
  const { adjustments } = await as(clerk).adjust(original, { ...fields, shares });
  const replacementId = adjustments[0]?.replacementId ?? "";
  expect(ids((await bench(clerk)).drafts.items)).toContain(replacementId);
  expect(ids((await bench(clerk)).drafts.items)).not.toContain(adjustments[0]?.reversalId);
  const sent = await as(clerk).submit(await as(clerk).get(replacementId));
  await as(reviewer).return(sent);
  const returned = (await bench(clerk)).returned.items.filter((r) => r.entryKind !== "original");
  expect(ids(returned)).toEqual([replacementId]);
});
