// npm run mutate: changes the laws one place at a time and looks whether a test notices (docs/testing.md).
// npm run mutate -- --mutate lib/kernel/money.ts for one file.

const config = {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  // the laws alone: what is pure and decides about money, findings, states and rights
  mutate: ["lib/kernel/**/*.ts", "lib/features/**/{rules,policy,workflow}.ts", "!**/*.test.ts"],
  vitest: { configFile: "vitest.mutate.config.ts" },
  coverageAnalysis: "perTest",
  // tables written once, such as WORKFLOW, are laws too
  ignoreStatic: false,
  concurrency: 2,
  reporters: ["clear-text", "progress-append-only", "json"],
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  jsonReporter: { fileName: ".data-test/mutation.json" },
  tempDirName: ".data-test/mutation",
  ignorePatterns: [".data*", ".next*", "docs", "test-results", "playwright-report"],
  thresholds: { high: 95, low: 90, break: 90 },
};

export default config;
