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
