import { answersTo, plainRecord, type RecordAnswer, unique } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

test("a clerk is told what came back, opens it from there, and marks all as read", async ({
  at,
  over,
}) => {
  const api = await over("clerk.qilian");
  const note = unique("退回消息");
  const record = await api.write<RecordAnswer>(
    "POST",
    "/disbursements",
    plainRecord("632222", { note }),
  );
  const sent = await api.write<RecordAnswer>("POST", `/disbursements/${record.id}/submit`, {
    version: record.version,
    answers: answersTo(record),
  });
  const reviewer = await over("reviewer.haibei");
  await reviewer.write("POST", `/disbursements/${record.id}/return`, {
    version: sent.version,
    reason: "date-wrong",
    words: "请核对银行回单日期",
  });

  const clerk = await at("clerk.qilian");
  await clerk.opens("/workbench");
  const card = clerk.page.locator("#notices");
  await expect(card.getByRole("heading", { name: /未读消息 \d+ 条/ })).toBeVisible();
  const told = card.getByRole("listitem").filter({ has: clerk.page.locator(`a[href="/disbursements/${record.id}"]`) }); // prettier-ignore
  await expect(told).toContainText("未读");
  await expect(told).toContainText("退回：金秋助学（2026年8月28日）");
  await card.getByRole("button", { name: "全部标为已读" }).click();
  await expect(card.getByRole("heading", { name: "消息", exact: true })).toBeVisible();
  await expect(card.getByText("未读")).toHaveCount(0);
  await told.getByRole("link").click();
  await expect(clerk.page).toHaveURL(new RegExp(`/disbursements/${record.id}$`));
});
