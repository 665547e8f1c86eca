// The program as the Prisma CLI runs it: a process that answers JSON-RPC, against a real PostgreSQL.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { root } from "../lib/project.mjs";
import { besides } from "./address.mjs";

const program = join(root, "scripts/schema-engine/main.mjs");
const filters = { externalTables: [], externalEnums: [] };

/** @type {string} */
let url;

/**
 * Runs the program with these requests to its end.
 * @param {{ url: string, shadowDatabaseUrl?: string }} datasource
 * @param {{ method: string, params?: unknown }[]} requests
 * @param {string[]} [command]
 */
function run(datasource, requests, command = []) {
  const flags = ["--datasource", JSON.stringify(datasource), ...command];
  const child = spawn(process.execPath, [program, ...flags], { cwd: root });
  let said = "";
  let logged = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (logged += text));
  for (const [at, request] of requests.entries()) {
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: at + 1, ...request })}\n`);
  }
  child.stdin.end();
  return new Promise((done) =>
    child.once("close", (code) => {
      const messages = said.split("\n").filter(Boolean);
      done({
        code,
        logged,
        messages: command.length ? [] : messages.map((line) => JSON.parse(line)),
      });
    }),
  );
}

const datasource = 'datasource db {\n provider = "postgresql"\n}\n';

/** @param {string} models */
const schema = (models) => ({
  tag: "schemaDatamodel",
  files: [{ path: "schema.prisma", content: datasource + models }],
});

/** The database that the datasource names. */
const live = () => ({ ...schema(""), tag: "schemaDatasource", configDir: root });

/** @param {{ tag: string }} from @param {{ tag: string }} to */
const diff = (from, to) => ({
  method: "diff",
  params: { from, to, script: true, exitCode: true, filters, shadowDatabaseUrl: null },
});

beforeAll(() => {
  const name = `test_${Date.now()}_${randomBytes(4).toString("hex")}`;
  url = besides(inject("testCluster").ownerUrl, name);
});

afterAll(() => run({ url }, [], ["cli", "drop-database"]));

test("a database is made, reached, and not made twice", async () => {
  const make = { method: "createDatabase", params: { datasource: { url } } };
  const { code, messages } = await run({ url }, [
    make,
    { method: "ensureConnectionValidity", params: { datasource: { url } } },
    { method: "getDatabaseVersion" },
    make,
  ]);
  expect(code).toBe(0);
  expect(messages.map((/** @type {{ id: number }} */ { id }) => id)).toEqual([1, 2, 3, 4]);
  expect(messages[0].result.databaseName).toMatch(/^test_/);
  expect(messages[1].result).toEqual({});
  expect(messages[2].result).toMatch(/PostgreSQL 15/);
  expect(messages[3].error.data).toMatchObject({ is_panic: false, error_code: "P1009" });
});

test("scripts reach the database whole, and the catalog's one-byte types are read", async () => {
  const script = `CREATE TABLE vouchers (id int PRIMARY KEY, number text NOT NULL);
    DO $$ BEGIN PERFORM 1; PERFORM 2; END $$;
    CREATE TABLE shares (voucher_id int REFERENCES vouchers ON DELETE CASCADE);`;
  const { messages } = await run({ url }, [
    { method: "dbExecute", params: { datasourceType: { tag: "url", url }, script } },
    diff({ tag: "empty" }, live()),
  ]);
  const [executed, print, done] = messages;
  expect(executed).toMatchObject({ id: 1, result: null });
  expect(print.params.content).toContain('CREATE TABLE "public"."vouchers"');
  expect(print.params.content).toContain("ON DELETE CASCADE");
  expect(done).toMatchObject({ id: 2, result: { exitCode: 2 } });
});

test("two schemas are compared", async () => {
  const one = schema("model Voucher {\n id Int @id\n}\n");
  const two = schema("model Voucher {\n id Int @id\n number String\n}\n");
  const { messages } = await run({ url }, [diff(one, one), diff(one, two)]);
  const [same, , print, different] = messages;
  expect(same.params.content).toMatch(/empty migration/);
  expect(print.params.content).toContain('ADD COLUMN     "number" TEXT NOT NULL');
  expect(different).toMatchObject({ id: 2, result: { exitCode: 2 } });
});

test("what goes wrong has Prisma's code, and ends with 1 on the command line", async () => {
  const absent = besides(url, "not_there");
  const wrong = url.replace(/:[^:@]+@/, ":wrong@");
  const reach = { method: "ensureConnectionValidity" };
  const missing = await run({ url: absent }, [reach]);
  expect(missing.messages[0].error.data.error_code).toBe("P1003");
  const unknown = await run({ url }, [{ method: "unheardOf" }]);
  expect(unknown.messages[0].error.data.message).toMatch(/no method unheardOf/);
  const refused = await run({ url: wrong }, [reach]);
  expect(refused.messages[0].error.data.error_code).toBe("P1000");
  const command = await run({ url: absent }, [], ["cli", "can-connect-to-database"]);
  expect(command.code).toBe(1);
  expect(command.logged).toMatch(/"error_code":"P1003"/);
});

test("the main database is never taken for the shadow", async () => {
  const migrations = {
    baseDir: "",
    lockfile: null,
    migrationDirectories: [],
    shadowDbInitScript: "",
  };
  const lockfile = { path: "migration_lock.toml", content: 'provider = "postgresql"' };
  const from = { tag: "migrations", ...migrations, lockfile };
  const { messages } = await run({ url, shadowDatabaseUrl: url }, [diff(from, { tag: "empty" })]);
  expect(JSON.stringify(messages[0].error)).toMatch(/must not be the main database/);
});
