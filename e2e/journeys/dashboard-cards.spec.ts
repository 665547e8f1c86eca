import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { parseCsv, readXlsx } from "hucre";
import { dashboardFen, fenOf, rowOf, tableOf } from "@/e2e/expectations/figures";
import { expect, test } from "@/e2e/fixtures";

const DESK = { viewport: { width: 1366, height: 768 } };
const HIGHEST = 2_400;

for (const [path, unit, locale] of [
  ["/dashboard?year=2026", "yuan", "zh-CN"],
  ["/dashboard?year=2026", "wan", "en"],
  ["/dashboard?year=2024", "wan", "zh-CN"],
  ["/dashboard?year=2026&org=630100", "yuan", "en"],
  ["/dashboard?year=2026&org=630123", "yuan", "zh-CN"],
] as const)
  test(`${path} is no higher than a reader scrolls (${unit}, ${locale})`, async ({ at }) => {
    const { page } = await at("province", { ...DESK, unit, locale });
    await page.goto(path);
    await expect(page.locator("svg.recharts-surface").first()).toBeVisible();
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height).toBeLessThanOrEqual(HIGHEST);
  });

test("a card is turned by the keyboard, and lies as it was turned on the next visit", async ({
  at,
}) => {
  const { page } = await at("province", DESK);
  await page.goto("/dashboard?year=2026");
  const months = page.locator("#months");
  await expect(months.getByRole("table")).toBeHidden();
  await months.getByRole("radio", { name: "图", exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(months.getByRole("table")).toBeVisible();
  await expect(months.locator("svg.recharts-surface")).toBeHidden();
  await page.reload();
  await expect(months.getByRole("table")).toBeVisible();
  await expect(page.locator("#programmes").getByRole("table")).toBeHidden();
});

test("without script a card lies on its table", async ({ at }) => {
  const { page } = await at("province", { ...DESK, javaScriptEnabled: false });
  await page.goto("/dashboard?year=2026");
  for (const card of ["#places", "#months", "#balance", "#cross"])
    await expect(page.locator(card).getByRole("table").last()).toBeVisible();
});

test("what is folded stands as one line, and unfolding changes no total", async ({ at }) => {
  const { page } = await at("province", DESK);
  await page.goto("/dashboard?year=2026");
  const cross = await tableOf(page, "#cross");
  const last = (name: string | RegExp) =>
    cross
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name }) })
      .getByRole("cell")
      .last();
  const sums = async () => {
    const texts = await cross
      .locator("tbody tr")
      .filter({ visible: true })
      .locator("td:last-child")
      .allInnerTexts();
    return texts.reduce((sum, text) => sum + fenOf(text), 0n);
  };
  const total = fenOf(await rowOf(cross, "合计").getByRole("cell").last().innerText());
  await expect(last(/^其余 \d+ 家合计/)).toBeVisible();
  expect(await sums()).toBe(total);
  await expect(last("祁连县")).toBeHidden();
  await cross.getByRole("checkbox").check();
  await expect(last("祁连县")).toBeVisible();
  expect(await sums()).toBe(total);
});

for (const year of [2024, 2026])
  // the fifth is the map’s: too small to be read among the other drawings
  test(`the dashboard of ${year} is five sheets of paper at most, on which nothing can be pressed`, async ({
    at,
  }) => {
    const { page } = await at("province", { ...DESK, unit: "yuan" });
    await page.goto(`/dashboard?year=${year}`);
    await expect(page.locator(".recharts-rectangle").first()).toBeVisible();
    const sheets = await page.pdf({ preferCSSPageSize: true });
    expect(sheets.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(5);
    await page.emulateMedia({ media: "print" });
    const main = page.getByRole("main");
    await expect(main.locator("#cross [data-area]").filter({ visible: true })).toHaveCount(44);
    for (const role of ["button", "radio", "checkbox", "combobox"] as const)
      await expect(main.getByRole(role).filter({ visible: true })).toHaveCount(0);
    const underlined = await main
      .locator("a:visible, a:visible *")
      .evaluateAll((all) =>
        all.filter((one) => getComputedStyle(one).textDecorationLine !== "none"),
      );
    expect(underlined).toHaveLength(0);
    for (const card of ["#places", "#months", "#cross"])
      await expect(page.locator(card).getByRole("table").last()).toBeVisible();
  });

async function drawingOf(page: Page, card: string, item: string): Promise<Buffer> {
  await page.getByRole("button", { name: `下载：${card}`, exact: true }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: item, exact: true }).click();
  return readFile(await (await coming).path());
}

test("a card is taken away as a table, which says what the card says", async ({ at }) => {
  const person = await at("province", { ...DESK, unit: "yuan" });
  const { page } = person;
  await page.goto("/dashboard?year=2026");
  const shown = await dashboardFen(page, "#months", "合计");
  const book = await person.downloadsFromMenu("下载：各月支出", "表格（Excel）");
  const [sheet] = (await readXlsx(new Uint8Array(book))).sheets;
  const inBook = sheet?.rows.find((cells) => cells[0] === "合计")?.[1];
  expect(fenOf(Number(inBook).toFixed(2))).toBe(shown);

  await page.getByRole("button", { name: "下载：各月支出", exact: true }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("link", { name: "表格（Excel）" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  const coming = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const csv = parseCsv(await readFile(await (await coming).path(), "utf8"), {
    typeInference: false,
  });
  expect(fenOf(String(csv.find((cells) => cells[0] === "合计")?.[1]))).toBe(shown);
  const said = csv.flat().join("\n");
  for (const words of ["各月支出", "年度 2026", "金额单位", "合计未含", "数据截至"])
    expect(said).toContain(words);
});

test("a card is taken away as a drawing, which says by itself what it shows", async ({ at }) => {
  const { page } = await at("province", { ...DESK, unit: "yuan" });
  await page.goto("/dashboard?year=2026");
  await expect(page.locator("#months .recharts-rectangle").first()).toBeVisible();
  const chart = (await drawingOf(page, "各月支出", "图（SVG）")).toString("utf8");
  for (const words of ["各月支出", "单位：元", "2026", "数据截至", "1月"])
    expect(chart).toContain(words);
  expect(chart).not.toContain("var(--");
  const bars = (await drawingOf(page, "各项目支出", "图（SVG）")).toString("utf8");
  const row = page.locator("#programmes ol li").first();
  for (const words of (await row.innerText()).split("\n").filter((line) => line.trim() !== ""))
    expect(bars).toContain(words.trim());

  await page.locator("#months").locator('input[value="table"]').check();
  const picture = await drawingOf(page, "各月支出", "图（PNG）");
  expect(picture.subarray(1, 4).toString("latin1")).toBe("PNG");
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(chart) ?? [];
  expect(picture.readUInt32BE(16)).toBe(2 * Number(width));
  expect(picture.readUInt32BE(20)).toBe(2 * Number(height));
});
