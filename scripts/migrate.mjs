// Brings a database up to date with nothing but `pg`: prisma/migrations, recorded as `prisma migrate deploy`
// records them, then prisma/sql. These are one transaction: a database is as it was, or as it should be.
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { useDatabase } from "./lib/addresses.mjs";
import { isEntry, loadEnvironment, root } from "./lib/project.mjs";
import { fail, main } from "./lib/say.mjs";
import { appliedDigest, applySql, clearSql, digestOf, listSql, sqlFolder } from "./lib/sql.mjs";

const PRISMA_LOCK = 72707369;
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;
/** The first of the sixteen migrations that 0.1.0 had while it was written. */
const UNRELEASED = "20261122160000_tables";

const quiet = new Logger(() => () => {});

export const migrationsFolder = join(root, "prisma/migrations");

/**
 * @typedef {import("./lib/sql.mjs").SqlFile} SqlFile
 * @typedef {SqlFile & { checksum: string }} Migration
 */

/** Every migration in order, with Prisma's checksum: the SHA-256 of the file's bytes. */
export function listMigrations(folder = migrationsFolder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, "migration.sql"));
      return {
        name,
        sql: sql.toString("utf8"),
        checksum: createHash("sha256").update(sql).digest("hex"),
      };
    });
}

/** What a database that is up to date was built from. */
export const databaseDigest = () => digestOf(listMigrations(), listSql());

/** @param {pg.Client} client @param {Migration} migration */
async function apply(client, { name, sql, checksum }) {
  try {
    await client.query(sql);
  } catch (error) {
    const at = error.position
      ? ` (line ${sql.slice(0, Number(error.position)).split("\n").length})`
      : "";
    fail(
      `数据库迁移 ${name} 失败${at}，数据库未改动：${error.message}`,
      `Migration ${name} failed${at}, the database is as it was: ${error.message}`,
    );
  }
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  );
}

/**
 * The migrations this database has not had yet; stops at a history that cannot be continued.
 * @param {pg.Client} client @param {Migration[]} migrations
 */
async function pendingOf(client, migrations) {
  const { rows } = await client.query(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  if (rows.some((row) => row.migration_name === UNRELEASED)) {
    fail(
      "这个数据库是 0.1.0 发布之前的版本建立的，无法升级：内置数据库请运行 npm run db reset 重新开始（其中的数据会清空），自备数据库请另建一个空库。",
      "This database was made before 0.1.0 was released and cannot be upgraded: begin anew with npm run db reset (it empties the embedded database), or, on a PostgreSQL of your own, with an empty database.",
    );
  }
  const broken = rows.find((row) => !row.finished_at);
  if (broken) {
    fail(
      `迁移 ${broken.migration_name} 上次没有完成；请修好后用 npm run prisma -- migrate resolve 标记。`,
      `Migration ${broken.migration_name} did not finish before; mend it, then mark it with npm run prisma -- migrate resolve.`,
    );
  }
  const done = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  const edited = migrations.find(
    ({ name, checksum }) => done.has(name) && done.get(name) !== checksum,
  );
  if (edited) {
    fail(
      `迁移 ${edited.name} 在执行之后被改过；迁移只能追加，不能修改。`,
      `Migration ${edited.name} was changed after it was applied; migrations are only ever added.`,
    );
  }
  return migrations.filter(({ name }) => !done.has(name));
}

/**
 * graphile-worker's own tables, by its own migrations and in its own transactions: repeated, they change
 * nothing. prisma/sql then says who may touch them, so they come first.
 * @param {string} ownerUrl
 */
const layQueue = (ownerUrl) => runMigrations({ connectionString: ownerUrl, logger: quiet });

/** @param {pg.Client} client @param {string} ownerUrl @param {Migration[]} migrations @param {SqlFile[]} files */
async function bringUp(client, ownerUrl, migrations, files) {
  const pending = await pendingOf(client, migrations);
  const digest = digestOf(migrations, files);
  if (!pending.length && (await appliedDigest(client)) === digest) return [];
  await layQueue(ownerUrl);
  await client.query("BEGIN; SET LOCAL search_path = public");
  await clearSql(client, files);
  for (const migration of pending) await apply(client, migration);
  await applySql(client, files, digest);
  await client.query("COMMIT");
  return [...pending.map(({ name }) => name), "prisma/sql"];
}

/**
 * Brings the database up to date; returns the names of what was applied now.
 * @param {string} ownerUrl
 * @param {{ migrations?: string, sql?: string }} [folders]
 */
export async function migrate(ownerUrl, folders = {}) {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query(TABLE);
    const { migrations = migrationsFolder, sql = sqlFolder } = folders;
    return await bringUp(client, ownerUrl, listMigrations(migrations), listSql(sql));
  } finally {
    await client.end();
  }
}

if (isEntry(import.meta.url)) {
  await main(async () => {
    loadEnvironment();
    const { ownerUrl } = await useDatabase();
    const applied = await migrate(ownerUrl);
    console.log(applied.length ? `applied ${applied.join(", ")}` : "nothing to apply");
  });
}
