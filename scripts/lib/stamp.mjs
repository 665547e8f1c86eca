import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.mjs";

const NOT_BUILT = /\.(test|db\.test)\.tsx?$|\.md$/;

/** @param {string} path @returns {Generator<string>} */
function* filesUnder(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) return yield path;
  for (const name of readdirSync(path).sort()) yield* filesUnder(join(path, name));
}

/** One hash over the names and bytes of everything under these paths of the project. @param {string[]} paths */
export function stampOf(paths) {
  const digest = createHash("sha256");
  for (const path of paths) {
    for (const file of filesUnder(join(root, path))) {
      if (NOT_BUILT.test(file)) continue;
      const bytes = readFileSync(file);
      digest.update(`${file.slice(root.length)} ${bytes.length}\n`).update(bytes);
    }
  }
  return digest.digest("hex");
}

/** @param {string} stampFile @param {string} stamp */
export function isCurrent(stampFile, stamp) {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
}
