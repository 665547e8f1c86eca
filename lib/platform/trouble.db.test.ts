// What the database answers when it cannot: out of space, read only, or a process of it killed.
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { GET as ready } from "@/app/api/health/ready/route";
import { POST as create } from "@/app/api/v1/disbursements/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { sampleFields } from "@/testing/records";
import { asAppError, wasCutOff } from "./database-error";

const database = await testDatabase();
const actors = testActors(database);
const { askAgain, readAs, sql, closeDb } = await import("./db");

const { callGuard } = await import("./guard");
const { BELIEVED_MS, standingRefusal } = await import("./refusals");

let clerk: TestPerson;
beforeAll(async () => {
  clerk = await actors.clerk("630123");
});

let warned: unknown[];
beforeEach(() => {
  warned = [];
  vi.spyOn(console, "warn").mockImplementation((line: string) => void warned.push(line));
});

const body = { ...sampleFields, organisation: "630123" };
const enter = () => call(create, clerk, { method: "POST", body });
const status = async () => {
  const answer = await ready();
  return [answer.status, ((await answer.json()) as { status: string }).status];
};

test.each([
  ["53100", "database-full"],
  ["53200", "database-full"],
  ["58030", "database-full"],
])(
  "out of space (%s): a write is told to come back, and the server is not ready",
  async (state, said) => {
    expect(await status()).toEqual([200, "ready"]);
    await actors.owner.query(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'could not extend file' USING ERRCODE = '${state}'; END $$;
    CREATE TRIGGER no_room BEFORE INSERT ON disbursements FOR EACH ROW EXECUTE FUNCTION no_room()`);
    const refused = await enter();
    expect([refused.status, refused.body.error?.code]).toEqual([503, "BUSY"]);
    expect(refused.headers.get("retry-after")).toBe("2");
    expect(await status()).toEqual([503, said]);
    expect(await status()).toEqual([503, said]);
    expect(warned).toEqual([expect.stringContaining("database.takes-nothing")]);
    expect(standingRefusal(Date.now() + BELIEVED_MS)).toBeUndefined();

    await actors.owner.query("DROP FUNCTION no_room() CASCADE");
    delete (globalThis as { nuanzhangRefusal?: unknown }).nuanzhangRefusal;
    expect((await enter()).status).toBe(201);
    expect(await status()).toEqual([200, "ready"]);
  },
);

test.each([
  ["55P03", "2"],
  ["57014", "30"],
])(
  "somebody else is in the way (%s): the log says where, in words of no person",
  async (state, after) => {
    await actors.owner.query(`CREATE FUNCTION in_the_way() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'key (beneficiary)=(somebody)' USING ERRCODE = '${state}'; END $$;
    CREATE TRIGGER in_the_way BEFORE INSERT ON disbursements FOR EACH ROW EXECUTE FUNCTION in_the_way()`);
    const refused = await enter();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, after]);
    const [line = ""] = warned as string[];
    expect(warned).toHaveLength(1);
    expect(JSON.parse(line)).toMatchObject({
      event: "request.busy",
      sqlState: state,
      method: "POST",
    });
    await actors.owner.query("DROP FUNCTION in_the_way() CASCADE");
  },
);

test("a database that only reads: the same, and readiness finds it out by itself", async () => {
  const name = new URL(database.ownerUrl).pathname.slice(1);
  await actors.owner.query(`ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
  await closeDb();
  expect(await status()).toEqual([503, "database-read-only"]);
  const refused = await enter();
  expect([refused.status, refused.body.error?.code]).toEqual([503, "BUSY"]);
  await actors.owner.query(`ALTER DATABASE "${name}" RESET default_transaction_read_only`);
  await closeDb();
  delete (globalThis as { nuanzhangRefusal?: unknown }).nuanzhangRefusal;
  expect(await status()).toEqual([200, "ready"]);
});

test("a page whose connection was killed asks again, before and in the midst of it", async () => {
  const cut = () =>
    actors.owner.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"); // prettier-ignore
  await callGuard(sql`SELECT 1`);
  await cut();
  expect(await callGuard<{ one: number }>(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
  let asked = 0;
  const read = readAs.bind(null, clerk.session, async ({ db }) => {
    asked += 1;
    if (asked < 3) await cut();
    return db.rows(sql`SELECT count(*)::int AS n FROM organisations WHERE code = '630123'`);
  });
  await expect(askAgain(read, [0, 0])).resolves.toEqual([{ n: 1 }]);
  expect(asked).toBe(3);
  asked = 0;
  await expect(askAgain(read, [0])).rejects.toMatchObject({ code: "BUSY" });
  asked = 2;
  const defect = () => Promise.reject(new RangeError("ours"));
  await expect(askAgain(defect, [0])).rejects.toThrow("ours");
});

test("a socket that is gone is a server that is gone; a file that is missing is a defect", () => {
  const missing = (syscall: string) => Object.assign(new Error("x"), { code: "ENOENT", syscall });
  expect(asAppError(missing("connect"))).toMatchObject({ code: "BUSY" });
  expect(wasCutOff(missing("connect"))).toBe(true);
  expect(wasCutOff(Object.assign(new Error("x"), { code: "EPIPE" }))).toBe(true);
  expect(asAppError(missing("open"))).toEqual(missing("open"));
});

test("only what the server could not do is told to come back; what we said wrongly is a defect", () => {
  const of = (code: string) => asAppError(Object.assign(new Error("x"), { code }));
  for (const code of ["08006", "53300", "57014", "57P01", "58P01", "25006", "ECONNREFUSED"])
    expect(of(code), code).toMatchObject({ code: "BUSY" });
  for (const code of ["08P01", "42703", "22012", "constructor", "__proto__", "XX000"])
    expect(of(code), code).not.toHaveProperty("retryAfter");
});
