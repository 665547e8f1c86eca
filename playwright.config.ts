import { defineConfig } from "@playwright/test";

// scripts/e2e.mjs starts a fresh database and the built app, finds the browsers, and sets these.
const baseURL = process.env["BASE_URL"] ?? "http://127.0.0.1:3000";

interface Browser {
  path: string;
  env: Record<string, string>;
}

function browser(variable: string): Browser | undefined {
  const text = process.env[variable];
  return text ? (JSON.parse(text) as Browser) : undefined;
}

const today = browser("E2E_CHROMIUM") ?? {
  path: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  env: {},
};
const old = browser("E2E_CHROMIUM_109");
const OLD_BROWSER = "journeys/old-browser.spec.ts";

function launchOptions({ path, env }: Browser) {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    executablePath: path,
    env: { ...Object.fromEntries(inherited), ...env },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // bounds of a machine that is busy with other work, not of the program
  timeout: 180_000,
  expect: { timeout: 20_000 },
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env["CI"]),
  reporter: [["list"]],
  use: {
    baseURL,
    actionTimeout: 30_000,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1366, height: 768 },
    // a trace writes down every page at every step, a quarter of the whole time: TRACE=1 where one is wanted
    trace: process.env["TRACE"] ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
  },
  projects: [
    {
      name: "chromium",
      testIgnore: OLD_BROWSER,
      use: { launchOptions: launchOptions(today) },
    },
    ...(old
      ? [
          {
            name: "chromium-109",
            testMatch: OLD_BROWSER,
            use: { launchOptions: launchOptions(old) },
          },
        ]
      : []),
  ],
});
