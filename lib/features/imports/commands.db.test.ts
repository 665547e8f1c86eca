import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GET as record } from "@/app/api/v1/disbursements/[id]/route";
import { PUT as overrule } from "@/app/api/v1/imports/[id]/known/[row]/route";
import { GET as known } from "@/app/api/v1/imports/[id]/known/route";
import { POST as commit } from "@/app/api/v1/imports/[id]/commit/route";
import { GET as progress } from "@/app/api/v1/imports/[id]/progress/route";
import { GET as list } from "@/app/api/v1/imports/route";
import { PUT as map } from "@/app/api/v1/imports/[id]/mapping/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import type { ImportsPage, KnownRow } from "./schema";
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

test("a known row is another payment where somebody says why, alone, and its words answer the check", async () => {
  const file = [
    "项目,发放日期,金额（元）,户数,资金来源",
    ...[7100, 7200, 7300].map((yuan) => `金秋助学,2026-08-28,${yuan},1,县级工会经费`),
  ].join("\r\n");
  await desk.stored((await desk.brought(file)).id);
  const again = await desk.brought(file);
  expect(again).toMatchObject({ good: 0, known: 3, overruled: 0 });
  const say = (row: number, words: string | null, person = clerk) =>
    call(overrule, person, { method: "PUT", path: `/api/v1/imports/${again.id}/known/${row}`, params: { id: again.id, row: String(row) }, body: { words } }); // prettier-ignore
  const list = async () =>
    (await call(known, clerk, { params: { id: again.id } })).body["items"] as KnownRow[];
  const [, second] = await list();
  expect(second).toMatchObject({ row: 3, cells: ["金秋助学", "2026-08-28", "7200", "1", "县级工会经费"], record: { status: "draft" }, words: null }); // prettier-ignore

  expect(await say(3, " ")).toMatchObject({ status: 400 });
  expect(await say(9, "没有这一行")).toMatchObject({ status: 404 });
  expect(await say(3, "越权", await actors.reviewer("630123"))).toMatchObject({ status: 403 });
  expect(await say(3, "别县", await actors.clerk("632222"))).toMatchObject({ status: 404 });
  expect(await say(3, "九月又发了一次")).toMatchObject({ status: 200 });
  expect(await say(3, "两遍")).toMatchObject({ status: 409 });
  expect(await desk.seen(again.id)).toMatchObject({ good: 1, known: 2, overruled: 1 });
  // the same after all, and then not
  expect(await say(3, null)).toMatchObject({ status: 200 });
  expect(await desk.seen(again.id)).toMatchObject({ good: 0, known: 3, overruled: 0 });
  expect((await list())[1]).toMatchObject({ row: 3, record: second?.record, words: null });
  // read anew, nothing is another payment by itself
  await say(3, "九月又发了一次");
  expect(await desk.mapped(again.id, {})).toMatchObject({ good: 0, known: 3, overruled: 0 });
  await say(3, "九月又发了一次");

  expect(await desk.stored(again.id)).toMatchObject({ entered: 1, known: 2 });
  const { rows } = await actors.owner.query<{ id: string }>(
    "SELECT disbursement_id::text AS id FROM import_lines WHERE import_id = $1 AND row = 3",
    [again.id],
  );
  const made = await call(record, clerk, { params: { id: rows[0]?.id ?? "" } });
  const { findings } = made.body as { findings?: { rule: string }[] };
  expect(findings?.filter(({ rule }) => rule === "possible-duplicate")).toMatchObject([
    { answer: { code: "checked-correct", words: "九月又发了一次", covers: true } },
  ]);
  // and from now on the same file has both in
  expect(await desk.brought(file)).toMatchObject({ good: 0, known: 3 });
  const entries = await actors.owner.query<{ body: string }>(
    "SELECT body FROM audit_entries WHERE subject_type = 'import' AND subject_id = $1 AND action = 'import.overrule' ORDER BY position",
    [again.id],
  );
  const said = entries.rows.map(({ body }) => JSON.parse(body) as { another: boolean });
  expect(said.map(({ another }) => another)).toEqual([true, false, true, true]);
  expect(JSON.stringify(entries.rows), "words may name a person").not.toContain("九月");
});

test("a colleague of the union sees how far an import is while another's job is at work on it; nobody else does", async () => {
  const colleague = await actors.clerk("630123");
  const table = "项目,发放日期,金额（元）,户数,资金来源\n金秋助学,2026-08-28,8100,1,县级工会经费";
  const { id } = await desk.brought(table);
  const hand = new pg.Client({ connectionString: database.ownerUrl });
  await hand.connect();
  // whoever stores the line waits
  await hand.query("BEGIN");
  await hand.query("SELECT FROM import_lines WHERE import_id = $1 FOR UPDATE", [id]);
  await call(commit, clerk, { method: "POST", path: `/api/v1/imports/${id}/commit`, params: { id }, body: { goodRowsOnly: true } }); // prettier-ignore
  const seen = (person: TestPerson) => call(progress, person, { params: { id } });
  const working = { status: "committing", progress: expect.any(Number) as number, stopped: false };
  expect((await seen(clerk)).body).toEqual(working);
  expect((await seen(colleague)).body).toEqual(working);
  expect(await importingAs(colleague).seen(id)).toMatchObject(working);
  const page = (await call(list, colleague)).body as unknown as ImportsPage;
  expect(page.items.find((one) => one.id === id)).toMatchObject(working);
  expect((await seen(await actors.clerk("632222"))).status).toBe(404);
  expect((await seen(await actors.reviewer("630123"))).status).toBe(403);
  await hand.end();
  expect(await importingAs(colleague).until(id, { status: "committed" })).toMatchObject({ entered: 1 }); // prettier-ignore
});
