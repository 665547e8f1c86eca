import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { POST as commit } from "@/app/api/v1/imports/[id]/commit/route";
import { PUT as map } from "@/app/api/v1/imports/[id]/mapping/route";
import { GET as rejected } from "@/app/api/v1/imports/[id]/rejected/route";
import { GET as find } from "@/app/api/v1/imports/[id]/route";
import { POST as undo } from "@/app/api/v1/imports/[id]/undo/route";
import { GET as list } from "@/app/api/v1/imports/route";
import type { ImportsPage, ImportView } from "@/lib/features/imports/schema";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call, type Answer } from "@/testing/http";
import { bringFile } from "@/testing/imports";
import { testWorker, type TestWorker } from "@/testing/worker";

// The whole way with the real worker: a file over the API, read, stored and taken back as the person who brought it.
const database = await testDatabase();
const { as } = await import("@/testing/records");
const actors = testActors(database);
const { owner } = actors;
let worker: TestWorker;
let clerk: TestPerson;
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
beforeAll(async () => {
  worker = await testWorker(database);
  clerk = await actors.clerk("630123");
});
afterAll(() => worker.stop());

const HEAD = "项目,发放日期,金额（元）,户数,资金来源,备注";
const row = (n: number, amount = `${1000 + n}`) =>
  `金秋助学,2026-08-28,${amount},${n},县级工会经费,第${n}批`;
const csv = (...rows: string[]) => [HEAD, ...rows].join("\r\n");

const send = (person: TestPerson, content: string | Uint8Array, fields = {}): Promise<Answer> =>
  bringFile(person, { content }, fields);
const seen = async (id: string, person = clerk) =>
  (await call(find, person, { params: { id } })).body as unknown as ImportView;
const until = (id: string, wanted: Partial<ImportView>) =>
  vi.waitFor(
    async () => {
      const view = await seen(id);
      expect(view).toMatchObject({ progress: null, ...wanted });
      return view;
    },
    { timeout: 120_000, interval: 100 },
  );
const write = (route: typeof commit, id: string, body: object, method = "POST", person = clerk) =>
  call(route, person, { method, path: `/api/v1/imports/${id}`, params: { id }, body });

async function brought(content: string | Uint8Array, fields = {}): Promise<ImportView> {
  const answer = await send(clerk, content, fields);
  expect(answer).toMatchObject({ status: 201, body: { status: "reading" } });
  const id = String(answer.body["id"]);
  await vi.waitFor(async () => expect((await seen(id)).status).not.toBe("reading"), {
    timeout: 120_000,
    interval: 100,
  });
  return seen(id);
}
async function stored(view: ImportView): Promise<ImportView> {
  const answer = await write(commit, view.id, { goodRowsOnly: true });
  expect(answer).toMatchObject({ status: 200, body: { status: "committing" } });
  return until(view.id, { status: "committed" });
}
/** Whoever stores this line waits, until the connection that holds it ends. */
async function holdLine(id: string, line: number): Promise<pg.Client> {
  const hand = new pg.Client({ connectionString: database.ownerUrl });
  await hand.connect();
  await hand.query("BEGIN");
  await hand.query("SELECT FROM import_lines WHERE import_id = $1 AND row = $2 FOR UPDATE", [
    id,
    line,
  ]);
  return hand;
}
const drafts = async (organisation = "630123") => {
  const { rows } = await owner.query<{ n: string; fen: string }>(
    `SELECT count(*) AS n, coalesce(sum(d.amount_fen), 0) AS fen FROM disbursements d
     JOIN organisations o ON o.id = d.organisation_id WHERE o.code = $1 AND d.status = 'DRAFT'`,
    [organisation],
  );
  return { count: Number(rows[0]?.n), fen: Number(rows[0]?.fen) };
};

test("good rows come in, bad ones go back and come in corrected, and nothing twice", async () => {
  const before = await drafts();
  const file = csv(row(1), row(2, "约定"), row(3), row(3), "合计,,3004,4,,");
  const view = await brought(file);
  expect(view).toMatchObject({ status: "preview", rows: 5, good: 3, bad: 2, known: 0 });
  expect(view.mapping?.columns).toEqual(["programme", "paidOn", "amount", "households", "fundSource1", "note"]); // prettier-ignore
  expect(view.totals).toMatchObject({ amountFen: "300700", counts: { households: 7 } });
  expect(view.problems).toMatchObject([
    { row: 3, cell: "C3", column: "amount", header: "金额（元）", text: "约定", blocks: true },
    { row: 5, cell: null, code: "importTwin", blocks: false },
    { row: 6, cell: null, code: "totalRow", blocks: true },
  ]);
  // all or none: not while there is a bad row
  expect(await write(commit, view.id, { goodRowsOnly: false })).toMatchObject({ status: 400 });

  const done = await stored(view);
  expect(done).toMatchObject({ entered: 3, good: 0, bad: 2 });
  expect(await drafts()).toEqual({ count: before.count + 3, fen: before.fen + 300700 });

  const back = await call(rejected, clerk, { params: { id: view.id } });
  expect(back.headers.get("content-type")).toContain("spreadsheetml");

  // corrected, with the number it was given back with
  const corrected = [`原因,行号,${HEAD}`, `读不懂,${view.id}-3,${row(2)}`].join("\n");
  const again = await brought(corrected);
  expect(again).toMatchObject({ rows: 1, good: 1 });
  await stored(again);
  expect((await drafts()).count).toBe(before.count + 4);

  // its number outranks what it says now
  const changed = [`原因,行号,${HEAD}`, `,${view.id}-3,${row(9)}`, `,${view.id}-2,${row(8)}`].join("\n"); // prettier-ignore
  expect(await brought(changed)).toMatchObject({ good: 0, known: 2 });
  // the same file, and the whole file corrected: nothing is new
  expect(await brought(file)).toMatchObject({ good: 0, known: 3, bad: 2 });
  expect(await brought(csv(row(1), row(2), row(3), row(3)))).toMatchObject({ good: 0, known: 4 });

  // taken back: the rows of this file, but for what was submitted since
  const { rows } = await owner.query<{ id: string; version: number }>(
    "SELECT d.id::text, d.version FROM import_lines l JOIN disbursements d ON d.id = l.disbursement_id WHERE l.import_id = $1 ORDER BY l.row",
    [view.id],
  );
  const [first] = rows;
  await as(clerk).submit({ id: first?.id ?? "", version: first?.version ?? 0 });
  expect(await write(undo, view.id, {})).toMatchObject({ status: 200 });
  const undone = await until(view.id, { status: "undone" });
  expect(undone).toMatchObject({
    entered: 1,
    undone: 2,
    touched: { count: 1, rows: [{ row: 2, id: first?.id }] },
  });
  expect((await drafts()).count).toBe(before.count + 1);
  // and then the rows that were taken back may come in anew
  expect(await brought(file)).toMatchObject({ good: 2, known: 1, bad: 2 });

  const entries = await owner.query<{ action: string }>(
    "SELECT action FROM audit_entries WHERE subject_type = 'import' AND subject_id = $1 ORDER BY position",
    [view.id],
  );
  expect(entries.rows.map(({ action }) => action)).toEqual([
    "import.create",
    "import.commit",
    "import.finish",
    "import.undo",
  ]);
  const faults = await owner.query("SELECT guard.faults_of_imports_match_records() AS n");
  expect(faults.rows).toEqual([{ n: "0" }]);
});

test("somebody else's table is told once how it is read, and is known from then on", async () => {
  const table = (n: number) =>
    [
      "2026年慰问情况,,,",
      "单位：万元,,,",
      "啥项目,给了多少,哪天,谁出的",
      `金秋助学,1.${n},2026.8.28,县总工会`,
    ].join("\n");
  const view = await brought(table(5));
  expect(view).toMatchObject({ status: "preview", mappingSource: "recognised" });
  expect(view.unknown).toContain("给了多少");
  const answer = await write(
    map,
    view.id,
    { sheet: view.mapping?.sheet, headerRow: 3, columns: ["programme", "amount", "paidOn", "fundSource1"], units: [null, "wan", null, null], constants: { households: "3" } }, // prettier-ignore
    "PUT",
  );
  expect(answer.status).toBe(200);
  const mapped = await until(view.id, { status: "preview", mappingSource: "chosen" });
  expect(mapped).toMatchObject({ rows: 1, good: 1, totals: { amountFen: "1500000", counts: { households: 3 } } }); // prettier-ignore
  expect(await brought(table(6))).toMatchObject({
    mappingSource: "remembered",
    good: 1,
    totals: { amountFen: "1600000" },
  });
  // of another organisation nothing is known
  const stranger = await actors.clerk("632222");
  const other = await send(stranger, table(7));
  await vi.waitFor(
    async () =>
    expect(await seen(String(other.body["id"]), stranger)).toMatchObject({ mappingSource: "recognised" }), // prettier-ignore
    { timeout: 120_000, interval: 100 },
  );
});

test("what cannot be read is refused with its sentence, and tells nothing to others", async () => {
  const view = await brought(
    new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]),
  );
  expect(view).toMatchObject({ status: "refused", refusal: { code: "sheetOldXls" }, problems: [] });
  expect(view.refusal?.message).toContain("xls");
  const reviewer = await actors.reviewer("630123");
  const stranger = await actors.clerk("632222");
  expect((await call(find, stranger, { params: { id: view.id } })).status).toBe(404);
  expect((await call(find, reviewer, { params: { id: view.id } })).status).toBe(403);
  expect((await send(stranger, csv(row(1)), { organisation: "630123" })).status).toBe(400);
  expect((await send(reviewer, csv(row(1)))).status).toBe(403);
  const page = (await call(list, stranger)).body as unknown as ImportsPage;
  expect(page.items.every(({ organisation }) => organisation === "632222")).toBe(true);
});

test("a law that names no row is narrowed down to the one row that it refuses", async () => {
  // no reader of ours knows of it
  await owner.query(
    "ALTER TABLE disbursements ADD CONSTRAINT unforeseen CHECK (note NOT IN ('第333批', '第700批'))",
  );
  const rows = Array.from({ length: 720 }, (_, n) => row(n + 1, `${5000 + n}`));
  const before = await drafts();
  const view = await brought(csv(...rows));
  expect(view).toMatchObject({ good: 720, bad: 0 });
  expect(await stored(view)).toMatchObject({ entered: 718, good: 0, bad: 2 });
  expect((await drafts()).count).toBe(before.count + 718);
  const { problems } = await seen(view.id);
  expect(problems.map(({ row: at, code }) => [at, code])).toEqual([
    [334, "importLaw"],
    [701, "importLaw"],
  ]);
  expect(problems[0]?.message).toContain("按记账的规定");
  await owner.query("ALTER TABLE disbursements DROP CONSTRAINT unforeseen");
  // given back and brought in again, they are taken where the law is gone
  expect(await stored(await brought(csv(...rows)))).toMatchObject({ entered: 2, known: 718 });
});

test("a worker killed between two sets: another goes on, and no row is in twice", async () => {
  const place = "630121";
  const other = await actors.clerk(place);
  const rows = Array.from({ length: 1200 }, (_, n) => row(n + 1));
  const answer = await send(other, csv(...rows));
  const id = String(answer.body["id"]);
  const standing = (wanted: Partial<ImportView>) =>
    vi.waitFor(async () => expect(await seen(id, other)).toMatchObject(wanted), {
      timeout: 120_000,
      interval: 100,
    });
  await standing({ status: "preview", good: 1200 });
  const hand = await holdLine(id, 900);
  expect((await write(commit, id, { goodRowsOnly: true }, "POST", other)).status).toBe(200);
  // the second set waits for the line that is held
  await standing({ status: "committing", entered: 500, good: 700 });
  await worker.kill();
  await hand.end();
  expect(await drafts(place)).toMatchObject({ count: 500 });
  worker = await testWorker(database);
  await standing({ status: "committed", entered: 1200, good: 0, progress: null });
  expect(await drafts(place)).toEqual({ count: 1200, fen: rows.length * 100_000 + 100 * 720_600 });

  // taken back, and killed on the way as well
  const held = await holdLine(id, 900);
  expect((await write(undo, id, {}, "POST", other)).status).toBe(200);
  await standing({ status: "committed", entered: 700, undone: 500 });
  await worker.kill();
  await held.end();
  expect(await drafts(place)).toMatchObject({ count: 700 });
  worker = await testWorker(database);
  await standing({ status: "undone", entered: 0, undone: 1200 });
  expect(await drafts(place)).toEqual({ count: 0, fen: 0 });
});
