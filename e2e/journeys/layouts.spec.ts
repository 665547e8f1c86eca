import { readFileSync } from "node:fs";
import { readXlsx } from "hucre";
import { fenOf } from "@/e2e/expectations/figures";
import { expect, test } from "@/e2e/fixtures";
import type { Layout } from "@/lib/features/layouts/types";

test("the province opens a form, opens a cell on its vouchers, draws a form of its own and sends it as a file; a county reads it with its own records", async ({
  at,
}, testInfo) => {
  const person = await at("province", { unit: "yuan" });
  const { page } = person;
  const choose = async (item: string, role: "button" | "link" = "button") => {
    await page.getByRole("button", { name: "表样", exact: true }).click();
    await page.getByRole(role, { name: item, exact: true }).click();
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
  await choose("另存为自定表样", "link");
  const dialog = page.getByRole("dialog");
  await page.getByLabel("名称", { exact: true }).fill(name);
  await page.getByRole("button", { name: "删去第 4 组列", exact: true }).click();
  await page.getByRole("button", { name: "保存" }).click();
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
  for (const board of ["/reports/layouts/new?from=annual", `${own}/edit`]) {
    await clerk.opens(board);
    await expect(clerk.page).toHaveURL(/\/forbidden$/);
  }
});

test("a form drawn on the screen, with a condition and columns that gather values, is the form that is sent as json, figure by figure", async ({
  at,
  over,
}) => {
  const { page } = await at("province", { unit: "yuan" });
  const api = await over("province");
  const name = `资金表 ${Date.now() % 100_000}`;
  const choose = async (of: string, ...values: string[]) => {
    await page.getByRole("button", { name: `选择${of}`, exact: true }).click();
    for (const value of values) await page.getByLabel(value, { exact: true }).check();
    await page.keyboard.press("Escape");
  };
  await page.goto("/cross?year=2023&columns=fundSource");
  await page.getByRole("link", { name: "存为表样" }).click();
  await expect(page.getByRole("heading", { name: "新的自定表样" })).toBeVisible();
  await page.getByLabel("名称", { exact: true }).fill(name);
  await page.getByRole("button", { name: "添加条件" }).click();
  await page.getByRole("button", { name: "形式", exact: true }).click();
  await choose("形式", "银行转账", "现金");
  await page.getByRole("button", { name: "在第 2 组列里加一列" }).click();
  const column = (number: number) =>
    page.getByRole("group", { name: `第 ${number} 列`, exact: true });
  await column(1).getByLabel("列名", { exact: true }).fill("财政");
  await choose("第 2 组列第 1 列：资金来源", "中央财政", "省财政");
  await page.getByRole("button", { name: "在第 2 组列里加一列" }).click();
  await column(2).getByLabel("列名", { exact: true }).fill("省总");
  // a value of the other column is refused where it stands
  await choose("第 2 组列第 2 列：资金来源", "省财政（已在“财政”列）", "省总工会经费");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(column(2)).toContainText("同一个值只能归入一列");
  await column(2)
    .getByRole("button", { name: /^去掉“省财政/ })
    .click();
  const up = page.getByRole("button", { name: "上移第 2 组列第 2 列" });
  await up.press("Enter");
  await expect(page.getByRole("button", { name: "下移第 2 组列第 1 列" })).toBeFocused();
  await page.getByRole("button", { name: "表下说明加一行" }).click();
  await page.getByLabel("表下说明第 1 行", { exact: true }).fill("{year} 年只列转账和现金。");
  await page.getByRole("button", { name: "保存" }).click();
  await page.waitForURL(/\/reports\/layouts\/\d+$/);
  const id = page.url().replace(/.*\//, "");

  const { layout } = await api.read<{ layout: Layout }>(`/layouts/${id}`);
  const text = (zh: string) => ({ zh, en: "" });
  const written: Layout = {
    ...layout,
    title: text(`${name} 二`),
    rows: "organisation",
    filter: { form: ["transfer", "cash"] },
    blocks: [
      { name: { zh: "合计", en: "Total" }, axis: null, measures: ["amountFen"] },
      {
        ...{ name: text(""), axis: "fundSource", measures: ["amountFen"] },
        groups: [
          { name: text("省总"), codes: ["provincial-union"] },
          { name: text("财政"), codes: ["central-treasury", "provincial-treasury"] },
        ],
      },
    ],
    notes: [text("{year} 年只列转账和现金。")],
  };
  expect({ ...layout, title: written.title }).toEqual(written);
  const sent = await api.write<{ id: string }>("POST", "/layouts", { layout: written });
  const figures = async (of: string) => {
    const answer = await api.get(`/exports/layout?layout=${of}&year=2023&format=csv`);
    expect(answer.status()).toBe(200);
    return (await answer.text()).split("\r\n").slice(1);
  };
  const drawn = await figures(id);
  expect(drawn).toEqual(await figures(sent.id));
  expect(drawn.join("\n")).toContain("2023 年只列转账和现金。");
  const total = drawn.find((line) => line.startsWith("合计")) ?? "";
  expect(total.split(",").filter((cell) => /[1-9]/.test(cell)).length).toBeGreaterThan(2);
  await page.goto(`/reports/layouts/${id}?year=2023`);
  await expect(page.getByText("不符")).toHaveCount(0);
});
