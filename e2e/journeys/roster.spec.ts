import { randomInt } from "node:crypto";
import type { Locator } from "@playwright/test";
import { answersTo, plainRecord, type RecordAnswer } from "@/e2e/actors/records";
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
