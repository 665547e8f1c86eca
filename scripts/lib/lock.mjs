import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fail } from "./say.mjs";

const STALE_MS = 180_000;
const WAIT_MS = 120_000;

/** @param {number | undefined} pid */
export function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** @param {string} file */
function holderIsGone(file) {
  try {
    const fresh = Date.now() - statSync(file).mtimeMs < STALE_MS;
    const holder = Number(readFileSync(file, "utf8"));
    return !(fresh && holder !== process.pid && isAlive(holder));
  } catch {
    return true;
  }
}

/**
 * One process at a time per data folder; the lock of a killed process is taken over.
 * @template T
 * @param {string} home
 * @param {string} name
 * @param {() => Promise<T>} run
 */
export async function withLock(home, name, run) {
  mkdirSync(home, { recursive: true });
  const file = join(home, `${name}.lock`);
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (holderIsGone(file)) rmSync(file, { force: true });
      else if (Date.now() > deadline) {
        fail(
          `另一个进程（${file}）正在使用数据目录，等了两分钟仍未结束。`,
          `Another process (${file}) has been using the data folder for two minutes.`,
        );
      } else await sleep(100);
    }
  }
  try {
    return await run();
  } finally {
    rmSync(file, { force: true });
  }
}
