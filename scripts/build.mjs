// Builds the server into <distDir>/standalone, complete with static files, unless nothing changed.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateClient, nextCli } from "./generate.mjs";
import { isEntry, loadEnvironment, root } from "./lib/project.mjs";
import { runNode } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";
import { isCurrent, stampOf } from "./lib/stamp.mjs";

const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema",
  "prisma/migrations",
  "prisma/sql",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.ts",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

export const distFolder = () => join(root, process.env.NEXT_DIST_DIR ?? ".next");
export const serverFolder = () => join(distFolder(), "standalone");

const stampFile = () => join(serverFolder(), "build-stamp");
const sourcesStamp = () => stampOf(SOURCES);
export const isBuilt = () => isCurrent(stampFile(), sourcesStamp());

/**
 * Resolves to next build's exit code. The build knows nothing of databases or secrets.
 * @param {import("./lib/run.mjs").RunOptions} [options]
 */
export async function build(options = {}) {
  const stamp = sourcesStamp();
  rmSync(stampFile(), { force: true });
  const code = (await generateClient(options)) || (await nextBuild(options));
  if (code !== 0) return code;
  const dist = distFolder();
  const inside = join(serverFolder(), dist.slice(root.length + 1));
  cpSync(join(dist, "static"), join(inside, "static"), { recursive: true });
  if (existsSync(join(root, "public"))) {
    cpSync(join(root, "public"), join(serverFolder(), "public"), { recursive: true });
  }
  writeFileSync(stampFile(), stamp);
  return 0;
}

/** @param {import("./lib/run.mjs").RunOptions} options */
function nextBuild(options) {
  const {
    DATABASE_URL,
    DATABASE_OWNER_URL,
    DATABASE_SIGN_IN_URL,
    DATABASE_PUBLIC_URL,
    NEXTAUTH_SECRET,
    NUANZHANG_CHECKPOINT_KEY,
    NUANZHANG_FIELD_KEYS,
    NUANZHANG_INDEX_KEYS,
    ...env
  } = process.env;
  return runNode([nextCli, "build"], { ...options, env: { ...env, NODE_ENV: "production" } });
}

/** The last lines of a build log: what the person needs to see of a failure. @param {string} file */
export function tail(file, lines = 30) {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}

if (isEntry(import.meta.url)) {
  await main(() => {
    loadEnvironment();
    return build();
  });
}
