import { fenOf, rowOf, tableOf } from "@/e2e/expectations/figures";
import { publishedByOrganisation, publishedTotalFen } from "@/e2e/expectations/published";
import { expect, test } from "@/e2e/fixtures";

const PICTURE =
  process.env["UPDATE_README_IMAGE"] === "1"
    ? "docs/images/dashboard.png"
    : "test-results/dashboard.png";

test("from the province to a county, a programme and its vouchers, which sum to the figure clicked", async ({
  at,
}) => {
  const person = await at("province");
  const { page } = person;
  await person.opens("/dashboard?year=2024");
  const places = await tableOf(page, "#places");
  expect(fenOf(await rowOf(places, "合计").getByRole("cell").first().innerText())).toBe(
    publishedTotalFen(),
  );
  await places.getByRole("link", { name: "西宁市", exact: true }).click();
  await expect(person.heading(/西宁市/)).toBeVisible();
  await places.getByRole("link", { name: "湟源县", exact: true }).click();
  await expect(person.heading(/湟源县/)).toBeVisible();

  const programmes = await tableOf(page, "#programmes");
  const county = fenOf(await rowOf(programmes, "合计").getByRole("cell").first().innerText());
  expect(county).toBe(publishedByOrganisation().get("630123")?.fen);
  const line = programmes.getByRole("row").nth(2);
  const amount = await line.getByRole("cell").first().innerText();
  const programme = await line.getByRole("rowheader").innerText();
  await line.getByRole("cell").first().getByRole("link").click();
  await expect(person.heading(new RegExp(programme))).toBeVisible();
  await expect(page.getByText(/与所点数字一致。/)).toBeVisible();
  const counted = page.getByRole("grid").locator("tbody").getByRole("row");
  const header = await page.getByRole("columnheader").allInnerTexts();
  const column = header.findIndex((text) => text.startsWith("计入本数字"));
  let sum = 0n;
  for (const row of await counted.all())
    sum += fenOf((await row.locator("[data-cell]").nth(column).innerText()).replace(/约数\s*/, ""));
  expect(sum).toBe(fenOf(amount));
});

test("what names no day stands under 月份不详 and in no month", async ({ at }) => {
  const person = await at("province");
  await person.opens("/dashboard?year=2024");
  const months = await tableOf(person.page, "#months");
  const unknown = rowOf(months, "月份不详").getByRole("cell").first();
  expect(fenOf(await unknown.innerText())).toBe(publishedTotalFen());
  for (let month = 1; month <= 12; month += 1)
    for (const row of await rowOf(months, `${month} 月`).all())
      await expect(row.getByRole("cell").first()).toHaveText("—");
});

test("the province's dashboard sits for its picture", async ({ at }) => {
  const person = await at("province", { unit: "wan", viewport: { width: 1366, height: 900 } });
  await person.opens("/dashboard?year=2024");
  await expect(person.heading(/2024 年全省/)).toBeVisible();
  await expect(person.page.locator("svg.recharts-surface").first()).toBeVisible();
  await expect(person.page.locator(".recharts-rectangle").first()).toBeVisible();
  await person.page.evaluate(() => document.fonts.ready.then(() => undefined));
  await person.page.screenshot({ path: PICTURE, animations: "disabled" });
});
