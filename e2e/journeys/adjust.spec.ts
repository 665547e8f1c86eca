import { answersTo, plainRecord, type RecordAnswer, unique } from "@/e2e/actors/records";
import { EntryForm } from "@/e2e/actors/entry-form";
import type { ApiActor } from "@/e2e/actors/api";
import type { Person } from "@/e2e/actors/person";
import { expect, test } from "@/e2e/fixtures";

type Figures = { totals: { amountFen: string; records: number } };

// No other journey approves anything of this county and programme.
const COUNTY = "/figures?year=2026&org=630123&programme=golden-autumn";

const why = (clerk: Person) => clerk.page.getByLabel("情况说明", { exact: true });

/** A record of a programme in which no other journey counts. */
async function approved(author: ApiActor, judge: ApiActor): Promise<RecordAnswer> {
  const made = await author.write<RecordAnswer>(
    "POST",
    "/disbursements",
    plainRecord("630123", { programme: "cool-summer", note: unique("更正写到一半") }),
  );
  const path = `/disbursements/${made.id}`;
  const submitted = await author.write<RecordAnswer>("POST", `${path}/submit`, {
    version: made.version,
    answers: answersTo(made),
  });
  return judge.write("POST", `${path}/approve`, { version: submitted.version });
}

test("a correction that is not made yet is kept, opened where it was left, and ends with the correction", async ({
  at,
  over,
}) => {
  const author = await over("clerk.huangyuan");
  const record = await approved(author, await over("reviewer.xining"));
  const path = `/disbursements/${record.id}`;
  const copies = async () => {
    type Copies = { items: { id: string; subject: string | null }[] };
    const { items } = await author.read<Copies>("/working-copies");
    return items.filter(({ subject }) => subject === record.id);
  };

  const clerk = await at("clerk.huangyuan");
  await clerk.opens(`${path}/adjust`);
  await expect(why(clerk)).toBeEditable();
  await why(clerk).fill("一户多发，");
  await clerk.sees("已随手存下");
  await clerk.page.close();
  expect(await copies()).toHaveLength(1);

  const elsewhere = await at("clerk.huangyuan");
  await elsewhere.opens("/workbench");
  await elsewhere.page.locator(`a[href^="${path}/adjust?copy="]`).click();
  await expect(elsewhere.heading(/^更正 /)).toBeVisible();
  await expect(why(elsewhere)).toHaveValue("一户多发，");
  await elsewhere.presses("不要了，重新填");
  await expect(why(elsewhere)).toHaveValue("");
  await expect.poll(copies).toHaveLength(0);

  await why(elsewhere).fill("整笔没有发出");
  await elsewhere.page.getByRole("radio", { name: /^只冲红/ }).check();
  await elsewhere.page.getByRole("combobox", { name: "原因" }).selectOption({ label: "金额有误" });
  await elsewhere.sees("已随手存下");
  expect(await copies()).toHaveLength(1);
  await elsewhere.presses("生成更正");
  await elsewhere.page.waitForURL((url) => /^\/disbursements\/\d+$/.test(url.pathname));
  expect(await copies()).toHaveLength(0);
});

test("an approved record is corrected by a reversal and a replacement, and figures move by the difference", async ({
  at,
  over,
}) => {
  const author = await over("clerk.huangyuan");
  const judge = await over("reviewer.xining");
  const made = await author.write<RecordAnswer>(
    "POST",
    "/disbursements",
    plainRecord("630123", { note: unique("要更正的一笔"), paidOn: "2026-08-27" }),
  );
  const path = `/disbursements/${made.id}`;
  const submitted = await author.write<RecordAnswer>("POST", `${path}/submit`, {
    version: made.version,
    answers: answersTo(made),
  });
  await judge.write("POST", `${path}/approve`, { version: submitted.version });
  const fen = async () => BigInt((await judge.read<Figures>(COUNTY)).totals.amountFen);
  const before = await fen();

  const clerk = await at("clerk.huangyuan");
  await clerk.opens(path);
  await clerk.follows("更正");
  await expect(clerk.heading(/^更正 /)).toBeVisible();
  await clerk.page.getByRole("combobox", { name: "原因" }).selectOption({ label: "金额有误" });
  await clerk.page.getByLabel("情况说明", { exact: true }).fill("一户多发 0.07 元，银行已退回");
  await new EntryForm(clerk).amount.fill("153,899.93");
  await clerk.page
    .getByRole("group", { name: "第 2 个来源" })
    .getByRole("textbox", { name: "金额" })
    .fill("53,899.93");
  // judged like an entry, without what it corrects
  await why(clerk).focus();
  await clerk.sees("按现在填的内容校验");
  await clerk.sees(/已审 [\d,.]+(?: 元)?，待审 [\d,.]+.*（本单位/);
  await clerk.presses("生成更正");
  await clerk.page.waitForURL((url) => /^\/disbursements\/\d+$/.test(url.pathname));
  expect(await fen(), "drafts count for nothing").toBe(before);
  const replacement = new URL(clerk.page.url()).pathname;
  expect(replacement).not.toBe(path);
  await clerk.presses("上报");
  const dialog = clerk.page.getByRole("dialog");
  for (const answer of await dialog.getByRole("combobox", { name: "说明" }).all())
    await answer.selectOption({ label: "已核对，填写无误" });
  await dialog.getByRole("button", { name: /^(上报|确认并上报)$/ }).click();
  await clerk.sees(/^已上报：/);

  const reviewer = await at("reviewer.xining");
  await reviewer.opens(replacement);
  await reviewer.presses("审核通过");
  await reviewer.page.getByRole("dialog").getByRole("button", { name: "审核通过" }).click();
  await reviewer.sees(/^已审核通过：/);

  expect(await fen()).toBe(before - 7n);
  await reviewer.opens(path);
  const corrections = reviewer.page.getByRole("listitem").filter({ hasText: "银行已退回" });
  await expect(corrections).toContainText("金额有误（已审核）");
  for (const [link, amount] of [
    [/^冲红(记录)? \d+/, "-153,900.00"],
    [/^更正(记录)? \d+/, "153,899.93"],
  ] as const) {
    await reviewer.opens(path);
    await reviewer.page.getByRole("link", { name: link }).click();
    await reviewer.page.waitForURL((url) => url.pathname !== path);
    await expect(reviewer.page.getByText(amount).first()).toBeVisible();
    await expect(reviewer.page.getByText("已审核", { exact: true }).first()).toBeVisible();
  }
});
