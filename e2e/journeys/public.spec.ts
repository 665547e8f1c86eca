import { picture } from "@/e2e/actors/picture";
import { expectAccessible, expectNoSidewaysScroll } from "@/e2e/expectations/accessible";
import { expectWhole } from "@/e2e/expectations/whole";
import { expectWholeRows } from "@/e2e/expectations/whole-rows";
import { expect, test } from "@/e2e/fixtures";

const YEAR = 2024;
const SIZES = [
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
];

type YearAnswer = { status: string; version: number };
type Rows = { rows: { line_kind: string; state: string; persons: number | null }[] };

test("the province publishes a year, everybody reads it without signing in, and withdrawn it is gone", async ({
  at,
  over,
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(240_000);
  await page.goto(`/public?year=${String(YEAR)}`);
  await expect(page.getByText(/目前没有公开的数据|这一年的数据没有公开/)).toBeVisible();
  expect((await page.request.get(`/public/data/${String(YEAR)}.csv`)).status()).toBe(404);

  const api = await over("province");
  const { status, version } = await api.read<YearAnswer>(`/years/${String(YEAR)}`);
  if (status !== "closed")
    await api.write("POST", `/years/${String(YEAR)}/close`, { version, acceptOpen: true });

  const province = await at("province");
  await province.opens(`/years/${String(YEAR)}`);
  await province.page.getByRole("button", { name: "对外公布" }).click();
  const dialog = province.page.getByRole("dialog");
  await dialog.getByLabel("联系方式").fill("权益保障部 0971-000000");
  await dialog.getByRole("button", { name: "对外公布" }).click();
  await expect(province.page.getByText(/第 1 次公布/)).toBeVisible();

  for (const locale of ["zh-CN", "en"] as const) {
    await context.addCookies([{ name: "nz-locale", value: locale, url: baseURL ?? "" }]);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.goto(`/public?year=${String(YEAR)}`);
      await expectWhole(page);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expectNoSidewaysScroll(page);
      await expectWholeRows(page);
      await expectAccessible(page);
      await picture(page, `public-${locale}-${size.width}`, true);
    }
  }
  await expect(page.getByText("权益保障部 0971-000000")).toBeVisible();

  // every way on from there stays there
  const links = await page
    .getByRole("link")
    .evaluateAll((all) => all.map((one) => new URL((one as HTMLAnchorElement).href).pathname));
  expect(links.filter((path) => !path.startsWith("/public"))).toEqual([]);

  const data = await page.request.get(`/public/data/${String(YEAR)}.json`);
  const { rows } = (await data.json()) as Rows;
  expect(new Set(rows.map(({ line_kind }) => line_kind)).size).toBeGreaterThan(2);
  expect(rows.filter(({ persons }) => persons !== null && persons < 5)).toEqual([]);
  expect(rows.some(({ state }) => state === "hidden")).toBe(true);
  const head = await page.request.head(`/public/data/${String(YEAR)}.csv`);
  expect([head.status(), head.headers()["cache-control"]]).toEqual([
    200,
    expect.stringContaining("max-age=60"),
  ]);

  await province.page.getByRole("button", { name: "撤下" }).click();
  await province.page.getByRole("dialog").getByLabel("原因").fill("口径有误");
  await province.page.getByRole("dialog").getByRole("button", { name: "撤下" }).click();
  await expect(province.page.getByText(/口径有误/)).toBeVisible();
  await page.goto(`/public?year=${String(YEAR)}`);
  await expect(page.getByRole("table")).toHaveCount(0);
  expect((await page.request.get(`/public/data/${String(YEAR)}.json`)).status()).toBe(404);
});
