import { answersTo, plainRecord, type RecordAnswer, unique } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

test("what is due is declared nil with a reason, the province sees it, and a record takes its place", async ({
  at,
  over,
}) => {
  test.setTimeout(120_000);
  // A programme of its own, so that no other journey's records stand in it.
  const name = unique("日历项目");
  const code = `calendar-${name.slice(-8)}`;
  await (
    await over("admin")
  ).write("POST", "/admin/programmes", {
    ...{ code, nameZh: name, nameEn: name, season: "other", mainUnit: "persons" },
    ...{ allowedForms: ["transfer"], defaultForm: "transfer" },
    ...{ defaultAidCategory: "education", defaultRecipientKind: "needy-worker-children" },
  });

  // The administrator lays down who owes it: from January to December, due in the next January.
  const admin = await at("admin");
  await admin.opens("/admin/calendar");
  await admin.presses("新设要求");
  const asked = admin.page.getByRole("dialog");
  await asked.getByLabel("项目").selectOption({ label: name });
  await asked.getByLabel("单位", { exact: true }).selectOption("632222");
  await asked.getByLabel("依据").fill("本级通知");
  await asked.getByRole("button", { name: "保存" }).click();
  await expect(asked).toHaveCount(0);
  await expect(admin.page.getByRole("row", { name: new RegExp(name) })).toContainText(
    "1月1日至12月31日，次年1月15日前报送",
  );

  // Its clerk is told, and says why there was nothing.
  const clerk = await at("clerk.qilian");
  await clerk.opens("/workbench");
  const owed = clerk.page.getByRole("listitem").filter({ hasText: name });
  await expect(owed).toContainText("还有");
  await owed.getByRole("button", { name: /^零申报/ }).click();
  const dialog = clerk.page.getByRole("dialog");
  await dialog.getByRole("button", { name: "确认零申报" }).click();
  await expect(dialog.getByText("请选择原因")).toBeVisible();
  await dialog.getByLabel("原因").selectOption({ label: "资金未到位" });
  await dialog.getByRole("button", { name: "确认零申报" }).click();
  await expect(owed).toHaveCount(0);

  // The prefecture's row of the province says so, and opens the declaration.
  const province = await at("province");
  await province.opens("/calendar?org=632200");
  const row = province.page.getByRole("row", { name: /祁连/ });
  await row.locator(`a[href$="#${code}"]`).filter({ hasText: "零申报" }).click();
  const card = province.page.locator(`#${code}`);
  await expect(card).toContainText("资金未到位");
  await expect(card).toContainText("祁连县总工会经办");
  await expect(card.getByRole("button")).toHaveCount(0);

  // A record that is submitted takes its place; the number opens exactly it.
  const api = await over("clerk.qilian");
  const record = await api.write<RecordAnswer>(
    "POST",
    "/disbursements",
    plainRecord("632222", { programme: code, paidOn: today(), note: name }),
  );
  await api.write("POST", `/disbursements/${record.id}/submit`, {
    version: record.version,
    answers: answersTo(record),
  });
  await province.page.reload();
  await expect(card).toContainText("曾零申报，已由上报的记录取代");
  await card.getByRole("link", { name: /1 笔/ }).click();
  await expect(province.page).toHaveURL(/\/ledger\?/);
  await expect(province.page.getByRole("row", { name: new RegExp(`632222.*${record.id}`) })).toHaveCount(1); // prettier-ignore
  await expect(province.page.getByRole("grid")).toHaveAttribute("aria-rowcount", "1");
});

test("a clerk declares for the own county alone, takes it back, and reads no other's", async ({
  over,
}) => {
  const clerk = await over("clerk.huangyuan");
  const { year, items } = await clerk.read<{
    year: number;
    items: { organisation: string; state: string }[];
  }>("/calendar");
  expect(String(year)).toBe(today().slice(0, 4));
  expect(new Set(items.map(({ organisation }) => organisation))).toEqual(new Set(["630123"]));
  expect((await clerk.get("/calendar?org=632222")).status()).toBe(404);
  const days = { periodFrom: `${year}-06-01`, periodTo: `${year}-08-31` };
  const nil = { programme: "cool-summer", ...days, reason: "put-off" };
  const elsewhere = await clerk.send("POST", "/calendar/nil", { organisation: "632222", ...nil });
  expect(elsewhere.status()).toBe(400);
  const province = await over("province");
  const above = await province.send("POST", "/calendar/nil", { organisation: "630123", ...nil });
  expect(above.status()).toBe(403);
});
