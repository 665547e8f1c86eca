import { readFileSync } from "node:fs";
import { readXlsx } from "hucre";
import { fenOf } from "@/e2e/expectations/figures";
import { expect, test } from "@/e2e/fixtures";

test("the province opens a form, opens a cell on its vouchers, draws a form of its own and sends it as a file; a county reads it with its own records", async ({
  at,
}, testInfo) => {
  const person = await at("province", { unit: "yuan" });
  const { page } = person;
  const choose = async (item: string) => {
    await page.getByRole("button", { name: "表样", exact: true }).click();
    await page.getByRole("button", { name: item, exact: true }).click();
  };
  // a year that is closed: no journey beside this one moves its figures
  await person.opens("/reports?year=2023");
  await page.getByRole("link", { name: "报表表样" }).click();
  await page.getByRole("link", { name: "送温暖统计表" }).click();
  await page.goto("/reports/layouts/warm-winter?year=2023");
  await expect(person.heading("2023 年度送温暖统计表")).toBeVisible();
  const total = page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: "合计", exact: true }) })
    .first();
  const sum = await total.getByRole("cell").first().innerText();
  expect(fenOf(sum)).toBeGreaterThan(0n);
  await expect(page.getByText("不符")).toHaveCount(0);

  const book = await readXlsx(
    new Uint8Array(await person.downloadsFromMenu("下载", "表格（Excel）")),
  );
  const written = book.sheets[0]?.rows.find(([name]) => name === "合计")?.[2];
  expect(Number(written).toFixed(2)).toBe(sum.replace(/,/g, ""));
  await total.getByRole("cell").first().getByRole("link").click();
  await expect(page.getByText(/与所点数字一致。/)).toBeVisible();
  await expect(page.getByText(sum).first()).toBeVisible();

  const name = `送温暖进度表 ${Date.now() % 100_000}`;
  await page.goto("/reports/layouts/warm-winter?year=2023");
  await choose("另存为自定表样");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("名称", { exact: true }).fill(name);
  await dialog.getByRole("button", { name: "删去这组列" }).last().click();
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.waitForURL(/\/reports\/layouts\/\d+/);
  const own = page.url().replace(/.*(\/reports\/layouts\/\d+).*/, "$1");
  await page.goto(`${own}?year=2023`);
  await expect(total.getByRole("cell").first()).toHaveText(sum);

  const given = testInfo.outputPath("form.json");
  const [file] = await Promise.all([page.waitForEvent("download"), choose("下载表样文件（json）")]);
  await file.saveAs(given);
  expect(JSON.parse(readFileSync(given, "utf8"))).toMatchObject({ schema: 1, title: { zh: name } });
  await page.goto("/reports/layouts");
  await page.getByRole("button", { name: "导入表样文件" }).click();
  await dialog.getByLabel("表样文件").setInputFiles(given);
  await dialog.getByRole("button", { name: "导入表样文件" }).click();
  await expect(dialog.getByText("本省已有同名的表样")).toBeVisible();
  await dialog.getByLabel("名称", { exact: true }).fill(`${name} 二`);
  await dialog.getByRole("button", { name: "导入表样文件" }).click();
  await page.waitForURL(/\/reports\/layouts\/\d+/);
  await expect(person.heading(new RegExp(`${name} 二$`))).toBeVisible();

  const clerk = await at("clerk.chengxi", { unit: "yuan" });
  await clerk.opens(`${own}?year=2023`);
  await expect(clerk.page.getByText(/填报单位（盖章）：.*城西区总工会/).first()).toBeVisible();
  await expect(clerk.page.getByRole("button", { name: "表样" })).toBeVisible();
  const theirs = clerk.page
    .getByRole("row")
    .filter({ has: clerk.page.getByRole("rowheader", { name: "合计", exact: true }) })
    .first();
  const less = await theirs.getByRole("cell").first().innerText();
  expect(fenOf(less)).toBeGreaterThan(0n);
  expect(fenOf(less)).toBeLessThan(fenOf(sum));
});
