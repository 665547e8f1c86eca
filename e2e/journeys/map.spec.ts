import AxeBuilder from "@axe-core/playwright";
import { fenOf, tableOf } from "@/e2e/expectations/figures";
import { openedWith } from "@/e2e/expectations/opened";
import { expect, test } from "@/e2e/fixtures";

const DESK = { viewport: { width: 1366, height: 768 } };
const ARROWS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

test("the map is walked with the arrow keys, area by area, and Enter opens what an area spent", async ({
  at,
}) => {
  const { page } = await at("province", DESK);
  await page.goto("/dashboard?year=2026");
  const map = page.locator("#cross");
  await map.locator('input[value="chart"]').check();
  const marks = map.locator("[data-area]").filter({ visible: true });
  await expect(marks).toHaveCount(44);
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute("data-area") ?? null);

  // one Tab in: of all areas one takes it
  await expect(map.locator('[data-area][tabindex="0"]').filter({ visible: true })).toHaveCount(1);
  await marks.first().focus();
  await page.keyboard.press("Home");
  const first = await focused();
  expect(first).toBe("630102");
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe("630106");
  // the same keys from every area, without a round trip for each
  const seen = await map.evaluate((card, ways) => {
    const known = new Set(["630102"]);
    for (const from of known)
      for (const key of ways) {
        const marks = [...card.querySelectorAll<SVGElement>(`[data-area="${from}"]`)];
        const shown = marks.find((mark) => mark.getClientRects().length > 0);
        shown?.focus();
        shown?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        known.add(document.activeElement?.getAttribute("data-area") ?? "");
      }
    return [...known];
  }, ARROWS);
  expect(seen).toHaveLength(44);

  const qilian = map.locator('[data-area="632222"]').filter({ visible: true });
  await qilian.focus();
  const said = (await qilian.getAttribute("aria-label")) ?? "";
  await expect(map.getByRole("paragraph").filter({ hasText: /^祁连县$/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/explain\?.*org=632222/);
  const answer = await page.request.get(page.url());
  const { amounts } = openedWith("/explain", await answer.text());
  expect(said.split(" ").at(-1)).toBe(amounts[0]);
});

test("the area of two counties names both and opens their sum; the table has the same figures", async ({
  at,
}) => {
  const { page } = await at("province", DESK);
  await page.goto("/dashboard?year=2026");
  const map = page.locator("#cross");
  await map.locator('input[value="chart"]').check();
  const two = map.locator('[data-area="632803"]').filter({ visible: true });
  await expect(two).toHaveAttribute("aria-label", /^茫崖市、大柴旦行委 /);
  const href = (await two.getAttribute("href")) ?? "";
  expect(href).toContain("org=632803,632857");
  const opened = async (org: string) => {
    const answer = await page.request.get(`/explain?year=2026&org=${org}&limit=1`);
    return fenOf(openedWith("/explain", await answer.text()).amounts[0] ?? "");
  };
  const sum = fenOf(((await two.getAttribute("aria-label")) ?? "").split(" ").at(-1) ?? "");
  expect((await opened("632803")) + (await opened("632857"))).toBe(sum);

  const { violations } = await new AxeBuilder({ page }).include("#cross").analyze();
  expect(violations).toEqual([]);

  const labels = await map
    .locator("[data-area]")
    .filter({ visible: true })
    .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""));
  const table = await tableOf(page, "#cross");
  await table.getByRole("checkbox").check();
  const said = labels.find((label) => label.startsWith("祁连县 ")) ?? "";
  const total = table
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: "祁连县" }) });
  expect(`祁连县 ${await total.getByRole("cell").last().innerText()}`).toBe(said);
});

test("as tiles the map has the same areas, and a finger reads one before it opens it", async ({
  at,
}) => {
  const { page } = await at("reviewer.xining", {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await page.goto("/dashboard?year=2026&org=630100");
  const map = page.locator("#cross");
  // by the finger as well: a mouse that stayed where it clicked would choose the tile that comes to lie under it
  await map.locator('input[value="chart"]').tap();
  const marks = map.locator("[data-area]").filter({ visible: true });
  await expect(marks).toHaveCount(7);
  const said = await marks.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  await map.locator('input[value="tiles"]').tap();
  await expect(marks).toHaveCount(7);
  expect(
    await marks.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label"))),
  ).toEqual(said);
  const huangyuan = map.locator('[data-area="630123"]').filter({ visible: true });
  await huangyuan.tap();
  await expect(map.getByRole("paragraph").filter({ hasText: /^湟源县$/ })).toBeVisible();
  await expect(page).toHaveURL(/dashboard/);
  await huangyuan.tap();
  await page.waitForURL(/\/explain\?.*org=630123/);
});
