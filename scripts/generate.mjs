// Generates what is not committed: the Prisma client and the types of the routes.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isEntry, loadEnvironment, root } from "./lib/project.mjs";
import { runNode } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";
import { isCurrent, stampOf } from "./lib/stamp.mjs";

export const nextCli = fileURLToPath(import.meta.resolve("next/dist/bin/next"));
const stampFile = join(root, "generated/stamp");

/**
 * The Prisma client alone, and only when the schema or the lock file changed; resolves to an exit code.
 * @param {import("./lib/run.mjs").RunOptions} [options]
 */
export async function generateClient(options = {}) {
  const stamp = stampOf(["prisma/schema", "package-lock.json"]);
  if (isCurrent(stampFile, stamp)) return 0;
  const code = await runNode([join(root, "scripts/prisma.mjs"), "generate"], options);
  if (code === 0) writeFileSync(stampFile, stamp);
  return code;
}

/** @param {import("./lib/run.mjs").RunOptions} [options] */
export async function generate(options = {}) {
  return (await generateClient(options)) || (await runNode([nextCli, "typegen"], options));
}

if (isEntry(import.meta.url)) {
  await main(() => {
    loadEnvironment();
    return generate();
  });
}
