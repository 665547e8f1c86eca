import { createRequire } from "node:module";
import { fail } from "../lib/say.mjs";

/**
 * The engine that the installed Prisma was released with: prisma → @prisma/engines → @prisma/engines-version.
 * @returns {{ version: string, commit: string }}
 */
export function expectedEngine() {
  const own = createRequire(import.meta.url);
  const prisma = createRequire(own.resolve("prisma/package.json"));
  const engines = createRequire(prisma.resolve("@prisma/engines"));
  return {
    version: engines("@prisma/engines-version/package.json").version,
    commit: engines("@prisma/engines-version").enginesVersion,
  };
}

/**
 * Another engine would write other migrations than the CLI expects, and say nothing.
 * @param {string} commit what the WebAssembly engine was built from
 * @param {{ version: string, commit: string }} expected
 */
export function assertEngine(commit, expected) {
  if (commit === expected.commit) return;
  fail(
    `@prisma/schema-engine-wasm 是 ${commit} 的引擎，而所装的 prisma 需要 ${expected.commit}；请执行 npm install --save-exact @prisma/schema-engine-wasm@${expected.version}。`,
    `@prisma/schema-engine-wasm is the engine of ${commit}, but the installed prisma needs ${expected.commit}; run npm install --save-exact @prisma/schema-engine-wasm@${expected.version}.`,
  );
}
