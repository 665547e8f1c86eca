import { readXlsx } from "hucre";
import { fenOf } from "@/e2e/expectations/figures";
import { expect, test } from "@/e2e/fixtures";

test("the province turns its first table, folds a prefecture, opens a cell on its vouchers and takes the table away", async ({
  at,
}) => {
  const person = await at("province", { unit: "yuan" });
  const { page } = person;
  // a year that is closed: no journey beside this one moves its figures
  await person.opens("/cross?year=2023");
  await expect(person.heading("2023 年全省支出：单位 × 项目")).toBeVisible();
  const row = (name: string) =>
    page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  const total = await row("合计").getByRole("cell").first().innerText();

  await page.getByRole("link", { name: "收起西宁市" }).click();
  await expect(row("湟源县")).toHaveCount(0);
  await expect(row("合计").getByRole("cell").first()).toHaveText(total);
  await page.getByRole("link", { name: "行列互换" }).click();
  await expect(person.heading("2023 年全省支出：项目 × 单位")).toBeVisible();
  await expect(row("合计").getByRole("cell").first()).toHaveText(total);

  const book = await readXlsx(
    new Uint8Array(await person.downloadsFromMenu("下载", "表格（Excel）")),
  );
  const written = book.sheets[0]?.rows.find(([name]) => name === "合计")?.[1];
  expect(Number(written).toFixed(2)).toBe(total.replace(/[,*]/g, ""));

  const cell = row("夏送清凉").getByRole("cell").getByRole("link").nth(1);
  const amount = await cell.innerText();
  await cell.click();
  await expect(page.getByText(/与所点数字一致。/)).toBeVisible();
  await expect(page.getByText(amount).first()).toBeVisible();
  expect(fenOf(amount)).toBeGreaterThan(0n);
});
