// Runs the Prisma CLI with the WebAssembly schema engine, where the native one can't be downloaded.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { useDatabase } from "./lib/addresses.mjs";
import { loadEnvironment, root } from "./lib/project.mjs";
import { main } from "./lib/say.mjs";

await main(async () => {
  loadEnvironment();
  const args = process.argv.slice(2);
  if (args[0] === "migrate" || args[0] === "db") await useDatabase();
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
    new URL("./schema-engine/main.mjs", import.meta.url),
  );
  const cli = fileURLToPath(import.meta.resolve("prisma/build/index.js"));
  return spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: "inherit" }).status ?? 1;
});
