import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { countyClerk, provinceReader } from "./generate";
import { heading, row } from "./print";
import { cookieOf, type BenchServer } from "./server";

/** What a browser loads of script: with the page, and with what it fetches ahead of the next click. */

const PAGES = ["/workbench", "/ledger", "/entry", "/review", "/dashboard", "/explain", "/reports"];
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

export async function scriptSizes(server: BenchServer): Promise<void> {
  const empty = emptyPageKb();
  heading("Script, kB gz (cache empty)", [
    ...["page", "with the page", "with prefetch", "over an empty page", "with prefetch, over it"],
  ]);
  row("an empty page", [empty, empty, 0, 0]);
  const path = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath: path, args: ["--no-sandbox"] });
  for (const address of PAGES) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    await context.addCookies([
      {
        name: "next-auth.session-token",
        value: await cookieOf(address === "/entry" ? countyClerk(1) : provinceReader(1)),
        url: server.base,
      },
    ]);
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send("Network.enable");
    const scripts = new Map<string, string>();
    const bytes = new Map<string, number>();
    network.on("Network.responseReceived", ({ requestId, response }) => {
      if (/[.]js([?]|$)/.test(response.url)) scripts.set(requestId, new URL(response.url).pathname);
    });
    network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const script = scripts.get(requestId);
      if (script) bytes.set(script, encodedDataLength / 1024);
    });
    const document = await page.goto(server.base + address, { waitUntil: "load" });
    const html = (await document?.text()) ?? "";
    const named = new Set(
      [...html.matchAll(/<script[^>]* src="([^"?]+)/g)].map(([, source]) => source),
    );
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(SETTLE_MS);
    const sum = (of: [string, number][]) => of.reduce((total, [, size]) => total + size, 0);
    const all = sum([...bytes]);
    const first = sum([...bytes].filter(([script]) => named.has(script)));
    row(address, [first, all, first - empty, all - empty]);
    await context.close();
  }
  await browser.close();
}
