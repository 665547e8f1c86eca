// Runs a TypeScript file of the project as the server would: node scripts/run-ts.mjs <file> [arguments]
// The condition react-server lets modules marked `server-only` load; tsx strips the types.
import { useDatabase } from "./lib/addresses.mjs";
import { isEntry, loadEnvironment } from "./lib/project.mjs";
import { runNode } from "./lib/run.mjs";
import { fail, main } from "./lib/say.mjs";

/** @param {string} file @param {string[]} [args] @param {import("./lib/run.mjs").RunOptions} [options] */
export function runTypeScript(file, args = [], options = {}) {
  const flags = ["--conditions=react-server", "--import", import.meta.resolve("tsx")];
  return runNode([...flags, file, ...args], options);
}

if (isEntry(import.meta.url)) {
  await main(async () => {
    loadEnvironment();
    const [file, ...args] = process.argv.slice(2);
    if (!file) fail("请给出要运行的文件。", "Name the file to run.");
    await useDatabase();
    return runTypeScript(file, args);
  });
}
