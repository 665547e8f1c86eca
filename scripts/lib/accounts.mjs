import pg from "pg";

/** As prisma/seed/demo/accounts.ts sets it; real accounts choose their own. */
const DEMO_PASSWORD = "nuanzhang-2026";

/** The accounts of the demonstration, as lines to print: [] where there are none. */
export async function demoAccountLines(ownerUrl) {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      "SELECT username, name_zh, name_en FROM guard.demo_accounts()",
    );
    if (!rows.length) return [];
    const width = Math.max(...rows.map((row) => row.username.length));
    return [
      `演示账号 Demo accounts · 密码 password: ${DEMO_PASSWORD}`,
      ...rows.map((row) => `  ${row.username.padEnd(width)}  ${row.name_zh} · ${row.name_en}`),
    ];
  } finally {
    await client.end();
  }
}
