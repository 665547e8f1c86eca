import { randomInt } from "node:crypto";
import type { ApiActor } from "@/e2e/actors/api";
import { answersTo, plainRecord, unique, type RecordAnswer } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

/** Submitted and without a finding: no other record has its amount. */
async function submitted(clerk: ApiActor, note: string): Promise<RecordAnswer> {
  const amountFen = String(700_000 + randomInt(90_000));
  const shares = [{ fundSource: "county-union", amountFen: null }];
  const counts = { households: 1, persons: 1 };
  const record = plainRecord("630104", { note, amountFen, shares, counts });
  const draft = await clerk.write<RecordAnswer>("POST", "/disbursements", record);
  const body = { version: draft.version, answers: answersTo(draft) };
  return clerk.write<RecordAnswer>("POST", `/disbursements/${draft.id}/submit`, body);
}

test("a reviewer takes an approval back, gives it again and leaves; another is withdrawn under their eyes", async ({
  at,
  over,
}) => {
  const clerk = await over("clerk.chengxi");
  const [first, second] = [unique("先审的一笔"), unique("撤回的一笔")];
  const one = await submitted(clerk, first);
  const two = await submitted(clerk, second);
  const status = async (id: string) =>
    (await clerk.read<RecordAnswer>(`/disbursements/${id}`)).status;

  const { page } = await at("reviewer.xining");
  await page.goto("/review");
  const row = (note: string) => page.getByRole("listitem").filter({ hasText: note });
  await row(first).focus();
  await page.keyboard.press("a");
  await expect(row(first).getByText("即将通过")).toBeVisible();
  // the hands go on to the next row by themselves
  await expect(row(first)).not.toBeFocused();
  await row(first)
    .getByRole("button", { name: /^撤销通过/ })
    .click();
  await expect(row(first).getByRole("button", { name: /^审核通过/ })).toBeVisible();
  expect(await status(one.id)).toBe("submitted");

  await clerk.write("POST", `/disbursements/${two.id}/withdraw`, { version: two.version });
  await row(second).focus();
  await page.keyboard.press("r");
  await page.getByRole("dialog").getByLabel("原因").selectOption({ label: "金额有误" });
  await page.getByRole("dialog").getByLabel("需要改什么").fill("请核对");
  await page.getByRole("dialog").getByRole("button", { name: "退回", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("他人修改");
  await page.keyboard.press("Escape");
  await expect(row(second)).toContainText("撤回");

  await row(first).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("上报时");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await row(first)
    .getByRole("button", { name: /^审核通过/ })
    .click();
  await expect(row(first).getByText("即将通过")).toBeVisible();
  await page.goto("/ledger");
  await expect.poll(() => status(one.id)).toBe("approved");
});
