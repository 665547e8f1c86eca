// The project's embedded Postgres: node scripts/db.mjs start|stop|status|url|owner-url|reset
import { main, fail } from "./lib/say.mjs";
import { dataHome, loadEnvironment } from "./lib/project.mjs";
import { recreateDatabase, runningCluster, startCluster, stopCluster } from "./lib/cluster.mjs";

/** @type {Record<string, (home: string) => Promise<number | void>>} */
const commands = {
  async start(home) {
    const { port, data, started } = await startCluster(home);
    console.log(`${started ? "started" : "already up"} on 127.0.0.1:${port}, data in ${data}`);
  },
  async stop(home) {
    console.log((await stopCluster(home)) ? "stopped" : "was not running");
  },
  async status(home) {
    const up = await runningCluster(home);
    console.log(up ? `up on 127.0.0.1:${up.port}` : "down");
    return up ? 0 : 3;
  },
  /** Empties the database; the next start migrates and seeds it anew. */
  async reset(home) {
    await recreateDatabase(home);
    console.log("emptied; npm run migrate and npm run seed fill it again");
  },
  async url(home) {
    console.log((await startCluster(home)).url);
  },
  async "owner-url"(home) {
    console.log((await startCluster(home)).ownerUrl);
  },
};

await main(() => {
  loadEnvironment();
  const name = process.argv[2] ?? "status";
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    fail(
      `没有“${name}”这个命令；可用：${Object.keys(commands).join("、")}。`,
      `There is no command "${name}"; use one of ${Object.keys(commands).join(", ")}.`,
    );
  }
  return command(dataHome());
});
