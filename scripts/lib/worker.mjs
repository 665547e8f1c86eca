// The worker as a child process: started once the web server is ready, started anew when it dies, stopped in order.
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./project.mjs";
import { fail } from "./say.mjs";

const DRAIN_MS = 12_000;
/** A worker that dies sooner than this did not come up; so many in a row end the whole. */
const CAME_UP_MS = 30_000;
const PATIENCE = 3;

/** Its memory follows what it holds: a small young space, and few arenas for the threads that read files. */
const FLAGS = [
  "--max-semi-space-size=4",
  "--conditions=react-server",
  "--import",
  import.meta.resolve("tsx"),
];
const ARENAS = { MALLOC_ARENA_MAX: "2" };

/** What the worker may know: its own login, and none of the owner's or of sign-in. @param {Record<string, string>} env */
function environment(env) {
  /** @type {NodeJS.ProcessEnv} */
  const own = { ...ARENAS, ...process.env, ...env };
  own.DATABASE_URL = own.DATABASE_WORKER_URL || own.DATABASE_URL;
  for (const name of [
    "DATABASE_OWNER_URL",
    "DATABASE_SIGN_IN_URL",
    "DATABASE_PUBLIC_URL",
    "NUANZHANG_POSTMASTER",
  ])
    delete own[name];
  return { ...own, NODE_ENV: own.NODE_ENV ?? "production" };
}

/**
 * @typedef {{ env?: Record<string, string>, stdio?: ("ignore" | "inherit" | number)[] }} Options
 * @typedef {{ code: number | null, signal: string | null }} End
 * @typedef {{ child: import("node:child_process").ChildProcess, gone: Promise<End>, ready: Promise<undefined> }} Worker
 */

/** `ready` resolves when it has begun to take jobs; `gone` with how it ended. @param {Options} [options] @returns {Worker} */
export function startWorker({ env = {}, stdio = ["ignore", "inherit", "inherit"] } = {}) {
  const child = spawn(process.execPath, [...FLAGS, "worker.ts"], {
    cwd: root,
    detached: true, // a Ctrl-C at the terminal is for whoever started this
    stdio: [...stdio, "ipc"],
    env: environment(env),
  });
  /** @type {Promise<End>} */
  const gone = new Promise((done) => child.once("exit", (code, signal) => done({ code, signal })));
  /** @type {Promise<undefined>} */
  const ready = new Promise((done) => child.once("message", () => done(undefined)));
  return { child, gone, ready };
}

/** Lets what runs come to its next step and go back to the queue, then insists. @param {Worker} worker */
export async function stopWorker({ child, gone }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), DRAIN_MS);
  await gone;
  clearTimeout(patience);
}

/**
 * A worker that is started anew whenever it dies. `gaveUp` rejects when it does not stay up. `until` is waited
 * for before each new start: without a database it would only die again.
 * @param {Options & { until?: (() => Promise<unknown>) | undefined }} [options]
 */
export function keepWorker({ until = async () => {}, ...options } = {}) {
  let stopping = false;
  let current = startWorker(options);
  const first = current.ready;
  async function watch() {
    let failures = 0;
    for (;;) {
      const begun = Date.now();
      const { code, signal } = await current.gone;
      if (stopping) return;
      failures = Date.now() - begun < CAME_UP_MS ? failures + 1 : 1;
      if (failures >= PATIENCE) {
        fail(
          `后台任务进程接连意外结束（${signal ?? code}），原因见上面的日志。`,
          `The worker keeps ending unexpectedly (${signal ?? code}); the log above says why.`,
        );
      }
      await sleep(1_000 * failures);
      await until();
      if (stopping) return;
      current = startWorker(options);
    }
  }
  const gaveUp = watch();
  return {
    ready: first,
    gaveUp,
    stop: async () => {
      stopping = true;
      await stopWorker(current);
    },
  };
}
