// What can be wrong at the terminal is said in one sentence in each language, and ends with code 1.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "./lib/project.mjs";

/** @type {string} */
let home;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "nuanzhang-start-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const OLD_NODE =
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"18.20.8"}})';

/**
 * Runs the launcher to its end; npm's own variables would make it watch its parents.
 * @param {Record<string, string>} environment
 * @param {string[]} [flags]
 * @returns {Promise<{ code: number | null, said: string }>}
 */
function start(environment, flags = []) {
  const env = {
    ...process.env,
    NUANZHANG_DATA: home,
    DATABASE_URL: "",
    PORT: "3000",
    ...environment,
  };
  const child = spawn(process.execPath, [...flags, join(root, "scripts/start.mjs")], { env });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (said += text));
  return new Promise((done) => child.once("close", (code) => done({ code, said })));
}

/** @param {{ code: number | null, said: string }} run @param {RegExp} chinese @param {RegExp} english */
function expectSentence({ code, said }, chinese, english) {
  expect(said).toMatch(chinese);
  expect(said).toMatch(english);
  expect(said).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
}

/** Somebody else's program on a port of 127.0.0.1. @template T @param {(port: number) => T} use */
async function occupied(use) {
  const server = createServer();
  server.listen({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  try {
    return await use(/** @type {import("node:net").AddressInfo} */ (server.address()).port);
  } finally {
    await new Promise((done) => server.close(done));
  }
}

test("a Node that is too old", async () => {
  const run = await start({}, ["--import", OLD_NODE]);
  expectSentence(run, /Node 18\.20\.8 太旧/, /install 20\.19 or newer/);
});

test("a port that is no port", async () => {
  expectSentence(await start({ PORT: "80a" }), /不是有效的端口号/, /is not a port number/);
});

test("a busy port", async () => {
  await occupied(async (port) => {
    const run = await start({ PORT: String(port) });
    expectSentence(run, new RegExp(`端口 ${port} 已被占用`), new RegExp(`Port ${port} is in use`));
  });
});

async function freePort() {
  return String(await occupied((port) => port));
}

test.each([
  ["mysql://a/b", /不是有效的 Postgres 地址/, /is not a Postgres address/],
  ["nonsense", /不是有效的 Postgres 地址/, /is not a Postgres address/],
  ["postgresql://a:secret@127.0.0.1:1/b", /连不上 127\.0\.0\.1:1/, /cannot reach a Postgres/],
])("DATABASE_URL=%s", async (url, chinese, english) => {
  const run = await start({ PORT: await freePort(), DATABASE_URL: url });
  expectSentence(run, chinese, english);
  expect(run.said).not.toContain("secret");
});

test("a data folder that lost its data", async () => {
  mkdirSync(join(home, "postgres"));
  writeFileSync(join(home, "state.json"), '{"port":1}');
  const run = await start({ PORT: await freePort() });
  expectSentence(run, /已损坏（缺少 PG_VERSION）/, /is damaged \(PG_VERSION is missing\)/);
});
