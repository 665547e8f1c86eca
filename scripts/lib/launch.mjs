// The life of npm start: look, prepare, serve, and stop in the reverse order.
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build, isBuilt, tail } from "../build.mjs";
import { generateClient } from "../generate.mjs";
import { migrate } from "../migrate.mjs";
import { runTypeScript } from "../run-ts.mjs";
import { demoAccountLines, isSeeded } from "./accounts.mjs";
import {
  runningCluster,
  SIGN_IN_ROLE,
  startCluster,
  stopCluster,
  PUBLIC_ROLE,
  WORKER_ROLE,
} from "./cluster.mjs";
import { keepCluster } from "./keep-cluster.mjs";
import { checkGivenLogins, checkMembership } from "./given-database.mjs";
import { isAlive } from "./lock.mjs";
import { dataHome, loadEnvironment, root } from "./project.mjs";
import { explain, fail } from "./say.mjs";
import { secretsOf, takeKeys } from "./secrets.mjs";
import { isCurrent, stampOf } from "./stamp.mjs";
import {
  isLoopback,
  portTrouble,
  publicKey,
  reachableAt,
  readiness,
  readPort,
  refusePort,
  startWeb,
  stopWeb,
  waitUntilReady,
} from "./web.mjs";
import { keepWorker } from "./worker.mjs";

const SEED = "prisma/seed/main.ts";
const LEFTOVER_MS = 15_000;

/** Known from when the database is prepared. */
const ownerUrl = () => process.env.DATABASE_OWNER_URL ?? "";

/** Thrown between steps after Ctrl-C, so that what was begun is undone in order. */
class Interrupted extends Error {}

let interrupted = false;
/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set(); // of the steps that run now
let wake = () => {};
/** @type {(() => unknown)[]} */
const undo = [];

const endChildren = () => children.forEach((child) => child.kill("SIGTERM"));

function interrupt() {
  interrupted = true;
  endChildren();
  wake();
}

/** Under npm the parents are a shell and npm itself. */
function parents() {
  const stat = `/proc/${process.ppid}/stat`;
  const grandparent = existsSync(stat)
    ? readFileSync(stat, "utf8").split(") ")[1]?.split(" ")[1]
    : "";
  return `${process.ppid} ${grandparent}`;
}

/** npm passes a SIGTERM to its shell alone, and a SIGKILL to nobody: when either is gone, so are we. */
function watchParents() {
  if (process.env.npm_lifecycle_event !== "start") return;
  const before = parents();
  setInterval(() => parents() !== before && interrupt(), 500).unref();
}

/** @param {string} label @param {() => unknown} work */
async function step(label, work) {
  const begun = performance.now();
  process.stdout.write(`· ${label} …\n`);
  const said = await work();
  if (interrupted) throw new Interrupted();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(`✓ ${label}${said ? `：${said}` : ""}  ${seconds}s\n`);
}

/**
 * Runs a child with its output in a log; shows the log's end when it fails.
 * @param {string} log
 * @param {[zh: string, en: string]} sentence
 * @param {(options: import("./run.mjs").RunOptions) => Promise<number>} start
 */
async function quietly(log, sentence, start) {
  mkdirSync(dataHome(), { recursive: true });
  const out = openSync(log, "w", 0o600);
  const code = await start({
    stdio: ["ignore", out, out],
    onChild: (child) => {
      children.add(child);
      child.once("exit", () => children.delete(child));
      if (interrupted) child.kill("SIGTERM");
    },
  });
  if (code === 0 || interrupted) return;
  process.stderr.write(`\n${tail(log)}\n`);
  fail(...sentence);
}

/** @param {string} file */
function noteOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * The process id could by now belong to some other program.
 * @param {number | undefined} pid @param {string} script
 */
function isOurs(pid, script) {
  if (!isAlive(pid)) return false;
  const command = `/proc/${pid}/cmdline`;
  return !existsSync(command) || readFileSync(command, "utf8").includes(script);
}

/** What can be said of a launcher that runs. @param {{ port: number, web?: number, host?: string }} note */
async function howItIs(note) {
  if (!note.web) return ["正在启动", "is just starting"];
  const status = await readiness(note.port, note.host ?? "127.0.0.1");
  return status === "ready"
    ? ["已在运行", "is already running"]
    : [
        `已启动但此刻不能使用：${status}`,
        `was started but cannot be used at the moment: ${status}`,
      ];
}

/**
 * A launcher that still runs is a sentence; what a killed one left is waited for, then ended.
 * Resolves to whether there was one that was killed.
 * @param {string} noteFile
 */
async function settlePredecessor(noteFile) {
  const note = noteOf(noteFile);
  if (!note) return false;
  // in a container the same process id comes back after a restart: then it is this very process
  if (note.pid !== process.pid && isOurs(note.pid, "start.mjs")) {
    const [zh, en] = await howItIs(note);
    fail(
      `暖账${zh}（进程 ${note.pid}，http://localhost:${note.port}）；要停止它，请在它的窗口按 Ctrl-C。`,
      `Nuanzhang ${en} (process ${note.pid}, http://localhost:${note.port}); press Ctrl-C in its window to stop it.`,
    );
  }
  const deadline = Date.now() + LEFTOVER_MS;
  while (isOurs(note.web, "serve.mjs")) {
    if (Date.now() > deadline) process.kill(note.web, "SIGKILL");
    await sleep(50);
  }
  return true;
}

/** A server that `npm run db start` left running on purpose is used, and left running. @param {boolean} afterKill */
async function prepareEmbedded(afterKill) {
  const home = dataHome();
  /** @type {Awaited<ReturnType<typeof startCluster>> | undefined} */
  let ours;
  await step("数据库 Database", async () => {
    const kept = !afterKill && Boolean(await runningCluster(home));
    if (!kept) undo.push(() => stopCluster(home));
    const cluster = await startCluster(home);
    process.env.DATABASE_URL = cluster.url;
    process.env.DATABASE_OWNER_URL = cluster.ownerUrl;
    process.env.DATABASE_SIGN_IN_URL = cluster.signInUrl;
    process.env.DATABASE_WORKER_URL = cluster.workerUrl;
    process.env.DATABASE_PUBLIC_URL = cluster.publicUrl;
    process.env.NUANZHANG_EMBEDDED = "1";
    ours = kept ? undefined : cluster;
    return `Postgres 15，数据在 data in ${cluster.data}`;
  });
  return ours;
}

/** @returns {Promise<undefined>} there is no server of ours to stop */
async function prepareGiven() {
  await step("数据库 Database", async () => {
    await checkGivenLogins();
    return process.env.DATABASE_SIGN_IN_URL
      ? "DATABASE_URL"
      : "DATABASE_URL；登录与业务共用一个数据库用户，正式运行请另设 DATABASE_SIGN_IN_URL one login for sign-in and work; set DATABASE_SIGN_IN_URL in production";
  });
  return undefined;
}

/** @param {boolean} embedded */
async function migrateDatabase(embedded) {
  await step("迁移 Migrations", async () => {
    const applied = await migrate(ownerUrl());
    if (!embedded) {
      const { DATABASE_URL = "", DATABASE_SIGN_IN_URL, DATABASE_WORKER_URL } = process.env;
      const { DATABASE_PUBLIC_URL } = process.env;
      await checkMembership("DATABASE_URL", DATABASE_URL);
      if (DATABASE_SIGN_IN_URL)
        await checkMembership("DATABASE_SIGN_IN_URL", DATABASE_SIGN_IN_URL, SIGN_IN_ROLE);
      else await checkMembership("DATABASE_URL", DATABASE_URL, SIGN_IN_ROLE);
      if (DATABASE_WORKER_URL) {
        await checkMembership("DATABASE_WORKER_URL", DATABASE_WORKER_URL, WORKER_ROLE);
        await checkMembership("DATABASE_WORKER_URL", DATABASE_WORKER_URL);
      } else await checkMembership("DATABASE_URL", DATABASE_URL, WORKER_ROLE);
      // without it nothing is published, which a start need not wait for
      if (DATABASE_PUBLIC_URL)
        await checkMembership("DATABASE_PUBLIC_URL", DATABASE_PUBLIC_URL, PUBLIC_ROLE);
    }
    return applied.length ? `${applied.length} applied` : "已是最新 up to date";
  });
}

async function generate() {
  const log = join(dataHome(), "generate.log");
  /** @type {[string, string]} */
  const sentence = [
    `生成数据库客户端失败，日志见 ${log}。`,
    `Generating the client failed; see ${log}.`,
  ];
  await quietly(log, sentence, generateClient);
}

/**
 * Seeding changes nothing on a seeded database; knowing that beforehand saves its seconds.
 * @param {boolean} embedded
 */
async function seed(embedded) {
  const stampFile = join(dataHome(), "seed-stamp");
  const stamp = stampOf(["prisma/seed", "prisma/migrations", "prisma/sql", "package-lock.json"]);
  if (embedded && isCurrent(stampFile, stamp) && (await isSeeded(ownerUrl()))) return;
  await step(
    embedded ? "数据 Data（首次约一分钟 a minute, once）" : "基础数据 Reference data",
    async () => {
      const log = join(dataHome(), "seed.log");
      /** @type {[string, string]} */
      const sentence = [`写入初始数据失败，日志见 ${log}。`, `Seeding failed; see ${log}.`];
      const args = embedded ? ["--with-demo"] : [];
      await quietly(log, sentence, (options) => runTypeScript(SEED, args, options));
      if (embedded && !interrupted) writeFileSync(stampFile, stamp);
    },
  );
}

async function buildOnce() {
  if (isBuilt()) return;
  await step("构建 Build（首次一两分钟 a minute or two, once）", () => {
    const log = join(dataHome(), "build.log");
    return quietly(log, [`构建失败，日志见 ${log}。`, `The build failed; see ${log}.`], build);
  });
}

/** Side by side; when one fails the other is ended before its sentence is said. @param {...Promise<unknown>} works */
async function together(...works) {
  const ended = await Promise.allSettled(
    works.map((work) =>
      work.catch((error) => {
        endChildren();
        throw error;
      }),
    ),
  );
  for (const end of ended) if (end.status === "rejected") throw end.reason;
}

/** With demo accounts, whose passwords everybody can read. @param {string} host */
const reachWords = (host) =>
  isLoopback(host)
    ? "只有本机能打开；HOST=0.0.0.0 npm start 让同一网络的人也能打开 Only this machine reaches it; HOST=0.0.0.0 npm start lets the network in"
    : "⚠ 同一网络的任何人都能以上面的演示账号登录，包括管理员 Anybody on this network can sign in with the accounts above, the administrator's too";

/** @param {number} port @param {string} host */
async function greet(port, host) {
  const demo = process.env.NUANZHANG_EMBEDDED ? await demoAccountLines(ownerUrl()) : [];
  const accounts = demo.length
    ? [...demo, "", reachWords(host)]
    : ["首个账号 First account: npm run create-admin"];
  const urls = reachableAt(port, host).map((url) => `  ${url}`);
  const key = `核验公钥 Public key: ${await publicKey(port, host)}`;
  const close = "按 Ctrl-C 停止 · Ctrl-C stops everything";
  process.stdout.write(
    `${["", "暖账 Nuanzhang", ...urls, "", ...accounts, "", key, close, ""].join("\n")}\n`,
  );
}

/**
 * @param {number} port @param {string} host @param {Awaited<ReturnType<typeof prepareEmbedded>>} cluster
 * @param {string} noteFile
 */
async function serve(port, host, cluster, noteFile) {
  const stopped = new Promise((/** @type {(nothing: undefined) => void} */ done) => {
    wake = () => done(undefined);
    if (interrupted) done(undefined);
  });
  const web = startWeb({ port, host, postmaster: cluster?.postmaster });
  writeFileSync(noteFile, JSON.stringify({ pid: process.pid, port, host, web: web.child.pid }));
  undo.push(() => stopWeb(web));
  await step("网页服务 Web server", () => waitUntilReady({ ...web, port, host }));
  const database = cluster && keepCluster(dataHome(), cluster, { onRestart: web.tellPostmaster });
  if (database) undo.push(() => database.stop());
  const worker = keepWorker({ until: database?.settled });
  undo.push(() => worker.stop());
  const trouble = [worker.gaveUp, ...(database ? [database.gaveUp] : []), stopped];
  await step("后台任务 Worker", () => Promise.race([worker.ready, ...trouble]));
  await greet(port, host);
  const ended = await Promise.race([web.gone, ...trouble]);
  if (ended) {
    fail(
      `网页服务意外结束（${ended.signal ?? ended.code}），原因见上面的日志。`,
      `The web server ended unexpectedly (${ended.signal ?? ended.code}); the log above says why.`,
    );
  }
}

async function live() {
  loadEnvironment();
  process.chdir(root);
  const port = readPort();
  const embedded = !process.env.DATABASE_URL;
  // the embedded database has accounts whose passwords everybody can read
  const host = process.env.HOST || (embedded ? "127.0.0.1" : "0.0.0.0");
  const noteFile = join(dataHome(), "launcher.json");
  const afterKill = await settlePredecessor(noteFile);
  const trouble = await portTrouble(port, host);
  if (trouble) refusePort(port, host, trouble);
  mkdirSync(dataHome(), { recursive: true });
  writeFileSync(noteFile, JSON.stringify({ pid: process.pid, port }));
  undo.push(() => rmSync(noteFile, { force: true }));
  const cluster = await (embedded ? prepareEmbedded(afterKill) : prepareGiven());
  process.env.NEXTAUTH_SECRET ||= secretsOf(dataHome()).nextAuthSecret;
  takeKeys(dataHome());
  await migrateDatabase(embedded);
  await generate();
  await together(seed(embedded), buildOnce());
  await serve(port, host, cluster, noteFile);
}

export async function launch() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupt);
  watchParents();
  let code = 0;
  try {
    await live();
  } catch (error) {
    if (!interrupted) {
      process.stderr.write(`\n${explain(error)}\n`);
      code = 1;
    }
  }
  if (interrupted) process.stdout.write("\n正在停止 Stopping …\n");
  for (const action of undo.reverse()) {
    try {
      await action();
    } catch (error) {
      process.stderr.write(`${explain(error)}\n`);
    }
  }
  if (interrupted) process.stdout.write("已停止 Stopped\n");
  process.exit(code);
}
