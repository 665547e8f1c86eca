// The embedded Postgres of one data folder: made, started, stopped.
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { isAlive, withLock } from "./lock.mjs";
import { binaries, clusterFolder, serverAccount } from "./place.mjs";
import { fail } from "./say.mjs";
import { requireOwnerPassword, secretsOf } from "./secrets.mjs";
import { prepareSockets, socketFolder, throughSocket } from "./sockets.mjs";

const MAJOR = "15";
const DATABASE = "nuanzhang";
export const APP_ROLE = "nuanzhang_app";
export const SIGN_IN_ROLE = "nuanzhang_sign_in";
const WEB_ROLE = "nuanzhang_web";
export const WORKER_ROLE = "nuanzhang_worker";
export const PUBLIC_ROLE = "nuanzhang_public";
const FURNISHING_LOCK = 72707370;
const LOG_LIMIT_BYTES = 5_000_000;
const START_MS = 60_000;

/**
 * @typedef {import("./place.mjs").Account} Account
 * @typedef {import("./secrets.mjs").Secrets} Secrets
 * @typedef {{ home: string, account: Account, data: string, sockets: string | undefined, log: string, state: string }} Place
 */

const environment = () => ({ ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC" });
/** @param {string} native @param {string} name */
const program = (native, name) =>
  join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);

/** Paths of a data folder, made passable for the server's user. @param {string} home @returns {Place} */
function layout(home) {
  try {
    mkdirSync(home, { recursive: true });
    if (process.getuid?.() === 0 && statSync(home).uid === 0) chmodSync(home, 0o711);
    const link = join(home, "postgres");
    const account = serverAccount(link);
    const data = clusterFolder(home, account);
    return {
      home,
      account,
      data,
      sockets: socketFolder(data),
      log: join(home, "postgres.log"),
      state: join(home, "state.json"),
    };
  } catch (error) {
    if (error.code !== "EACCES" && error.code !== "EPERM" && error.code !== "EROFS") throw error;
    return fail(
      `没有权限使用数据目录 ${home}；请以建立它的用户启动，或用 NUANZHANG_DATA 另指一个目录。`,
      `No permission to use the data folder ${home}; start as the user who made it, or name another with NUANZHANG_DATA.`,
    );
  }
}

/** @param {Place} place @returns {number | undefined} */
function savedPort({ state }) {
  try {
    return JSON.parse(readFileSync(state, "utf8")).port;
  } catch {
    return undefined;
  }
}

/** @param {number} port @param {Secrets} secrets */
const ownerUrl = (port, secrets, database = DATABASE) =>
  `postgresql://postgres:${secrets.ownerPassword}@127.0.0.1:${port}/${database}`;

/**
 * What the processes of the product use goes through the socket where there is one; the owner's stays plain,
 * for programs that are handed it.
 * @param {Place} place @param {number} port @param {Secrets} secrets
 */
function addresses({ sockets }, port, secrets) {
  const through = throughSocket(sockets, port);
  /** @param {string} role @param {string} password */
  const as = (role, password) =>
    `postgresql://${role}:${password}@127.0.0.1:${port}/${DATABASE}${through}`;
  return {
    ownerUrl: ownerUrl(port, secrets),
    url: as(WEB_ROLE, secrets.webPassword),
    signInUrl: as(SIGN_IN_ROLE, secrets.signInPassword),
    workerUrl: as(WORKER_ROLE, secrets.workerPassword),
    publicUrl: as(PUBLIC_ROLE, secrets.publicPassword),
  };
}

/** The postmaster's own note: process id on the first line, port on the fourth. @param {string} data */
function postmaster(data) {
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return isAlive(pid) ? { pid, port: Number(lines[3]) } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} url @param {string} text */
async function query(url, text) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Does our own server answer there? Another Postgres on the port would refuse the password.
 * @param {number | undefined} port @param {Secrets} secrets
 */
async function answers(port, secrets) {
  if (!port) return false;
  try {
    await query(ownerUrl(port, secrets, "postgres"), "SELECT 1");
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<number>} */
function freePort(wanted = 0) {
  return new Promise((done, broken) => {
    const probe = createServer();
    probe.once("error", (error) => (wanted ? done(freePort()) : broken(error)));
    probe.listen({ port: wanted, host: "127.0.0.1", exclusive: true }, () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => done(port));
    });
  });
}

/**
 * initdb into a folder beside the final one, so that an interrupted first start leaves nothing half-made.
 * @param {Place} place @param {string} native @param {Secrets} secrets
 */
function initialise({ data, account }, native, secrets) {
  const place = mkdtempSync(join(dirname(data), "initdb-"));
  const passwordFile = join(place, "password");
  const made = join(place, "data");
  try {
    writeFileSync(passwordFile, secrets.ownerPassword, { mode: 0o600 });
    mkdirSync(made, { mode: 0o700 });
    if (account.uid !== undefined) {
      for (const path of [place, passwordFile, made]) chownSync(path, account.uid, account.gid);
    }
    const run = spawnSync(
      program(native, "initdb"),
      [
        "-D",
        made,
        "-U",
        "postgres",
        "--auth=scram-sha-256",
        `--pwfile=${passwordFile}`,
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--locale-provider=icu",
        "--icu-locale=und",
      ],
      { ...account, cwd: "/", env: environment(), encoding: "utf8" },
    );
    if (run.status !== 0) {
      const reason = (run.stderr || run.error?.message || "").trim().split("\n").at(-1);
      fail(`无法建立数据库：${reason}`, `The database could not be created: ${reason}`);
    }
    if (existsSync(data)) rmSync(data, { recursive: true });
    renameSync(made, data);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} data */
function checkFolder(data) {
  /** @param {string} zh @param {string} en */
  const damaged = (zh, en) =>
    fail(
      `数据目录 ${data} 已损坏（${zh}）；请从备份恢复，或把它移走后重新开始。`,
      `The data folder ${data} is damaged (${en}); restore it from a backup, or move it away to begin anew.`,
    );
  const version = join(data, "PG_VERSION");
  if (!existsSync(version)) damaged("缺少 PG_VERSION", "PG_VERSION is missing");
  const major = readFileSync(version, "utf8").trim();
  if (!/^\d+$/.test(major)) damaged("PG_VERSION 无法辨认", "PG_VERSION is unreadable");
  if (major !== MAJOR) {
    fail(
      `数据目录 ${data} 属于 Postgres ${major}，本程序带的是 ${MAJOR}；请用 pg_dump 转移数据。`,
      `The data folder ${data} was made by Postgres ${major}, this program carries ${MAJOR}; move the data with pg_dump.`,
    );
  }
}

/** @param {string} data */
const isEmpty = (data) => !existsSync(data) || readdirSync(data).length === 0;

/** @param {Place} place @param {string} native @param {number} port @param {boolean} durable */
function spawnServer({ data, sockets, account, log }, native, port, durable) {
  if (sockets) prepareSockets(sockets, account);
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) truncateSync(log);
  const out = openSync(log, "a", 0o600);
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: sockets ?? "",
    unix_socket_permissions: "0700",
    timezone: "UTC",
    log_timezone: "UTC",
    max_connections: "100",
    shared_buffers: "256MB",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(program(native, "postgres"), ["-D", data, "-p", String(port), ...flags], {
    ...account,
    cwd: "/",
    env: environment(),
    detached: true, // a Ctrl-C at the terminal is for the launcher, which stops the server in order
    stdio: ["ignore", out, out],
  });
  closeSync(out);
  server.on("error", () => {});
  server.unref();
  return server;
}

/** @param {string} log @param {number} from */
function lastWords(log, from) {
  const lines = readFileSync(log).subarray(from).toString("utf8").split("\n");
  const grave = lines.filter((line) => /\b(FATAL|PANIC|error while loading|cannot)\b/.test(line));
  return (grave.at(-1) ?? lines.filter(Boolean).at(-1) ?? "").replace(/^\S+ \S+ UTC \[\d+\] /, "");
}

/**
 * After a crash the last backends may hold the shared memory for a moment: that alone is worth another try.
 * @param {string} words
 */
const passes = (words) =>
  /shared memory block|lock file|is starting up|Address already in use/.test(words);

/** @param {Place} place @param {string} native @param {Secrets} secrets @param {boolean} durable */
async function run(place, native, secrets, durable) {
  const deadline = Date.now() + START_MS;
  let port = await freePort(savedPort(place));
  for (;;) {
    const from = existsSync(place.log) ? statSync(place.log).size : 0;
    const server = spawnServer(place, native, port, durable);
    while (server.exitCode === null && server.signalCode === null && Date.now() < deadline) {
      if (await answers(port, secrets)) {
        writeFileSync(place.state, `${JSON.stringify({ port })}\n`);
        return port;
      }
      await sleep(40);
    }
    const words = lastWords(place.log, Math.min(from, statSync(place.log).size));
    if (!passes(words) || Date.now() > deadline) {
      if (server.exitCode === null) server.kill("SIGINT");
      fail(
        `数据库无法从数据目录 ${place.data} 启动（${words}）；日志见 ${place.log}，数据损坏时请从备份恢复，或把它移走后重新开始。`,
        `The database cannot start from the data folder ${place.data} (${words}); see ${place.log}. If the data is damaged, restore a backup, or move it away to begin anew.`,
      );
    }
    await sleep(300);
    port = await freePort(port);
  }
}

/**
 * The roles and the database the project expects; the owner's URL is used for migrations alone.
 * @param {number} port @param {Secrets} secrets
 */
async function furnish(port, secrets) {
  const admin = ownerUrl(port, secrets, "postgres");
  const client = new pg.Client({ connectionString: admin });
  await client.connect();
  try {
    // two starts at once would alter the same roles: one is refused ("tuple concurrently updated")
    await client.query("SELECT pg_advisory_lock($1)", [FURNISHING_LOCK]);
    const roles = await client.query("SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)", [
      [APP_ROLE, WEB_ROLE, SIGN_IN_ROLE, WORKER_ROLE, PUBLIC_ROLE],
    ]);
    const known = new Set(roles.rows.map((row) => row.rolname));
    if (!known.has(APP_ROLE)) await client.query(`CREATE ROLE ${APP_ROLE} NOLOGIN NOBYPASSRLS`);
    const logins = {
      [WEB_ROLE]: secrets.webPassword,
      [SIGN_IN_ROLE]: secrets.signInPassword,
      [WORKER_ROLE]: secrets.workerPassword,
      [PUBLIC_ROLE]: secrets.publicPassword,
    };
    for (const [login, password] of Object.entries(logins)) {
      if (!known.has(login)) await client.query(`CREATE ROLE ${login} NOINHERIT NOBYPASSRLS`);
      await client.query(`ALTER ROLE ${login} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    }
    await client.query(`GRANT ${APP_ROLE} TO ${WEB_ROLE}, ${WORKER_ROLE}`);
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (!found.rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/**
 * @param {Place} place
 * @param {{ pid: number | undefined, port: number }} server
 * @param {Secrets} secrets
 * @param {boolean} started whether this call started it
 */
function describe(place, { pid, port }, secrets, started) {
  const { data, log } = place;
  return { ...addresses(place, port, secrets), data, log, port, postmaster: pid, secrets, started };
}

/**
 * Makes sure the server of this data folder is up. `started` says whether this call started it. Not furnished, it
 * is a server like any other: its owner's address leads to the database `postgres`.
 * @param {string} home @param {{ durable?: boolean, furnished?: boolean }} [options]
 */
export async function startCluster(home, { durable = true, furnished = true } = {}) {
  return withLock(home, "postgres", async () => {
    const place = layout(home);
    const fresh = isEmpty(place.data);
    // an emptied folder that held data is a loss to report; one that was moved away is a wish to begin anew
    if (fresh && existsSync(place.data) && existsSync(place.state)) checkFolder(place.data);
    if (!fresh) requireOwnerPassword(home, place.data);
    const secrets = secretsOf(home);
    const up = postmaster(place.data);
    if (up && (await answers(up.port, secrets))) {
      await furnish(up.port, secrets);
      return describe(place, up, secrets, false);
    }
    const native = binaries(place.account);
    if (fresh) initialise(place, native, secrets);
    checkFolder(place.data);
    const port = await run(place, native, secrets, durable);
    if (furnished) await furnish(port, secrets);
    const server = describe(place, { pid: postmaster(place.data)?.pid, port }, secrets, true);
    if (furnished) return server;
    return { ...server, ownerUrl: ownerUrl(port, secrets, "postgres") };
  });
}

/** The addresses of a running server, or undefined. @param {string} home */
export async function runningCluster(home) {
  if (!existsSync(join(home, "state.json"))) return undefined;
  const place = layout(home);
  const secrets = secretsOf(home);
  const up = postmaster(place.data);
  if (!up || !(await answers(up.port, secrets))) return undefined;
  return describe(place, up, secrets, false);
}

/** Drops the project's database and makes it anew, empty. @param {string} home */
export async function recreateDatabase(home) {
  const { port, secrets } = await startCluster(home);
  await query(
    ownerUrl(port, secrets, "postgres"),
    `DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`,
  );
  await furnish(port, secrets);
}

/** Postgres's fast stop: open transactions are rolled back, everything committed is written. @param {string} home */
export async function stopCluster(home) {
  if (!existsSync(join(home, "state.json"))) return false;
  const { data } = layout(home);
  const up = postmaster(data);
  if (!up) return false;
  process.kill(up.pid, "SIGINT");
  const deadline = Date.now() + 30_000;
  while (isAlive(up.pid) && Date.now() < deadline) await sleep(30);
  return true;
}
