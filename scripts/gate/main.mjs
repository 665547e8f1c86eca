// npm test: the steps of the gate, two side by side, each one's output shown whole when it ends.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { dropStale } from "../lib/browser-data.mjs";
import { stopCluster } from "../lib/cluster.mjs";
import { loadEnvironment, root, testHome } from "../lib/project.mjs";
import { explain, fail } from "../lib/say.mjs";
import { sumOf, testsIn } from "./counts.mjs";
import { schedule } from "./schedule.mjs";
import { steps, stepsNamed } from "./steps.mjs";

/**
 * @typedef {import("./steps.mjs").Step} Step
 * @typedef {{ code: number, seconds: string, output: string }} Result
 */

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
let stopped = false;

/** Each child leads a group of its own, so that what it started ends with it. */
function stop() {
  stopped = true;
  for (const { pid } of children) {
    try {
      if (pid !== undefined) process.kill(process.platform === "win32" ? pid : -pid, "SIGTERM");
    } catch {
      // ended by itself in this moment
    }
  }
}

/** @param {string[]} command @param {number | "inherit"} out @returns {Promise<number>} */
function runCommand(command, out) {
  if (stopped) return Promise.resolve(1);
  const child = spawn(process.execPath, command, {
    cwd: root,
    detached: process.platform !== "win32",
    stdio: ["ignore", out, out],
  });
  children.add(child);
  return new Promise((done, broken) => {
    child.once("error", broken);
    child.once("exit", (code) => {
      children.delete(child);
      done(code ?? 1);
    });
  });
}

/** @param {Step} step @param {number | "inherit"} out */
async function runStep({ commands }, out) {
  for (const command of commands) {
    const code = await runCommand(command, out);
    if (code) return code;
  }
  return 0;
}

/** @param {number} since */
const secondsSince = (since) => `${((performance.now() - since) / 1000).toFixed(1)}s`;

/** @param {Step} step @param {string} output */
function show({ title }, output) {
  process.stdout.write(`\n── ${title} ──\n${output}`);
}

/** @param {string[]} names @returns {Step[]} */
function chosen(names) {
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown) {
    const known = steps.map(({ name }) => name).join(", ");
    fail(
      `没有“${unknown}”这一步；可用：${known}。`,
      `There is no step "${unknown}"; use ${known}.`,
    );
  }
  return names.length ? stepsNamed(names) : steps;
}

/** A step alone is shown as it runs. @param {Step} step @param {Map<string, Result>} results */
async function runAlone(step, results) {
  const begun = performance.now();
  show(step, "");
  const code = await runStep(step, "inherit");
  results.set(step.name, { code, seconds: secondsSince(begun), output: "" });
  return code ? step : undefined;
}

/** @param {Step[]} wanted @param {Map<string, Result>} results */
function runTogether(wanted, results) {
  const folder = join(testHome(), "gate");
  mkdirSync(folder, { recursive: true });
  return schedule(wanted, {
    slots: Math.min(2, availableParallelism()),
    stop,
    async run(step) {
      const begun = performance.now();
      process.stdout.write(`▸ ${step.name}\n`);
      const log = join(folder, `${step.name}.log`);
      const out = openSync(log, "w");
      const code = await runStep(step, out);
      closeSync(out);
      const output = readFileSync(log, "utf8");
      results.set(step.name, { code, seconds: secondsSince(begun), output });
      if (code === 0) show(step, output);
      return code;
    },
  });
}

/** @param {Step[]} wanted @param {Map<string, Result>} results @param {Step | undefined} failed */
function times(wanted, results, failed) {
  return wanted.flatMap((step) => {
    const result = results.get(step.name);
    if (!result) return [];
    const sign = result.code === 0 ? "✓" : step === failed ? "✗" : "–";
    return [`  ${sign} ${step.name.padEnd(12)}${result.seconds.padStart(8)}`];
  });
}

/** @param {string[]} names */
export async function runAll(names) {
  loadEnvironment();
  process.chdir(root);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  const begun = performance.now();
  /** @type {Map<string, Result>} */
  const results = new Map();
  process.exitCode = 1;
  try {
    const wanted = chosen(names);
    const [only] = wanted;
    const alone = wanted.length === 1 && only;
    const failed = await (alone ? runAlone(only, results) : runTogether(wanted, results));
    if (names.length === 0) {
      await stopCluster(testHome());
      dropStale();
    }
    const total = `  ${"total".padEnd(14)}${secondsSince(begun).padStart(8)}`;
    process.stdout.write(`\n${[...times(wanted, results, failed), total].join("\n")}\n`);
    const broken = failed && results.get(failed.name);
    if (failed && broken?.output) show(failed, broken.output);
    const {
      passed,
      failed: lost,
      skipped,
    } = sumOf([...results.values()].map(({ output }) => testsIn(output)));
    if (failed) process.stdout.write(`\n✗ ${failed.name}\n`);
    if (passed + lost > 0) {
      process.stdout.write(`\n${passed} passed, ${lost} failed, ${skipped} skipped\n`);
    }
    process.exitCode = failed ? 1 : 0;
  } catch (error) {
    stop();
    process.stderr.write(`\n${explain(error)}\n`);
  }
}
