import type { Page } from "@playwright/test";
import { openColleague, OWN_PASSWORD } from "@/e2e/actors/accounts";
import { DEMO_PASSWORD, type ApiActor } from "@/e2e/actors/api";
import { Person } from "@/e2e/actors/person";
import { answersTo, plainRecord, unique, type RecordAnswer } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

// The oldest book there is; no other journey writes into it.
const YEAR = 2023;
const PAGE = `/years/${String(YEAR)}`;

type Closing = {
  no: number;
  sha256: string;
  checkpoint: string | null;
  frozen: { amountFen: string };
};
type YearAnswer = {
  status: string;
  snapshot: { no: number; sha256: string; amountFen: string; records: number } | null;
  closings: Closing[];
  later: { corrections: number; amountFen: string };
  reopenings: { state: string; passed: { count: number; amountFen: string } | null }[];
}; // prettier-ignore

const paying = (fen: string) => ({
  paidOn: `${String(YEAR)}-08-28`,
  amountFen: fen,
  shares: [{ fundSource: "county-union", amountFen: fen }],
});

async function handedInAndApproved(clerk: ApiActor, reviewer: ApiActor, record: RecordAnswer) {
  const path = `/disbursements/${record.id}`;
  const answers = answersTo(record);
  const { version } = await clerk.write<RecordAnswer>("POST", `${path}/submit`, { version: record.version, answers }); // prettier-ignore
  return reviewer.write<RecordAnswer>("POST", `${path}/approve`, { version });
}

async function approved(clerk: ApiActor, reviewer: ApiActor, fen: string): Promise<RecordAnswer> {
  const fields = plainRecord("632222", { ...paying(fen), note: unique("封账走查") });
  const draft = await clerk.write<RecordAnswer>("POST", "/disbursements", fields);
  return handedInAndApproved(clerk, reviewer, draft);
}

/** As after ten minutes: the server asks who sits there, and the closing then goes on. */
async function closes({ page }: Person): Promise<void> {
  await page.route(
    "**/close",
    (route) => route.fulfill({ status: 403, json: { error: { code: "STEP_UP", message: "" } } }),
    { times: 1 },
  );
  await page.getByRole("button", { name: `封账 ${String(YEAR)}`, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `${String(YEAR)} 年度封账` });
  const accepts = dialog.getByRole("checkbox");
  if (await accepts.isVisible()) await accepts.check();
  await dialog.getByRole("button", { name: "封账", exact: true }).click();
  const proof = page.getByRole("dialog", { name: "请再确认是您本人" });
  await proof.getByLabel("登录密码或验证码").fill(DEMO_PASSWORD);
  await proof.getByRole("button", { name: "确认并继续" }).click();
  await expect(page.getByText(`${String(YEAR)} 年度已封账`).first()).toBeVisible();
}

/** What stands under the heading of a closing, to the next heading. */
const closingOn = (page: Page, no: number) =>
  page.getByRole("heading", { name: `第 ${String(no)} 次封账`, exact: true }).locator("..");

test("the province closes a year, a late correction stands beside it, and two persons open it once more", async ({
  at,
  over,
  browser,
  baseURL,
}) => {
  const api = await over("province");
  const [clerk, reviewer] = [await over("clerk.qilian"), await over("reviewer.haibei")];
  const year = () => api.read<YearAnswer>(PAGE);
  const record = await approved(clerk, reviewer, "15390000");

  const province = await at("province");
  await province.opens(PAGE);
  await closes(province);
  await expect(province.page.getByText("已封账", { exact: true }).first()).toBeVisible();
  const first = await year();
  expect(first).toMatchObject({ status: "closed", snapshot: { no: 1 } });
  const { sha256, amountFen } = first.snapshot ?? { sha256: "", amountFen: "" };
  const closing = closingOn(province.page, 1);
  await expect(closing.getByText(sha256, { exact: true })).toBeVisible();
  const signature = first.closings[0]?.checkpoint?.trim().split("\n").at(-1) ?? "none";
  await expect(closing.getByText(signature, { exact: true })).toBeVisible();

  // found later: 0.07 yuan too much; the closed figure stays, the correction counts in the open year
  const { organisation: _organisation, ...replacement } = plainRecord("", paying("15389993"));
  const { adjustments } = await clerk.write<{ adjustments: { replacementId: string }[] }>("POST", `/disbursements/${record.id}/adjust`, { version: record.version, reason: "amount-wrong", words: "银行已退回", replacement }); // prettier-ignore
  const made = await clerk.read<RecordAnswer>(`/disbursements/${adjustments[0]?.replacementId ?? ""}`); // prettier-ignore
  await handedInAndApproved(clerk, reviewer, made);
  expect((await year()).snapshot).toEqual(first.snapshot);
  expect((await year()).later).toEqual({ corrections: 1, amountFen: "-7" });
  await province.opens(PAGE);
  await province.sees(/对本年度记录的更正.*1 件.*计入以后年度，净额 -0\.07 元/);
  const books = province.page.getByRole("table", { name: "账面与还原" });
  await expect(books.getByRole("row", { name: /计入以后年度的更正/ })).toContainText("-0.07");
  const pair = province.page.locator("#pairs").getByRole("row").filter({ hasText: record.id });
  await expect(pair).toContainText("153,899.93");

  // one asks and cannot confirm; a colleague does
  await province.presses("重新开账");
  const asking = province.page.getByRole("dialog");
  await asking.getByLabel("理由").fill("祁连县一笔助学没有登记");
  const hint = await asking.getByText(/^最晚 \d{4}-\d\d-\d\d$/).innerText();
  await asking.getByLabel("录入截止日").fill(hint.slice(-10));
  await asking.getByRole("button", { name: "提出", exact: true }).click();
  await province.sees(/祁连县一笔助学没有登记/);
  await expect(province.page.getByRole("button", { name: "确认开账" })).toHaveCount(0);
  for (const who of ["admin", "admin2"]) await (await over(who)).proves();
  const { username, password } = await openColleague(await over("admin"), await over("admin2"));
  const desk = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const colleague = new Person(await desk.newPage());
  await colleague.signsInFirst(username, password, OWN_PASSWORD);
  await colleague.opens(PAGE);
  await colleague.presses("确认开账");
  await colleague.page.getByRole("dialog").getByRole("button", { name: "确认开账" }).click();
  await colleague.sees(`已重新开账，录入和审核到 ${hint.slice(-10)} 止。原来的封账照样保留。`);
  await desk.close();

  // what was forgotten is entered, and the year closed again: both versions stay
  await approved(clerk, reviewer, "1000000");
  await province.opens(PAGE);
  await closes(province);
  const second = await year();
  expect(second).toMatchObject({ status: "closed", snapshot: { no: 2 }, reopenings: [{ state: "confirmed", passed: { count: 1, amountFen: "1000000" } }] }); // prettier-ignore
  expect(BigInt(second.snapshot?.amountFen ?? 0) - BigInt(amountFen)).toBe(1_000_000n);
  expect(second.closings.map(({ no }) => no).sort()).toEqual([1, 2]);
  for (const { no, sha256: digest } of second.closings)
    await expect(closingOn(province.page, no).getByText(digest, { exact: true })).toBeVisible();
  expect(second.closings.find(({ no }) => no === 1)).toEqual(first.closings[0]);
  await province.sees("1 张凭证，净额 10,000.00 元");
});
