// Browser tests: a fresh database, the built app on a free port, Playwright; afterwards nothing is left.
// usage: node scripts/e2e.mjs [arguments for playwright test]
import { mkdirSync, mkdtempSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, isBuilt, tail } from "./build.mjs";
import { generateClient } from "./generate.mjs";
import { startCluster, stopCluster } from "./lib/cluster.mjs";
import { removeHome } from "./lib/place.mjs";
import { loadEnvironment, testHome } from "./lib/project.mjs";
import { runNode } from "./lib/run.mjs";
import { fail, main } from "./lib/say.mjs";
import { findChromium, findOffice, findOldChromium } from "./lib/tools.mjs";
import { freePort, startWeb, stopWeb, waitUntilReady } from "./lib/web.mjs";
import { keepWorker } from "./lib/worker.mjs";
import { migrate } from "./migrate.mjs";
import { runTypeScript } from "./run-ts.mjs";

const HOST = "127.0.0.1";
const playwright = fileURLToPath(import.meta.resolve("@playwright/test/cli"));
/** @type {(() => unknown)[]} */
const undo = [];
/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
/** @type {import("./lib/run.mjs").RunOptions} */
const watched = {
  onChild: (child) => {
    children.add(child);
    child.once("exit", () => children.delete(child));
  },
};

async function prepareDatabase() {
  const home = mkdtempSync(join(tmpdir(), "nuanzhang-e2e-"));
  undo.push(() => removeHome(home));
  undo.push(() => stopCluster(home));
  const cluster = await startCluster(home, { durable: false });
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
  await migrate(cluster.ownerUrl);
  if (await runTypeScript("prisma/seed/main.ts", ["--with-demo"], watched)) {
    fail("测试数据写入失败。", "The test data could not be written.");
  }
  return cluster;
}

async function prepareBuild() {
  if (!isBuilt() && (await build(watched))) fail("构建失败。", "The build failed.");
}

const serverLog = () => join(testHome(), "e2e-server.log");

/** @param {number | undefined} postmaster */
async function prepareWeb(postmaster) {
  // not in test-results, which Playwright empties when it starts
  mkdirSync(testHome(), { recursive: true });
  const log = serverLog();
  const out = openSync(log, "w");
  const port = await freePort(HOST);
  const web = startWeb({ port, host: HOST, postmaster, stdio: ["ignore", out, out] });
  undo.push(() => stopWeb(web));
  try {
    await waitUntilReady({ ...web, port, host: HOST });
    const worker = keepWorker({ stdio: ["ignore", out, out] });
    undo.push(() => worker.stop());
    await Promise.race([worker.ready, worker.gaveUp]);
  } catch (error) {
    process.stderr.write(`${tail(log)}\n`);
    throw error;
  }
  return `http://${HOST}:${port}`;
}

/** @param {string} baseUrl */
async function runBrowserTests(baseUrl) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    BASE_URL: baseUrl,
    E2E_SERVER_LOG: serverLog(),
    E2E_CHROMIUM: JSON.stringify(findChromium()),
  };
  const old = findOldChromium();
  if (old) env.E2E_CHROMIUM_109 = JSON.stringify(old);
  const office = findOffice();
  if (office) env.SOFFICE = office;
  return runNode([playwright, "test", ...process.argv.slice(2)], {
    env,
    ...watched,
  });
}

/** @param {NodeJS.Signals} signal */
const endChildren = (signal) => children.forEach((child) => child.kill(signal));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, endChildren);

await main(async () => {
  loadEnvironment();
  try {
    if (await generateClient(watched)) return 1;
    const [{ postmaster }] = await Promise.all([prepareDatabase(), prepareBuild()]);
    const code = await runBrowserTests(await prepareWeb(postmaster));
    if (code) process.stderr.write(`${tail(serverLog())}\n`);
    return code;
  } finally {
    endChildren("SIGTERM");
    for (const action of undo.reverse()) await action();
  }
});
