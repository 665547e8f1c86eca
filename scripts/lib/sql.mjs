// prisma/sql: functions, triggers, views, policies and grants as they hold today, laid anew as a whole
// whenever a file of it, or the tables under it, changed.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./project.mjs";
import { fail } from "./say.mjs";

/**
 * @typedef {{ name: string, sql: string }} SqlFile
 * @typedef {Record<string, string[]>} Lists names of columns by the word that stands for them
 * @typedef {import("pg").Client} Client
 */

export const sqlFolder = join(root, "prisma/sql");

/** In the order in which they are applied: that of their names. Those from 00 to 09 go before the migrations. */
export function listSql(folder = sqlFolder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name), "utf8") }));
}

const queuePackage = join(root, "node_modules/graphile-worker/package.json");

/**
 * Says whether two databases were built from the same migrations, queue and files, by the same expander.
 * @param {SqlFile[]} migrations @param {SqlFile[]} files
 */
export function digestOf(migrations, files) {
  const digest = createHash("sha256").update(readFileSync(fileURLToPath(import.meta.url)));
  digest.update(JSON.parse(readFileSync(queuePackage, "utf8")).version);
  for (const { name, sql } of [...migrations, ...files]) digest.update(`\0${name}\0${sql}`);
  return digest.digest("hex");
}

// Sums added after the first checkpoint was signed: no digest of figures and no closed year is made of them.
const LATER = ["named_records", "named_fen", "named_persons", "named_households"];

// What guard.figure_cell works out itself; every other sum is a count that the record carries.
const MEASURED = [
  ...LATER,
  "records",
  "unvalued_records",
  "estimated_records",
  "without_money_records",
  "reversal_records",
  "amount_fen",
];

const COLUMNS = `SELECT a.attname AS name, a.attnum = ANY (k.conkey) AS key
  FROM pg_attribute a JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'p'
  WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;

/** The columns that the templates stand for, from the tables as they are now. @param {Client} client */
async function readLists(client) {
  /** @param {string} table @returns {Promise<{ name: string, key: boolean }[]>} */
  const columns = async (table) => (await client.query(COLUMNS, [`public.${table}`])).rows;
  /** @param {{ name: string }[]} rows */
  const names = (rows) => rows.map((row) => row.name);
  const fine = await columns("figure_rollups");
  const sums = names(fine.filter((column) => !column.key));
  const counts = sums.filter((name) => !MEASURED.includes(name));
  /** @type {[string, string[]][]} */
  const followers = [
    ["figure_deltas", sums],
    ["figure_totals", sums],
    ["disbursements", counts],
  ];
  for (const [table, needed] of followers) {
    const has = names(await columns(table));
    const missing = needed.filter((name) => !has.includes(name));
    if (missing.length) {
      fail(
        `表 ${table} 缺少 figure_rollups 已有的列：${missing.join("、")}。`,
        `Table ${table} lacks columns that figure_rollups has: ${missing.join(", ")}.`,
      );
    }
  }
  /** @param {string} table */
  const key = async (table) => names((await columns(table)).filter((column) => column.key));
  return {
    axes: await key("figure_rollups"),
    columns: names(fine),
    total_axes: await key("figure_totals"),
    sums,
    counts,
    signed: sums.filter((name) => !LATER.includes(name)),
  };
}

/** @param {string} name */
const wire = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/**
 * Writes out {{list}}, {{list: text with @ and @wire}} and {{list WORD: text}} (see 60-figures.sql).
 * @param {SqlFile} file @param {Lists} lists
 */
export function expand({ name, sql }, lists) {
  const text = sql.replace(
    /\{\{(\w+)(?: ([^:{}]+))?(?:: ([^{}]+))?\}\}/g,
    (whole, list, between, item = "@") =>
      lists[list]
        ?.map((column) => item.replaceAll("@wire", wire(column)).replaceAll("@", column))
        .join(between ? ` ${between} ` : ", ") ?? whole,
  );
  const left = text.replace(/^\s*--.*$/gm, "").match(/\{\{.*/)?.[0];
  if (left) {
    fail(
      `prisma/sql/${name}：模板没有展开：${left}`,
      `prisma/sql/${name}: this template does not expand: ${left}`,
    );
  }
  return { name, sql: text };
}

/** @param {Client} client @param {SqlFile} file */
async function run(client, { name, sql }) {
  try {
    await client.query(sql);
  } catch (error) {
    const before = error.position ? sql.slice(0, Number(error.position)) : "";
    const at = before ? ` (line ${before.split("\n").length})` : "";
    fail(
      `prisma/sql/${name} 执行失败${at}：${error.message}`,
      `prisma/sql/${name} failed${at}: ${error.message}`,
    );
  }
}

const BEFORE_TABLES = /^0/;

/**
 * Takes everything down, so that the migrations meet tables alone.
 * @param {Client} client @param {SqlFile[]} files
 */
export async function clearSql(client, files) {
  for (const file of files.filter(({ name }) => BEFORE_TABLES.test(name))) await run(client, file);
}

/** @param {Client} client @param {SqlFile[]} files @param {string} digest */
export async function applySql(client, files, digest) {
  const lists = await readLists(client);
  for (const file of files.filter(({ name }) => !BEFORE_TABLES.test(name)))
    await run(client, expand(file, lists));
  await client.query(
    `INSERT INTO guard.sql_state (digest) VALUES ($1)
     ON CONFLICT (one) DO UPDATE SET digest = excluded.digest, applied_at = now()`,
    [digest],
  );
}

/** The digest of what this database has; null when it has nothing yet. @param {Client} client */
export async function appliedDigest(client) {
  const { rows } = await client.query("SELECT to_regclass('guard.sql_state') IS NOT NULL AS there");
  if (!rows[0].there) return null;
  const state = await client.query("SELECT digest FROM guard.sql_state");
  return state.rows[0]?.digest ?? null;
}
