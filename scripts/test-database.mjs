// Vitest's global set-up for the database tests: a server of their own and one migrated template.
import pg from "pg";
import { startCluster } from "./lib/cluster.mjs";
import { withLock } from "./lib/lock.mjs";
import { testHome } from "./lib/project.mjs";
import { databaseDigest, migrate } from "./migrate.mjs";

const TWO_HOURS_MS = 2 * 3_600_000;

/** @param {string} url @param {string} name */
const inDatabase = (url, name) => Object.assign(new URL(url), { pathname: `/${name}` }).toString();

/** @param {pg.Client} client @param {string} prefix @returns {Promise<string[]>} */
async function databases(client, prefix) {
  const { rows } = await client.query(
    "SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)",
    [prefix],
  );
  return rows.map((row) => row.name);
}

/**
 * Leftovers of killed runs carry the time they were made in their name: test_<ms>_<random>.
 * @param {pg.Client} client @param {string} template
 */
async function sweep(client, template) {
  /** @param {string} name */
  const old = (name) => Date.now() - Number(name.split("_")[1]) > TWO_HOURS_MS;
  const stale = [
    ...(await databases(client, "test_")).filter(old),
    ...(await databases(client, "template_")).filter((name) => name !== template),
  ];
  for (const name of stale) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** @param {string} ownerUrl */
async function prepareTemplate(ownerUrl) {
  const template = `template_${databaseDigest().slice(0, 16)}`;
  const client = new pg.Client({ connectionString: inDatabase(ownerUrl, "postgres") });
  await client.connect();
  try {
    if (!(await databases(client, template)).length) {
      const unfinished = `unfinished_${process.pid}`;
      await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${unfinished}`);
      await migrate(inDatabase(ownerUrl, unfinished));
      await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
    }
    await sweep(client, template);
  } finally {
    await client.end();
  }
  return template;
}

export async function testCluster() {
  const home = testHome();
  const cluster = await startCluster(home, { durable: false });
  const template = await withLock(home, "template", () => prepareTemplate(cluster.ownerUrl));
  return {
    ownerUrl: cluster.ownerUrl,
    url: cluster.url,
    signInUrl: cluster.signInUrl,
    workerUrl: cluster.workerUrl,
    publicUrl: cluster.publicUrl,
    template,
  };
}

/** @param {import("vitest/node").TestProject} project */
export default async function setup({ provide }) {
  provide("testCluster", await testCluster());
}
