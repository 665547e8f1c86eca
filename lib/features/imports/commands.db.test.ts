import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { PUT as map } from "@/app/api/v1/imports/[id]/mapping/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { importingAs, type Importing } from "@/testing/imports";
import { testWorker, type TestWorker } from "@/testing/worker";

// What a person says of a file that was read, with the real worker reading it anew.
const database = await testDatabase();
const actors = testActors(database);
let worker: TestWorker;
let clerk: TestPerson;
let desk: Importing;
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
beforeAll(async () => {
  worker = await testWorker(database);
  clerk = await actors.clerk("630123");
  desk = importingAs(clerk);
});
afterAll(() => worker.stop());

test("a word of somebody's table is mapped once, told with its rows, and known in the next file", async () => {
  const table = (...rows: string[]) =>
    ["项目,发放日期,金额（元）,户数,资金来源,资金来源2,金额2（元）", ...rows].join("\r\n");
  const first = await desk.brought(
    table(
      "助学慰问,2026-08-28,1000,1,老马家,,",
      "助学慰问 ,2026-08-29,2000,2,县级工会经费,老马家,500",
      "金秋助学,2026-08-30,3000,3,县级工会经费,,",
      "另一种,2026-08-30,4000,4,县级工会经费,,",
    ),
  );
  expect(first).toMatchObject({ good: 1, bad: 3, mapping: { values: {} } });
  // of the sources together, and whatever the spaces; most rows first
  expect(first.values).toEqual([
    { list: "programme", text: "助学慰问", rows: 2, code: null },
    { list: "programme", text: "另一种", rows: 1, code: null },
    { list: "fundSource", text: "老马家", rows: 2, code: null },
  ]);

  const values = { programme: { 助学慰问: "golden-autumn" }, fundSource: { 老马家: "donation" } };
  const mapped = await desk.mapped(first.id, { values });
  expect(mapped).toMatchObject({ good: 3, bad: 1, mappingSource: "chosen", mapping: { values } });
  expect(mapped.totals).toMatchObject({ amountFen: "600000", counts: { households: 6 } });
  expect(mapped.values).toEqual([
    { list: "programme", text: "助学慰问", rows: null, code: "golden-autumn" },
    { list: "programme", text: "另一种", rows: 1, code: null },
    { list: "fundSource", text: "老马家", rows: null, code: "donation" },
  ]);

  const next = table("助学慰问,2026-09-01,5000,5,老马家,,");
  expect(await desk.brought(next)).toMatchObject({ mappingSource: "remembered", good: 1, bad: 0 });
  // the organisation's own: elsewhere the word says nothing
  const stranger = importingAs(await actors.clerk("632222"));
  expect(await stranger.brought(next)).toMatchObject({
    mappingSource: "recognised",
    bad: 1,
    mapping: { values: {} },
  });

  // taken back: left open it is a problem again, from now on
  const open = await desk.mapped(mapped.id, { values: { fundSource: values.fundSource } });
  expect(open).toMatchObject({ good: 1, bad: 3 });
  expect(await desk.brought(next)).toMatchObject({ good: 0, bad: 1 });
  // and nothing said reads it again as was said
  expect(await desk.mapped(mapped.id, {})).toMatchObject({ good: 1, mappingSource: "chosen" });

  const wrong = { values: { programme: { 慰问: "no-such-code" } } };
  const body = await call(map, clerk, { method: "PUT", path: `/api/v1/imports/${mapped.id}/mapping`, params: { id: mapped.id }, body: wrong }); // prettier-ignore
  expect(body).toMatchObject({
    status: 400,
    body: { error: { fieldErrors: { "values.programme": [expect.any(String)] } } },
  });
});

test("the programme chosen with a file outranks the one that was kept of a table with the same headers", async () => {
  const table = (n: number) => `发放日期,金额（元）,户数,出资\n2026-08-28,${n},1,县级工会经费`;
  const first = await desk.brought(table(100), { programme: "golden-autumn" });
  const columns = ["paidOn", "amount", "households", "fundSource1"];
  const said = { columns, constants: first.mapping?.constants };
  expect(await desk.mapped(first.id, said)).toMatchObject({
    good: 1,
    mapping: { constants: { programme: "golden-autumn" } },
  });
  expect(await desk.brought(table(200), { programme: "cool-summer" })).toMatchObject({
    mappingSource: "remembered",
    mapping: { constants: { programme: "cool-summer" } },
  });
  // what is no longer said of every row is gone
  const other = { columns, constants: { note: "全县" } };
  await desk.mapped(first.id, other);
  expect((await desk.mapped(first.id, { columns, constants: {} })).mapping?.constants).toEqual({
    programme: "golden-autumn",
  });
});
