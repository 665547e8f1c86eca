import { stripVTControlCharacters } from "node:util";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

// Vitest: "  Tests  1 failed | 41 passed | 3 skipped (45)"; Playwright: "  41 passed (2.1m)", a line each
const CLOSING = /^\s*Tests\s|^\s+\d+ (passed|failed|skipped)\b/;

/** The tests that the runners' closing lines in this output count. @param {string} output @returns {Counts} */
export function testsIn(output) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const line of stripVTControlCharacters(output).split("\n")) {
    if (!CLOSING.test(line)) continue;
    for (const [, count, word] of line.matchAll(/(\d+) (passed|failed|skipped)/g)) {
      counts[/** @type {keyof Counts} */ (word)] += Number(count);
    }
  }
  return counts;
}

/** @param {Counts[]} all @returns {Counts} */
export function sumOf(all) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}
