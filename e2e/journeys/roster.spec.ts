import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { picture } from "@/e2e/actors/picture";
import { answersTo, plainRecord, type RecordAnswer } from "@/e2e/actors/records";
import { Person } from "@/e2e/actors/person";
import { expect, test } from "@/e2e/fixtures";
import { checkDigitOf } from "@/lib/kernel/id-number";

/** A number over a region that there never was, another at each run. */
function madeNumber(): string {
  const day = `${randomInt(1950, 1999)}0${randomInt(1, 10)}${randomInt(10, 28)}`;
  const seventeen = `639901${day}${randomInt(100, 999)}`;
  return seventeen + checkDigitOf(seventeen);
}

const pastes = (cell: Locator, text: string) =>
  cell.evaluate((input, given) => {
    const data = new DataTransfer();
    data.setData("text/plain", given);
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); // prettier-ignore
  }, text);

test("counted, then named: pasted, corrected, saved, reconciled, masked, and never twice elsewhere", async ({
  at,
  over,
}) => {
  const [clerkApi, otherApi] = [await over("clerk.huangyuan"), await over("clerk.qilian")];
  const fields = {
    amountFen: "80000",
    counts: { persons: 2 },
    shares: [{ fundSource: "county-union", amountFen: "80000" }],
  };
  const record = await clerkApi.write<RecordAnswer>("POST", "/disbursements", plainRecord("630123", fields)); // prettier-ignore
  const [first, second] = [madeNumber(), madeNumber()];
  const slip = first.slice(0, -1) + (first.endsWith("1") ? "2" : "1");

  const clerk = await at("clerk.huangyuan");
  const { page } = clerk;
  await clerk.opens(`/disbursements/${record.id}`);
  await page.getByRole("link", { name: "花名册" }).click();
  const cell = (line: number, column: string) =>
    page.getByLabel(`第 ${line} 行 ${column}`, { exact: true });
  await expect(cell(1, "姓名")).toBeVisible();
  await pastes(
    cell(1, "姓名"),
    `姓名\t身份证号码\t金额（元）\n才让卓玛\t${slip}\t400\n马·伊卜拉欣\t${second}\t300\n`,
  );
  await expect(page.getByText("校验位不对")).toBeVisible();
  await expect(page.getByText("金额与本笔 800.00 元相差 -100.00")).toBeVisible();
  await page.getByRole("button", { name: "保存花名册" }).click();
  await expect(page.getByText("有 1 行要改正")).toBeVisible();
  await cell(1, "证件号码").fill(first);
  await cell(2, "金额（元）").fill("400");
  await expect(page.getByText("与本笔一致")).toBeVisible();
  await page.getByRole("button", { name: "保存花名册" }).click();
  await expect(page.getByText("已保存 2 行")).toBeVisible();

  // neither the page nor what the browser keeps names anybody
  const html = await (await page.request.get(`/disbursements/${record.id}/roster`)).text();
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  );
  for (const secret of [first, second, "才让卓玛", "伊卜拉欣"])
    expect(html + kept, secret).not.toContain(secret);

  const saved = await clerkApi.read<RecordAnswer>(`/disbursements/${record.id}`);
  await clerkApi.write("POST", `/disbursements/${record.id}/submit`, {
    version: saved.version,
    answers: answersTo(saved),
  });

  const reviewer = await at("reviewer.xining");
  await reviewer.opens(`/disbursements/${record.id}/roster`);
  await expect(reviewer.page.getByText("才***")).toBeVisible();
  await expect(reviewer.page.getByText(`639***********${first.slice(-4)}`)).toBeVisible();
  await expect(reviewer.page.getByText("与本笔一致")).toBeVisible();
  const province = await at("province");
  await province.opens(`/disbursements/${record.id}/roster`);
  await expect(province.page.getByText("您看到的是合计")).toBeVisible();

  const theirs = await otherApi.write<RecordAnswer>("POST", "/disbursements", plainRecord("632222", { ...fields, counts: { persons: 1 } })); // prettier-ignore
  const lines = [{ name: "才让卓玛", idNumber: first, amountFen: "80000" }];
  const listed = await otherApi.write<{ version: number }>("PUT", `/disbursements/${theirs.id}/roster`, { version: theirs.version, lines }); // prettier-ignore
  const other = await at("clerk.qilian");
  await other.opens(`/disbursements/${theirs.id}`);
  await other.page.getByRole("button", { name: "上报", exact: true }).click();
  const dialog = other.page.getByRole("dialog");
  for (const choice of await dialog.getByRole("combobox").all())
    await choice.selectOption({ index: 1 });
  await dialog.getByRole("button", { name: /上报/ }).click();
  await expect(other.page.getByText(/还有未通过的校验/).first()).toBeVisible();
  expect(listed.version).toBe(theirs.version + 1);
});

test("sent to the bank once, come back, paid anew; shown as typed to whoever says why", async ({
  at,
  over,
}) => {
  const clerkApi = await over("clerk.huangyuan");
  const fields = {
    amountFen: "80000",
    counts: { persons: 2 },
    shares: [{ fundSource: "county-union", amountFen: "80000" }],
  };
  const { id, version } = await clerkApi.write<RecordAnswer>("POST", "/disbursements", plainRecord("630123", fields)); // prettier-ignore
  const names = ["格桑央宗", "才让东珠"];
  const lines = names.map((name, n) => ({
    name,
    idNumber: madeNumber(),
    account: ["6228480000000000018", "6217998500000000007"][n],
    amountFen: "40000",
  }));
  await clerkApi.write("PUT", `/disbursements/${id}/roster`, { version, lines });
  const saved = await clerkApi.read<RecordAnswer>(`/disbursements/${id}`);
  const sent = await clerkApi.write<RecordAnswer>("POST", `/disbursements/${id}/submit`, { version: saved.version, answers: answersTo(saved) }); // prettier-ignore
  await (await over("reviewer.xining")).write("POST", `/disbursements/${id}/approve`, { version: sent.version }); // prettier-ignore

  const clerk = await at("clerk.huangyuan");
  const { page } = clerk;
  await clerk.opens(`/disbursements/${id}/roster`);
  await expect(page.getByText("2 行，800.00 元")).toBeVisible();
  await page.getByRole("button", { name: "生成付款文件" }).click();
  await page.getByRole("dialog").getByRole("radio", { name: "csv 文本" }).check();
  await page.getByRole("dialog").getByRole("button", { name: "生成" }).click();
  const link = page.getByRole("link", { name: "下载 csv" });
  const [taken] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const text = await readFile(await taken.path(), "utf8");
  expect(text).toContain(`1,${names[0]},6228480000000000018,400.00,`);
  expect(text).toContain("合计,2 笔,,800.00,捌佰元整");
  expect(taken.suggestedFilename()).not.toMatch(/格桑|才让/);

  await page.getByRole("button", { name: "登记银行回盘" }).click();
  const dialog = page.getByRole("dialog");
  const table = (second: string) =>
    `序号\t账号\t金额\t处理结果\t原因\n1\t6228480000000000018\t400.00\t成功\t\n${second}\n`;
  await dialog.getByLabel("或从表格软件复制粘贴").fill(table("3\t6217998500000000007\t400\t失败\t账号已销户")); // prettier-ignore
  await expect(dialog.getByText("已付 1 行，400.00 元；退票 1 行，400.00 元")).toBeVisible();
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await expect(dialog.getByText("花名册没有第 3 行")).toBeVisible();
  await dialog.getByLabel("或从表格软件复制粘贴").fill(table("2\t6217998500000000007\t400\t失败\t账号已销户")); // prettier-ignore
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await expect(page.getByText("退票 已销户")).toBeVisible();
  await page.getByRole("button", { name: "补发", exact: true }).click();
  await dialog.getByRole("button", { name: "补发", exact: true }).click();
  await expect(page.getByText("已登记补发 1 行")).toBeVisible();
  await expect(page.getByRole("button", { name: "补发", exact: true })).toBeHidden();

  const auditor = await at("auditor");
  await auditor.opens(`/disbursements/${id}/roster`);
  await auditor.page.getByRole("button", { name: "查看原文" }).click();
  const asking = auditor.page.getByRole("dialog");
  await asking.getByRole("button", { name: "查看", exact: true }).click();
  await expect(asking.getByText("请选择事由")).toBeVisible();
  await asking.getByLabel("哪几行").fill("2");
  await asking.getByLabel("事由").selectOption({ label: "审计抽查" });
  await asking.getByLabel("说明").fill("季度抽查");
  await asking.getByRole("button", { name: "查看", exact: true }).click();
  await expect(auditor.page.getByText("才让东珠")).toBeVisible();
  await expect(auditor.page.getByText("格桑央宗")).toBeHidden();
  await auditor.page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect(auditor.page.getByText("才让东珠")).toBeHidden();
  await auditor.opens("/admin/reveals");
  await expect(auditor.page.getByText("审计抽查").first()).toBeVisible();
});

test("a list from a file: columns corrected, a slip mended in the table, a soft finding answered", async ({
  at,
  over,
}) => {
  const clerkApi = await over("clerk.huangyuan");
  const fields = {
    amountFen: "80000",
    counts: { persons: 2 },
    shares: [{ fundSource: "county-union", amountFen: "80000" }],
  };
  const { id } = await clerkApi.write<RecordAnswer>("POST", "/disbursements", plainRecord("630123", fields)); // prettier-ignore
  const [first, second] = [madeNumber(), madeNumber()];
  const slip = first.slice(0, -1) + (first.endsWith("1") ? "2" : "1");
  const account = `0104${randomInt(10_000_000, 99_999_999)}`;
  const list = [
    "2026年金秋助学花名册,,,,",
    "序号,姓名,身份证号,救助款,银行卡号",
    `1,才让卓玛,${slip},400,${account}`,
    `2,马·伊卜拉欣,${second},400,${account}`,
    "合计,,,800,",
  ].join("\n");

  const clerk = await at("clerk.huangyuan");
  const { page } = clerk;
  await clerk.opens(`/disbursements/${id}/roster`);
  await page.getByRole("button", { name: "导入名单" }).click();
  const dialog = page.getByRole("dialog");
  const file = (text: string) => ({ name: "名单.csv", mimeType: "text/csv", buffer: Buffer.from(text) }); // prettier-ignore
  await dialog.getByLabel("名单文件").setInputFiles(file("项目,金额\n金秋助学,800"));
  await expect(dialog.getByText("没有找到表头")).toBeVisible();
  await dialog.getByLabel("名单文件").setInputFiles(file(list));
  await expect(dialog.getByText("读到 2 人")).toBeVisible();
  await expect(dialog.getByText("文件第 3 行：")).toBeVisible();
  await expect(dialog.getByText(slip)).toBeHidden();
  // the office calls it 救助款
  await dialog.getByLabel("救助款").selectOption({ label: "金额（元）" });
  await dialog.getByRole("button", { name: "放进花名册" }).click();
  await expect(page.getByText("与本笔一致")).toBeVisible();
  await page.getByLabel("第 1 行 证件号码", { exact: true }).fill(first);
  await page.getByRole("button", { name: "保存花名册" }).click();
  await expect(page.getByText("已保存 2 行")).toBeVisible();

  await clerk.opens(`/disbursements/${id}`);
  await expect(page.getByText("花名册里有账号相同、户名不同的行").first()).toBeVisible();
  await expect(page.getByText("第 1/2 行").first()).toBeVisible();
  const saved = await clerkApi.read<RecordAnswer>(`/disbursements/${id}`);
  const answers = answersTo(saved).map((one) =>
    one.rule === "same-account" ? { ...one, answer: "other", words: "夫妻共用一卡" } : one,
  );
  expect(answers.map(({ rule }) => rule)).toContain("same-account");
  await clerkApi.write("POST", `/disbursements/${id}/submit`, { version: saved.version, answers });
  const reviewer = await at("reviewer.xining");
  await reviewer.opens(`/disbursements/${id}`);
  await expect(reviewer.page.getByText("夫妻共用一卡").first()).toBeVisible();
});

test("a tab that died with a roster unsaved leaves it sealed, for whoever typed it and nobody else", async ({
  browser,
  over,
}) => {
  const api = await over("clerk.huangyuan");
  const fields = {
    amountFen: "40000",
    counts: { persons: 1 },
    shares: [{ fundSource: "county-union", amountFen: "40000" }],
  };
  const { id } = await api.write<RecordAnswer>("POST", "/disbursements", plainRecord("630123", fields)); // prettier-ignore
  // a session of its own, because it is ended here
  const clerk = new Person(await (await browser.newContext({ locale: "zh-CN" })).newPage());
  await clerk.signIn("clerk.huangyuan");
  const number = madeNumber();
  const secrets = ["央金拉姆", number, "13912345678"];
  const line = `姓名\t身份证号码\t电话\t金额（元）\n央金拉姆\t${number}\t13912345678\t400\n`;
  await clerk.opens(`/disbursements/${id}/roster`);
  const name = (page: Page) => page.getByLabel("第 1 行 姓名", { exact: true });
  await pastes(name(clerk.page), line);
  const kept = (page: Page) =>
    page.evaluate(async () => {
      const databases = (await indexedDB.databases()).map((one) => one.name);
      return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, databases, document.cookie]); // prettier-ignore
    });
  await expect.poll(() => kept(clerk.page)).toContain("nz-sealed:");

  // killed: nothing of the tab runs any more, and it asks nobody
  const next = await clerk.page.context().newPage();
  await clerk.page.close({ runBeforeUnload: false });
  // it stands among what is unfinished, by its record alone
  await next.goto("/workbench");
  const unfinished = next.getByRole("link", { name: `花名册（记录 ${id}）` });
  await expect(unfinished).toBeVisible();
  await picture(next, "workbench-roster-left-1366");
  await unfinished.click();
  await expect(next.getByText("有 1 行没有保存")).toBeVisible();
  const stored = await kept(next);
  for (const secret of secrets) {
    expect(stored, secret).not.toContain(secret);
    expect(stored, secret).not.toContain(Buffer.from(secret).toString("base64").slice(1, -3));
  }
  await picture(next, "roster-left-1366", true);
  await next.getByRole("button", { name: "恢复" }).click();
  await expect(name(next)).toHaveValue("央金拉姆");
  await next.getByRole("button", { name: "保存花名册" }).click();
  await expect(next.getByText("已保存 1 行")).toBeVisible();
  await expect.poll(() => kept(next)).not.toContain("nz-sealed:");

  // typed into again, and signed out: it is asked about, and gone
  await name(next).fill("央金卓嘎");
  await expect.poll(() => kept(next)).toContain("nz-sealed:");
  await next.setViewportSize({ width: 390, height: 844 });
  await next.reload();
  await expect(next.getByText("有 1 行没有保存")).toBeVisible();
  await picture(next, "roster-left-390", true);
  await next.setViewportSize({ width: 1366, height: 768 });
  await next.getByRole("button", { name: /账号菜单/ }).click();
  await next.getByRole("button", { name: "退出登录" }).click();
  await next.getByRole("dialog").getByRole("button", { name: "先不退出" }).click();

  // or discarded where it stands, and no page after it offers it
  await next.goto("/workbench");
  await next.getByRole("button", { name: `删去未完成的“花名册（记录 ${id}）”` }).click();
  await next.getByRole("dialog").getByRole("button", { name: "删去", exact: true }).click();
  await expect(unfinished).toHaveCount(0);
  expect(await kept(next)).not.toContain("nz-sealed:");
  await next.goto(`/disbursements/${id}/roster`);
  await name(next).fill("央金卓嘎");
  await expect.poll(() => kept(next)).toContain("nz-sealed:");
  await next.getByRole("button", { name: /账号菜单/ }).click();
  await next.getByRole("button", { name: "退出登录" }).click();
  await next.getByRole("dialog").getByRole("button", { name: "不要了，退出" }).click();
  await next.waitForURL(/sign-in/);
  expect(await kept(next)).not.toContain("nz-sealed:");
});
