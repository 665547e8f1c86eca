import { Grid } from "@/e2e/actors/grid";
import type { Person } from "@/e2e/actors/person";
import { unique } from "@/e2e/actors/records";
import type { ApiActor } from "@/e2e/actors/api";
import { expect, test } from "@/e2e/fixtures";

const KEPT = "已随手存下，还不是草稿";
const COLUMN = { amount: 6, note: 11 };
const CUT = "您填写的内容都还在，联网后再试";
const SETS = "**/api/v1/disbursements/set";

type Found = { items: { amountFen: string; status: string; reference: string }[] };
const found = async (api: ApiActor, note: string) =>
  (await api.read<Found>(`/disbursements?q=${encodeURIComponent(note)}`)).items;
const sumOf = (items: Found["items"]) =>
  items.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);

/** The server takes what is sent, and its answer is lost on the way. */
async function losesAnswer(clerk: Person, url: string, act: () => Promise<void>): Promise<void> {
  const { page } = clerk;
  await page.route(url, async (route) => {
    if (route.request().method() === "GET") return route.continue();
    await route.fetch();
    return route.abort("connectionreset");
  });
  await act();
  await clerk.sees(CUT);
  await page.unroute(url);
}

const block = (note: string, rows: number) =>
  ["项目\t发放日期\t金额\t户数\t人数\t资金来源\t备注", ...Array.from({ length: rows }, (_, n) => `金秋助学\t2026.8.${n + 1}\t${1000 + n}.5\t3\t${n + 1}\t县总工会经费\t${note} ${n + 1}`)].join("\r\n"); // prettier-ignore

test("a line cut while typing, while saving and while submitting loses nothing and doubles nothing", async ({
  at,
  over,
  provoked,
}) => {
  provoked.push(/net::ERR_/);
  const clerk = await at("clerk.huangyuan");
  const { page } = clerk;
  const api = await over("clerk.huangyuan");
  const grid = new Grid(clerk);
  const note = unique("断线");
  await grid.open();
  await grid.paste({ text: block(note, 4) });
  await clerk.sees(/已贴入 4 行，金额 4,008.00 元/);
  await clerk.sees(KEPT);

  // While typing: what is typed stands here, and is with the server when the line is back.
  await page.context().setOffline(true);
  await grid.goTo(4, COLUMN.amount);
  await page.keyboard.type("2003.5");
  await page.keyboard.press("Enter");
  await clerk.sees(/网络已断开/);
  // While saving: nothing was sent, and nothing is a draft.
  await page.keyboard.press("Control+s");
  await clerk.sees(CUT);
  await page.context().setOffline(false);
  expect(await found(api, note)).toEqual([]);
  await clerk.sees(KEPT);

  // The set arrives and its answer does not: the window is lost too, and the next one gives the same drafts.
  await page.reload();
  await expect(grid.cell(4, COLUMN.amount)).toContainText("2003.5");
  await losesAnswer(clerk, SETS, () => clerk.presses("存为草稿"));
  expect(await found(api, note)).toHaveLength(4);
  await page.reload();
  await expect(grid.cell(4, COLUMN.amount)).toContainText("2003.5");
  await clerk.presses("存为草稿");
  await clerk.sees("已存为草稿 4 笔");
  expect(sumOf(await found(api, note))).toBe(500800n);

  // A change of a draft: asked for again, it is known for the one that was taken.
  await grid.open(page.url());
  await grid.goTo(1, COLUMN.amount);
  await page.keyboard.type("1500");
  await page.keyboard.press("Enter");
  await losesAnswer(clerk, "**/api/v1/disbursements/*", () => page.keyboard.press("Control+s"));
  await page.keyboard.press("Control+s");
  await clerk.sees("已存为草稿 4 笔");
  expect(sumOf(await found(api, note))).toBe(550750n);

  // While submitting: taken without an answer, asked again it is what was wanted.
  await losesAnswer(clerk, `${SETS}/submit`, () => page.keyboard.press("Control+Shift+Enter"));
  const asked = page.getByRole("dialog", { name: /行须说明后上报/ });
  await clerk.presses("上报");
  await expect(asked.or(page.getByText(/已上报 4 笔/)).first()).toBeVisible();
  if (await asked.isVisible()) {
    for (const answer of await asked.getByRole("combobox", { name: "说明" }).all())
      await answer.selectOption({ label: "已核对，填写无误" });
    await asked.getByRole("button", { name: "确认并上报" }).click();
  }
  await expect
    .poll(async () => (await found(api, note)).map(({ status }) => status))
    .toEqual(["submitted", "submitted", "submitted", "submitted"]);
  expect(sumOf(await found(api, note))).toBe(550750n);
});

test("a row that is a draft is not taken out of the table without its draft being asked about", async ({
  at,
  over,
}) => {
  const clerk = await at("clerk.huangyuan");
  const { page } = clerk;
  const api = await over("clerk.huangyuan");
  const grid = new Grid(clerk);
  const note = unique("删去草稿");
  await grid.open();
  await grid.paste({ text: block(note, 2) });
  await clerk.sees(/已贴入 2 行/);
  await page.keyboard.press("Control+s");
  await clerk.sees("已存为草稿 2 笔");
  await grid.goTo(2, COLUMN.amount);
  await page.keyboard.press("Alt+Delete");
  const asked = page.getByRole("dialog", { name: /这一行已是草稿 .+，同时作废？/ });
  await asked.getByRole("button", { name: "先不作废" }).click();
  await clerk.sees(/1 笔草稿已不在表里/);

  // Taken back, the row is the draft again, and nothing is asked.
  await grid.cell(1, COLUMN.amount).click();
  await page.keyboard.press("Control+z");
  await expect(page.getByText(/笔草稿已不在表里/)).toHaveCount(0);
  await grid.goTo(2, COLUMN.amount);
  await clerk.sees(/第 2 行 · 金额（元）（草稿 630123-/);

  await grid.goTo(2, COLUMN.amount);
  await page.keyboard.press("Alt+Delete");
  await asked.getByRole("combobox").selectOption({ label: "误录入" });
  await asked.getByRole("button", { name: "作废 1 笔" }).click();
  await expect(page.getByText(/笔草稿已不在表里/)).toHaveCount(0);
  await expect
    .poll(async () => (await found(api, note)).map(({ status }) => status).sort())
    .toEqual(["draft", "voided"]);

  // Taken back after that, it is a new row; saved, it is a new draft.
  await grid.cell(1, COLUMN.amount).click();
  await page.keyboard.press("Control+z");
  await grid.goTo(2, COLUMN.amount);
  await clerk.sees("第 2 行 · 金额（元）");
  await expect(page.getByText(/（草稿 630123-/)).toHaveCount(0);
  await page.keyboard.press("Control+s");
  await clerk.sees("已存为草稿 2 笔");
  expect((await found(api, note)).filter(({ status }) => status === "draft")).toHaveLength(2);
});
