// The embedded Postgres through its life: made, found again, killed, started anew, stopped.
import { existsSync, mkdtempSync, renameSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runningCluster, startCluster, stopCluster } from "./lib/cluster.mjs";
import { isAlive } from "./lib/lock.mjs";
import { removeHome } from "./lib/place.mjs";

/** @type {string} */
let home;
/** @type {Awaited<ReturnType<typeof startCluster>>} */
let first;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "nuanzhang-cluster-"));
  first = await startCluster(home);
}, 60_000);

afterAll(async () => {
  await stopCluster(home);
  removeHome(home);
});

/** @param {string} url @param {string} text */
async function tell(url, text) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** @param {string} url @param {string} text */
const ask = async (url, text) => Object.values((await tell(url, text))[0])[0];

test("it listens on this machine alone, in UTF-8 and UTC, and asks for a password", async () => {
  expect(await ask(first.ownerUrl, "SHOW listen_addresses")).toBe("127.0.0.1");
  expect(await ask(first.ownerUrl, "SHOW server_encoding")).toBe("UTF8");
  expect(await ask(first.ownerUrl, "SHOW timezone")).toBe("UTC");
  const wrong = first.ownerUrl.replace(/:[^:@]+@/, ":wrong@");
  await expect(ask(wrong, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
});

test("the product speaks to it through a socket that is the server's alone, and by a password there too", async () => {
  const peer = "SELECT coalesce(host(inet_client_addr()), 'socket')";
  for (const url of [first.url, first.signInUrl, first.workerUrl, first.publicUrl])
    expect(await ask(url, peer)).toBe("socket");
  expect(await ask(first.ownerUrl, peer)).toBe("127.0.0.1");
  const folder = await ask(first.ownerUrl, "SHOW unix_socket_directories");
  expect(statSync(folder).mode & 0o077).toBe(0);
  const wrong = first.url.replace(/:[^:@]+@/, ":wrong@");
  await expect(ask(wrong, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
});

test("a server found at no socket, as an older version started it, is spoken to by loopback", async () => {
  const folder = await ask(first.ownerUrl, "SHOW unix_socket_directories");
  const socket = join(folder, `.s.PGSQL.${first.port}`);
  renameSync(socket, `${socket}.away`);
  try {
    const found = await startCluster(home);
    expect(await ask(found.url, "SELECT host(inet_client_addr())")).toBe("127.0.0.1");
  } finally {
    renameSync(`${socket}.away`, socket);
  }
});

test("where the path to a socket would be too long, it speaks by loopback", async () => {
  const far = join(home, "a".repeat(90));
  const server = await startCluster(far);
  try {
    expect(await ask(server.ownerUrl, "SHOW unix_socket_directories")).toBe("");
    expect(await ask(server.url, "SELECT host(inet_client_addr())")).toBe("127.0.0.1");
  } finally {
    await stopCluster(far);
    removeHome(far);
  }
}, 60_000);

test("its passwords are readable by their owner alone", () => {
  expect(statSync(join(home, "secrets.json")).mode & 0o077).toBe(0);
});

test("the web server's login is nobody until it becomes the application's role", async () => {
  expect(await ask(first.url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).toBe(
    false,
  );
  await expect(ask(first.url, "SET ROLE postgres")).rejects.toMatchObject({ code: "42501" });
});

test("started twice, it is found and left as it is", async () => {
  const [a, b] = await Promise.all([startCluster(home), startCluster(home)]);
  expect([a.started, b.started]).toEqual([false, false]);
  expect(a.postmaster).toBe(first.postmaster);
});

test("killed outright, it comes up again with what was committed", async () => {
  await tell(first.ownerUrl, "CREATE TABLE kept AS SELECT 42 AS answer");
  process.kill(Number(first.postmaster), "SIGKILL");
  await expect.poll(() => isAlive(first.postmaster), { timeout: 30_000 }).toBe(false);
  const again = await startCluster(home);
  expect(again.started).toBe(true);
  expect(again.port).toBe(first.port);
  expect(await ask(again.ownerUrl, "SELECT answer FROM kept")).toBe(42);
}, 60_000);

test("stopped, nothing of it runs", async () => {
  const postmaster = (await runningCluster(home))?.postmaster;
  expect(isAlive(postmaster)).toBe(true);
  expect(await stopCluster(home)).toBe(true);
  expect(isAlive(postmaster)).toBe(false);
  expect(await runningCluster(home)).toBeUndefined();
});

/** @param {Promise<unknown>} attempt @param {RegExp} chinese @param {RegExp} english */
async function refusedWith(attempt, chinese, english) {
  const error = await attempt.then(
    () => undefined,
    (failure) => failure,
  );
  expect(error).toMatchObject({ name: "Sentence" });
  expect(error.message).toMatch(chinese);
  expect(error.message).toMatch(english);
}

test("a lost file of secrets is said, and the data is left alone", async () => {
  const file = join(home, "secrets.json");
  renameSync(file, `${file}.away`);
  await refusedWith(startCluster(home), /找不到 .*secrets\.json/, /secrets\.json is lost/);
  expect(existsSync(file)).toBe(false);
  renameSync(`${file}.away`, file);
});

test("damaged data files are said, with Postgres's own words and what to do", async () => {
  truncateSync(join(first.data, "global/pg_control"), 100);
  await refusedWith(
    startCluster(home),
    /无法从数据目录 .* 启动（.*请从备份恢复/,
    /cannot start from the data folder .*\(.*restore a backup/,
  );
}, 90_000);
