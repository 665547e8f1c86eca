import { picture } from "@/e2e/actors/picture";
import { answersTo, plainRecord, type RecordAnswer, unique } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";
import { readFile } from "node:fs/promises";

const PHONE = { width: 390, height: 844 };

test("a clerk prints the sheets, hangs the list out, hears an objection and takes the list down", async ({
  at,
  over,
}) => {
  const api = await over("clerk.huangyuan");
  const fields = {
    amountFen: "80000",
    counts: { persons: 2 },
    shares: [{ fundSource: "county-union", amountFen: "80000" }],
  };
  const record = await api.write<RecordAnswer>("POST", "/disbursements", plainRecord("630123", fields)); // prettier-ignore
  const lines = [
    { name: "才让卓玛", account: "6228480000000000018", amountFen: "40000" },
    { name: "马·伊卜拉欣", amountFen: "40000", payee: "多杰" },
  ];
  const clerk = await at("clerk.huangyuan");
  const { page } = clerk;
  await clerk.opens(`/disbursements/${record.id}`);
  await page.getByRole("link", { name: "签领表与公示" }).click();
  await expect(page.getByText("名单上还没有人")).toBeVisible();
  const roster = await api.write<{ version: number }>("PUT", `/disbursements/${record.id}/roster`, { version: record.version, lines }); // prettier-ignore

  await clerk.opens(`/disbursements/${record.id}/papers`);
  await expect(page.getByText("未生成")).toBeVisible();
  await page.getByRole("button", { name: "生成签领表" }).click();
  await expect(page.getByText("已生成", { exact: true })).toBeVisible();
  const downloads = page.waitForEvent("download");
  await page.getByRole("link", { name: /签领表.*pdf/ }).click();
  const file = await downloads;
  expect(file.suggestedFilename()).toMatch(/^签领表-630123-\d{4}-\d+-\d+\.pdf$/);
  expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe("%PDF-");

  await page.getByRole("button", { name: "登记公示" }).click();
  let dialog = page.getByRole("dialog");
  await dialog.getByLabel("张贴地点").fill("一楼公示栏");
  await dialog.getByLabel("监督电话").fill("0971-1234567");
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("公示中", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "确认公示无异议" })).toHaveCount(0);

  await page.getByRole("button", { name: "登记异议" }).click();
  dialog = page.getByRole("dialog");
  await dialog.getByLabel("内容").fill("其中一人已经调走");
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("有异议", { exact: true })).toBeVisible();
  await expect(page.getByText("1 条异议待答复")).toBeVisible();
  const html = await (await page.request.get(`/disbursements/${record.id}/papers`)).text();
  expect(html).not.toContain("已经调走");

  const reviewer = await at("reviewer.xining");
  await reviewer.page.setViewportSize(PHONE);
  await reviewer.opens(`/disbursements/${record.id}/papers`);
  await expect(reviewer.page.getByText("其中一人已经调走")).toBeVisible();
  await expect(reviewer.page.getByRole("button", { name: "生成签领表" })).toHaveCount(0);
  await reviewer.page.getByRole("button", { name: "答复" }).click();
  dialog = reviewer.page.getByRole("dialog");
  await dialog.getByLabel("内容").fill("属实");
  await dialog.getByLabel("异议成立，名单须更正").check();
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(reviewer.page.getByText(/1 条异议成立/)).toBeVisible();
  await picture(reviewer.page, "papers-390", true);

  const province = await at("province");
  await province.opens(`/disbursements/${record.id}/papers`);
  await expect(province.page.getByText("有异议", { exact: true })).toBeVisible();
  await expect(province.page.getByText("其中一人已经调走")).toHaveCount(0);

  await api.write("PUT", `/disbursements/${record.id}/roster`, {
    version: roster.version,
    lines: [lines[0], { ...lines[1], name: "扎西" }],
  });
  await clerk.opens(`/disbursements/${record.id}/papers`);
  await expect(page.getByText("名单已改，须重新生成")).toBeVisible();
  await expect(page.getByText("名单在张贴之后改过")).toBeVisible();
  await picture(page, "papers-1366", true);
  await page.getByRole("button", { name: "撤下" }).click();
  dialog = page.getByRole("dialog");
  await dialog.getByLabel("理由").fill("名单更正");
  await dialog.getByRole("button", { name: "撤下" }).click();
  await expect(page.getByText("已撤下", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "登记公示" })).toBeVisible();
});

test("a programme that asks for a notice takes no list that was not confirmed", async ({
  at,
  over,
}) => {
  const adminApi = await over("admin");
  const name = unique("公示项目");
  const programme = `noticed-${name.slice(-8)}`;
  await adminApi.write("POST", "/admin/programmes", {
    ...{ code: programme, nameZh: name, nameEn: name, season: "other", mainUnit: "persons" },
    ...{ allowedForms: ["transfer"], defaultForm: "transfer" },
    ...{ defaultAidCategory: "education", defaultRecipientKind: "needy-worker-children" },
  });
  const admin = await at("admin");
  await admin.opens("/admin/programmes");
  await admin.page
    .getByRole("row", { name: new RegExp(name) })
    .getByRole("button")
    .click();
  const kept = admin.page.getByRole("dialog");
  await kept.getByLabel("上报前须公示，自哪一年度起").fill("2026");
  await picture(kept.page(), "programme-notice-1366");
  await kept.getByRole("button", { name: "保存" }).click();
  await expect(admin.page.getByRole("row", { name: new RegExp(name) })).toContainText("2026 年起上报前须公示"); // prettier-ignore

  const api = await over("clerk.huangyuan");
  const record = await api.write<RecordAnswer>(
    "POST",
    "/disbursements",
    plainRecord("630123", {
      programme,
      amountFen: "40000",
      counts: { persons: 1 },
      shares: [{ fundSource: "county-union", amountFen: "40000" }],
    }),
  );
  const lines = [{ name: "才让卓玛", amountFen: "40000" }];
  await api.write("PUT", `/disbursements/${record.id}/roster`, { version: record.version, lines });
  const clerk = await at("clerk.huangyuan");
  const { page } = clerk;
  await clerk.opens(`/disbursements/${record.id}`);
  await expect(page.getByText("这份名单还没有公示")).toBeVisible();
  await expect(page.getByRole("button", { name: "上报", exact: true })).toBeDisabled();
  await picture(page, "notice-missing-1366", true);
  await page.getByRole("link", { name: "打开签领表与公示" }).click();
  await expect(page.getByText("本项目要求名单公示无异议")).toBeVisible();

  // hung out long ago, and nobody objected
  const hung = { place: "一楼公示栏", telephone: "0971-1234567", postedOn: "2026-09-01" };
  const posted = await api.send("POST", `/disbursements/${record.id}/public-notices`, hung);
  expect(posted.status(), await posted.text()).toBe(201);
  await clerk.opens(`/disbursements/${record.id}/papers`);
  await page.getByRole("button", { name: "确认公示无异议" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "确认" }).click();
  await expect(page.getByText("已确认", { exact: true })).toBeVisible();
  await clerk.opens(`/disbursements/${record.id}`);
  await expect(page.getByText("这份名单还没有公示")).toHaveCount(0);
  const noticed = await api.read<RecordAnswer>(`/disbursements/${record.id}`);
  await api.write("POST", `/disbursements/${record.id}/submit`, { version: noticed.version, answers: answersTo(noticed) }); // prettier-ignore
});
