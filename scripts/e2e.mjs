// Browser tests: a fresh database, the built app on a free port, Playwright; afterwards nothing is left.
// usage: node scripts/e2e.mjs [arguments for playwright test]
import { closeSync, mkdirSync, mkdtempSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, isBuilt, tail } from "./build.mjs";
import { generateClient } from "./generate.mjs";
import { startCluster, stopCluster } from "./lib/cluster.mjs";
import { removeHome } from "./lib/place.mjs";
import { loadEnvironment, root } from "./lib/project.mjs";
import { runNode } from "./lib/run.mjs";
import { fail, main } from "./lib/say.mjs";
import { findChromium, findOffice, findOldChromium } from "./lib/tools.mjs";
import { startWeb, stopWeb, waitUntilReady } from "./lib/web.mjs";
import { migrate } from "./migrate.mjs";
import { runTypeScript } from "./run-ts.mjs";

const HOST = "127.0.0.1";
const playwright = fileURLToPath(import.meta.resolve("@playwright/test/cli"));
const undo = [];
let current;

function freePort() {
  return new Promise((done, broken) => {
    const probe = createServer().once("error", broken);
    probe.listen({ port: 0, host: HOST }, () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function prepareDatabase() {
  const home = mkdtempSync(join(tmpdir(), "nuanzhang-e2e-"));
  undo.push(() => removeHome(home));
  undo.push(() => stopCluster(home));
  const cluster = await startCluster(home, { durable: false });
  process.env.DATABASE_URL = cluster.url;
  process.env.DATABASE_OWNER_URL = cluster.ownerUrl;
  process.env.NEXTAUTH_SECRET = cluster.secrets.nextAuthSecret;
  process.env.NUANZHANG_EMBEDDED = "1";
  delete process.env.NEXTAUTH_URL;
  await migrate(cluster.ownerUrl);
  const options = { onChild: (child) => (current = child) };
  if (
    (await generateClient(options)) ||
    (await runTypeScript("prisma/seed/main.ts", ["--with-demo"], options))
  ) {
    fail("测试数据写入失败。", "The test data could not be written.");
  }
  return cluster;
}

async function prepareWeb(postmaster) {
  if (!isBuilt() && (await build({ onChild: (child) => (current = child) }))) {
    fail("构建失败。", "The build failed.");
  }
  mkdirSync(join(root, "test-results"), { recursive: true });
  const log = join(root, "test-results/server.log");
  const out = openSync(log, "w");
  const port = await freePort();
  const web = startWeb({ port, host: HOST, postmaster, stdio: ["ignore", out, out] });
  closeSync(out);
  undo.push(() => stopWeb(web));
  try {
    await waitUntilReady({ ...web, port, host: HOST });
  } catch (error) {
    process.stderr.write(`${tail(log)}\n`);
    throw error;
  }
  return `http://${HOST}:${port}`;
}

async function runBrowserTests(baseUrl) {
  const env = { ...process.env, BASE_URL: baseUrl, E2E_CHROMIUM: JSON.stringify(findChromium()) };
  const old = findOldChromium();
  if (old) env.E2E_CHROMIUM_109 = JSON.stringify(old);
  const office = findOffice();
  if (office) env.SOFFICE = office;
  return runNode([playwright, "test", ...process.argv.slice(2)], {
    env,
    onChild: (child) => (current = child),
  });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, () => current?.kill(signal));

await main(async () => {
  loadEnvironment();
  try {
    const { postmaster } = await prepareDatabase();
    return await runBrowserTests(await prepareWeb(postmaster));
  } finally {
    for (const action of undo.reverse()) await action();
  }
});
