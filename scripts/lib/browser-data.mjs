// The data that browser tests work on: a database of its own with the demonstration in it, made by e2e.mjs itself or,
// in the gate, by a step before it, while another step has the other core.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../migrate.mjs";
import { runTypeScript } from "../run-ts.mjs";
import { startCluster } from "./cluster.mjs";
import { removeHome } from "./place.mjs";
import { testHome } from "./project.mjs";
import { fail } from "./say.mjs";

/** @typedef {Awaited<ReturnType<typeof startCluster>>} Cluster */

/** @param {string} home @param {Cluster} cluster */
function laidDown(home, cluster) {
  process.env.DATABASE_URL = cluster.url;
  process.env.DATABASE_OWNER_URL = cluster.ownerUrl;
  process.env.DATABASE_SIGN_IN_URL = cluster.signInUrl;
  process.env.DATABASE_WORKER_URL = cluster.workerUrl;
  process.env.DATABASE_PUBLIC_URL = cluster.publicUrl;
  process.env.NEXTAUTH_SECRET = cluster.secrets.nextAuthSecret;
  process.env.NUANZHANG_CHECKPOINT_KEY = cluster.secrets.checkpointKey;
  process.env.NUANZHANG_FIELD_KEYS = cluster.secrets.fieldKeys;
  process.env.NUANZHANG_INDEX_KEYS = cluster.secrets.indexKeys;
  process.env.NUANZHANG_OBJECTS = join(home, "objects");
  process.env.NUANZHANG_EMBEDDED = "1";
  delete process.env.NEXTAUTH_URL;
}

/** The server of this folder, and the environment that its data is read with. @param {string} home */
export async function openData(home) {
  const cluster = await startCluster(home, { durable: false });
  laidDown(home, cluster);
  return cluster;
}

export const newHome = () => mkdtempSync(join(tmpdir(), "nuanzhang-e2e-"));

/** @param {string} home @param {import("./run.mjs").RunOptions} [watched] */
export async function makeData(home, watched) {
  const cluster = await openData(home);
  await migrate(cluster.ownerUrl);
  if (await runTypeScript("prisma/seed/main.ts", ["--with-demo"], watched))
    fail("测试数据写入失败。", "The test data could not be written.");
  return cluster;
}

const noteFile = () => join(testHome(), "browser-data.json");

/** @returns {{ home: string, gate: number } | undefined} */
function noted() {
  return existsSync(noteFile()) ? JSON.parse(readFileSync(noteFile(), "utf8")) : undefined;
}

/** What was made and did not come to be used, by this gate or one before it. */
export function dropStale() {
  const stale = noted();
  rmSync(noteFile(), { force: true });
  if (stale) removeHome(stale.home);
}

/** For the step of the same gate that comes for it; a gate is known by its process. @param {string} home */
export function leaveData(home) {
  mkdirSync(testHome(), { recursive: true });
  writeFileSync(noteFile(), JSON.stringify({ home, gate: process.ppid }));
}

/** @returns {string | undefined} the folder that this gate left, once */
export function takeData() {
  const left = noted();
  if (left?.gate !== process.ppid) return undefined;
  rmSync(noteFile());
  return left.home;
}
