import { chromium, type Page } from "@playwright/test";
import { countyClerk } from "./generate";
import { heading, median, row } from "./print";
import { cookieOf, type BenchServer } from "./server";

const ROWS = 500;
const ROUNDS = 5;
const CLERK = countyClerk(1);

const HEAD = ["项目", "发放日期", "金额（元）", "户数", "人数", "资金来源", "形式", "救助类别", "对象类别", "备注"]; // prettier-ignore

/** A block of ten columns as a spreadsheet puts it on the clipboard: no two rows alike. */
function block(round: number): string {
  const line = (n: number) =>
    ["金秋助学", `2026.8.${1 + (n % 28)}`, `${1000 + n}.${10 + (n % 90)}`, String(1 + (n % 9)), String(1 + (n % 40)), "县总工会经费", "转账", "助学", "困难职工子女", `第${round}次 ${n}`]; // prettier-ignore
  const rows = [HEAD, ...Array.from({ length: ROWS }, (_, n) => line(n))];
  const cells = (texts: string[]) => texts.map((text) => `<td>${text}</td>`).join("");
  return `<table>${rows.map((texts) => `<tr>${cells(texts)}</tr>`).join("")}</table>`;
}

type Times = { placed: number; read: number; seen: number; all: number; yardstick: number };
const NEVER_MS = 20_000;

/** In the page: from the paste to the picture in which every row is counted, and to the answers of the checks. */
async function pasted(page: Page, html: string): Promise<Times> {
  return page.evaluate(
    async ({ markup, rows, never }) => {
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const numbers = Array.from({ length: 1_000_000 }, (_, n) => (n * 7919) % 1_000_003);
      const before = performance.now();
      numbers.sort((one, other) => one - other);
      const yardstick = performance.now() - before;
      const data = new DataTransfer();
      data.setData("text/html", markup);
      const grid = document.querySelector('[role="grid"]');
      const begun = performance.now();
      document.activeElement?.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
      await frame();
      const placed = performance.now() - begun;
      while (!grid?.querySelector("tfoot th")?.textContent?.includes(String(rows))) await frame();
      const read = performance.now() - begun;
      const until = async (isJudged: () => boolean) => {
        while (!isJudged() && performance.now() - begun < never) await frame();
        return performance.now() - begun;
      };
      const seen = await until(() => !grid?.querySelector('tbody tr[data-state="unjudged"]'));
      const all = await until(() => !document.querySelector("[data-unjudged]"));
      return { placed, read, seen, all, yardstick };
    },
    { markup: html, rows: ROWS, never: NEVER_MS },
  );
}

/** 500 rows of ten columns pasted into the table of many rows, by a clerk with a window of 1366 × 768. */
export async function gridTimes(server: BenchServer): Promise<void> {
  heading(`A block of ${ROWS} × ${HEAD.length} pasted, ms`, [
    ...["", "placed", "read and counted", "the rows in sight judged", "every row judged", "a million numbers sorted in the same tab"], // prettier-ignore
  ]);
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const all: Times[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "zh-CN" }); // prettier-ignore
    const value = await cookieOf(CLERK);
    await context.addCookies([{ name: "next-auth.session-token", value, url: server.base }]);
    // what runs in the page was compiled here, and esbuild names its functions by a helper of its own
    await context.addInitScript("globalThis.__name = (named) => named");
    const page = await context.newPage();
    await page.goto(`${server.base}/entry/grid`, { waitUntil: "networkidle" });
    await page.getByRole("gridcell").first().click();
    const times = await pasted(page, block(round));
    row(String(round), [times.placed, times.read, times.seen, times.all, times.yardstick]);
    all.push(times);
    await context.close();
  }
  const middle = (name: keyof Times) => median(all.map((times) => times[name]));
  row("median", [
    middle("placed"),
    middle("read"),
    middle("seen"),
    middle("all"),
    middle("yardstick"),
  ]);
  await browser.close();
}
