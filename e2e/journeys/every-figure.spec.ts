import { type APIRequestContext, request } from "@playwright/test";
import { figureLinks, openedWith, shownFigure, type Opened } from "@/e2e/expectations/opened";
import { expect, test } from "@/e2e/fixtures";

test.describe.configure({ mode: "parallel" });

const YEARS = [2023, 2024, 2025, 2026];
const ROLES = ["clerk.chengxi", "reviewer.xining", "province", "auditor"];
const DESKS = [
  { unit: "yuan", locale: "zh-CN" },
  { unit: "wan", locale: "en" },
] as const;

const pagesOf = (year: number) => [
  `/dashboard?year=${year}`,
  `/reports?year=${year}`,
  `/allotments?year=${year}`,
  `/ledger?year=${year}`,
  `/explain?year=${year}`,
];

async function textOf(http: APIRequestContext, path: string): Promise<string> {
  const answer = await http.get(path);
  expect(answer.status(), path).toBe(200);
  return answer.text();
}

/** One row is enough to open a list: what it sums to stands above. */
const briefly = (href: string) =>
  /^\/(explain|ledger)/.test(href) ? `${href}${href.includes("?") ? "&" : "?"}limit=1` : href;

const agrees = (text: string, opened: Opened) =>
  /^-?\d[\d,]*$/.test(text) ? opened.counts.has(text) : opened.amounts.includes(text);

/** Each address is opened once, however many figures lead there. */
async function differences(http: APIRequestContext, pages: readonly string[]) {
  const targets = new Map<string, Promise<Opened>>();
  const found: string[] = [];
  let compared = 0;
  for (const page of pages) {
    const links = figureLinks(await textOf(http, page));
    for (const { href } of links)
      if (!targets.has(href))
        targets.set(
          href,
          textOf(http, briefly(href)).then((html) => openedWith(href, html)),
        );
    for (const { text, href } of links) {
      const opened = await targets.get(href);
      compared += 1;
      if (opened && !agrees(text, opened))
        found.push(`${page}: ${text} opens ${href}: ${opened.amounts.join(" / ")}`);
    }
  }
  return { compared, found };
}

for (const username of ROLES)
  for (const { unit, locale } of DESKS)
    test(`every figure that ${username} may open is what it opens (${unit}, ${locale})`, async ({
      baseURL = "",
      cookiesOf,
    }) => {
      const { cookies, origins } = await cookiesOf(username, baseURL);
      const { hostname } = new URL(baseURL);
      const desk = Object.entries({ "nz-unit": unit, "nz-locale": locale });
      const kept = cookies.filter(({ name }) => !desk.some(([own]) => own === name));
      const own = desk.map(([name, value]) => ({
        name,
        value,
        domain: hostname,
        path: "/",
        expires: -1,
        httpOnly: false,
        secure: false,
        sameSite: "Lax" as const,
      }));
      const reader = await request.newContext({
        baseURL,
        storageState: { cookies: [...kept, ...own], origins },
      });
      const { compared, found } = await differences(reader, [
        "/workbench",
        ...YEARS.flatMap(pagesOf),
      ]);
      await reader.dispose();
      console.info(`${username}, ${unit}, ${locale}: ${compared} figures compared`);
      expect(found).toEqual([]);
      expect(compared).toBeGreaterThan(100);
    });

test("each bar of a chart is a link to what it says; beside the bars nothing opens", async ({
  at,
}) => {
  const { page } = await at("province");
  await page.goto("/dashboard?year=2026");
  const bars = page.locator("svg a[aria-label]");
  await expect(bars.first()).toBeVisible();
  const said = await bars.evaluateAll((all) =>
    all.map(
      (bar) => [bar.getAttribute("aria-label") ?? "", bar.getAttribute("href") ?? ""] as const,
    ),
  );
  expect(said.length).toBeGreaterThan(20);
  for (const [label, href] of said) {
    const amount = shownFigure(label.split(" ").at(-1) ?? "");
    const answer = await page.request.get(briefly(href));
    expect(openedWith(href, await answer.text()).amounts, `${label} opens ${href}`).toContain(
      amount,
    );
  }
  const chart = page.locator("svg.recharts-surface").first();
  const box = await chart.boundingBox();
  await chart.click({ position: { x: 4, y: (box?.height ?? 40) - 4 } });
  await chart.click({ position: { x: (box?.width ?? 40) / 2, y: (box?.height ?? 40) - 4 } });
  await expect(page).toHaveURL(/\/dashboard\?year=2026$/);
  const last = bars.last();
  const href = await last.getAttribute("href");
  await last.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${href?.replace(/[?.]/g, "\\$&")}$`));
});
