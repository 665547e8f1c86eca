import { defineConfig, globalIgnores } from "eslint/config";
import nextVitals from "eslint-config-next/core-web-vitals";
import nextTs from "eslint-config-next/typescript";

const NOW = "CallExpression[callee.object.name=/^(Date|performance)$/][callee.property.name='now']";
const ASLEEP = "A test waits for what it expects, never for time to pass (docs/testing.md).";
const BOUNDED = "A slower machine would fail here: give the time as an argument (docs/testing.md).";
const timed = [
  // without a delay it waits for the next turn, not for time
  [
    String.raw`CallExpression[callee.name=/^(setTimeout|setInterval)$/][arguments.length>1]`,
    ASLEEP,
  ],
  [String.raw`CallExpression[callee.name="sleep"]`, ASLEEP],
  [String.raw`CallExpression[callee.property.name="waitForTimeout"]`, ASLEEP],
  [
    String.raw`:matches(ImportDeclaration, ImportExpression)[source.value=/^(node:)?timers/]`,
    ASLEEP,
  ],
  [String.raw`Literal[value=/pg_sleep/]`, ASLEEP],
  [String.raw`TemplateElement[value.raw=/pg_sleep/]`, ASLEEP],
  [`BinaryExpression[operator=/^(-|<=?|>=?)$/] > ${NOW}`, BOUNDED],
  [`CallExpression[callee.property.name=/^toBe(Less|Greater)Than/] ${NOW}`, BOUNDED],
].map(([selector, message]) => ({ selector, message }));

const scripts = [
  "scripts/**",
  "bench/**",
  "e2e/**",
  "prisma/**",
  "*.config.{ts,mjs}",
  "dependency-cruiser.cjs",
];

export default defineConfig([
  ...nextVitals,
  ...nextTs,
  globalIgnores([
    ".next*/**",
    "generated/**",
    "next-env.d.ts",
    ".data*/**",
    "playwright-report/**",
  ]),
  {
    files: ["**/*.{ts,tsx,mjs,cjs}"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      // signing in and out reloads the page on purpose: nothing of the other person stays in memory
      "@next/next/no-location-assign-relative-destination": "off",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "prefer-const": "error",
      "no-var": "error",
      "max-lines": ["error", { max: 400 }],
    },
  },
  {
    files: ["**/*.ts"],
    ignores: ["**/*.test.ts", "e2e/**"],
    rules: {
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["**/*.tsx"],
    rules: {
      "max-lines-per-function": ["error", { max: 120, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["app/**", "components/**", "lib/**"],
    ignores: ["lib/platform/env.ts", "testing/**", "**/*.test.{ts,tsx}"],
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message: "Read it from lib/platform/env, validated once.",
        },
      ],
    },
  },
  {
    files: ["app/**", "components/**", "lib/**"],
    ignores: ["lib/platform/log.ts", "testing/**", "**/*.test.{ts,tsx}"],
    rules: { "no-console": "error" },
  },
  {
    files: ["**/*.test.{ts,tsx,mjs}", "e2e/**/*.ts", "testing/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...timed] },
  },
  {
    files: scripts,
    // Playwright's fixtures take a function called use; nothing here is a component
    rules: { "no-console": "off", "react-hooks/rules-of-hooks": "off" },
  },
]);
