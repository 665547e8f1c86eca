// A fence nobody has seen hold is a drawing of a fence: one violation of each rule is planted, and caught.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "./lib/project.mjs";

/** @type {{ forbidden: { name: string, comment: string }[] }} */
const rules = createRequire(import.meta.url)("../dependency-cruiser.cjs");

/** rule → [the file that offends, what it imports] @type {Record<string, [string, string]>} */
const planted = {
  "floor-0-stands-on-those-below": [
    "lib/features/reference/labels.ts",
    "@/lib/features/figures/types",
  ],
  "floor-1-stands-on-those-below": [
    "lib/features/received/labels.ts",
    "@/lib/features/figures/types",
  ],
  "floor-2-stands-on-those-below": ["lib/features/cells/labels.ts", "@/lib/features/steps/types"],
  "floor-3-stands-on-those-below": ["lib/features/figures/labels.ts", "@/lib/features/steps/types"],
  "floor-4-stands-on-those-below": [
    "lib/features/findings/labels.ts",
    "@/lib/features/steps/types",
  ],
  "floor-5-stands-on-those-below": ["lib/features/years/labels.ts", "@/lib/features/steps/types"],
  "floor-6-stands-on-those-below": ["lib/features/ledger/labels.ts", "@/lib/features/steps/types"],
  "floor-7-stands-on-those-below": [
    "lib/features/rows/labels.ts",
    "@/lib/features/workbench/types",
  ],
  "floor-8-stands-on-those-below": [
    "lib/features/export-maps/labels.ts",
    "@/lib/features/workbench/types",
  ],
  "floor-9-stands-on-those-below": [
    "lib/features/files/labels.ts",
    "@/lib/features/workbench/types",
  ],
  "floor-10-stands-on-those-below": [
    "lib/features/health/labels.ts",
    "@/lib/features/workbench/types",
  ],
  "floor-11-stands-on-those-below": ["lib/features/cross/labels.ts", "@/lib/features/a/types"],
  "floor-12-stands-on-those-below": ["lib/features/pack-files/labels.ts", "@/lib/features/a/types"],
  "floor-13-stands-on-those-below": ["lib/features/packs/labels.ts", "@/lib/features/a/types"],
  "floor-14-stands-on-those-below": ["lib/features/open-api/labels.ts", "@/lib/features/a/types"],
  "browser-knows-no-domain": ["lib/browser/offender.ts", "@/lib/features/a/types"],
  "browser-carries-no-schema": ["lib/features/a/client.ts", "@/lib/features/a/schema"],
  "no-cycles": ["lib/kernel/ring-a.ts", "./ring-b"],
  "kernel-is-the-floor": ["lib/kernel/offender.ts", "@/lib/platform/innocent"],
  "platform-knows-no-domain": ["lib/platform/offender.ts", "@/lib/features/a/types"],
  "pure-stays-pure": ["lib/features/a/rules.ts", "@/lib/platform/innocent"],
  "queries-read": ["lib/features/a/queries.ts", "@/lib/features/a/commands"],
  "commands-write-their-own-noun": ["lib/features/b/commands.ts", "@/lib/features/a/commands"],
  "loaders-gate-reads": ["lib/features/a/loaders.ts", "@/lib/features/a/commands"],
  "kit-knows-no-domain": ["components/ui/offender.tsx", "@/lib/features/a/types"],
  "feature-ui-never-reads": ["components/a/offender.tsx", "@/lib/features/b/queries"],
  "pages-are-adapters": ["app/(work)/a/page.tsx", "@/lib/features/b/queries"],
  "routes-are-adapters": ["app/api/v1/a/route.ts", "@/lib/features/b/loaders"],
  "prisma-has-few-doors": ["components/a/reader.tsx", "pg"],
  "request-stays-at-the-edge": ["lib/features/b/policy.ts", "next/headers"],
  "test-helpers-stay-in-tests": ["app/(work)/b/page.tsx", "@/testing/factory"],
  "sign-in-has-one-door": ["lib/platform/passer-by.ts", "./sign-in-db"],
  "statements-only-write": ["lib/features/a/statements.ts", "@/lib/features/a/commands"],
  "statements-serve-commands": ["lib/features/c/queries.ts", "@/lib/features/b/statements"],
  "pool-has-few-doors": ["lib/platform/plumber.ts", "./pool"],
  "guard-is-called-outside-transactions": ["lib/features/c/commands.ts", "@/lib/platform/guard"],
  "scope-is-minted-once": ["lib/features/d/queries.ts", "@/lib/platform/mint-scope"],
  "entries-tell-of-writes": ["lib/features/e/queries.ts", "@/lib/platform/audit"],
  "worker-has-one-door": ["lib/platform/passer-by-too.ts", "./worker-db"],
  "public-has-one-door": ["lib/platform/passer-by-three.ts", "./public-db"],
  "no-unlisted-package": ["lib/kernel/stowaway.ts", "picocolors"],
};

const innocent = [
  "lib/features/figures/types.ts",
  "lib/features/steps/types.ts",
  "lib/features/workbench/types.ts",
  "lib/platform/innocent.ts",
  "lib/platform/sign-in-db.ts",
  "lib/platform/worker-db.ts",
  "lib/platform/public-db.ts",
  "lib/platform/pool.ts",
  "lib/platform/guard.ts",
  "lib/platform/mint-scope.ts",
  "lib/platform/audit.ts",
  "lib/features/b/statements.ts",
  "testing/factory.ts",
  "lib/features/a/types.ts",
  "lib/features/a/schema.ts",
  "lib/features/a/commands.ts",
  "lib/features/b/queries.ts",
  "lib/features/b/loaders.ts",
];

/** @type {string} */
let folder;

/** @param {string} file @param {string} text */
function plant(file, text) {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

beforeAll(() => {
  mkdirSync(join(root, ".data-test"), { recursive: true });
  // inside the project, so that its packages are found as they are from the real files
  folder = mkdtempSync(join(root, ".data-test/arrows-"));
  for (const name of ["package.json", "tsconfig.json", "dependency-cruiser.cjs"])
    cpSync(join(root, name), join(folder, name));
  for (const file of innocent) plant(file, "export const value = 1;\n");
  for (const [file, target] of Object.values(planted)) {
    plant(file, `import * as target from "${target}";\nexport const value = target;\n`);
  }
  plant("lib/kernel/ring-b.ts", 'import * as a from "./ring-a";\nexport const value = a;\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every rule has a planted violation", () => {
  expect(Object.keys(planted).sort()).toEqual(rules.forbidden.map((rule) => rule.name).sort());
});

test("every rule says why", () => {
  for (const rule of rules.forbidden) expect(rule.comment.length, rule.name).toBeGreaterThan(20);
});

/**
 * The same program and the same rules as `npm run check:arrows`, run in the planted folder.
 * @returns {{ rule: { name: string }, from: string }[]}
 */
function cruise() {
  const run = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/.bin/depcruise"),
      "--config",
      "dependency-cruiser.cjs",
      "--output-type",
      "json",
      "app",
      "components",
      "lib",
    ],
    { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(run.stdout).summary.violations;
}

test("each violation is caught by its rule, and nothing else is", () => {
  const violations = cruise();
  const caught = violations.map(({ rule, from }) => `${rule.name} ← ${from}`);
  const expected = Object.entries(planted).map(([rule, [file]]) => `${rule} ← ${file}`);
  expect(caught).toEqual(expect.arrayContaining(expected));
  const offenders = new Set(Object.values(planted).map(([file]) => file));
  offenders.add("lib/kernel/ring-b.ts");
  expect(violations.filter(({ from }) => !offenders.has(from))).toEqual([]);
}, 60_000);
