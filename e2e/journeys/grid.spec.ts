import { Grid, sheetHtml } from "@/e2e/actors/grid";
import { Person } from "@/e2e/actors/person";
import { unique } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

const HEAD = ["项目", "发放日期", "金额（万元）", "户数", "人数", "资金来源", "形式", "备注"];
const KEPT = "已随手存下，还不是草稿";

/** Columns of the table as it is first shown. */
const COLUMN = { programme: 1, form: 4, day: 5, amount: 6, households: 7, persons: 8, note: 11 };

const rowOf = (note: string, amount: string, persons = "7") => [
  "金秋助学",
  "2026.8.21",
  amount,
  "7",
  persons,
  "县总工会经费",
  "转账",
  note, // prettier-ignore
];

test("a block of a spreadsheet is pasted, mended by keyboard, saved and submitted", async ({
  at,
  over,
}) => {
  const clerk = await at("clerk.huangyuan");
  const grid = new Grid(clerk);
  const note = unique("整块粘贴");
  await grid.open();
  const rows = [HEAD, rowOf(`${note}甲`, "2.1"), rowOf(`${note}乙`, "2.2", "3户9人"), rowOf(`${note}丙`, "2.3")]; // prettier-ignore
  await grid.paste({ html: sheetHtml("2026年金秋助学台账", [...rows, ["合计", "", "6.6", "", "", "", "", ""]]) }); // prettier-ignore

  await clerk.sees("已贴入 3 行，金额 66,000.00 元（6.60 万元），户数 21，人数 14");
  await clerk.sees(/原表的合计行没有录入：合计 6.6/);
  await expect(grid.head(2)).toContainText("读不懂");
  await expect(grid.head(1)).not.toContainText("读不懂");

  // By keyboard alone: to the red cell, its reason in words, and its number.
  await grid.goTo(2, COLUMN.persons);
  await expect(grid.input).toHaveAttribute("aria-invalid", "true");
  await expect(grid.input).toHaveAccessibleDescription(/.+/);
  await clerk.page.keyboard.type("9");
  await clerk.page.keyboard.press("Enter");
  await expect(grid.head(2)).not.toContainText("读不懂");

  // Taken back and done again, it is the same number.
  await clerk.page.keyboard.press("Control+z");
  await expect(grid.cell(2, COLUMN.persons)).toContainText("");
  await expect(grid.head(2)).toContainText("读不懂");
  await clerk.page.keyboard.press("Control+y");
  await expect(grid.head(2)).not.toContainText("读不懂");

  await clerk.presses("存为草稿");
  await clerk.sees("已存为草稿 3 笔");
  const api = await over("clerk.huangyuan");
  const found = () =>
    api.read<{ items: { amountFen: string; status: string; counts: { persons?: number } }[] }>(
      `/disbursements?q=${encodeURIComponent(note)}`,
    );
  const drafts = await found();
  expect(drafts.items.map(({ amountFen }) => amountFen).sort()).toEqual(["2100000", "2200000", "2300000"]); // prettier-ignore
  expect(drafts.items.map(({ counts }) => counts.persons).sort()).toEqual([7, 7, 9]);

  // Saved again, nothing is doubled.
  await clerk.presses("存为草稿");
  await clerk.sees("已存为草稿 3 笔");
  expect((await found()).items).toHaveLength(3);

  await clerk.presses("上报");
  const asked = clerk.page.getByRole("dialog", { name: /行须说明后上报/ });
  await expect(asked.or(clerk.page.getByText(/已上报 3 笔/)).first()).toBeVisible();
  if (await asked.isVisible()) {
    for (const answer of await asked.getByRole("combobox", { name: "说明" }).all())
      await answer.selectOption({ label: "已核对，填写无误" });
    await asked.getByRole("button", { name: "确认并上报" }).click();
  }
  await clerk.sees(/已上报 \d 笔，已移出表格/);
  await expect
    .poll(async () => (await found()).items.filter(({ status }) => status === "submitted").length)
    .toBe(3);
});

test("what was typed is opened where it was left, on another computer too, and is taken back there", async ({
  at,
}) => {
  const clerk = await at("clerk.huangyuan");
  const grid = new Grid(clerk);
  const note = unique("没打完的表");
  await grid.open();
  await grid.goTo(1, COLUMN.amount);
  await clerk.page.keyboard.type("1200");
  await clerk.page.keyboard.press("Tab");
  await grid.goTo(2, COLUMN.note);
  // Not committed: the window is lost in the middle of a word.
  await clerk.page.keyboard.type(note);
  await clerk.sees(KEPT);
  await clerk.page.waitForURL(/\/entry\/grid\?copy=/);
  const address = new URL(clerk.page.url());
  await clerk.page.close();

  const elsewhere = await at("clerk.huangyuan");
  await elsewhere.opens("/workbench");
  await elsewhere.page.locator(`a[href="${address.pathname}${address.search}"]`).click();
  const there = new Grid(elsewhere);
  await expect(there.cell(2, COLUMN.note)).toContainText(note);
  await expect(there.cell(1, COLUMN.amount)).toContainText("1200");
  await there.open(address.pathname + address.search);
  await elsewhere.page.keyboard.press("Control+z");
  await expect(there.cell(2, COLUMN.note)).not.toContainText(note);
  await elsewhere.page.keyboard.press("Control+z");
  await expect(there.cell(1, COLUMN.amount)).not.toContainText("1200");
});

test("an input method composes into the cell that is active, and its Enter is no Enter of the table", async ({
  at,
}) => {
  const clerk = await at("clerk.huangyuan");
  const grid = new Grid(clerk);
  await grid.open();
  await grid.goTo(1, COLUMN.note);
  const cdp = await clerk.page.context().newCDPSession(clerk.page);
  const compose = (text: string) =>
    cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length }); // prettier-ignore
  // The key that begins a composition is no command, whatever letter it bears.
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", windowsVirtualKeyCode: 229, key: "Process", code: "KeyK" }); // prettier-ignore
  await compose("k");
  await compose("kun'nan");
  await compose("困难");
  // The Enter that picks the candidate.
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", windowsVirtualKeyCode: 229, key: "Enter", code: "Enter" }); // prettier-ignore
  await expect(grid.input).toHaveValue("困难");
  await expect(grid.row(1).getByRole("textbox")).toBeFocused();
  await cdp.send("Input.insertText", { text: "困难" });
  await expect(grid.input).toHaveValue("困难");
  await clerk.page.keyboard.press("Enter");
  await expect(grid.cell(1, COLUMN.note)).toContainText("困难");
  await expect(grid.row(2).getByRole("textbox")).toBeFocused();
});

test("keys walk, fill, find, sort and take back; a long table keeps its focus", async ({ at }) => {
  const clerk = await at("clerk.huangyuan");
  const { keyboard } = clerk.page;
  const grid = new Grid(clerk);
  await grid.open();
  await grid.paste({ text: Array.from({ length: 320 }, (_, n) => `金秋助学\t\t\t转账\t2026.8.${1 + (n % 28)}\t${n + 1}`).join("\r\n") }); // prettier-ignore
  await clerk.sees(/已贴入 320 行，金额 51,360.00 元/);

  await grid.goTo(1, COLUMN.amount);
  for (let n = 0; n < 300; n++) await keyboard.press("ArrowDown");
  await expect(grid.row(301).getByRole("textbox")).toBeFocused();
  await expect(grid.row(301).getByRole("rowheader")).toBeVisible();

  // A day and its months: the 31st is the 31st again after a shorter month.
  await grid.goTo(1, COLUMN.day);
  await keyboard.type("2026-01-31");
  await keyboard.press("Enter");
  await grid.goTo(1, COLUMN.day);
  for (let n = 0; n < 3; n++) await keyboard.press("Shift+ArrowDown");
  await keyboard.press("Control+Shift+D");
  await expect(grid.cell(4, COLUMN.day)).toContainText("2026-04-30");
  await expect(grid.cell(2, COLUMN.day)).toContainText("2026-02-28");

  // Copied, it is text for a spreadsheet.
  await grid.cell(1, COLUMN.day).click();
  await keyboard.press("Shift+ArrowRight");
  expect(await grid.copied()).toBe("2026-01-31\t1");

  // Sorted by amount from the largest, a row keeps its state; taken back, the order of the view stands.
  const sort = clerk.page.getByRole("button", { name: "按“金额”排序" });
  await sort.dispatchEvent("click");
  await sort.dispatchEvent("click");
  await expect(grid.cell(1, COLUMN.amount)).toContainText("320");
  await keyboard.press("Control+z");
  await expect(grid.cell(1, COLUMN.amount)).toContainText("320");

  await grid.goTo(1, COLUMN.note);
  await keyboard.press("Control+h");
  await clerk.page.getByPlaceholder("查找", { exact: true }).fill("转账");
  await clerk.sees("共 320 处");
  await clerk.page.getByPlaceholder("替换为").fill("现金");
  await clerk.presses("全部替换（320）");
  await expect(grid.cell(1, COLUMN.form)).toContainText("现金");
});

test("two windows with one table keep both texts", async ({ at }) => {
  const clerk = await at("clerk.huangyuan");
  const grid = new Grid(clerk);
  await grid.open();
  await grid.goTo(1, COLUMN.amount);
  await clerk.page.keyboard.type("100");
  await clerk.page.keyboard.press("Enter");
  await clerk.sees(KEPT);
  const address = clerk.page.url();
  const page = await clerk.page.context().newPage();
  const second = new Grid(new Person(page));
  await second.open(address);
  await second.goTo(2, COLUMN.amount);
  const taken = page.waitForResponse((answer) => answer.request().method() === "PUT");
  await page.keyboard.type("200");
  await page.keyboard.press("Enter");
  await taken;
  await clerk.page.bringToFront();
  await grid.goTo(3, COLUMN.amount);
  await clerk.page.keyboard.type("300");
  await clerk.page.keyboard.press("Enter");
  await clerk.sees("这份内容在另一个窗口里也改过");
  await expect(grid.cell(3, COLUMN.amount)).toContainText("300");
  await expect(second.cell(2, COLUMN.amount)).toContainText("200");
});
