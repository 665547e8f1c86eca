import { EntryForm, REPLY } from "@/e2e/actors/entry-form";
import type { Person } from "@/e2e/actors/person";
import { unique } from "@/e2e/actors/records";
import { dashboardFen, fenOf, spentInCsv, spentInWorkbook } from "@/e2e/expectations/figures";
import { expect, test } from "@/e2e/fixtures";

const NOTE = unique("走遍各表的一笔");
const WRONG = "36.58万";
const RIGHT = "356,812.37";
const WORDS = unique("发放表上是 356,812.37 元，请核对");
const COUNTY = "祁连县";

type Tables = { dashboard: bigint; ledger: bigint; workbook: bigint; csv: bigint };

/** Spending of the county in every table that has it. Only this journey approves there. */
async function spendingInEveryTable(province: Person): Promise<Tables> {
  await province.opens("/dashboard?year=2026&org=632200");
  const dashboard = await dashboardFen(province.page, "#places", COUNTY);
  await province.opens("/ledger?year=2026&org=632222");
  const total = province.page.getByText(/^全部页合计：已审核 .* 元$/);
  const ledger = fenOf(/笔，(\S+) 元/.exec(await total.innerText())?.[1] ?? "");
  await province.opens("/reports?year=2026&org=632200");
  const workbook = await spentInWorkbook(
    await province.downloadsFromMenu("下载", "下载 Excel（xlsx）"),
  );
  const csv = spentInCsv(await province.downloadsFromMenu("下载", "下载 csv"));
  expect(workbook).toEqual(csv);
  const found = (spent: Map<string, bigint>) => spent.get(`${COUNTY}总工会 632222`) ?? 0n;
  return { dashboard, ledger, workbook: found(workbook), csv: found(csv) };
}

test("a clerk enters, a reviewer returns, the clerk fixes, the reviewer approves, and every table moves to the fen", async ({
  at,
}) => {
  const province = await at("province");
  const before = await spendingInEveryTable(province);
  expect(new Set(Object.values(before)).size, "every table says the same before").toBe(1);

  const clerk = await at("clerk.qilian");
  await clerk.opens("/entry");
  const form = new EntryForm(clerk);
  await form.fill({
    programme: "冬送温暖",
    day: "2026-11-18",
    amount: WRONG,
    counts: "211户633人",
    source: "县总工会经费",
    note: NOTE,
  });
  await clerk.sees("= 365,800.00 元");
  await clerk.sees("叁拾陆万伍仟捌佰元整");
  const id = await form.submit();
  await clerk.sees("已上报");

  const reviewer = await at("reviewer.haibei");
  await reviewer.opens("/review");
  const waiting = reviewer.page.getByRole("listitem").filter({ hasText: NOTE });
  await expect(waiting).toContainText("365,800.00");
  await waiting.getByRole("button", { name: /^退回 / }).click();
  const dialog = reviewer.page.getByRole("dialog", { name: /^退回 / });
  await dialog.getByLabel("原因").selectOption({ label: "金额有误" });
  await dialog.getByLabel("需要改什么").fill(WORDS);
  await dialog.getByRole("button", { name: "退回", exact: true }).click();
  await reviewer.sees(/^已退回/);

  await clerk.opens("/workbench");
  const returned = clerk.page.getByRole("listitem").filter({ hasText: WORDS });
  await expect(returned).toContainText("金额有误");
  await returned.getByRole("link", { name: "冬送温暖" }).click();
  await clerk.page.waitForURL(`**/entry/${id}`);
  await clerk.sees("已退回：金额有误");
  await form.amount.fill(RIGHT);
  expect(await form.submit()).toBe(id);

  await reviewer.opens(`/disbursements/${id}`);
  await reviewer.sees(`答复退回：${REPLY}`);
  await reviewer.presses("审核通过");
  await reviewer.page
    .getByRole("dialog")
    .getByRole("button", { name: "审核通过", exact: true })
    .click();
  await reviewer.sees(/^已审核通过：/);

  const after = await spendingInEveryTable(province);
  const moved = before.dashboard + 35_681_237n;
  expect(after).toEqual({ dashboard: moved, ledger: moved, workbook: moved, csv: moved });
  await province.opens(`/ledger?year=2026&org=632222&q=${encodeURIComponent(NOTE)}`);
  const rows = province.page.getByRole("grid").locator("tbody").getByRole("row");
  await expect(rows.filter({ hasText: "356,812.37" }).filter({ hasText: "已审核" })).toHaveCount(1);
});
