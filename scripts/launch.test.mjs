// npm start as README says it: a first start prepares everything, a later one finds it; each ends in order.
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runningCluster, stopCluster } from "./lib/cluster.mjs";
import { isAlive } from "./lib/lock.mjs";
import { removeHome } from "./lib/place.mjs";
import { root } from "./lib/project.mjs";
import { freePort, portTrouble, readiness, waitUntilReady } from "./lib/web.mjs";

const host = "127.0.0.1";
const START_MS = 900_000;

/** @type {string} */
let home;
/** @type {number} */
let port;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "nuanzhang-launch-"));
  port = await freePort(host);
});

afterAll(async () => {
  await stopCluster(home);
  removeHome(home);
});

function spawnLauncher() {
  const { NODE_ENV, NEXTAUTH_URL, ...inherited } = process.env;
  const env = Object.fromEntries(
    Object.entries(inherited).filter(([name]) => !/^DATABASE_.*URL$|^DATABASE_URL$/.test(name)),
  );
  return spawn(process.execPath, [join(root, "scripts/start.mjs")], {
    env: { ...env, NUANZHANG_DATA: home, PORT: String(port), HOST: host },
  });
}

/** While the first one runs. @returns {Promise<{ code: number | null, said: string }>} */
async function startAgain() {
  const child = spawnLauncher();
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  return new Promise((done) => child.once("close", (code) => done({ code, said })));
}

/** Starts, looks at the sign-in page, asks it to stop as Ctrl-C does. */
async function liveOnce() {
  const child = spawnLauncher();
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
    const idle = page.headers.get("keep-alive");
    return { status: page.status, text, idle, stop: () => end(), said: () => said, pid: child.pid };
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
  expect(life.idle).toBe("timeout=75");
  expect(life.said()).toContain(`http://${host}:${port}`);
  expect(await life.stop()).toBe(0);
  expect(life.said()).toMatch(/已停止 Stopped\n$/);
  expect(await runningCluster(home)).toBeUndefined();
  expect(await portTrouble(port, host)).toBeUndefined();
});

test("a database that is killed comes up again by itself; a second start says what is so", async () => {
  const life = await liveOnce();
  const before = await runningCluster(home);
  process.kill(Number(before?.postmaster), "SIGKILL");
  await expect.poll(() => isAlive(before?.postmaster), { timeout: 30_000 }).toBe(false);
  await expect.poll(() => readiness(port, host), { timeout: 60_000 }).toBe("ready");
  const after = await runningCluster(home);
  expect([after?.port, after?.postmaster === before?.postmaster]).toEqual([before?.port, false]);
  expect((await fetch(`http://${host}:${port}/sign-in`)).status).toBe(200);
  const second = await startAgain();
  expect(second.code).toBe(1);
  expect(second.said).toContain(`暖账已在运行（进程 ${life.pid}，http://localhost:${port}）`);
  expect(await life.stop()).toBe(0);
  expect(await runningCluster(home)).toBeUndefined();
});
