import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("./", import.meta.url));
const outside = [...configDefaults.exclude, "**/.next*/**", "**/.data*/**", "e2e/**"];

export const resolve = {
  alias: [
    // The marker throws outside a server bundle; tests are a server.
    { find: /^server-only$/, replacement: `${root}node_modules/server-only/empty.js` },
    { find: /^@\//, replacement: root },
  ],
};

export const setupFiles = ["testing/no-console-error.ts"];
export const env = { TZ: "Asia/Shanghai" };

const DATABASE = "**/*.db.test.{ts,mjs}";
const DOM = "**/*.dom.test.{ts,tsx}";
const LAUNCH = "scripts/{launch,deploy,weight}.test.mjs";

export default defineConfig({
  resolve,
  test: {
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          environment: "node",
          include: ["**/*.test.{ts,tsx,mjs}"],
          exclude: [...outside, DATABASE, DOM, LAUNCH],
          testTimeout: 20_000,
          // what a file imports is read once a worker and not once a file, which was two thirds of the time;
          // a test that needs a module anew says so (vi.resetModules)
          isolate: false,
          setupFiles,
          env,
        },
      },
      {
        // hooks and components in a document; what needs a layout or a real browser is a journey in e2e/
        resolve,
        test: {
          name: "dom",
          environment: "happy-dom",
          include: [DOM],
          exclude: outside,
          testTimeout: 60_000,
          setupFiles: [...setupFiles, "testing/no-timer-left.ts"],
          env,
        },
      },
      {
        resolve,
        test: {
          name: "db",
          environment: "node",
          include: [DATABASE],
          exclude: outside,
          isolate: false,
          setupFiles: ["testing/own-environment.ts", ...setupFiles],
          globalSetup: ["scripts/test-database.mjs"],
          env,
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // the built server, started as README says
        test: {
          name: "launch",
          environment: "node",
          include: [LAUNCH],
          // a guard against a start that hangs, not a promise of speed
          testTimeout: 1_000_000,
        },
      },
    ],
  },
});
