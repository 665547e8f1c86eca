import type { ApiActor } from "@/e2e/actors/api";
import { answersTo, plainRecord, unique, type RecordAnswer } from "@/e2e/actors/records";
import { expectAccessible, expectNoSidewaysScroll } from "@/e2e/expectations/accessible";
import { expect, test } from "@/e2e/fixtures";

// No other journey approves anything of this programme.
const PROGRAMME = "needy-worker-aid";
const CONDITIONS = `year=2026&programme=${PROGRAMME}`;

const payment = (amountFen: string) => ({
  programme: PROGRAMME,
  aidCategory: "living",
  recipientKind: "needy-workers",
  amountFen,
  counts: { households: 2, persons: 2 },
  shares: [{ fundSource: "county-union", amountFen }],
});

async function handedIn(clerk: ApiActor, record: RecordAnswer): Promise<RecordAnswer> {
  const body = { version: record.version, answers: answersTo(record) };
  return clerk.write("POST", `/disbursements/${record.id}/submit`, body);
}

async function approved(
  clerk: ApiActor,
  reviewer: ApiActor,
  place: string,
  amountFen: string,
): Promise<RecordAnswer> {
  const made = plainRecord(place, { ...payment(amountFen), note: unique("冻结走查") });
  const draft = await clerk.write<RecordAnswer>("POST", "/disbursements", made);
  const sent = await handedIn(clerk, draft);
  return reviewer.write("POST", `/disbursements/${sent.id}/approve`, { version: sent.version });
}

/** To another amount; both halves are approved. */
async function corrected(
  clerk: ApiActor,
  reviewer: ApiActor,
  { id, version }: RecordAnswer,
  amountFen: string,
): Promise<void> {
  const { organisation: _organisation, ...replacement } = plainRecord("", payment(amountFen));
  type Adjusted = { adjustments: { replacementId: string }[] };
  const { adjustments } = await clerk.write<Adjusted>("POST", `/disbursements/${id}/adjust`, {
    ...{ version, reason: "amount-wrong", words: "发放表重新核对", replacement },
  });
  const path = `/disbursements/${adjustments[0]?.replacementId ?? ""}`;
  const sent = await handedIn(clerk, await clerk.read<RecordAnswer>(path));
  await reviewer.write("POST", `${path}/approve`, { version: sent.version });
}

test("a view of the dashboard is frozen and shared; whoever opens it sees what it was, what moved since, and that the sums agree", async ({
  at,
  over,
}) => {
  const clerk = await over("clerk.huangyuan");
  const reviewer = await over("reviewer.xining");
  const before = await approved(clerk, reviewer, "630123", "2000000");

  const name = unique("困难职工帮扶");
  const province = await at("province");
  await province.opens(`/dashboard?${CONDITIONS}`);
  await province.page.getByRole("button", { name: "视图", exact: true }).click();
  await province.page.getByRole("button", { name: "把现在的样子存为视图…" }).click();
  const dialog = province.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "名称" }).fill(name);
  await dialog.getByLabel("谁可以打开").selectOption({ index: 1 });
  await dialog.getByRole("button", { name: "保存" }).click();
  await province.page.waitForURL(/[?&]view=\d+/);
  const bar = province.page.getByRole("group", { name: `视图：${name}` });
  await bar.getByRole("button", { name: "冻结数字" }).click();
  await dialog.getByRole("button", { name: "冻结数字" }).click();
  await province.page.waitForURL(/[?&]frozen=1/);
  const card = province.page.locator("section").filter({ hasText: "冻结的数字 · 第 1 版" });
  await expect(card).toContainText("支出没有变动");
  await expect(card).toContainText("分毫不差");

  await approved(clerk, reviewer, "630123", "3000000");
  await approved(await over("clerk.qilian"), await over("reviewer.haibei"), "632222", "1000000");
  await corrected(clerk, reviewer, before, "2500000");

  await province.page.reload();
  await expect(card).toContainText("多 45,000.00 元：2 笔新审核、1 笔更正");
  await expect(card).toContainText("分毫不差");
  await card.getByText("逐项对照").click();
  await expect(card.getByRole("table").first()).toContainText("+35,000.00");
  await expectAccessible(province.page);

  // frozen once more there are two versions, and the first is still what it was
  await bar.getByRole("button", { name: "冻结数字" }).click();
  await dialog.getByRole("button", { name: "冻结数字" }).click();
  await province.page.waitForURL(/[?&]frozen=2/);
  await province.page.getByRole("navigation", { name: "各版：" }).getByText("第 1 版").click();
  await expect(card).toContainText("多 45,000.00 元");

  // a county below sees its own part of it, and nothing of the province's figures
  const below = await at("clerk.huangyuan", { viewport: { width: 390, height: 844 } });
  await below.opens("/dashboard");
  await below.page.getByRole("button", { name: "视图", exact: true }).click();
  await below.page.getByRole("link", { name: new RegExp(name) }).click();
  const own = below.page.locator("section").filter({ hasText: "冻结的数字 · 第 2 版" });
  await expect(own).toContainText("您看到的是其中湟源县的部分");
  await expect(own).toContainText("支出没有变动");
  await below.page.getByRole("navigation", { name: "各版：" }).getByText("第 1 版").click();
  const first = below.page.locator("section").filter({ hasText: "冻结的数字 · 第 1 版" });
  await expect(first).toContainText("多 35,000.00 元：1 笔新审核、1 笔更正");
  await expect(first.getByRole("button", { name: "冻结数字" })).toHaveCount(0);
  await expectNoSidewaysScroll(below.page);
  await first.getByRole("link", { name: "看变动" }).click();
  await expect(below.page.getByText("多 35,000.00 元：1 笔新审核、1 笔更正")).toBeVisible();
  await expect(below.page.getByText("+30,000.00")).toBeVisible();
  await expect(below.page.getByText("+5,000.00")).toBeVisible();
});
