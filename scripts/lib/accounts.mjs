import pg from "pg";

/** As prisma/seed/demo/accounts.ts sets it; real accounts choose their own. */
const DEMO_PASSWORD = "nuanzhang-2026";

const STAGES = ["reference", "published", "demo"];

/** @param {string} ownerUrl @param {string} text */
async function query(ownerUrl, text) {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Has every stage of the seed been written into this database? @param {string} ownerUrl */
export async function isSeeded(ownerUrl) {
  const rows = await query(ownerUrl, "SELECT name FROM seed_runs");
  return STAGES.every((stage) => rows.some(({ name }) => name === stage));
}

/** The accounts of the demonstration, as lines to print: [] where there are none. @param {string} ownerUrl */
export async function demoAccountLines(ownerUrl) {
  const rows = await query(
    ownerUrl,
    "SELECT username, name_zh, name_en FROM guard.demo_accounts()",
  );
  if (!rows.length) return [];
  const width = Math.max(...rows.map((row) => row.username.length));
  return [
    `演示账号 Demo accounts · 密码 password: ${DEMO_PASSWORD}`,
    ...rows.map((row) => `  ${row.username.padEnd(width)}  ${row.name_zh} · ${row.name_en}`),
  ];
}
