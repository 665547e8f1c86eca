import type { ApiActor } from "@/e2e/actors/api";
import { EntryForm } from "@/e2e/actors/entry-form";
import { answersTo, plainRecord, type RecordAnswer, unique } from "@/e2e/actors/records";
import { expectRawSum } from "@/e2e/expectations/raw-sums";
import { expect, test } from "@/e2e/fixtures";

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** A programme of its own, so that no other journey's records stand in it. */
async function openProgramme(admin: ApiActor, name: string): Promise<string> {
  const code = `calendar-${name.slice(-8)}`;
  await admin.write("POST", "/admin/programmes", {
    ...{ code, nameZh: name, nameEn: name, season: "other", mainUnit: "persons" },
    ...{ allowedForms: ["transfer"], defaultForm: "transfer" },
    ...{ defaultAidCategory: "education", defaultRecipientKind: "needy-worker-children" },
  });
  return code;
}

test("what is due is declared nil with a reason, the province sees it, and a record takes its place", async ({
  at,
  over,
}) => {
  const name = unique("日历项目");
  const code = await openProgramme(await over("admin"), name);

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

test("a declaration taken back is owed again, late and not blocked, until a record is in", async ({
  at,
  over,
}) => {
  const name = unique("补报项目");
  const admin = await over("admin");
  const code = await openProgramme(admin, name);
  // of last year, whose book is open: its day has passed whenever this is run
  const year = Number(today().slice(0, 4)) - 1;
  await admin.write("POST", "/admin/expectations", {
    ...{ programme: code, organisation: "632222", owedBy: "COUNTY", source: "本级通知" },
    when: { repeats: "yearly", from: "01-01", to: "06-30", due: "07-15" },
    ...{ firstYear: year, lastYear: year },
  });

  const clerk = await at("clerk.qilian");
  await clerk.opens(`/calendar?year=${year}`);
  const own = clerk.page.locator(`#${code}`);
  await expect(own).toContainText("逾期未报");
  await own.getByRole("button", { name: /^零申报/ }).click();
  const dialog = clerk.page.getByRole("dialog");
  await dialog.getByLabel("原因").selectOption({ label: "其他" });
  await dialog.getByLabel("说明").fill("活动改在下半年");
  await dialog.getByRole("button", { name: "确认零申报" }).click();
  await expect(own).toContainText("活动改在下半年");

  const province = await at("province");
  const matrix = `/calendar?year=${year}&org=632200&programme=${code}`;
  await province.opens(matrix);
  const cell = province.page.getByRole("row", { name: /祁连/ }).locator(`a[href*="${code}"]`).last(); // prettier-ignore
  await expect(cell).toHaveText("零申报");
  await province.opens(`${matrix}&state=late,missing`);
  await province.sees("没有符合条件的事项");

  await own.getByRole("button", { name: /^撤回零申报/ }).click();
  await expect(own).toContainText("逾期未报");
  await province.page.reload();
  await expect(cell).toHaveText("逾期未报");
  await expect(province.page.getByRole("row", { name: /祁连/ })).toContainText(/晚 \d+ 天/);

  await own.getByRole("link", { name: /^去录入/ }).click();
  const form = new EntryForm(clerk);
  const day = clerk.page.getByLabel("发放日期", { exact: true });
  await expect(clerk.page.getByRole("combobox", { name: "项目" })).toHaveValue(name);
  await day.fill(`${year}-03-15`);
  await form.amount.fill("2600");
  const counts = clerk.page.getByRole("group", { name: "数量", exact: true });
  await counts.getByRole("textbox").first().fill("3");
  await clerk.chooses("资金来源", "县总工会经费");
  const id = await form.submit();
  await province.opens(matrix);
  await expect(cell).toHaveText("已报 1 笔");
  const reviewer = await over("reviewer.haibei");
  const { version } = await reviewer.read<RecordAnswer>(`/disbursements/${id}`);
  await reviewer.write("POST", `/disbursements/${id}/approve`, { version });
  expect(await expectRawSum(reviewer, `year=${year}&org=632200&programme=${code}`)).toBe(260_000n);
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
