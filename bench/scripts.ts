import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type BrowserContext, chromium, type Request } from "@playwright/test";
import { administrator, countyClerk, provinceReader } from "./generate";
import { heading, row } from "./print";
import { cookieOf, type BenchServer } from "./server";

/** What a browser loads of script: with the page, and with what it fetches ahead of the next click. */

const province = provinceReader(1);
const clerk = countyClerk(1);
const admin = administrator(1);
const PAGES: readonly [path: string, as: string | null][] = [
  ["/sign-in", null],
  ...[
    ...["/workbench", "/ledger", "/dashboard", "/explain", "/reports", "/allotments"],
    "/campaigns",
  ].map((path): [string, string] => [path, province]),
  ["/review", province],
  ["/disbursements/{id}", province],
  ["/disbursements/{id}/adjust", clerk],
  ["/entry", clerk],
  ["/entry/grid", clerk],
  ...["/import", "/calendar"].map((path): [string, string] => [path, clerk]),
  ...["/audit", "/help/api"].map((path): [string, string] => [path, province]),
  ...["/jobs", "/account", "/help", "/admin"].map((path): [string, string] => [path, admin]),
  ...[
    ...["organisations", "programmes", "campaigns", "lists", "calendar", "years", "maps"],
    ...["approval-rules", "thresholds", "sign-ins", "health"],
  ].map((page): [string, string] => [`/admin/${page}`, admin]),
];
const SETTLE_MS = 1_500;

/** What Next loads on a page that has nothing on it. */
function emptyPageKb(): number {
  const manifest = JSON.parse(readFileSync(".next/build-manifest.json", "utf8")) as {
    rootMainFiles: string[];
  };
  const sizes = manifest.rootMainFiles.map(
    (name) => gzipSync(readFileSync(`.next/${name}`)).length,
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

/** A record that the clerk may correct. */
async function approvedRecord(server: BenchServer): Promise<string> {
  const path = "/api/v1/disbursements?status=approved&limit=1";
  const { text } = await server.ask({ path, as: clerk });
  return (JSON.parse(text) as { items: { id: string }[] }).items[0]?.id ?? "1";
}

type Sizes = { first: number; all: number };

/** kB of bodies over the wire: of what the page names, and of everything that came until it was quiet. */
async function sizesOf(context: BrowserContext, base: string, path: string): Promise<Sizes> {
  const page = await context.newPage();
  const scripts: Request[] = [];
  page.on("requestfinished", (request) => {
    if (/[.]js([?]|$)/.test(request.url())) scripts.push(request);
  });
  const document = await page.goto(base + path, { waitUntil: "load" });
  if (document?.status() !== 200 || new URL(page.url()).pathname !== path)
    throw new Error(`${path} answered ${document?.status()} at ${page.url()}`);
  const html = await document.text();
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(SETTLE_MS);
  const sizes: Sizes = { first: 0, all: 0 };
  for (const request of scripts) {
    const kb = (await request.sizes()).responseBodySize / 1024;
    sizes.all += kb;
    if (html.includes(`src="${new URL(request.url()).pathname}`)) sizes.first += kb;
  }
  return sizes;
}

export async function scriptSizes(server: BenchServer): Promise<void> {
  const empty = emptyPageKb();
  heading("Script, kB gz (cache empty)", [
    ...["page", "with the page", "with prefetch", "over an empty page", "with prefetch, over it"],
  ]);
  row("an empty page", [empty, empty, 0, 0]);
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  const id = await approvedRecord(server);
  for (const [path, as] of PAGES) {
    // a browser each: contexts of one share what it has in memory
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    if (as) {
      const value = await cookieOf(as);
      await context.addCookies([{ name: "next-auth.session-token", value, url: server.base }]);
    }
    const { first, all } = await sizesOf(context, server.base, path.replace("{id}", id));
    row(path, [first, all, first - empty, all - empty]);
    await browser.close();
  }
  await firstVisit(server, executablePath);
}

/** A county's line and an old desk: 400 kbps, 400 ms, a quarter of this processor. */
const SLOW_LINE = {
  offline: false,
  latency: 400,
  downloadThroughput: 50_000,
  uploadThroughput: 50_000,
};
const SLOW_CPU = { rate: 4 };

/** The province's first look at the dashboard: everything it fetches, by kind, and when it can be used. */
async function firstVisit(server: BenchServer, executablePath: string): Promise<void> {
  heading("First visit of the dashboard, 400 kbps, 400 ms, CPU ÷ 4", [
    ...["", "kB until it can be used", "kB in all", "of it fonts", "usable after, s"],
  ]);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const value = await cookieOf(province);
  await context.addCookies([{ name: "next-auth.session-token", value, url: server.base }]);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", SLOW_LINE);
  await devtools.send("Emulation.setCPUThrottlingRate", SLOW_CPU);
  const came: Request[] = [];
  page.on("requestfinished", (request) => void came.push(request));
  const begun = performance.now();
  await page.goto(`${server.base}/dashboard`, { waitUntil: "commit" });
  // React has taken the page over: its own property stands on what it rendered
  await page.waitForFunction(
    () =>
      Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__react")),
    undefined,
    { timeout: 120_000 },
  );
  const seconds = (performance.now() - begun) / 1000;
  const until = came.length;
  await page.waitForLoadState("networkidle", { timeout: 120_000 });
  await page.waitForTimeout(SETTLE_MS);
  const weigh = async (requests: Request[]) => {
    const sizes = await Promise.all(requests.map((request) => request.sizes()));
    return sizes.reduce((sum, size) => sum + size.responseBodySize, 0) / 1024;
  };
  const fonts = came.filter((request) => /[.]woff2([?]|$)/.test(request.url()));
  row("", [await weigh(came.slice(0, until)), await weigh(came), await weigh(fonts), seconds]);
  await browser.close();
}
