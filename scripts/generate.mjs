// Generates what is not committed: the Prisma client and the types of the routes.
import { fileURLToPath } from "node:url";
import { isEntry, loadEnvironment, root } from "./lib/project.mjs";
import { runNode } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";

export const nextCli = fileURLToPath(import.meta.resolve("next/dist/bin/next"));

export async function generate(options = {}) {
  const prisma = await runNode([`${root}/scripts/prisma.mjs`, "generate"], options);
  return prisma || (await runNode([nextCli, "typegen"], options));
}

if (isEntry(import.meta.url)) {
  await main(() => {
    loadEnvironment();
    return generate();
  });
}
