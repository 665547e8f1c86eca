import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { POST as commit } from "@/app/api/v1/imports/[id]/commit/route";
import { POST as undo } from "@/app/api/v1/imports/[id]/undo/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { bringFile } from "@/testing/imports";
import { testWorker, type TestWorker } from "@/testing/worker";

const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;
let worker: TestWorker;
let clerk: TestPerson;
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });
beforeAll(async () => {
  clerk = await actors.clerk("630123");
  worker = await testWorker(database);
});
afterAll(() => worker.stop());

const table = (from: number, rows: number) =>
  [
    "项目,发放日期,金额（元）,户数,资金来源,备注",
    ...Array.from({ length: rows }, (_, n) => `金秋助学,2026-08-28,${1000 + n},3,县级工会经费,第${from + n}户`), // prettier-ignore
  ].join("\n");

/** Asked of its row alone: a page that is looked at counts the lines. */
const until = (id: string, wanted: string) =>
  vi.waitFor(
    async () => {
      const { rows } = await owner.query<{ status: string }>(
        "SELECT status FROM imports WHERE id = $1",
        [id],
      );
      expect(rows).toEqual([{ status: wanted }]);
    },
    { timeout: 120_000, interval: 100 },
  );
async function read(content: string): Promise<string> {
  const { body } = await bringFile(clerk, { content });
  await until(String(body["id"]), "PREVIEW");
  return String(body["id"]);
}
const press = (route: typeof commit, id: string, body: object) =>
  call(route, clerk, { method: "POST", path: `/api/v1/imports/${id}`, params: { id }, body });

/** In, once more, and out again. */
async function throughAll(content: string): Promise<void> {
  const id = await read(content);
  await press(commit, id, { goodRowsOnly: true });
  await until(id, "COMMITTED");
  await read(content);
  await press(undo, id, {});
  await until(id, "UNDONE");
}

const GROWING = ["import_lines", "imports", "disbursements", "disbursement_shares", "approval_steps", "audit_entries"]; // prettier-ignore
async function touched(): Promise<Map<string, number>> {
  const { rows } = await owner.query<{ name: string; rows: string }>(
    "SELECT relname AS name, seq_tup_read + idx_tup_fetch AS rows FROM pg_stat_user_tables WHERE relname = ANY ($1)",
    [GROWING],
  );
  return new Map(rows.map(({ name, rows: count }) => [name, Number(count)]));
}

test("each row is touched a few times, though every plan was made when there was one", async () => {
  for (const name of GROWING)
    await owner.query(`ALTER TABLE ${name} SET (autovacuum_enabled = false)`);
  await owner.query("VACUUM ANALYZE");
  await throughAll(table(0, 1));
  const before = await touched();
  const rows = 1_500;
  await throughAll(table(10, rows));
  const { rows: lines } = await owner.query(
    "SELECT status, count(*)::int AS count FROM import_lines GROUP BY status ORDER BY status",
  );
  expect(lines).toEqual([
    { status: "KNOWN", count: rows + 1 },
    { status: "UNDONE", count: rows + 1 },
  ]);
  // a connection hands in what it counted when it ends
  expect(await worker.stop()).toBe(0);
  const after = await touched();
  for (const name of GROWING)
    expect((after.get(name) ?? 0) - (before.get(name) ?? 0), name).toBeLessThan(40 * rows);
});
