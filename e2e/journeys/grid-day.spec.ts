import { Grid } from "@/e2e/actors/grid";
import { plainRecord, unique } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

const COLUMN = {
  programme: 1,
  category: 2,
  day: 5,
  amount: 6,
  households: 7,
  persons: 8,
  note: 11,
};

const QILIAN = "632222";
type Found = { items: { amountFen: string; status: string }[] };

test("in English a block is pasted, mended, saved and submitted by keys alone", async ({
  at,
  over,
}) => {
  const clerk = await at("clerk.huangyuan", { locale: "en" });
  const { page } = clerk;
  const { keyboard } = page;
  const api = await over("clerk.huangyuan");
  const grid = new Grid(clerk);
  const note = unique("keys");
  await page.goto("/entry/grid");
  // Whoever comes with a block on the clipboard needs no pointer: the first cell has the focus.
  await expect(grid.input).toBeFocused();
  const rows = ["2026-08-21\t33000\t7\t7", "2026-08-22\tmany\t7\t8"].map((row, n) => `Golden Autumn\t${row}\tcounty-union\t${note} ${n + 1}`); // prettier-ignore
  const head = "Programme\tPaid on\tAmount (yuan)\tHouseholds\tPersons\tFund source\tNote";
  await grid.paste({ text: [head, ...rows].join("\r\n") });
  await clerk.sees(/2 rows pasted/);
  await expect(grid.head(2)).toContainText("Unread");
  await grid.goTo(2, COLUMN.amount);
  await expect(grid.input).toHaveAttribute("aria-invalid", "true");
  await keyboard.type("34000");
  await keyboard.press("Enter");
  await expect(grid.head(2)).not.toContainText("Unread");
  await keyboard.press("Control+s");
  await clerk.sees(/2 drafts saved/);
  await keyboard.press("Control+Shift+Enter");
  const asked = page.getByRole("dialog", { name: /an explanation/ });
  await expect(asked.or(page.getByText(/2 submitted/)).first()).toBeVisible();
  if (await asked.isVisible()) {
    for (const answer of await asked.getByRole("combobox").all()) {
      await answer.focus();
      await keyboard.press("ArrowDown");
    }
    await asked.getByRole("button", { name: "Confirm and submit" }).focus();
    await keyboard.press("Enter");
  }
  await clerk.sees(/2 submitted/);
  const { items } = await api.read<Found>(`/disbursements?q=${encodeURIComponent(note)}`);
  expect(items.map(({ status }) => status)).toEqual(["submitted", "submitted"]);
});

test("on a phone a cell is touched and typed into, a row is added, and the rows are drafts", async ({
  at,
  over,
}) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const clerk = await at("clerk.huangyuan", phone);
  const { page } = clerk;
  const api = await over("clerk.huangyuan");
  const grid = new Grid(clerk);
  const note = unique("手机");
  await page.goto("/entry/grid");
  const fill = async (row: number, column: number, text: string) => {
    const cell = grid.cell(row, column);
    await cell.scrollIntoViewIfNeeded();
    // The first touch selects, the second opens.
    await expect(async () => {
      await cell.tap();
      await expect(cell.locator("input")).toBeVisible({ timeout: 500 });
    }).toPass();
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
  };
  const amounts = ["300", "400"];
  for (const [n, amount] of amounts.entries()) {
    await fill(n + 1, COLUMN.programme, "金秋助学");
    await fill(n + 1, COLUMN.day, "2026-8-21");
    await fill(n + 1, COLUMN.amount, amount);
    await fill(n + 1, COLUMN.persons, String(n + 2));
    await fill(n + 1, COLUMN.note, `${note} ${n + 1}`);
    if (n > 0) continue;
    await grid.head(1).tap();
    await page.getByRole("button", { name: "行", exact: true }).tap();
    await page.getByRole("button", { name: "在下面插入 1 行" }).tap();
    await expect(grid.cell(2, COLUMN.amount)).toHaveText("");
  }
  await page.getByRole("button", { name: "存为草稿", exact: true }).tap();
  await clerk.sees("已存为草稿 2 笔");
  const { items } = await api.read<Found>(`/disbursements?q=${encodeURIComponent(note)}`);
  expect(items.map(({ amountFen }) => amountFen).sort()).toEqual(["30000", "40000"]);
});

test("whoever types past the last row goes on in a new one", async ({ at }) => {
  const clerk = await at("clerk.huangyuan");
  const { keyboard } = clerk.page;
  const grid = new Grid(clerk);
  await grid.open();
  await grid.goTo(18, COLUMN.amount);
  for (const amount of ["18", "19", "20", "21", "22"]) {
    await keyboard.type(amount);
    await keyboard.press("Enter");
  }
  await clerk.sees("合计 5 行");
  await expect(grid.cell(20, COLUMN.amount)).toContainText("20");
  await expect(grid.cell(22, COLUMN.amount)).toContainText("22");
});

test("Tab goes past what the programme fills in, and two rows that are alike say so before they are saved", async ({
  at,
}) => {
  const clerk = await at("clerk.huangyuan");
  const { keyboard } = clerk.page;
  const grid = new Grid(clerk);
  await grid.open();
  const types = async (end: "Tab" | "Enter") => {
    const cells = ["金秋助学", "2026-8-21", "516.25", "1", "2", "县总工会经费"];
    for (const [n, text] of cells.entries()) {
      await keyboard.type(text);
      await keyboard.press(n === cells.length - 1 ? end : "Tab");
    }
  };
  await types("Enter");
  await expect(grid.row(2).locator("input")).toBeFocused();
  await expect(grid.cell(1, COLUMN.category)).toHaveText("助学");
  await expect(grid.cell(1, COLUMN.amount)).toContainText("516.25");
  await expect(clerk.page.getByText(/救助类别、.+已自动带出/)).toHaveCount(1);
  await types("Tab");
  await grid.goTo(2, COLUMN.amount);
  await expect(grid.input).toHaveAccessibleDescription(/与第 1 行单位、项目、金额相同/);
  await expect(grid.head(2)).toContainText(/疑似重复|须说明/);
  await grid.goTo(1, COLUMN.category);
  await expect(grid.input).toHaveAccessibleDescription(/自动带出“助学”.*与第 2 行/);

  // Of the rows to be mended the last is not the end either.
  await clerk.presses("只看要改的 2 行");
  await grid.goTo(2, COLUMN.amount);
  await keyboard.press("Enter");
  await expect(grid.row(3).locator("input")).toBeFocused();
  await keyboard.type("33");
  await keyboard.press("Enter");
  await expect(grid.row(4).locator("input")).toBeFocused();
  await expect(grid.cell(3, COLUMN.amount)).toContainText("33");
});

test("last month's rows, last year's, and a year of breakfasts out of one row", async ({
  at,
  over,
}) => {
  const clerk = await at("clerk.qilian");
  const { page } = clerk;
  const { keyboard } = page;
  const api = await over("clerk.qilian");
  const now = new Date();
  const dayOf = (months: number) =>
    new Date(Date.UTC(now.getFullYear(), now.getMonth() + months, 2)).toISOString().slice(0, 10);
  const sum = {
    amountFen: "7771300",
    shares: [{ fundSource: "county-union", amountFen: "7771300" }],
  };
  const last = { programme: "golden-autumn", paidOn: dayOf(-1), ...sum };
  await api.write("POST", "/disbursements", plainRecord(QILIAN, last));
  const grid = new Grid(clerk);
  await grid.open();
  const copied = async (span: string) => {
    await clerk.presses("行");
    await clerk.presses("照上月、照上年录入…");
    const dialog = page.getByRole("dialog", { name: "照以前的录入" });
    await dialog.getByRole("combobox", { name: "项目" }).selectOption({ label: "金秋助学" });
    await dialog.getByRole("combobox", { name: "照哪一段" }).selectOption({ label: span });
    await dialog.getByRole("button", { name: "加到表里" }).click();
    await expect(dialog).toHaveCount(0);
  };
  const rows = page.getByRole("grid").locator('tbody tr[data-state]:not([data-state="blank"])');
  await copied("上月");
  const lastMonth = rows.filter({ hasText: "77,713.00" }).first();
  await expect(lastMonth).toContainText(dayOf(0));
  const before = await rows.count();
  await copied("上年全年");
  await expect.poll(() => rows.count()).toBeGreaterThan(before);
  await expect(rows.last()).toContainText(String(now.getFullYear()));

  // One breakfast, twelve months; each ends with its own month.
  const year = unique("早餐");
  await grid.open("/entry/grid");
  await grid.paste({ text: `项目\t起始日期\t截止日期\t金额\t份数\t资金来源\t备注\r\n爱心早餐\t2026-01-01\t2026-01-31\t3100\t620\t县总工会经费\t${year}` }); // prettier-ignore
  await clerk.sees(/已贴入 1 行/);
  await keyboard.press("Control+Home");
  await clerk.presses("行");
  await clerk.presses("把这一行按月展开成十二行");
  await expect(rows).toHaveCount(12);
  await expect(rows.nth(1)).toContainText("2026-02-28");
  await keyboard.press("Control+s");
  await clerk.sees("已存为草稿 12 笔");
  const { items } = await api.read<Found>(`/disbursements?q=${encodeURIComponent(year)}&limit=50`);
  expect(items).toHaveLength(12);
  expect(items.every(({ amountFen }) => amountFen === "310000")).toBe(true);
});
