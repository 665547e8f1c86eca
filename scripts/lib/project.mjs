import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(fileURLToPath(new URL("../../", import.meta.url)));

/** Reads .env into the environment once; what the shell already set wins. */
export function loadEnvironment() {
  const file = join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  process.env.NEXT_TELEMETRY_DISABLED ??= "1";
  process.env.CHECKPOINT_DISABLE ??= "1";
  process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= "1";
}

/** The project's data folder: the embedded database, its log, and the generated secrets. */
export const dataHome = () => resolve(root, process.env.NUANZHANG_DATA ?? ".data");
export const testHome = () => join(root, ".data-test");

/** Is this file the one that node was asked to run? @param {string} url */
export const isEntry = (url) => fileURLToPath(url) === resolve(process.argv[1] ?? "");
