// The embedded Postgres while the server runs: killed, it is started anew at the same address; its data is safe.
import { setTimeout as sleep } from "node:timers/promises";
import { startCluster } from "./cluster.mjs";
import { isAlive } from "./lock.mjs";
import { fail } from "./say.mjs";

const LOOK_MS = 250;
/** One that dies sooner than this after a start did not come up; so many in a row end the whole. */
const CAME_UP_MS = 30_000;
const PATIENCE = 3;

/**
 * @typedef {{ postmaster: number | undefined, port: number }} Server
 * @typedef {object} Options
 * @property {(postmaster: number | undefined) => void} [onRestart] told whose number is now the postmaster's
 */

/**
 * Watches over the server of this data folder. `gaveUp` rejects when it does not stay up; `settled` resolves
 * when no restart is under way.
 * @param {string} home @param {Server} server @param {Options} [options]
 */
export function keepCluster(home, { postmaster, port }, { onRestart = () => {} } = {}) {
  let stopping = false;
  let pid = postmaster;
  /** @type {Promise<unknown>} */
  let restart = Promise.resolve();

  async function startAnew() {
    process.stderr.write(
      "数据库进程意外结束，正在重新启动。The database process ended; starting it anew.\n",
    );
    const again = await startCluster(home);
    // who holds the old address would never reach it
    if (again.port !== port) {
      fail(
        `数据库重新启动后换了端口（${port} 已被占用）；请重新运行 npm start。`,
        `The database came up on another port (${port} is taken); run npm start again.`,
      );
    }
    pid = again.postmaster;
    onRestart(pid);
    process.stderr.write("数据库已重新启动。The database is up again.\n");
  }

  async function watch() {
    let failures = 0;
    let begun = 0;
    for (;;) {
      while (!stopping && isAlive(pid)) await sleep(LOOK_MS);
      if (stopping) return;
      failures = Date.now() - begun < CAME_UP_MS ? failures + 1 : 1;
      if (failures > PATIENCE) {
        fail(
          "数据库进程接连意外结束，原因见数据目录中的 postgres.log。",
          "The database keeps ending unexpectedly; postgres.log in the data folder says why.",
        );
      }
      begun = Date.now();
      restart = startAnew();
      await restart;
    }
  }
  const gaveUp = watch();
  gaveUp.catch(() => {}); // whoever races for it hears of it
  return {
    gaveUp,
    settled: async () => {
      // it is looked at every quarter of a second: somebody else may have noticed sooner
      await sleep(2 * LOOK_MS);
      await restart;
    },
    stop: () => {
      stopping = true;
    },
  };
}
