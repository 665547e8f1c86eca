// The built web server as a child process: started, waited for, stopped in order.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { serverFolder } from "../build.mjs";
import { root } from "./project.mjs";
import { fail } from "./say.mjs";

const DRAIN_MS = 12_000;

export function readPort(value = process.env.PORT ?? "3000") {
  const port = Number(value);
  if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port;
  return fail(
    `PORT=${value} 不是有效的端口号（1–65535）。`,
    `PORT=${value} is not a port number (1–65535).`,
  );
}

/**
 * undefined when the port is free, else the code of what stands in the way.
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>}
 */
export function portTrouble(port, host) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", (/** @type {NodeJS.ErrnoException} */ error) => done(error.code));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(undefined)));
  });
}

/** @param {string} host @returns {Promise<number>} */
export function freePort(host) {
  return new Promise((done, broken) => {
    const probe = createServer().once("error", broken);
    probe.listen({ port: 0, host }, () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => done(port));
    });
  });
}

/** @param {number} port @param {string} host @param {string} code @returns {never} */
export function refusePort(port, host, code) {
  if (code === "EADDRINUSE") {
    fail(
      `端口 ${port} 已被占用；请先停止占用它的程序，或换一个端口：PORT=${port + 1} npm start。`,
      `Port ${port} is in use; stop the program that uses it, or take another port: PORT=${port + 1} npm start.`,
    );
  }
  fail(
    `不能在 ${host}:${port} 上监听（${code}）；请换一个 PORT 或 HOST。`,
    `Cannot listen on ${host}:${port} (${code}); choose another PORT or HOST.`,
  );
}

/** @param {string} host */
export const isLoopback = (host) => /^(127\.\d+\.\d+\.\d+|localhost|::1)$/.test(host);

/**
 * Every address under which people on this machine and its network reach the server.
 * @param {number} port @param {string} host
 */
export function reachableAt(port, host) {
  if (host !== "0.0.0.0") return [`http://${host}:${port}`];
  const lan = Object.values(networkInterfaces())
    .flat()
    .flatMap((address) =>
      address?.family === "IPv4" && !address.internal ? [`http://${address.address}:${port}`] : [],
    );
  return [`http://localhost:${port}`, ...lan];
}

/**
 * @typedef {import("node:child_process").ChildProcess} ChildProcess
 * @typedef {{ child: ChildProcess, gone: Promise<{ code: number | null, signal: string | null }>, tellPostmaster: (pid: number | undefined) => void }} Web
 */

/**
 * Starts the server; `postmaster` is the process to stop should the launcher be killed outright.
 * @param {object} where
 * @param {number} where.port
 * @param {string} where.host
 * @param {number | undefined} where.postmaster
 * @param {Record<string, string>} [where.env]
 * @param {("ignore" | "inherit" | number)[]} [where.stdio]
 * @returns {Web}
 */
export function startWeb({
  port,
  host,
  postmaster,
  env = {},
  stdio = ["ignore", "inherit", "inherit"],
}) {
  const child = spawn(process.execPath, [join(root, "scripts/serve.mjs"), serverFolder()], {
    cwd: root,
    detached: true, // a Ctrl-C at the terminal is for the launcher
    stdio: [...stdio, "ipc"],
    env: {
      ...process.env,
      ...(process.env.NEXTAUTH_URL ? {} : { AUTH_TRUST_HOST: "1" }),
      ...env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PORT: String(port),
      HOSTNAME: host,
      // the owner's address is for migrations, the worker's acts for whoever asked for a job; the web server
      // never holds either
      DATABASE_OWNER_URL: "",
      DATABASE_WORKER_URL: undefined,
      NUANZHANG_POSTMASTER: postmaster ? String(postmaster) : "",
    },
  });
  const gone = new Promise((done) => child.once("exit", (code, signal) => done({ code, signal })));
  /** @param {number | undefined} pid of a database that was started anew */
  const tellPostmaster = (pid) => void (child.connected && child.send({ postmaster: pid }));
  return { child, gone, tellPostmaster };
}

/** @param {number} port @param {string} host @param {string} path */
const addressOf = (port, host, path) =>
  `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}${path}`;

/** @param {number} port @param {string} host @param {string} path */
const own = (port, host, path) => fetch(addressOf(port, host, path));

/** The public half of the key that checkpoints are signed with, as the server gives it to anybody.
 * @param {number} port @param {string} host */
export async function publicKey(port, host) {
  return (await (await own(port, host, "/.well-known/nuanzhang-checkpoint-key")).text()).trim();
}

/** What its own probe says: "ready", or what stands in the way. @param {number} port @param {string} host */
export async function readiness(port, host) {
  try {
    const answer = await fetch(addressOf(port, host, "/api/health/ready"), {
      signal: AbortSignal.timeout(4_000),
    });
    return /** @type {{ status: string }} */ (await answer.json()).status;
  } catch {
    return "no answer";
  }
}

/** @param {{ child: ChildProcess, port: number, host: string }} web @param {number} [limit] milliseconds */
export async function waitUntilReady({ child, port, host }, limit = 60_000) {
  const deadline = Date.now() + limit;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    try {
      const answer = await own(port, host, "/api/health/ready");
      if (answer.ok) return;
    } catch {
      // not listening yet
    }
    await sleep(50);
  }
  fail(
    "网页服务没有启动成功，原因见上面的日志。",
    "The web server did not become ready; the log above says why.",
  );
}

/** Lets running requests finish, then insists. @param {Web} web */
export async function stopWeb({ child, gone }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), DRAIN_MS);
  await gone;
  clearTimeout(patience);
}
