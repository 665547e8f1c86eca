// Applies prisma/migrations with nothing but `pg`, and records them as `prisma migrate deploy` does.
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { useDatabase } from "./lib/addresses.mjs";
import { isEntry, loadEnvironment, root } from "./lib/project.mjs";
import { fail, main } from "./lib/say.mjs";

const PRISMA_LOCK = 72707369;
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

export const migrationsFolder = join(root, "prisma/migrations");

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

async function apply(client, { name, sql, checksum }) {
  const id = randomUUID();
  await client.query(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)",
    [id, checksum, name],
  );
  try {
    await client.query(sql);
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    await client.query("UPDATE _prisma_migrations SET logs = $2 WHERE id = $1", [
      id,
      `${error.code ?? ""} ${error.message}`,
    ]);
    const at = error.position
      ? ` (line ${sql.slice(0, Number(error.position)).split("\n").length})`
      : "";
    fail(
      `数据库迁移 ${name} 失败${at}：${error.message}`,
      `Migration ${name} failed${at}: ${error.message}`,
    );
  }
  await client.query(
    "UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1",
    [id],
  );
}

/** Brings the database to the newest migration; returns the names that were applied now. */
export async function migrate(ownerUrl, folder = migrationsFolder) {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query(TABLE);
    const { rows } = await client.query(
      "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
    );
    const broken = rows.find((row) => !row.finished_at);
    if (broken) {
      fail(
        `迁移 ${broken.migration_name} 上次没有完成；请修好后用 npm run prisma -- migrate resolve 标记。`,
        `Migration ${broken.migration_name} did not finish before; mend it, then mark it with npm run prisma -- migrate resolve.`,
      );
    }
    const done = new Map(rows.map((row) => [row.migration_name, row.checksum]));
    const applied = [];
    for (const migration of listMigrations(folder)) {
      const before = done.get(migration.name);
      if (before === undefined) {
        await apply(client, migration);
        applied.push(migration.name);
      } else if (before !== migration.checksum) {
        fail(
          `迁移 ${migration.name} 在执行之后被改过；迁移只能追加，不能修改。`,
          `Migration ${migration.name} was changed after it was applied; migrations are only ever added.`,
        );
      }
    }
    return applied;
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
