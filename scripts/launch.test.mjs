// npm start as README says it: a first start prepares everything, a later one finds it; each ends in order.
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runningCluster, stopCluster } from "./lib/cluster.mjs";
import { removeHome } from "./lib/place.mjs";
import { root } from "./lib/project.mjs";
import { portTrouble, waitUntilReady } from "./lib/web.mjs";

const host = "127.0.0.1";
const START_MS = 900_000;

/** @type {string} */
let home;
/** @type {number} */
let port;

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen({ port: 0, host }, () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "nuanzhang-launch-"));
  port = await freePort();
});

afterAll(async () => {
  await stopCluster(home);
  removeHome(home);
});

/** Starts, looks at the sign-in page, asks it to stop as Ctrl-C does. */
async function liveOnce() {
  const { NODE_ENV, NEXTAUTH_URL, ...inherited } = process.env;
  const env = Object.fromEntries(
    Object.entries(inherited).filter(([name]) => !/^DATABASE_.*URL$|^DATABASE_URL$/.test(name)),
  );
  const child = spawn(process.execPath, [join(root, "scripts/start.mjs")], {
    env: { ...env, NUANZHANG_DATA: home, PORT: String(port), HOST: host },
  });
  let said = "";
  // the address is said last, when the worker is up too
  const told = new Promise((done) => {
    /** @param {string} text */
    const listen = (text) => {
      said += text;
      if (said.includes(`http://${host}:${port}`)) done(undefined);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
  });
  /** @type {Promise<number | null>} */
  const gone = new Promise((done) => child.once("close", done));
  try {
    await waitUntilReady({ child, port, host }, START_MS);
    const page = await fetch(`http://${host}:${port}/sign-in`);
    const text = await page.text();
    await Promise.race([told, gone]);
    return { status: page.status, text, stop: () => end(), said: () => said };
  } catch (error) {
    await end();
    throw new Error(said, { cause: error });
  }

  function end() {
    child.kill("SIGINT");
    return gone;
  }
}

test.each(["the first", "a later"])("%s start answers, and stops with nothing left", async () => {
  const life = await liveOnce();
  expect(life.status).toBe(200);
  expect(life.text).toContain("暖账");
  expect(life.said()).toContain(`http://${host}:${port}`);
  expect(await life.stop()).toBe(0);
  expect(life.said()).toMatch(/已停止 Stopped\n$/);
  expect(await runningCluster(home)).toBeUndefined();
  expect(await portTrouble(port, host)).toBeUndefined();
});
