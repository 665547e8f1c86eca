// What can be wrong with a database that is given: one sentence in each language.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { checkGivenDatabase, checkOwner, checkPowers } from "./lib/given-database.mjs";

const cluster = inject("testCluster");
const server = new pg.Client({
  connectionString: Object.assign(new URL(cluster.ownerUrl), { pathname: "/postgres" }).toString(),
});
const name = `test_${Date.now()}_${randomBytes(4).toString("hex")}`;
/** @param {string} url */
const inDatabase = (url) => Object.assign(new URL(url), { pathname: `/${name}` }).toString();
const owner = inDatabase(cluster.ownerUrl);
const web = inDatabase(cluster.url);

beforeAll(async () => {
  await server.connect();
  await server.query(`CREATE DATABASE ${name} TEMPLATE ${cluster.template}`);
});
afterAll(async () => {
  await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await server.end();
});

/** @param {Promise<unknown>} attempt @param {RegExp} chinese @param {RegExp} english */
async function refusedWith(attempt, chinese, english) {
  const error = await attempt.then(
    () => undefined,
    (failure) => failure,
  );
  expect(error).toMatchObject({ name: "Sentence" });
  expect(error.message).toMatch(chinese);
  expect(error.message).toMatch(english);
}

test("a login that no wall holds is refused for the server's work", async () => {
  await refusedWith(checkPowers("DATABASE_URL", owner), /有 SUPERUSER 权限/, /has SUPERUSER/);
  await expect(checkPowers("DATABASE_URL", web)).resolves.toBeUndefined();
});

test("the web login alone cannot bring the database up to date", async () => {
  await refusedWith(
    checkOwner("DATABASE_OWNER_URL", web),
    /请把 DATABASE_OWNER_URL 设为/,
    /set DATABASE_OWNER_URL/,
  );
  await expect(checkOwner("DATABASE_OWNER_URL", owner)).resolves.toBeUndefined();
});

test("a database that only reads", async () => {
  await server.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  await refusedWith(checkGivenDatabase("DATABASE_URL", web), /只能读/, /only reads/);
  await server.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`);
  await expect(checkGivenDatabase("DATABASE_URL", web)).resolves.toBeUndefined();
});
