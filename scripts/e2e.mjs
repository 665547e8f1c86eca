// Browser tests: a fresh database, the built app on a free port, Playwright; afterwards nothing is left.
// usage: node scripts/e2e.mjs [arguments for playwright test]
import { mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, isBuilt, tail } from "./build.mjs";
import { generateClient } from "./generate.mjs";
import { makeData, newHome, openData, takeData } from "./lib/browser-data.mjs";
import { stopCluster } from "./lib/cluster.mjs";
import { removeHome } from "./lib/place.mjs";
import { loadEnvironment, testHome } from "./lib/project.mjs";
import { endingWithUs, runNode } from "./lib/run.mjs";
import { fail, main } from "./lib/say.mjs";
import { findChromium, findOffice, findOldChromium } from "./lib/tools.mjs";
import { freePort, startWeb, stopWeb, waitUntilReady } from "./lib/web.mjs";
import { keepWorker } from "./lib/worker.mjs";

const HOST = "127.0.0.1";
const playwright = fileURLToPath(import.meta.resolve("@playwright/test/cli"));
/** @type {(() => unknown)[]} */
const undo = [];
const { watched, endChildren } = endingWithUs();

async function prepareDatabase() {
  const made = takeData();
  const home = made ?? newHome();
  undo.push(() => removeHome(home));
  undo.push(() => stopCluster(home));
  return made ? openData(made) : makeData(home, watched);
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
    E2E_CHROMIUM: JSON.stringify(await findChromium()),
  };
  const old = await findOldChromium();
  if (old) env.E2E_CHROMIUM_109 = JSON.stringify(old);
  const office = findOffice();
  if (office) env.SOFFICE = office;
  return runNode([playwright, "test", ...process.argv.slice(2)], {
    env,
    ...watched,
  });
}

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
