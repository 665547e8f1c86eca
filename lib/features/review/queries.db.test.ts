import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { as } from "@/testing/records";
import { listReviewQueue } from "./queries";

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let judge: TestPerson;

/** From 500,000 yuan up the province approves after the county's own reviewer. */
const BIG = {
  amountFen: "60000000",
  shares: [{ fundSource: "county-union", amountFen: null }],
};

beforeAll(async () => {
  clerk = await actors.clerk("632222");
  judge = await actors.reviewer("632200");
});

async function submitted(day: number, fields: object = {}) {
  const paidOn = `2026-08-${String(day).padStart(2, "0")}`;
  return as(clerk).submit(await as(clerk).create({ paidOn, ...fields }));
}
const queue = (asked: { limit?: number; look?: number } = {}) =>
  as(judge).read((c) => listReviewQueue({ ...c, ...asked }));
const ids = ({ items }: { items: { record: { id: string } }[] }) => items.map((i) => i.record.id);

test("a long queue is looked through from its oldest end, and says that there is more", async () => {
  const first = await submitted(1);
  const second = await submitted(2);
  const third = await submitted(3);
  expect(ids(await queue({ limit: 1, look: 1 }))).toEqual([first.id]);
  expect(await queue({ limit: 1, look: 1 })).toMatchObject({ total: 1, more: true });
  expect(await queue({ limit: 2, look: 2 })).toMatchObject({ total: 2, more: true });
  expect(await queue()).toMatchObject({ total: 3, more: false });
  expect(ids(await queue()).sort()).toEqual([first.id, second.id, third.id].sort());
});

test("where the oldest wait for somebody else, the search goes on to those that do not", async () => {
  for (const { record } of (await queue()).items) await as(judge).approve(record);
  const big = await submitted(4, BIG);
  expect((await as(judge).approve(big)).status).toBe("submitted");
  const mine = await submitted(5);
  expect(await queue({ limit: 1, look: 1 })).toMatchObject({ total: 1, more: false });
  expect(ids(await queue({ limit: 1, look: 1 }))).toEqual([mine.id]);
});
