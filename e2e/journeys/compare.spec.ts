import { readFile } from "node:fs/promises";
import { readXlsx } from "hucre";
import { fenOf, tableOf } from "@/e2e/expectations/figures";
import { expect, test } from "@/e2e/fixtures";

const DESK = { viewport: { width: 1366, height: 768 }, unit: "yuan" } as const;

test("the province sets two counties side by side, adds a third, opens a figure and takes the table away", async ({
  at,
}) => {
  const person = await at("province", DESK);
  const { page } = person;
  // a year that is closed: no journey beside this one moves its figures
  await person.opens("/compare?of=org&a=630123&b=632222&year=2023");
  await expect(person.heading("2023 年湟源县、祁连县帮扶支出对比")).toBeVisible();
  const totals = page.locator("#comparetotals").getByRole("table");
  const line = (name: RegExp) =>
    totals.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  const [first, second, difference] = await line(/^支出/).getByRole("cell").allInnerTexts();
  expect(fenOf(second ?? "") - fenOf(first ?? "")).toBe(fenOf(difference ?? ""));
  await expect(page.getByText(/^比湟源县(多|少) /)).toBeVisible();
  await expect(page.locator("#comparesplit .recharts-rectangle").first()).toBeVisible();

  const months = await tableOf(page, "#comparemonths");
  const foot = months.getByRole("row").filter({ hasText: /^合计/ });
  await expect(foot.getByRole("cell").first()).toHaveText(first ?? "");

  const book = await readXlsx(
    new Uint8Array(await person.downloadsFromMenu("下载", "表格（Excel）")),
  );
  const written = book.sheets[0]?.rows.find(([name]) => String(name).includes("支出（元）"));
  expect([Number(written?.[1]).toFixed(2), Number(written?.[2]).toFixed(2)]).toEqual(
    [first, second].map((text) => text?.replaceAll(",", "")),
  );

  // each card by itself: its own table, and its drawing with what stands side by side
  const files = page.getByRole("button", { name: "下载：各项目支出", exact: true });
  const taken = async (item: string) => {
    await files.click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByText(item, { exact: true }).filter({ visible: true }).click(),
    ]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };
  const svg = await taken("图（SVG）");
  expect(svg.name).toBe("2023_年湟源县、祁连县帮扶支出对比_各项目支出.svg");
  for (const said of ["湟源县", "祁连县", "单位：元", "数据截至"])
    expect(svg.bytes.toString()).toContain(said);
  expect(svg.bytes.toString().match(/<rect/g)?.length).toBeGreaterThan(10);
  const png = await taken("图（PNG）");
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(png.bytes.length).toBeGreaterThan(10_000);
  const csv = (await taken("表格（CSV）")).bytes.toString();
  expect([csv.includes("各项目支出"), csv.includes("金额有多确切")]).toEqual([true, false]);

  await page.goto("/compare?of=org&a=630123&b=632222&c=630121&year=2023");
  await expect(person.heading(/大通/)).toBeVisible();
  await expect(line(/^支出/).getByRole("cell")).toHaveCount(7);
  await line(/^支出/).getByRole("cell").nth(2).getByRole("link").click();
  await expect(page.getByText(/与所点数字一致。/)).toBeVisible();
});

test("a year under way stands beside the last one over the months that are complete", async ({
  at,
}) => {
  const person = await at("reviewer.xining", DESK);
  await person.opens("/compare?of=year&a=2025&b=2024");
  await expect(person.heading("2025 年、2024 年帮扶支出对比")).toBeVisible();
  // one is invented, the other printed: nothing is worked out between them
  await expect(person.page.getByText(/这两年不作比较/)).toBeVisible();
});

test("the months chart narrows the page, as a condition that is taken off again; a bar opens its vouchers", async ({
  at,
}) => {
  const person = await at("province", DESK);
  const { page } = person;
  await person.opens("/dashboard?year=2023");
  const months = page.locator("#months");
  await months.getByRole("link", { name: "只看7 月" }).click();
  await expect(person.heading("2023 年 7 月全省帮扶支出")).toBeVisible();
  await expect(page).toHaveURL(/month=7/);
  await expect(page.getByText("与上年同月比。")).toBeVisible();
  const spent = page.getByRole("main").locator("dl dd").first().getByRole("link").first();
  const amount = fenOf((await spent.innerText()).replace(/[^\d.,-]/g, ""));
  const table = await tableOf(page, "#months");
  const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "7 月", exact: true }) }); // prettier-ignore
  expect(fenOf(await row.getByRole("cell").first().innerText())).toBe(amount);

  await page.getByRole("link", { name: "去掉筛选条件：月份 7 月" }).click();
  await expect(person.heading("2023 年全省帮扶支出")).toBeVisible();

  // so does a column's heading of county by programme
  const cross = await tableOf(page, "#cross");
  const heading = cross.getByRole("columnheader").getByRole("link").first();
  const programme = await heading.innerText();
  await heading.click();
  await expect(page).toHaveURL(/programme=/);
  await expect(page.getByRole("link", { name: `去掉筛选条件：项目 ${programme}` })).toBeVisible();
});

test("how the map is drawn stands in the address, and stays where the page is narrowed", async ({
  at,
}) => {
  const person = await at("province", DESK);
  const { page } = person;
  await person.opens("/dashboard?year=2026&map=households&classes=equal&steps=3");
  const map = page.locator("#cross");
  await map.locator('input[value="chart"]').first().check();
  await expect(map.getByRole("radio", { name: "户均" })).toBeChecked();
  await expect(map.getByRole("radio", { name: "等距分档" })).toBeChecked();
  await expect(map.getByRole("radio", { name: "3 档" })).toBeChecked();
  await map.getByRole("radio", { name: "4 档" }).check();
  await expect(page).toHaveURL(/steps=4/);
  await map.getByRole("radio", { name: "合计" }).check();
  await expect(page).not.toHaveURL(/map=/);
  await expect(page.locator('#months a[href*="month="][href*="steps=4"]').first()).toBeAttached();
});
