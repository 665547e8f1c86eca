import { openClerk, OWN_PASSWORD } from "@/e2e/actors/accounts";
import { ApiActor } from "@/e2e/actors/api";
import { EntryForm } from "@/e2e/actors/entry-form";
import { Person } from "@/e2e/actors/person";
import { plainRecord, type RecordAnswer, unique } from "@/e2e/actors/records";
import { expectRawSum } from "@/e2e/expectations/raw-sums";
import { expect, test } from "@/e2e/fixtures";

const HOME = "630104";
const SOURCE = [{ fundSource: "county-union", amountFen: null }];
const field = (person: Person, label: string) => person.page.getByLabel(label, { exact: true });

test("two clerks of one county with one draft: the later one is told what changed and loses nothing typed", async ({
  at,
  over,
  page,
  baseURL,
}) => {
  const admin = await over("admin");
  const account = await openClerk(admin, HOME);
  const colleague = new Person(page);
  await colleague.signsInFirst(account.username, account.password, OWN_PASSWORD);
  const clerk = await at("clerk.chengxi");
  const api = await over("clerk.chengxi");
  const words = unique("两个人的一笔");
  const draft = await api.write<RecordAnswer>(
    "POST",
    "/disbursements",
    plainRecord(HOME, { note: words, shares: SOURCE }),
  );
  const form = new EntryForm(colleague);
  for (const one of [clerk, colleague]) {
    await one.opens(`/entry/${draft.id}`);
    await expect(field(one, "备注")).toHaveValue(words);
  }

  await field(clerk, "备注").fill(`${words}，已对银行回单`);
  await clerk.presses("存为草稿");
  await clerk.sees(/^已保存 /);
  await form.amount.fill("160000");
  await colleague.presses("存为草稿");
  await colleague.sees(/这条记录已由城西区总工会经办（演示）于 .+ 改过（现为草稿）/);
  const told = colleague.page.getByRole("row");
  await expect(told.filter({ hasText: "备注" })).toContainText(`${words}，已对银行回单`);
  await expect(told.filter({ hasText: "金额" }).first()).toContainText("160000");
  await expect(told.filter({ hasText: "金额" }).first()).toContainText(/153,?900/);
  await expect(form.amount).toHaveValue("160000");

  // What the other wrote is taken over by hand, and one's own stands.
  await field(colleague, "备注").fill(`${words}，已对银行回单`);
  await colleague.presses("以我填写的为准");
  await colleague.presses("存为草稿");
  await colleague.sees(/^已保存 /);
  await expect
    .poll(() => api.read(`/disbursements/${draft.id}`))
    .toMatchObject({
      amountFen: "16000000",
      note: `${words}，已对银行回单`,
    });

  // Submitted by one, it is in the other's ledger, and what the other still has open cannot be saved over it.
  expect(await form.submit()).toBe(draft.id);
  await field(clerk, "备注").fill(`${words}，晚到的改动`);
  await clerk.presses("存为草稿");
  await clerk.sees("这条记录现在不能再修改。您填写的内容如下，可抄录后另行处理。");
  await expect(clerk.page.getByRole("row").filter({ hasText: "备注" })).toContainText("晚到的改动");
  await clerk.opens(`/ledger?q=${encodeURIComponent(words)}`);
  const row = clerk.page.getByRole("grid").locator("tbody").getByRole("row");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("已上报");

  const reviewer = await over("reviewer.xining");
  const sent = await reviewer.read<RecordAnswer>(`/disbursements/${draft.id}`);
  await reviewer.write("POST", `/disbursements/${draft.id}/approve`, { version: sent.version });
  const theirs = await ApiActor.with(baseURL ?? "", await page.context().storageState());
  const filter = `year=2026&org=${HOME}&programme=golden-autumn`;
  expect(await expectRawSum(theirs, filter)).toBe(await expectRawSum(reviewer, filter));
  await theirs.dispose();
});

test("a table brought in by one is found by the other, and its rows are nobody else's", async ({
  at,
  over,
  page,
}) => {
  const account = await openClerk(await over("admin"), HOME);
  const colleague = new Person(page);
  await colleague.signsInFirst(account.username, account.password, OWN_PASSWORD);
  const words = unique("同事的表");
  const table = `项目,发放日期,金额（元）,户数,资金来源,备注\n金秋助学,2026-08-28,1200,3,县级工会经费,${words}\n`;
  await colleague.opens("/import");
  await colleague.choosesFile("文件", {
    ...{ name: `${words}.csv`, mimeType: "text/csv", buffer: Buffer.from(table) },
  });
  await colleague.presses("上传并检查");
  const store = page.getByRole("button", { name: "存 1 行为草稿" });
  await expect(store).toBeVisible({ timeout: 60_000 });
  await store.click();
  await expect(page.getByText("1 行已存为草稿")).toBeVisible({ timeout: 60_000 });

  const clerk = await at("clerk.chengxi");
  await clerk.opens("/import");
  const line = clerk.page.getByRole("row", { name: new RegExp(words) });
  await expect(line).toContainText("已存入");
  await clerk.opens(`/ledger?status=draft&q=${encodeURIComponent(words)}`);
  await expect(clerk.page.getByRole("grid").locator("tbody").getByRole("row")).toHaveCount(1);
  const stranger = await over("clerk.qilian");
  const imports = await stranger.read<{ items: { fileName: string }[] }>("/imports");
  expect(imports.items.filter(({ fileName }) => fileName.includes(words))).toEqual([]);
});
