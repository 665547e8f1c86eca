// The unit, database and start-up tests on the other end of what we support: the current LTS where this
// Node is older, else the oldest. It is fetched by npm as the registry's package `node` and not kept as
// a dependency, which would put its node in front of everybody's.
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { delimiter, dirname } from "node:path";
import { isEntry } from "../lib/project.mjs";
import { run } from "../lib/run.mjs";
import { fail, main, Sentence } from "../lib/say.mjs";
import { vitest } from "./steps.mjs";

const LTS = "24.21.0";
const OLDEST = "20.19.0";

/** Tests of what our own code does; what the database lays down is the same whichever Node asks for it. */
const OUR_OWN = ["app/", "lib/", "scripts/"].concat(
  ["keys", "long-ledger", "one-truth", "restored", "verify"].map((name) => `prisma/${name}`),
);

/** @param {string} running a version without its v */
export const otherNode = (running) => (Number.parseInt(running, 10) < 24 ? LTS : OLDEST);

/** The path of this version's program. @param {string} version */
function fetchNode(version) {
  const wanted = ["exec", "--yes", "--prefer-offline", `--package=node@${version}`];
  const npm = spawnSync(
    "npm",
    [...wanted, "--", "node", "-p", "process.version+process.execPath"],
    {
      cwd: tmpdir(),
      encoding: "utf8",
      shell: process.platform === "win32",
    },
  );
  const said = npm.stdout?.trim() ?? "";
  if (npm.status === 0 && said.startsWith(`v${version}`)) return said.slice(version.length + 1);
  const lines = (npm.error?.message ?? npm.stderr).trim().split("\n");
  const reason =
    lines.find((line) => /npm error code|not found/.test(line)) ?? lines.at(-1) ?? said;
  return fail(
    `取不到 Node ${version}（${reason}）；没有在它上面测试。`,
    `Node ${version} could not be fetched (${reason}); nothing was tested on it.`,
  );
}

/** Without a network a person may go on; the gate's own machine may not. */
function fetchOrLeave() {
  const version = otherNode(process.versions.node);
  try {
    return { version, program: fetchNode(version) };
  } catch (error) {
    if (process.env.CI || !(error instanceof Sentence)) throw error;
    console.warn(error.message);
    return undefined;
  }
}

if (isEntry(import.meta.url)) {
  await main(async () => {
    const other = fetchOrLeave();
    if (!other) return 0;
    console.log(`Node ${other.version}`);
    // programs that name `node` in their first line find this one too
    const PATH = `${dirname(other.program)}${delimiter}${process.env.PATH}`;
    // the thousand filters were drawn on this Node already: there each kind of them is enough
    const TRUTH_FILTERS = process.env.TRUTH_FILTERS ?? "100";
    for (const command of [
      vitest("unit", "dom"),
      [...vitest("db"), ...OUR_OWN],
      // what it loads is the browser's affair
      [...vitest("launch"), "--exclude", "scripts/weight.test.mjs"],
    ]) {
      const code = await run(other.program, command, {
        env: { ...process.env, PATH, TRUTH_FILTERS },
      });
      if (code) return code;
    }
    return 0;
  });
}
