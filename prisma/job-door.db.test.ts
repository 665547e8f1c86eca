import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";

// Who asked for a job is who acts in it. Everything here is raw SQL, by the logins as they are in production.
const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;
const worker = new pg.Client({ connectionString: database.workerUrl });
const web = new pg.Client({ connectionString: database.url });
let auditor: TestPerson;

beforeAll(async () => {
  await worker.connect();
  await web.connect();
});
beforeEach(async () => {
  auditor = await actors.auditor();
});
afterAll(() => Promise.all([worker.end(), web.end()]));

type Started = { id: string; token: string };
type As = { role: "app" | "worker"; session?: string; token?: string; before?: string };
type Row = Record<string, unknown>;

/** One transaction of a login in a role, by a door or both; what it did is kept only where nothing was refused. */
async function within<T>(client: pg.Client, as: As, work: () => Promise<T>, keep = false) {
  await client.query("BEGIN");
  let end = "ROLLBACK";
  try {
    if (as.before) await client.query(as.before);
    await client.query(`SET LOCAL ROLE nuanzhang_${as.role}`);
    await client.query("SELECT set_config('app.session', $1, true)", [as.session ?? ""]);
    await client.query("SELECT set_config('app.job', $1, true)", [as.token ?? ""]);
    const result = await work();
    if (keep) end = "COMMIT";
    return result;
  } finally {
    await client.query(end);
  }
}

const asWorker = (text: string, values: unknown[] = []) =>
  within(
    worker,
    { role: "worker" },
    async () => (await worker.query<Row>(text, values)).rows[0],
    true,
  );

/** Asked for as the person over the web, begun by the worker. */
async function begun(person = auditor): Promise<Started> {
  const ask = async () => {
    const asked = await web.query<{ id: string }>(
      "SELECT guard.ask_job('INVARIANTS', NULL, '{}') AS id",
    );
    const id = asked.rows[0]?.id ?? "";
    await web.query("SELECT guard.append_audits('{job.ask}', ARRAY[$1], ARRAY['{}'])", [id]);
    return id;
  };
  return start(await within(web, { role: "app", session: person.session }, ask, true));
}

async function start(id: string): Promise<Started> {
  const row = await asWorker("SELECT token FROM guard.start_job($1, 1)", [id]);
  return { id, token: String(row?.["token"]) };
}

type Setting = { client?: pg.Client; session?: string; before?: string };

/** Who acts in a transaction that names this token: a user's id, or null for nobody. */
const actsAs = (token: string, { client = worker, ...setting }: Setting = {}) =>
  within(client, { role: "app", token, ...setting }, async () => {
    const { rows } = await client.query<{ id: string | null }>(
      "SELECT guard.session_user_id() AS id",
    );
    return rows[0]?.id ?? null;
  });

/** The same attempt, where the superuser has taken a piece of the door away. */
const without =
  (piece: RegExp, instead: string) =>
  async (token: string, setting: Setting = {}) => {
    const { rows } = await owner.query<{ text: string }>(
      "SELECT pg_get_functiondef('guard.open_job_id'::regproc) AS text",
    );
    const before = (rows[0]?.text ?? "").replace(piece, instead);
    expect(before).not.toBe(rows[0]?.text);
    return actsAs(token, { ...setting, client: owner, before });
  };

test("in a run the person acts who asked, also when their session has ended", async () => {
  const job = await begun();
  await owner.query("UPDATE sessions SET revoked_at = now() WHERE user_id = $1", [auditor.userId]);
  expect(await actsAs(job.token)).toBe(auditor.userId);
});

test("a forged token opens nothing, and the hash that is kept is no token", async () => {
  const job = await begun();
  const { rows } = await owner.query<{ hash: string }>(
    "SELECT run_token_hash AS hash FROM jobs WHERE id = $1",
    [job.id],
  );
  for (const forged of ["0".repeat(64), rows[0]?.hash ?? "", job.id]) {
    expect(await actsAs(forged)).toBeNull();
    const unchecked = without(/j\.run_token_hash = .*/, `j.id = ${job.id}`);
    expect(await unchecked(forged), "with the check of the token taken away").toBe(auditor.userId);
  }
});

test("the token of a run that ended opens nothing", async () => {
  const job = await begun();
  await owner.query("SELECT guard.close_job($1, 'DONE', 'checked')", [job.id]);
  expect(await actsAs(job.token)).toBeNull();
  // The row itself cannot keep a token after its run: this is the wall behind the first.
  const kept = owner.query("UPDATE jobs SET run_token_hash = guard.token_hash($2) WHERE id = $1", [
    job.id,
    job.token,
  ]);
  await expect(kept).rejects.toMatchObject({ code: "23514" });
});

test("a cancelled job acts for nobody from its next statement on", async () => {
  const job = await begun();
  const cancel = () => web.query("SELECT guard.cancel_job($1)", [job.id]);
  await within(web, { role: "app", session: auditor.session }, cancel, true);
  expect(await actsAs(job.token)).toBeNull();
  expect(
    await asWorker("SELECT guard.report_job($1, 10, 'checking', '{}') AS on", [job.token]),
  ).toEqual({ on: false });
});

test("a disabled person's job acts for nobody, and is told to stop", async () => {
  const person = await actors.auditor();
  const job = await begun(person);
  await owner.query("UPDATE users SET active = false WHERE id = $1", [person.userId]);
  expect(await actsAs(job.token)).toBeNull();
  expect(await without(/\(j\.asked_by IS NULL OR u\.active\)/, "true")(job.token)).toBe(
    person.userId,
  );
  expect(
    await asWorker("SELECT guard.report_job($1, 10, 'checking', '{}') AS on", [job.token]),
  ).toEqual({ on: false });
  const { rows } = await owner.query("SELECT status, message_key FROM jobs WHERE id = $1", [
    job.id,
  ]);
  expect(rows).toEqual([{ status: "FAILED", message_key: "askerDisabled" }]);
});

test("rights are those of the moment: a role taken back is gone in the run", async () => {
  const person = await actors.auditor();
  const job = await begun(person);
  const may = () =>
    within(worker, { role: "app", token: job.token }, async () => {
      const { rows } = await worker.query<Row>("SELECT guard.may_ask_job('INVARIANTS') AS may");
      return rows[0];
    });
  expect(await may()).toEqual({ may: true });
  await owner.query("UPDATE memberships SET revoked_at = now() WHERE user_id = $1", [
    person.userId,
  ]);
  expect(await may()).toEqual({ may: false });
});

test("the web server's login comes in by a session alone, even with a true token", async () => {
  const job = await begun();
  expect(await actsAs(job.token, { client: web })).toBeNull();
  expect(await actsAs(job.token)).toBe(auditor.userId);
  await owner.query(
    `CREATE OR REPLACE FUNCTION guard.is_worker() RETURNS boolean LANGUAGE sql STABLE AS 'SELECT true'`,
  );
  expect(await actsAs(job.token, { client: web }), "with the check of the login taken away").toBe(
    auditor.userId,
  );
  await owner.query(
    `CREATE OR REPLACE FUNCTION guard.is_worker() RETURNS boolean LANGUAGE sql STABLE
     AS $$ SELECT pg_has_role(session_user, 'nuanzhang_worker', 'MEMBER') $$`,
  );
});

test("a session named beside the token closes both doors", async () => {
  const job = await begun();
  const { session } = auditor;
  expect(await actsAs(job.token, { session })).toBeNull();
  const unchecked = without(/coalesce\(current_setting\('app\.session', true\), ''\) = ''/, "true");
  expect(await unchecked(job.token, { session })).toBe(auditor.userId);
});

test("the web server can neither begin a run, nor read its token, nor become the worker", async () => {
  const job = await begun();
  for (const attempt of [
    `SELECT * FROM guard.start_job(${job.id}, 1)`,
    `SELECT guard.report_job('x', 1, 'checking', '{}')`,
    "SELECT guard.ask_system_job('PURGE')",
    "SELECT guard.put_job('INVARIANTS', NULL, NULL, '{}')",
    `SELECT guard.close_job(${job.id}, 'DONE', NULL)`,
    "SELECT run_token_hash FROM jobs",
    "UPDATE jobs SET progress = 1",
    "INSERT INTO jobs (kind) VALUES ('PURGE')",
    "SELECT * FROM graphile_worker._private_jobs",
    "SELECT graphile_worker.add_job('job', '{}')",
    "SET LOCAL ROLE nuanzhang_worker",
  ]) {
    const tried = within(web, { role: "app", session: auditor.session }, () => web.query(attempt));
    await expect(tried, attempt).rejects.toMatchObject({ code: "42501" });
  }
});

test("a system job is nobody: it writes nothing of a person and reads no record", async () => {
  const row = await asWorker("SELECT guard.ask_system_job('PURGE')::text AS id");
  const job = await start(String(row?.["id"]));
  expect(await actsAs(job.token)).toBeNull();
  const as = { role: "app", token: job.token } as const;
  const readable = await within(worker, as, async () => {
    const { rows } = await worker.query<Row>("SELECT guard.reading_homes() AS ids");
    return rows[0];
  });
  expect(readable).toEqual({ ids: [] });
  const asks = within(worker, as, () =>
    worker.query("SELECT guard.ask_job('INVARIANTS', NULL, '{}')"),
  );
  await expect(asks).rejects.toMatchObject({ code: "NZ009" });
});

test("what a job writes into the chain names the job", async () => {
  const job = await begun();
  const entry = (body: string) =>
    within(worker, { role: "app", token: job.token }, async () => {
      await worker.query("SELECT guard.keep_job_file('a.csv', 'text/csv', 'x')");
      const text = "SELECT guard.append_audits('{job.finish}', ARRAY[$1], ARRAY[$2]) AS id";
      const { rows } = await worker.query<{ id: string }>(text, [job.id, body]);
      return Number(rows[0]?.id);
    });
  await expect(entry("{}")).rejects.toMatchObject({ code: "NZ008" });
  await expect(entry('{"job":"999999"}')).rejects.toMatchObject({ code: "NZ008" });
  expect(await entry(`{"job":"${job.id}"}`)).toBeGreaterThan(0);
  await owner.query(
    `CREATE OR REPLACE FUNCTION guard.require_job_named(p_bodies text[]) RETURNS void LANGUAGE plpgsql AS 'BEGIN END'`,
  );
  expect(await entry("{}"), "with the guard taken away").toBeGreaterThan(0);
});

test("nobody sees another's jobs or files; administrators and the province's auditors see the system's", async () => {
  const row = await asWorker("SELECT guard.ask_system_job('INVARIANTS')::text AS id");
  const id = String(row?.["id"]);
  const mine = await begun();
  await owner.query(
    `INSERT INTO job_files (job_id, name, media_type, bytes, content) VALUES ($1, 'a.csv', 'text/csv', 1, 'x')`,
    [mine.id],
  );
  const seen = ({ session }: TestPerson) =>
    within(web, { role: "app", session }, async () => {
      const jobs = await web.query<{ id: string }>(
        "SELECT id FROM jobs WHERE id = ANY ($1) ORDER BY id",
        [[id, mine.id]],
      );
      const files = await web.query("SELECT FROM job_files WHERE job_id = $1", [mine.id]);
      return { jobs: jobs.rows.map((one) => one.id), files: files.rowCount };
    });
  expect(await seen(auditor)).toEqual({ jobs: [id, mine.id], files: 1 });
  expect(await seen(await actors.admin())).toEqual({ jobs: [id], files: 0 });
  expect(await seen(await actors.clerk("630123"))).toEqual({ jobs: [], files: 0 });
  await owner.query("UPDATE memberships SET revoked_at = now() WHERE user_id = $1", [
    auditor.userId,
  ]);
  await owner.query("UPDATE sessions SET revoked_at = NULL WHERE user_id = $1", [auditor.userId]);
  expect(await seen(auditor)).toEqual({ jobs: [mine.id], files: 0 });
});
