import { plainRecord, type RecordAnswer } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

test("a clerk of another county who opens a record's address is told what to do, and nothing else", async ({
  at,
  over,
}) => {
  const owner = await over("clerk.huangyuan");
  const { id } = await owner.write<RecordAnswer>(
    "POST",
    "/disbursements",
    plainRecord("630123", { note: "别县不能看到的字句" }),
  );
  const other = await at("clerk.qilian");
  for (const path of [`/disbursements/${id}`, `/entry/${id}`, `/disbursements/${id}/adjust`]) {
    await other.opens(path);
    await expect(other.heading("没有找到这一页"), path).toBeVisible();
    await other.sees(/记录不在您的管辖范围内/);
    await expect(other.page.locator("main")).not.toContainText("湟源");
    expect(await other.page.content(), path).not.toContain("别县不能看到的字句");
  }
  await other.page.getByRole("main").getByRole("link", { name: "去台账查找" }).click();
  await expect(other.heading(/发放台账/)).toBeVisible();
  await other.opens("/dashboard?year=2026&org=630123");
  await expect(other.page.getByRole("main")).not.toContainText("湟源");
  await other.sees("这个地址指向您管辖范围以外的单位");
  await other.page.getByRole("link", { name: "看本单位的同一页" }).click();
  await expect(other.page).toHaveURL(/\/dashboard\?year=2026$/);
  await expect(other.page.getByRole("main")).toContainText("祁连");
});

test("an administrator finds neither figures nor records, and no way to them", async ({ at }) => {
  const admin = await at("admin");
  for (const path of ["/dashboard", "/ledger", "/reports?year=2026", "/allotments", "/entry"]) {
    await admin.opens(path);
    await expect(admin.heading("这一页不对您的账号开放"), path).toBeVisible();
    await admin.sees(/请与省级管理员联系/);
  }
  const navigation = admin.page.getByRole("navigation", { name: "主导航" }).first();
  await expect(navigation.getByRole("link", { name: "管理" })).toBeVisible();
  for (const word of ["台账", "看板", "年度汇总", "到位资金", "录入", "审核"])
    await expect(navigation.getByRole("link", { name: word, exact: true }), word).toHaveCount(0);
});
