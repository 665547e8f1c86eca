import { configDefaults, defineConfig } from "vitest/config";
import { env, resolve, setupFiles } from "./vitest.config";

/** The tests that stand beside pure files; Stryker runs those that reach the file it changed. */
export default defineConfig({
  resolve,
  test: {
    include: ["{lib,components}/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "**/*.{db,dom}.test.ts"],
    setupFiles,
    env,
  },
});
