import type { Person } from "@/e2e/actors/person";
import { fenOf, rowOf, tableOf } from "@/e2e/expectations/figures";
import { expect, test } from "@/e2e/fixtures";

const YEAR = "/dashboard?year=2023";

async function switches(person: Person, group: string, choice: string): Promise<void> {
  await person.page
    .getByRole("group", { name: group })
    .getByRole("radio", { name: choice, exact: true })
    .click();
}

/** The province's whole year, as its table prints it. */
const total = (person: Person, name: string) =>
  rowOf(person.page.locator("#places"), name).getByRole("cell").first();

test("the language switch changes every word, is remembered, and changes no number", async ({
  at,
}) => {
  const person = await at("province");
  const { page } = person;
  await person.opens(YEAR);
  await tableOf(page, "#places");
  const spent = await total(person, "合计").innerText();
  await switches(person, "界面语言", "English");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("navigation", { name: "Main navigation" }).first()).toBeVisible();
  await expect(total(person, "Total")).toHaveText(spent);
  await person.opens("/ledger?year=2023");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.reload();
  await expect(page.getByRole("group", { name: "Language" }).getByLabel("English")).toBeChecked();
  await switches(person, "Language", "中文");
  await expect(person.heading("2023 年发放台账")).toBeVisible();
  await page.reload();
  await expect(person.heading("2023 年发放台账")).toBeVisible();
});

test("the unit switch is remembered, printed in every header, and agrees with itself", async ({
  at,
}) => {
  const person = await at("auditor");
  const { page } = person;
  await person.opens(YEAR);
  await expect(await tableOf(page, "#places")).toContainText("支出（元）");
  const fen = fenOf(await total(person, "合计").innerText());
  await switches(person, "金额单位", "万元");
  await expect(page.locator("#places")).toContainText("支出（万元）");
  await expect(page.locator("#places")).not.toContainText("（元）");
  const shown = await total(person, "合计").innerText();
  // Two places of 万元, rounded half up for display only.
  expect(fenOf(shown)).toBe((fen + 5_000n) / 10_000n);

  await person.opens("/ledger?year=2023");
  await expect(page.getByRole("columnheader", { name: /金额/ })).toContainText("万元");
  const exact = /笔，(\S+) 万元/.exec(
    await page.getByText(/^全部页合计：已审核 .* 万元$/).innerText(),
  )?.[1];
  expect(exact).toBe(shown);
  await person.opens("/reports?year=2023");
  await expect(page.getByText("单位：万元").first()).toBeVisible();
  await page.reload();
  await expect(page.getByText("单位：万元").first()).toBeVisible();
  await switches(person, "金额单位", "元");
  await expect(page.getByText("单位：元", { exact: true }).first()).toBeVisible();
});
