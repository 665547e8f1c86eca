import pg from "pg";
import { besides, databaseOf, forPg } from "./address.mjs";

const CONNECT_MS = 10_000;

/** @param {string} url @param {string} text */
export async function runSql(url, text) {
  const client = new pg.Client({
    connectionString: forPg(url),
    connectionTimeoutMillis: CONNECT_MS,
  });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** @param {string} name */
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

/** @param {string} url @param {string} [template] */
export const createDatabase = (url, template = "template1") =>
  runSql(
    besides(url, "postgres"),
    `CREATE DATABASE ${quoted(databaseOf(url))} TEMPLATE ${template}`,
  );

/** @param {string} url */
export const dropDatabase = (url) =>
  runSql(besides(url, "postgres"), `DROP DATABASE ${quoted(databaseOf(url))} WITH (FORCE)`);
