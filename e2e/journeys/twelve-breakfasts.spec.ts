import { openClerk, OWN_PASSWORD } from "@/e2e/actors/accounts";
import { Grid } from "@/e2e/actors/grid";
import { Person } from "@/e2e/actors/person";
import { type RecordAnswer, unique } from "@/e2e/actors/records";
import { fenOf, rowOf, tableOf } from "@/e2e/expectations/figures";
import { expectRawSum } from "@/e2e/expectations/raw-sums";
import { expect, test } from "@/e2e/fixtures";

const HOME = "630105";
const FILTER = `year=2025&org=${HOME}&programme=love-breakfast`;
type Row = RecordAnswer & { note: string; periodFrom: string; periodTo: string };

test("a year of breakfasts is written once, goes in as twelve months, and the dashboard counts every voucher", async ({
  over,
  page,
}) => {
  const account = await openClerk(await over("admin"), HOME);
  const clerk = new Person(page);
  await clerk.signsInFirst(account.username, account.password, OWN_PASSWORD);
  const reviewer = await over("reviewer.xining");
  const before = await expectRawSum(reviewer, FILTER);

  const grid = new Grid(clerk);
  const note = unique("全年早餐");
  await grid.open();
  const head = ["项目", "起始日期", "截止日期", "金额（元）", "人次", "资金来源", "备注"];
  const january = ["爱心早餐", "2025-01-01", "2025-01-31", "4321.50", "960", "县总工会经费", note];
  await grid.paste({ text: [head, january].map((cells) => cells.join("\t")).join("\r\n") });
  await clerk.sees(/已贴入 1 行，金额 4,321.50 元/);
  await grid.goTo(1, 1);
  await page.getByRole("button", { name: "行", exact: true }).click();
  await page.getByRole("button", { name: "把这一行按月展开成十二行" }).click();
  await expect(grid.row(12).getByRole("rowheader")).toBeVisible();

  await clerk.presses("上报");
  const asked = page.getByRole("dialog", { name: /行须说明后上报/ });
  await expect(asked.or(page.getByText(/已上报 12 笔/)).first()).toBeVisible({ timeout: 30_000 });
  if (await asked.isVisible()) {
    for (const answer of await asked.getByRole("combobox", { name: "说明" }).all())
      await answer.selectOption({ label: "已核对，填写无误" });
    await asked.getByRole("button", { name: "确认并上报" }).click();
  }
  await clerk.sees(/已上报 12 笔，已移出表格/);

  const { items } = await reviewer.read<{ items: Row[] }>(
    `/disbursements?${FILTER}&status=submitted&q=${encodeURIComponent(note)}&sort=ledgerOn`,
  );
  const months = items.map(({ periodFrom, periodTo }) => `${periodFrom} ${periodTo}`);
  expect(months).toHaveLength(12);
  expect([months[0], months[1], months[11]]).toEqual([
    "2025-01-01 2025-01-31",
    "2025-02-01 2025-02-28",
    "2025-12-01 2025-12-31",
  ]);
  for (const { id, version } of items)
    await reviewer.write("POST", `/disbursements/${id}/approve`, { version });
  const after = await expectRawSum(reviewer, FILTER);
  expect(after - before).toBe(12n * 432_150n);

  const url = new URL(page.url()).origin;
  await page.context().addCookies([{ name: "nz-unit", value: "yuan", url }]);
  await clerk.opens("/dashboard?year=2025");
  const line = rowOf(await tableOf(page, "#programmes"), "爱心早餐")
    .getByRole("cell")
    .first();
  expect(fenOf(await line.innerText())).toBe(after);
});
