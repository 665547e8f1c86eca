import { afterEach, expect, test, vi } from "vitest";
import { POST as cancel } from "@/app/api/v1/jobs/[id]/cancel/route";
import { GET as download } from "@/app/api/v1/jobs/[id]/files/[file]/route";
import { GET as find } from "@/app/api/v1/jobs/[id]/route";
import { GET as list, POST as ask } from "@/app/api/v1/jobs/route";
import { GET as health } from "@/app/api/v1/admin/health/route";
import { INVARIANTS } from "@/lib/features/health/types";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { parseCsv } from "hucre";
import { testWorker, type TestWorker } from "@/testing/worker";
import type { Job, JobsPage } from "./schema";

// The whole way with the real worker in a process of its own: asked over the API, done as the person.
const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;
let worker: TestWorker | undefined;
vi.setConfig({ testTimeout: 120_000 });
afterEach(async () => {
  await owner.query("ROLLBACK");
  await worker?.stop();
  worker = undefined;
});

const asked = async (person: TestPerson): Promise<Job> => {
  const answer = await call(ask, person, {
    method: "POST",
    path: "/api/v1/jobs",
    body: { kind: "invariants" },
  });
  expect(answer.status).toBe(201);
  return answer.body as unknown as Job;
};
const seen = async (person: TestPerson, id: string): Promise<Job> =>
  (await call(find, person, { params: { id } })).body as unknown as Job;
const until = (person: TestPerson, id: string, wanted: Partial<Job>) =>
  vi.waitFor(async () => expect(await seen(person, id)).toMatchObject(wanted), {
    timeout: 60_000,
    interval: 50,
  });

/** Every check stops at the table it writes to, so that a job stays where it is for as long as a test needs. */
const halt = () => owner.query("BEGIN; LOCK TABLE invariant_results IN EXCLUSIVE MODE");
const goOn = () => owner.query("COMMIT");

test("an auditor asks, the worker does it as the auditor, and the file is theirs", async () => {
  const auditor = await actors.auditor();
  const job = await asked(auditor);
  expect(job).toMatchObject({ kind: "invariants", status: "waiting", progress: 0, files: [] });
  // signed out: the job goes on all the same
  await owner.query("UPDATE sessions SET revoked_at = now() WHERE user_id = $1", [auditor.userId]);
  worker = await testWorker(database);
  await vi.waitFor(
    async () => {
      const { rows } = await owner.query("SELECT status FROM jobs WHERE id = $1", [job.id]);
      expect(rows).toEqual([{ status: "DONE" }]);
    },
    { timeout: 60_000, interval: 50 },
  );
  await owner.query("UPDATE sessions SET revoked_at = NULL WHERE user_id = $1", [auditor.userId]);

  const done = await seen(auditor, job.id);
  expect(done).toMatchObject({
    status: "done",
    progress: 100,
    attempts: 1,
    message: { key: "checked", values: { total: INVARIANTS.length, broken: 0 } },
  });
  const [file] = done.files;
  const params = { id: job.id, file: file?.id ?? "" };
  const taken = await call(download, auditor, { params });
  expect(taken.headers.get("content-disposition")).toContain("attachment");
  const rows = parseCsv(String(taken.body["text"]), { typeInference: false });
  expect(rows.slice(1).map(([invariant, , faults]) => [invariant, faults])).toEqual(
    INVARIANTS.map((invariant) => [invariant, "0"]),
  );
  const entries = await owner.query<{ action: string; actor_id: string; job: string | null }>(
    `SELECT action, actor_id, body::json ->> 'job' AS job FROM audit_entries
     WHERE subject_type = 'job' AND subject_id = $1 ORDER BY position`,
    [job.id],
  );
  expect(entries.rows).toEqual([
    { action: "job.ask", actor_id: auditor.userId, job: null },
    { action: "job.finish", actor_id: auditor.userId, job: job.id },
  ]);

  // others: not the job, not the file; the asker not either, once they may not ask any more
  for (const other of [await actors.auditor(), await actors.admin(), await actors.province()]) {
    expect((await call(find, other, { params: { id: job.id } })).status).toBe(404);
    expect((await call(download, other, { params })).status).toBe(404);
  }
  await owner.query("UPDATE memberships SET revoked_at = now() WHERE user_id = $1", [
    auditor.userId,
  ]);
  await owner.query("UPDATE sessions SET revoked_at = NULL WHERE user_id = $1", [auditor.userId]);
  expect((await call(download, auditor, { params })).status).toBe(404);
});

test("a worker killed in the middle: another takes the job up, from the beginning", async () => {
  const auditor = await actors.auditor();
  const job = await asked(auditor);
  await halt();
  const first = await testWorker(database);
  await until(auditor, job.id, { status: "running", attempts: 1 });
  await first.kill();
  await goOn();
  worker = await testWorker(database);
  await until(auditor, job.id, { status: "done", attempts: 2 });
  expect((await seen(auditor, job.id)).files).toHaveLength(1);
});

test("a worker that is told to stop gives its job back, which was no attempt", async () => {
  const auditor = await actors.auditor();
  const job = await asked(auditor);
  await halt();
  const first = await testWorker(database);
  await until(auditor, job.id, { status: "running" });
  const stopped = first.stop();
  await goOn();
  expect(await stopped).toBe(0);
  expect(await seen(auditor, job.id)).toMatchObject({ status: "waiting", attempts: 0 });
});

test("a cancelled job ends with its next step, and leaves nothing behind", async () => {
  const auditor = await actors.auditor();
  const job = await asked(auditor);
  await halt();
  worker = await testWorker(database);
  await until(auditor, job.id, { status: "running" });
  const answer = await call(cancel, auditor, {
    method: "POST",
    path: `/api/v1/jobs/${job.id}/cancel`,
    params: { id: job.id },
    body: {},
  });
  expect(answer.body).toMatchObject({ status: "cancelled" });
  await goOn();
  expect(await worker.stop()).toBe(0);
  expect(await seen(auditor, job.id)).toMatchObject({ status: "cancelled", files: [] });
  const queue = await owner.query("SELECT FROM graphile_worker.jobs WHERE key = $1", [
    `job:${job.id}`,
  ]);
  expect(queue.rowCount).toBe(0);
});

test("when the person is disabled in the middle, the job stops", async () => {
  const auditor = await actors.auditor();
  const job = await asked(auditor);
  await halt();
  worker = await testWorker(database);
  await until(auditor, job.id, { status: "running" });
  // the connection that holds the lock commits with the change: both are seen together
  await owner.query("UPDATE users SET active = false WHERE id = $1", [auditor.userId]);
  await goOn();
  await vi.waitFor(
    async () => {
      const { rows } = await owner.query("SELECT status, message_key FROM jobs WHERE id = $1", [
        job.id,
      ]);
      expect(rows).toEqual([
        {
          status: "FAILED",
          message_key: expect.stringMatching(/askerDisabled|notAllowed/) as string,
        },
      ]);
    },
    { timeout: 60_000, interval: 50 },
  );
});

test("what nobody asks for is done by the system, and seen by administrators and auditors alone", async () => {
  const { rows } = await owner.query<{ id: string }>(
    "SELECT guard.ask_system_job(kind)::text AS id FROM unnest('{PURGE,CHECKPOINT,INVARIANTS}'::text[]) AS kind",
  );
  const admin = await actors.admin();
  worker = await testWorker(database);
  for (const { id } of rows) await until(admin, id, { status: "done", mine: false, files: [] });
  const clerk = await actors.clerk("630123");
  const { id } = rows[0] ?? { id: "" };
  expect((await call(find, clerk, { params: { id } })).status).toBe(404);
  const cancelled = await call(cancel, admin, { method: "POST", params: { id }, body: {} });
  expect(cancelled.status).toBe(404);
});

test("who may not ask is refused, and one job of a kind is enough", async () => {
  const body = { kind: "invariants" };
  for (const person of [
    await actors.clerk("630123"),
    await actors.province(),
    await actors.auditor("630100"),
  ])
    expect((await call(ask, person, { method: "POST", body })).status).toBe(403);
  const auditor = await actors.auditor();
  const job = await asked(auditor);
  expect((await call(ask, auditor, { method: "POST", body })).status).toBe(409);
  const open = (await call(list, auditor, { path: "/api/v1/jobs?open=true" })).body;
  expect((open as unknown as JobsPage).items.map(({ id }) => id)).toEqual([job.id]);
});

test("health is told to administrators and the province's auditors, without an amount", async () => {
  for (const person of [await actors.admin(), await actors.auditor()]) {
    const { body } = await call(health, person);
    expect(body["items"]).toHaveLength(INVARIANTS.length);
    expect(JSON.stringify(body)).not.toMatch(/Fen/);
  }
  for (const person of [await actors.clerk("630123"), await actors.province()])
    expect((await call(health, person)).status).toBe(403);
});
