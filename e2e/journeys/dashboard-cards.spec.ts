import { fenOf, rowOf, tableOf } from "@/e2e/expectations/figures";
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
    await expect(page.locator(card).getByRole("table")).toBeVisible();
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
  test(`the dashboard of ${year} is four sheets of paper at most, on which nothing can be pressed`, async ({
    at,
  }) => {
    const { page } = await at("province", { ...DESK, unit: "yuan" });
    await page.goto(`/dashboard?year=${year}`);
    await expect(page.locator(".recharts-rectangle").first()).toBeVisible();
    const sheets = await page.pdf({ preferCSSPageSize: true });
    expect(sheets.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(4);
    await page.emulateMedia({ media: "print" });
    const main = page.getByRole("main");
    for (const role of ["button", "radio", "checkbox", "combobox"] as const)
      await expect(main.getByRole(role).filter({ visible: true })).toHaveCount(0);
    const underlined = await main
      .locator("a:visible, a:visible *")
      .evaluateAll((all) =>
        all.filter((one) => getComputedStyle(one).textDecorationLine !== "none"),
      );
    expect(underlined).toHaveLength(0);
    for (const card of ["#places", "#months", "#cross"])
      await expect(page.locator(card).getByRole("table")).toBeVisible();
  });
