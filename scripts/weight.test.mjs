// What each page makes a browser load, as the build has it: a page that outgrows its limit does so by one import.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { distFolder } from "./build.mjs";

/** kB of compressed script over what the framework loads on a page that has nothing on it. */
const LIMIT = 80;

const MANIFEST = "page_client-reference-manifest.js";

/** @typedef {{ entryJSFiles: Record<string, string[]> }} Manifest */

/** @param {string} file @returns {[page: string, Manifest]} */
function manifestIn(file) {
  const found = /__RSC_MANIFEST\["([^"]+)"\] = (\{.*\});?\s*$/s.exec(readFileSync(file, "utf8"));
  if (!found) throw new Error(`${file} is written in another way than this test reads`);
  const [, page = "", manifest = ""] = found;
  return [page, JSON.parse(manifest)];
}

test("no page makes a browser load more script than its limit", () => {
  const dist = distFolder();
  /** @type {Map<string, number>} */
  const sizes = new Map();
  /** @param {string} file */
  const kbOf = (file) => {
    const known = sizes.get(file) ?? gzipSync(readFileSync(join(dist, file))).length / 1024;
    sizes.set(file, known);
    return known;
  };
  const files = readdirSync(join(dist, "server/app"), { recursive: true, encoding: "utf8" });
  const pages = files
    .filter((file) => file.endsWith(MANIFEST))
    .map((file) => manifestIn(join(dist, "server/app", file)));
  const weights = pages.map(([page, { entryJSFiles }]) => {
    const files = new Set(Object.values(entryJSFiles).flat());
    const kb = [...files].reduce((sum, file) => sum + kbOf(file), 0);
    return { page, kb: Math.round(kb) };
  });
  expect(weights.length).toBeGreaterThan(30);
  expect(weights.filter(({ kb }) => kb > LIMIT)).toEqual([]);
});
