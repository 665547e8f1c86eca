// A database brought up to date: from nothing, again, after a change of prisma/sql, and when something is wrong.
import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { expand, sqlFolder } from "./lib/sql.mjs";
import { migrate, migrationsFolder } from "./migrate.mjs";

const cluster = inject("testCluster");
/** @param {string} name */
const inDatabase = (name) =>
  Object.assign(new URL(cluster.ownerUrl), { pathname: `/${name}` }).toString();
const server = new pg.Client({ connectionString: inDatabase("postgres") });
/** @type {string[]} */
const made = [];
const scratch = mkdtempSync(join(tmpdir(), "nuanzhang-migrate-"));

beforeAll(() => server.connect());
afterAll(async () => {
  for (const name of made) await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await server.end();
  rmSync(scratch, { recursive: true, force: true });
});

async function database(template = "template1") {
  const name = `test_${Date.now()}_${randomBytes(4).toString("hex")}`;
  await server.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  made.push(name);
  return inDatabase(name);
}
const upToDate = () => database(cluster.template);

/** @param {string} url @param {...string} texts */
async function ask(url, ...texts) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    /** @type {Record<string, unknown>[]} */
    let rows = [];
    for (const text of texts) ({ rows } = await client.query(text));
    return rows;
  } finally {
    await client.end();
  }
}

/** Everything that prisma/sql puts up, with who may use it. */
const STANDING = `
  SELECT 'function' AS kind, pg_get_functiondef(oid) AS text, proacl::text AS rights
    FROM pg_proc WHERE pronamespace = 'guard'::regnamespace
  UNION ALL SELECT 'trigger', tgrelid::regclass || pg_get_triggerdef(oid), tgenabled::text
    FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'policy', concat_ws(' ', tablename, policyname, cmd, qual, with_check), roles::text FROM pg_policies
  UNION ALL SELECT relkind::text, relname || CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) ELSE '' END,
      concat_ws(' ', coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))::text,
        (SELECT string_agg(attname || attacl::text, ' ') FROM pg_attribute WHERE attrelid = c.oid AND attacl <> '{}'),
        relrowsecurity, relforcerowsecurity)
    FROM pg_class c WHERE relnamespace IN ('public'::regnamespace, 'guard'::regnamespace) AND relkind IN ('r', 'v', 'S')
  ORDER BY 1, 2`;

/** The folder of migrations, with one more. @param {string} name @param {string} sql */
function oneMore(name, sql) {
  const folder = join(scratch, name);
  cpSync(migrationsFolder, folder, { recursive: true });
  mkdirSync(join(folder, `20991231000000_${name}`));
  writeFileSync(join(folder, `20991231000000_${name}`, "migration.sql"), sql);
  return folder;
}

test("an empty database gets tables and guards; a current one is left alone", async () => {
  const url = await database();
  const entries = readdirSync(migrationsFolder, { withFileTypes: true });
  const every = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(await migrate(url)).toEqual([...every.sort(), "prisma/sql"]);
  const [before] = await ask(url, "SELECT xmin::text AS version FROM guard.sql_state");
  expect(await migrate(url)).toEqual([]);
  expect(await ask(url, "SELECT xmin::text AS version FROM guard.sql_state")).toEqual([before]);
});

test("laid anew, what was removed is gone and no right is lost or left over", async () => {
  const url = await upToDate();
  const before = await ask(url, STANDING);
  await ask(
    url,
    "CREATE FUNCTION guard.stray() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE TRIGGER stray AFTER INSERT ON years FOR EACH ROW EXECUTE FUNCTION guard.stray()",
    "CREATE POLICY stray ON years TO nuanzhang_app USING (guard.is_admin())",
    "CREATE VIEW stray AS SELECT * FROM figure_rows",
    "GRANT SELECT ON credentials TO nuanzhang_app",
    "GRANT SELECT (hash) ON audit_entries TO PUBLIC",
    "REVOKE SELECT ON disbursements FROM nuanzhang_app",
    "ALTER TABLE sessions DISABLE ROW LEVEL SECURITY",
    "UPDATE guard.sql_state SET digest = 'of an older version'",
  );
  expect(await ask(url, STANDING)).not.toEqual(before);
  expect(await migrate(url)).toEqual(["prisma/sql"]);
  expect(await ask(url, STANDING)).toEqual(before);
});

test("a migration meets tables alone, and the guards are back after it", async () => {
  const url = await upToDate();
  const folder = oneMore("wider", "ALTER TABLE disbursements ALTER COLUMN packs TYPE bigint");
  expect(await migrate(url, { migrations: folder })).toEqual([
    "20991231000000_wider",
    "prisma/sql",
  ]);
  const [policies] = await ask(url, "SELECT count(*)::int AS n FROM pg_policies");
  expect(policies?.["n"]).toBeGreaterThan(50);
});

test("what fails leaves the database as it was", async () => {
  const url = await upToDate();
  const before = await ask(url, STANDING);
  const broken = oneMore("broken", "CREATE TABLE half (id int);\nSELECT 1 / 0;");
  await expect(migrate(url, { migrations: broken })).rejects.toThrow(
    /broken failed.*division by zero/s,
  );
  const wrong = join(scratch, "wrong-sql");
  cpSync(sqlFolder, wrong, { recursive: true });
  writeFileSync(join(wrong, "95-wrong.sql"), "SELECT 1;\nSELECT nonsense;");
  await expect(migrate(url, { sql: wrong })).rejects.toThrow(/95-wrong\.sql failed \(line 2\)/);
  expect(await ask(url, STANDING)).toEqual(before);
  expect(await migrate(url)).toEqual([]);
});

test("a count added to the tables is counted, with no function touched", async () => {
  const url = await upToDate();
  const rollups = ["figure_rollups", "figure_deltas", "figure_totals"];
  const folder = oneMore(
    "vouchers",
    `ALTER TABLE disbursements ADD COLUMN meal_vouchers int;
     ${rollups.map((t) => `ALTER TABLE ${t} ADD COLUMN meal_vouchers bigint NOT NULL DEFAULT 0;`).join("\n")}`,
  );
  await migrate(url, { migrations: folder });
  const totals = await ask(
    url,
    // as a restored database: no trigger has seen the row
    "SET session_replication_role = replica",
    `INSERT INTO disbursements (organisation_id, fiscal_year, programme_id, created_by, last_edited_by, meal_vouchers)
     VALUES (1, 2026, 1, gen_random_uuid(), gen_random_uuid(), 40)`,
    "SELECT guard.rebuild_figures()",
    "SELECT DISTINCT meal_vouchers::int AS n FROM figure_totals UNION ALL SELECT meal_vouchers::int FROM figure_rows",
  );
  expect(totals).toEqual([{ n: 40 }, { n: 40 }]);
  expect(await ask(url, "SELECT guard.figure_differences()")).toEqual([]);
});

test("a count that one of the tables lacks stops the start", async () => {
  const folder = oneMore(
    "lacking",
    "ALTER TABLE figure_rollups ADD COLUMN vouchers bigint NOT NULL DEFAULT 0",
  );
  await expect(migrate(await upToDate(), { migrations: folder })).rejects.toThrow(
    /figure_deltas lacks columns that figure_rollups has: vouchers/,
  );
});

test("a template that names no list stops the start", () => {
  const lists = { sums: ["records", "person_times"] };
  /** @param {string} sql */
  const text = (sql) => expand({ name: "x.sql", sql }, lists).sql;
  expect(text("{{sums}}")).toBe("records, person_times");
  expect(text("{{sums: r.@ + 1}}")).toBe("r.records + 1, r.person_times + 1");
  expect(text("{{sums OR: @ = '@wire'}}")).toBe(
    "records = 'records' OR person_times = 'personTimes'",
  );
  expect(() => text("SELECT {{sum}}")).toThrow(/x\.sql.*\{\{sum\}\}/);
  expect(() => text("SELECT {{sums: @")).toThrow(/does not expand/);
});

test("a database of the sixteen migrations before 0.1.0 is refused in one sentence", async () => {
  const url = await upToDate();
  await ask(
    url,
    "DELETE FROM _prisma_migrations",
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
     VALUES ('a', 'b', '20261122160000_tables', now())`,
  );
  await expect(migrate(url)).rejects.toThrow(/before 0\.1\.0.*npm run db reset/);
  await expect(migrate(url)).rejects.toThrow(/0\.1\.0 发布之前.*npm run db reset/);
});

test("an edited migration is refused, and one that Prisma left half done", async () => {
  const url = await upToDate();
  await ask(url, "UPDATE _prisma_migrations SET checksum = 'other'");
  await expect(migrate(url)).rejects.toThrow(/was changed after it was applied/);
  await ask(url, "UPDATE _prisma_migrations SET finished_at = NULL");
  await expect(migrate(url)).rejects.toThrow(/did not finish before/);
});
