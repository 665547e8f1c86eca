import { Keyboard } from "@/e2e/actors/keyboard";
import { expect, test } from "@/e2e/fixtures";

test("a clerk signs in, records and hands in a disbursement with keyboard alone, and not too many", async ({
  page,
}) => {
  await page.goto("/sign-in");
  const keyboard = new Keyboard(page);
  await keyboard.reach("账号");
  await keyboard.type("clerk.chengxi");
  await keyboard.press("Tab");
  await keyboard.type("nuanzhang-2026");
  await keyboard.press("Enter");
  await page.waitForURL("**/workbench");
  await keyboard.reach(/^录入/);
  await keyboard.press("Enter");
  await page.waitForURL("**/entry");

  await keyboard.isOn("项目");
  await keyboard.type("困难职工帮扶");
  await keyboard.press("Enter");
  await keyboard.reach("金额", "Enter");
  await keyboard.type("1.86万");
  await keyboard.reach(/^(户数|人数)$/, "Enter");
  await keyboard.type("6户15人");
  await keyboard.reach("资金来源", "Enter");
  await keyboard.type("县总工会经费");
  await keyboard.press("Enter");
  await keyboard.reach("备注", "Enter");
  await keyboard.type("只用键盘录入的一笔");
  await keyboard.press("Control+Shift+Enter");

  const asked = page.getByRole("dialog", { name: /上报前请说明/ });
  const done = page.getByRole("heading", { level: 2, name: "办理进度" });
  await expect(asked.or(done).first()).toBeVisible();
  if (await asked.isVisible()) {
    const questions = await asked.getByRole("combobox", { name: "说明" }).count();
    for (let question = 0; question < questions; question += 1) {
      await keyboard.reach("说明");
      await keyboard.press("ArrowDown");
      await keyboard.press("Tab");
    }
    await keyboard.reach("确认并上报");
    await keyboard.press("Enter");
  }
  await page.waitForURL(/\/disbursements\/\d+$/);
  await expect(page.getByText("18,600.00").or(page.getByText("1.86")).first()).toBeVisible();
  expect(keyboard.pressed, "keyboard from the first to the last").toBeLessThan(120);
});

test("the ledger is walked by arrows, and Enter opens the row", async ({ at }) => {
  const { page } = await at("auditor");
  await page.goto("/ledger?year=2023");
  const keyboard = new Keyboard(page);
  const grid = page.getByRole("grid");
  const focused = page.locator("[data-cell]:focus");
  const cell = (row: number, column: number) =>
    grid.getByRole("row").nth(row).locator("[data-cell]").nth(column);
  for (let count = 0; count < 80 && (await focused.count()) === 0; count += 1)
    await keyboard.press("Tab");
  await expect(cell(1, 0)).toBeFocused();
  await keyboard.press("ArrowDown", 2);
  await keyboard.press("ArrowRight", 3);
  await expect(cell(3, 3)).toBeFocused();
  await keyboard.press("ArrowUp");
  await keyboard.press("Home");
  await expect(cell(2, 0)).toBeFocused();
  await keyboard.press("End");
  await keyboard.press("Control+Home");
  await expect(cell(1, 0)).toBeFocused();
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowRight", 2);
  const reference = /^[\d-]+/.exec(await cell(2, 0).innerText())?.[0] ?? "no reference";
  await keyboard.press("Enter");
  await page.waitForURL(/\/disbursements\/\d+$/);
  await expect(page.getByText(reference).first()).toBeVisible();
  await page.goBack();
  await page.waitForURL(/\/ledger/);
});
