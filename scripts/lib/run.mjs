import { spawn } from "node:child_process";
import { root } from "./project.mjs";

/**
 * @typedef {import("node:child_process").ChildProcess} ChildProcess
 * @typedef {import("node:child_process").SpawnOptions & { onChild?: (child: ChildProcess) => void }} RunOptions
 */

/**
 * Runs a program of the project to its end; resolves to its exit code. `onChild` gets the process.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, { onChild, ...options } = {}) {
  const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
  onChild?.(child);
  return new Promise((done, broken) => {
    child.once("error", broken);
    child.once("exit", (code, signal) => done(code ?? (signal ? 130 : 1)));
  });
}

/**
 * The same for one of our own scripts, or the JavaScript entry of a package.
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export const runNode = (args, options) => run(process.execPath, args, options);

/**
 * Children that are ended when this process is told to end, which then goes on to undo what it did.
 * @returns {{ watched: RunOptions, endChildren: (signal: NodeJS.Signals) => void }}
 */
export function endingWithUs() {
  /** @type {Set<ChildProcess>} */
  const children = new Set();
  /** @param {NodeJS.Signals} signal */
  const endChildren = (signal) => children.forEach((child) => child.kill(signal));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, endChildren);
  /** @param {ChildProcess} child */
  const onChild = (child) => {
    children.add(child);
    child.once("exit", () => children.delete(child));
  };
  return { watched: { onChild }, endChildren };
}
