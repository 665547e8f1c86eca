#!/usr/bin/env node
// Stand-in for Prisma's native `schema-engine` binary.
//
// The Prisma 7 CLI spawns the file named by PRISMA_SCHEMA_ENGINE_BINARY and talks JSON-RPC over stdio to it.
// This program speaks the same protocol, but the work is done by @prisma/schema-engine-wasm (the same Rust engine,
// compiled to WebAssembly, published on npm at the same engine commit) through @prisma/adapter-pg.
import { createInterface } from "node:readline";
import { readArguments } from "./arguments.mjs";
import { knownFault, rpcError } from "./faults.mjs";
import { answer } from "./methods.mjs";
import { log, send } from "./speech.mjs";
import { createDatabase, dropDatabase, runSql } from "./sql.mjs";
import { loadWasm } from "./wasm.mjs";

const settings = readArguments(process.argv.slice(2));

/** @type {Record<string, (url: string) => Promise<unknown>>} */
const commands = {
  async version() {
    console.log(`schema-engine-cli wasm-${(await loadWasm()).version()}`);
  },
  "can-connect-to-database": (url) => runSql(url, "SELECT 1"),
  "create-database": createDatabase,
  async "drop-database"(url) {
    await dropDatabase(url);
    log("INFO", "The database was successfully dropped");
  },
};

/** @param {string} name @param {string} url */
async function runCommand(name, url) {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new Error(`The schema engine has no command ${name}`);
    await command(url);
    return 0;
  } catch (error) {
    const { code, message } = knownFault(/** @type {Error} */ (error), url);
    log("ERROR", message, { is_panic: false, error_code: code });
    return 1;
  }
}

/** One request after the other, in the order in which they came. */
function serve() {
  let pending = Promise.resolve();
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  lines.on("line", (line) => {
    const { id, method, params } = JSON.parse(line);
    if (!method) return;
    pending = pending
      .then(() => answer(settings, method, params))
      .then(
        (result) => send({ id, result: result === undefined ? null : result }),
        (error) => {
          if (process.env.DEBUG) log("ERROR", error?.stack ?? String(error));
          send({ id, error: rpcError(error, settings.url) });
        },
      );
  });
  lines.on("close", () => pending.then(() => process.exit(0)));
}

log("INFO", "Starting schema engine (WebAssembly)"); // the CLI skips the first line of stderr
if (settings.command) process.exit(await runCommand(settings.command, settings.url ?? ""));
else serve();
