import { openAuditor, OWN_PASSWORD } from "@/e2e/actors/accounts";
import { Person } from "@/e2e/actors/person";
import { expect, test } from "@/e2e/fixtures";

test("an auditor has the books checked, sees how far it is, and opens the result", async ({
  page,
  over,
}) => {
  const account = await openAuditor(await over("admin"), await over("admin2"));
  const person = new Person(page);
  await person.signsInFirst(account.username, account.password, OWN_PASSWORD);
  await person.opens("/audit");
  await person.follows("账目体检");
  await expect(person.heading("账目体检")).toBeVisible();
  await person.presses("现在核对");
  await person.sees("已提出，可以离开这一页。");
  await person.opensFromMenu("我的任务");
  await expect(person.heading("我的任务")).toBeVisible();
  // a job takes the time it takes: its end is awaited, not its speed
  await expect(page.getByText("已完成").first()).toBeVisible({ timeout: 60_000 });
  await person.sees("全部成立");
  const file = await person.downloads(/^下载 账目体检_.*\.csv$/);
  expect(file.toString("utf8")).toContain("每个汇总数都等于凭证逐条相加");
  await person.follows("账目体检");
  await person.sees(/^\d+ 项全部成立/);
});
