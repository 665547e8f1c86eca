import pg from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "./database";

const database = await testDatabase();

async function one(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

test("the database of a test file is its own, and migrated", async () => {
  const name = await one(database.ownerUrl, "SELECT current_database()");
  expect(name).toMatch(/^test_/);
  const open = await one(
    database.ownerUrl,
    "SELECT count(*)::int FROM _prisma_migrations WHERE finished_at IS NULL",
  );
  expect(open).toBe(0);
});

test("the web server's role owns nothing and cannot bypass row-level security", async () => {
  const url = `${database.url}${database.url.includes("?") ? "&" : "?"}options=-c%20role%3Dnuanzhang_app`;
  expect(await one(url, "SELECT current_user::text")).toBe("nuanzhang_app");
  const owned = "SELECT count(*)::int FROM pg_class WHERE relowner = current_user::regrole";
  expect(await one(url, owned)).toBe(0);
  const strong = `SELECT bool_or(rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
    FROM pg_roles WHERE rolname IN ('nuanzhang_app', 'nuanzhang_web')`;
  expect(await one(url, strong)).toBe(false);
});

test("text sorts by pinyin where it is asked to", async () => {
  const sorted = await one(
    database.url,
    `SELECT string_agg(name, ',' ORDER BY name COLLATE "zh-x-icu")
     FROM unnest(ARRAY['玉树', '海北', '西宁', '格尔木']) AS name`,
  );
  expect(sorted).toBe("格尔木,海北,西宁,玉树");
});
