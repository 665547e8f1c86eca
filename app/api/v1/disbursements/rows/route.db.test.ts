import { beforeAll, expect, test } from "vitest";
import { saveDisbursements } from "@/lib/features/disbursements/commands";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { approvedRecord, as } from "@/testing/records";
import { GET as copy } from "./route";

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let reviewer: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
});

type Answer = {
  items: { id: string; reference: string; base: object; texts: object }[];
  more: boolean;
};

async function ask(person: TestPerson, query: Record<string, string>) {
  const search = new URLSearchParams({ organisation: "630123", by: "month", ...query });
  const answer = await call(copy, person, { path: `/api/v1/disbursements/rows?${search}` });
  return { status: answer.status, ...(answer.body as unknown as Answer) };
}

test("last month’s payments are rows a month on, with what they were beside them", async () => {
  const breakfast = {
    programme: "love-breakfast",
    paidOn: null,
    periodFrom: "2026-01-01",
    periodTo: "2026-01-31",
    amountFen: null,
    rate: { unitFen: "600", count: 10, times: 31, note: null },
    counts: { persons: 10 },
    shares: [{ fundSource: "county-union", amountFen: null }],
    note: "慰问张三",
  };
  const draft = await as(clerk).create(breakfast);
  const voided = await as(clerk).create(breakfast);
  await as(clerk).void(voided);
  await as(clerk).create({ ...breakfast, periodFrom: "2026-03-01", periodTo: "2026-03-31" });
  const { items, more } = await ask(clerk, {
    programme: "love-breakfast",
    year: "2026",
    month: "1",
  });
  expect(more).toBe(false);
  const base = {
    organisation: "湟源县总工会",
    programme: "爱心早餐",
    aidCategory: "餐食",
    recipientKind: "环卫职工",
    form: "实物",
    rateUnit: "6.00",
    rateCount: "10",
    persons: "10",
    fundSource1: "县总工会经费",
  };
  expect(items).toEqual([
    {
      id: draft.id,
      reference: draft.reference,
      base: { ...base, periodFrom: "2026-01-01", periodTo: "2026-01-31", rateTimes: "31" },
      texts: { ...base, periodFrom: "2026-02-01", periodTo: "2026-02-28", rateTimes: "28" },
    },
  ]);
  const year = await ask(clerk, { programme: "love-breakfast", year: "2026", by: "year" });
  expect(year.items.map(({ texts }) => texts)).toMatchObject([
    { periodFrom: "2027-01-01", periodTo: "2027-01-31" },
    { periodFrom: "2027-03-01", periodTo: "2027-03-31" },
  ]);
});

test("what was corrected is there once, as it was corrected", async () => {
  const record = await approvedRecord(clerk, reviewer, { amountFen: "4200000", shares: [{ fundSource: "county-union", amountFen: null }] }); // prettier-ignore
  const query = { programme: "golden-autumn", year: "2026", month: "8", by: "year" };
  const before = await ask(clerk, query);
  expect(before.items.map(({ id }) => id)).toEqual([record.id]);
  const shares = [{ fundSource: "county-union", amountFen: null }];
  await as(clerk).adjust(record, { programme: "golden-autumn", paidOn: "2026-08-28", amountFen: "4300000", shares }); // prettier-ignore
  const { items } = await ask(clerk, query);
  expect(items.map(({ base }) => base)).toMatchObject([{ amount: "43,000.00" }]);
});

test("is for whoever may read there, names what it is of, and no more than two hundred", async () => {
  const stranger = await actors.clerk("630104");
  const query = { programme: "golden-autumn", year: "2026" };
  expect((await ask(stranger, query)).status).toBe(404);
  expect((await ask(reviewer, query)).items).toHaveLength(1);
  expect((await ask(clerk, { year: "2026" })).status).toBe(400);
  const fields = { organisation: "630123", programme: "cool-summer", paidOn: "2026-06-01" };
  const created = Array.from({ length: 201 }, () => ({ fields }));
  await as(clerk).write((c) => saveDisbursements({ ...c, created }));
  const many = await ask(clerk, { programme: "cool-summer", year: "2026" });
  expect([many.items.length, many.more]).toEqual([200, true]);
});
