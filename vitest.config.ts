import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("./", import.meta.url));
const outside = [...configDefaults.exclude, "**/.next*/**", "**/.data*/**", "e2e/**"];

const resolve = {
  alias: [
    // The marker throws outside a server bundle; tests are a server.
    { find: /^server-only$/, replacement: `${root}node_modules/server-only/empty.js` },
    { find: /^@\//, replacement: root },
  ],
};

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
          exclude: [...outside, "**/*.db.test.{ts,mjs}"],
          testTimeout: 20_000,
          setupFiles: ["lib/testing/no-console-error.ts"],
          env: { TZ: "Asia/Shanghai" },
        },
      },
      {
        resolve,
        test: {
          name: "db",
          environment: "node",
          include: ["**/*.db.test.{ts,mjs}"],
          exclude: outside,
          setupFiles: ["lib/testing/no-console-error.ts"],
          globalSetup: ["scripts/test-database.mjs"],
          env: { TZ: "Asia/Shanghai" },
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
