import { expectAccessible, expectNoSidewaysScroll } from "@/e2e/expectations/accessible";
import type { Person } from "@/e2e/actors/person";
import { unique } from "@/e2e/actors/records";
import { openTable } from "@/e2e/actors/table-file";
import { corrected } from "@/testing/libreoffice";
import { expect, test } from "@/e2e/fixtures";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** From the page for tables to the page of the file, read. */
async function uploads(
  clerk: Person,
  name: string,
  buffer: Buffer,
  mimeType = XLSX,
): Promise<void> {
  await clerk.opens("/import");
  await clerk.choosesFile("文件", { name, mimeType, buffer });
  await clerk.presses("上传并检查");
  await clerk.page.waitForURL(/\/import\/\d+$/);
  await expect(clerk.page.getByText("待存入", { exact: true })).toBeVisible({ timeout: 60_000 });
}
const stat = (clerk: Person, label: string) =>
  clerk.page.locator("dt", { hasText: new RegExp(`^${label}$`) }).locator("xpath=following-sibling::dd[1]"); // prettier-ignore

async function template(clerk: Person): Promise<Buffer> {
  await clerk.opens("/import");
  await clerk.page.getByLabel("项目").selectOption({ label: "金秋助学" });
  return clerk.downloads("下载模板");
}

test("a template is filled in, its good rows are stored, its bad ones corrected and brought in again, and nothing twice", async ({
  at,
  over,
}) => {
  test.setTimeout(240_000);
  const clerk = await at("clerk.huangyuan");
  const api = await over("clerk.huangyuan");
  const words = unique("导入走查");
  const drafts = async () => {
    const found = await api.read<{ items: { amountFen: string }[] }>(
      `/disbursements?status=draft&organisation=630123&q=${encodeURIComponent(words)}&limit=50`,
    );
    return found.items.map(({ amountFen }) => Number(amountFen)).sort((a, b) => a - b);
  };
  const line = (n: number, amount: string) => ({
    项目: "金秋助学",
    发放日期: `2026-08-${10 + n}`,
    "金额（元）": amount,
    户数: "3",
    资金来源: "县级工会经费",
    备注: `${words} ${n}`,
  });
  const table = await openTable(await template(clerk));
  expect(table.rows[1]?.[0]).toBe("示例");
  table.add(line(1, "1200.00"));
  table.add(line(2, "约定"));
  table.add(line(3, "约0.3万"));
  const file = await table.save();

  await uploads(clerk, "走查.xlsx", file);
  await expect(stat(clerk, "没有问题")).toContainText("2");
  await expect(stat(clerk, "有问题")).toContainText("1");
  await clerk.sees("约定");
  await expectAccessible(clerk.page);
  expect(await drafts(), "nothing counts before it is stored").toEqual([]);

  await clerk.presses("只存没有问题的 2 行");
  await expect(clerk.page.getByText("2 行已存为草稿")).toBeVisible({ timeout: 60_000 });
  expect(await drafts()).toEqual([120_000, 300_000]);

  const rejected = await clerk.downloads(/^下载有问题的 1 行$/);
  const back = await openTable(rejected);
  expect(back.heads.slice(0, 2)).toEqual(["原因", "行号"]);
  expect(back.rows[1]?.[0]).toContain("金额（元）");
  // opened in LibreOffice, corrected and saved there
  await uploads(clerk, "改好.xlsx", await corrected(rejected, { 约定: "450" }));
  await clerk.presses("存 1 行为草稿");
  await expect(clerk.page.getByText("1 行已存为草稿")).toBeVisible({ timeout: 60_000 });
  expect(await drafts()).toEqual([45_000, 120_000, 300_000]);

  // the same file once more: what is in is known
  await uploads(clerk, "走查.xlsx", file);
  await expect(stat(clerk, "以前已导入")).toContainText("2");
  await clerk.sees("没有可以存入的行");
  expect(await drafts()).toHaveLength(3);
  // one of them was paid a second time, which is said of that row alone
  await clerk.page.locator("summary", { hasText: "逐行核对" }).click();
  await clerk.presses("第 5 行确实是另一笔");
  await clerk.presses("是另一笔");
  await clerk.sees("请写明理由");
  await clerk.page.getByLabel("理由", { exact: true }).fill("九月补发第二批");
  await clerk.presses("是另一笔");
  await expect(stat(clerk, "没有问题")).toContainText("1");
  await clerk.presses("只存没有问题的 1 行");
  await expect(clerk.page.getByText("1 行已存为草稿")).toBeVisible({ timeout: 60_000 });
  expect(await drafts()).toEqual([45_000, 120_000, 300_000, 300_000]);

  // the first import is taken back as a whole
  await clerk.opens("/import");
  await clerk.page.getByRole("row", { name: /走查\.xlsx/ }).filter({ hasText: "已存入" }).getByRole("link").last().click(); // prettier-ignore
  await clerk.presses("撤销这次导入");
  await clerk.page.getByRole("dialog").getByRole("button", { name: "撤销", exact: true }).click();
  await expect(clerk.page.getByText("2 行已撤销，对应的草稿已作废。")).toBeVisible({ timeout: 60_000 }); // prettier-ignore
  expect(await drafts()).toEqual([45_000, 300_000]);
});

test("somebody else's table is mapped once; what is not a table is refused in words", async ({
  at,
}) => {
  const clerk = await at("clerk.huangyuan");
  const name = unique("外来");
  const csv = (amount: string) =>
    Buffer.from(`${name}统计\n单位：万元\n啥项目,给了多少${name},哪天,谁出的\n${name},${amount},2026.8.9,县级工会经费\n`); // prettier-ignore
  await uploads(clerk, "外来.csv", csv("1.5"), "text/csv");
  await clerk.sees(/没有读的列/);
  const columns = clerk.page.locator("details").filter({ hasText: "改各列的对应" });
  if (!(await columns.evaluate((details: HTMLDetailsElement) => details.open)))
    await columns.locator("summary").click();
  await clerk.page.getByLabel(`给了多少${name} 对应`).selectOption({ label: "金额（元）" });
  await clerk.page.getByLabel(`给了多少${name} 的单位`).selectOption({ label: "万元" });
  await clerk.page.getByLabel("啥项目 对应").selectOption({ label: "项目" });
  await clerk.page.getByLabel("哪天 对应").selectOption({ label: "发放日期" });
  await clerk.page.getByLabel("谁出的 对应").selectOption({ label: "资金来源" });
  await clerk.presses("按这样重读");
  // their word for the programme is none of ours: it is picked once
  await clerk.sees("有 1 个说法和我们的名称对不上");
  await clerk.page.getByLabel(`项目里的“${name}”对应`).selectOption({ label: "金秋助学" });
  await expectAccessible(clerk.page);
  await clerk.presses("按这样重读");
  await expect(stat(clerk, "金额合计（有问题的行除外）")).toContainText("15,000.00", {
    timeout: 60_000,
  });
  await uploads(clerk, "外来2.csv", csv("1.6"), "text/csv");
  await clerk.sees("和这个单位以前导入的同样的表一样。");
  await expect(stat(clerk, "金额合计（有问题的行除外）")).toContainText("16,000.00");
  await clerk.presses("存 1 行为草稿");
  await expect(clerk.page.getByText("1 行已存为草稿")).toBeVisible({ timeout: 60_000 });
  await uploads(clerk, "外来2.csv", csv("1.6"), "text/csv");
  await clerk.sees("没有可以存入的行");

  await clerk.opens("/import");
  const buffer = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
  await clerk.choosesFile("文件", { name: "旧.xls", mimeType: "application/vnd.ms-excel", buffer });
  await clerk.presses("上传并检查");
  await expect(clerk.page.getByText("这是旧的 xls 格式", { exact: false })).toBeVisible({ timeout: 60_000 }); // prettier-ignore
});

test("the ledger in each of the tables of others is known when it comes back, row for row", async ({
  at,
  over,
}) => {
  const clerk = await at("clerk.huangyuan");
  const api = await over("clerk.huangyuan");
  const words = unique("往返");
  const tables = [
    { map: "golden-autumn-table", counts: "3,9,," },
    { map: "warm-winter-ledger", counts: "2,5,," },
    { map: "cool-summer-table", counts: ",,40,120" },
    { map: "national-list", counts: "4,8,16," },
  ];
  const rows = tables.flatMap(
    ({ map, counts }, at) =>
    [1, 2].map((n) => `金秋助学,2026-08-${10 + n},${1000 * (at + 1) + n}.50,${counts},县级工会经费,${words} ${map}`), // prettier-ignore
  );
  const first = `项目,发放日期,金额（元）,户数,人数,人次,份数,资金来源,备注\n${rows.join("\n")}\n`;
  const brought = async (name: string, mimeType: string, buffer: Buffer) => {
    const { id } = await api.upload<{ id: string }>("/imports", {
      organisation: "630123",
      file: { name, mimeType, buffer },
    });
    await expect
      .poll(async () => (await api.read(`/imports/${id}`))["status"], { timeout: 60_000 })
      .toBe("preview");
    return api.read(`/imports/${id}`);
  };
  const { id, good } = await brought("往返.csv", "text/csv", Buffer.from(first));
  expect(good).toBe(rows.length);
  await api.send("POST", `/imports/${String(id)}/commit`, { goodRowsOnly: false });
  await expect
    .poll(async () => (await api.read(`/imports/${String(id)}`))["status"], { timeout: 60_000 })
    .toBe("committed");

  const asked = (map: string) => `year=2026&status=draft&q=${encodeURIComponent(`${words} ${map}`)}`; // prettier-ignore
  const [shown, ...others] = tables;
  await clerk.opens(`/ledger?${asked(shown?.map ?? "")}`);
  const file = await clerk.downloadsFromMenu("导出", "导出为金秋助学汇总表");
  await uploads(clerk, "回来.xlsx", file);
  await expect(stat(clerk, "以前已导入")).toContainText("2");
  await clerk.sees("没有可以存入的行");
  for (const { map } of others) {
    const answer = await api.get(`/exports/ledger?format=xlsx&map=${map}&${asked(map)}`);
    const back = await brought(`${map}.xlsx`, XLSX, await answer.body());
    expect([map, back["rows"], back["known"], back["bad"]]).toEqual([map, 2, 2, 0]);
  }
  const found = await api.read<{ items: unknown[] }>(`/disbursements?q=${encodeURIComponent(words)}&limit=50`); // prettier-ignore
  expect(found.items).toHaveLength(rows.length);
});

test("by keyboard alone, on a telephone", async ({ at }) => {
  const clerk = await at("clerk.huangyuan", { viewport: { width: 390, height: 844 } });
  const csv = `项目,发放日期,金额（元）,户数,资金来源,备注\n金秋助学,2026-08-28,不知道,3,县级工会经费,${unique("手机")}\n`;
  await clerk.opens("/import");
  const input = clerk.page.getByLabel("文件", { exact: true });
  await clerk.choosesFile("文件", {
    name: "手机.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(csv),
  });
  await input.focus();
  await clerk.page.keyboard.press("Tab");
  await clerk.page.keyboard.press("Enter");
  await clerk.page.waitForURL(/\/import\/\d+$/);
  await clerk.sees("不知道");
  await expectNoSidewaysScroll(clerk.page);
  await expectAccessible(clerk.page);
});

test("two hundred rows stand at once, and a tab that is closed stops nothing", async ({
  at,
  over,
}) => {
  const clerk = await at("clerk.huangyuan", { locale: "en" });
  const words = unique("Two hundred");
  const lines = Array.from({ length: 200 }, (_, n) => `金秋助学,2026-08-28,${n + 1}.50,1,县级工会经费,${words} ${n}`); // prettier-ignore
  const csv = `项目,发放日期,金额（元）,户数,资金来源,备注\n${lines.join("\n")}\n`;
  await clerk.opens("/import");
  await clerk.choosesFile("File", {
    name: "rows.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(csv),
  });
  await clerk.sees(/rows\.csv \(\d+ KB\)/);
  await clerk.presses("Upload and check");
  const store = clerk.page.getByRole("button", { name: "Store 200 rows as drafts" });
  await expect(store).toBeVisible({ timeout: 60_000 });
  const address = clerk.page.url();
  const asked = clerk.page.waitForResponse(/\/commit$/);
  await store.click();
  await asked;
  const tab = await clerk.page.context().newPage();
  await clerk.page.close();
  await tab.goto(address);
  await expect(tab.getByText("200 rows are drafts")).toBeVisible({ timeout: 60_000 });
  const api = await over("clerk.huangyuan");
  const found = await api.read<{ items: { amountFen: string }[] }>(
    `/disbursements?status=draft&organisation=630123&q=${encodeURIComponent(words)}&limit=200`,
  );
  const fen = found.items.map(({ amountFen }) => Number(amountFen));
  expect([fen.length, fen.reduce((sum, one) => sum + one, 0)]).toEqual([200, 2_020_000]);
});
