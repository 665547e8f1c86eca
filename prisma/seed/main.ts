import pg from "pg";
import { closeDb } from "@/lib/platform/db";
import { DEMO_SEED, seedDemo } from "./demo";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "@/prisma/seed/demo/accounts";
import { seedPublished } from "./published";
import { seedEvidence } from "./evidence";
import { recordSeedRun, seedReference } from "./reference";

/** Two starts at once fill one database: the second waits, then finds everything done. */
const SEED_LOCK = 72_707_371;

function ownerUrl(): string {
  const url = process.env["DATABASE_OWNER_URL"] ?? process.env["DATABASE_URL"];
  if (!url) throw new Error("没有数据库地址 · set DATABASE_URL or DATABASE_OWNER_URL");
  return url;
}

async function inTransaction<T>(owner: pg.Client, work: () => Promise<T>): Promise<T> {
  await owner.query("BEGIN");
  try {
    const result = await work();
    await owner.query("COMMIT");
    return result;
  } catch (error) {
    await owner.query("ROLLBACK");
    throw error;
  }
}

async function finished(owner: pg.Client): Promise<Map<string, string | null>> {
  const { rows } = await owner.query<{ name: string; seed: string | null }>(
    "SELECT name, seed FROM seed_runs",
  );
  return new Map(rows.map((row) => [row.name, row.seed]));
}

const say = (stage: string, text: string, begun: number) =>
  console.log(`${stage}  ${text}  ${((performance.now() - begun) / 1000).toFixed(1)}s`);

/**
 * Deltas into the rollup before the first reader comes. Statistics first: of tables just filled the
 * planner knows nothing, and folds fifty thousand deltas by nested loops, for minutes.
 */
async function settle(owner: pg.Client): Promise<void> {
  await owner.query("ANALYZE");
  let taken = 1;
  while (taken > 0) {
    const { rows } = await owner.query<{ n: number }>("SELECT guard.fold_figures() AS n");
    taken = rows[0]?.n ?? 0;
  }
  await owner.query("ANALYZE figure_rollups, figure_totals, figure_deltas");
}

/** All of it or nothing: a start that was killed begins the demo afresh. */
async function demoStage(owner: pg.Client): Promise<void> {
  const begun = performance.now();
  const { records, corrections, allotments } = await inTransaction(owner, () => seedDemo(owner));
  say(
    "演示数据 Demo",
    `${records} records, ${corrections} corrections, ${allotments} allotments, seed ${DEMO_SEED}`,
    begun,
  );
}

async function publishedStage(owner: pg.Client): Promise<void> {
  const begun = performance.now();
  const { disbursements, allotments } = await seedPublished(owner);
  say("公开数据 Published 2024", `${disbursements} records, ${allotments} allotment`, begun);
}

/** The files lie outside the database: no transaction holds both, and a start that was killed adds a few once more. */
async function evidenceStage(owner: pg.Client): Promise<void> {
  const begun = performance.now();
  const files = await seedEvidence(owner);
  await recordSeedRun(owner, "demo-evidence");
  say("演示凭证 Demo evidence", `${files} files`, begun);
}

async function seedEverything(owner: pg.Client, withDemo: boolean): Promise<void> {
  const begun = performance.now();
  const done = await finished(owner);
  await inTransaction(owner, () => seedReference(owner));
  if (!done.has("reference")) say("基础数据 Reference", "ready", begun);
  if (!withDemo) return;
  // The demo first: what the checks say of a published figure beside it is then answered on import.
  if (!done.has("demo")) {
    await demoStage(owner);
    await settle(owner);
  }
  if (!done.has("published")) {
    await publishedStage(owner);
    await settle(owner);
  }
  if (!done.has("demo-evidence")) await evidenceStage(owner);
  console.log(`演示账号 Demo accounts · 口令 password ${DEMO_PASSWORD}`);
  for (const { username, nameZh } of DEMO_ACCOUNTS)
    console.log(`  ${username.padEnd(18)}${nameZh}`);
}

async function main(): Promise<void> {
  const withDemo = process.argv.includes("--with-demo");
  if (withDemo && process.env["NUANZHANG_EMBEDDED"] !== "1")
    throw new Error(
      "演示数据只进入内置数据库 · demo data goes into the embedded database only, never into DATABASE_URL",
    );
  const owner = new pg.Client({ connectionString: ownerUrl() });
  await owner.connect();
  try {
    await owner.query("SELECT pg_advisory_lock($1)", [SEED_LOCK]);
    await seedEverything(owner, withDemo);
  } finally {
    await closeDb();
    await owner.end();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
