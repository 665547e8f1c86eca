import { type APIRequestContext, request } from "@playwright/test";
import { figureLinks, openedWith, shownFigure, type Opened } from "@/e2e/expectations/opened";
import { expect, test } from "@/e2e/fixtures";

test.describe.configure({ mode: "parallel" });

const YUAN = { unit: "yuan", locale: "zh-CN" } as const;
const WAN = { unit: "wan", locale: "en" } as const;
const EVEN = [2024, 2026];
const ODD = [2023, 2025];
/** Two years in one unit and language, two in the other; the province and the auditor read the same thousands of figures. */
const READERS = [
  { username: "clerk.chengxi", desk: YUAN, years: EVEN },
  { username: "clerk.chengxi", desk: WAN, years: ODD },
  { username: "reviewer.xining", desk: WAN, years: EVEN },
  { username: "reviewer.xining", desk: YUAN, years: ODD },
  ...EVEN.map((year) => ({ username: "province", desk: YUAN, years: [year] })),
  ...ODD.map((year) => ({ username: "auditor", desk: WAN, years: [year] })),
];

/** Each form of the reports in a year or two: the yearly one alone has three thousand figures. */
const FORMS: Record<number, readonly string[]> = {
  2023: ["cool-summer", "golden-autumn"],
  2024: ["annual", "four-seasons"],
  2025: ["annual"],
  2026: ["warm-winter", "four-seasons"],
};

const pagesOf = (year: number) => [
  `/dashboard?year=${year}`,
  `/reports?year=${year}`,
  `/allotments?year=${year}`,
  `/projects?year=${year}`,
  `/ledger?year=${year}`,
  `/explain?year=${year}`,
  `/cross?year=${year}`,
  ...(year < 2025
    ? []
    : [
        `/dashboard?year=${year}&yearAxis=statistics`,
        `/cross?year=${year}&yearAxis=statistics&rows=month&columns=programme`,
      ]),
  ...(FORMS[year] ?? []).map((form) => `/reports/layouts/${form}?year=${year}`),
  `/compare?year=${year}`,
  `/compare?of=programme&year=${year}`,
  `/compare?of=year&a=${year}&b=${year - 1}`,
];

async function textOf(http: APIRequestContext, path: string): Promise<string> {
  const answer = await http.get(path, { timeout: 60_000 });
  expect(answer.status(), path).toBe(200);
  return answer.text();
}

/** One row is enough to open a list: what it sums to stands above. */
const briefly = (href: string) =>
  /^\/(explain|ledger)/.test(href) ? `${href}${href.includes("?") ? "&" : "?"}limit=1` : href;

/** Half a hundredth and more is one more, away from zero; without a float on the way. */
function twoPlaces(text: string): string {
  const [, sign = "", whole = "", places = ""] = /^(-?)([\d,]+)[.](\d{3,6})$/.exec(text) ?? [];
  if (places === "") return text;
  const hundredths = (BigInt(whole.replaceAll(",", "") + places.padEnd(6, "0")) + 5_000n) / 10_000n;
  const grouped = (hundredths / 100n).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return `${sign}${grouped}.${String(hundredths % 100n).padStart(2, "0")}`;
}

/** Ten thousand of them, with six places. */
const wanOf = (yuan: string) => {
  const fen = yuan.replace(/[,.-]/g, "").padStart(7, "0");
  return `${yuan.startsWith("-") ? "-" : ""}${fen.slice(0, -6)}.${fen.slice(-6)}`;
};

/** What a clerk handles is in yuan, whatever the desk's unit. */
const written = (page: string, unit: string, text: string) =>
  page === "/workbench" && unit === "wan" && /\.\d\d$/.test(text) ? [text, wanOf(text)] : [text];

const agrees = (text: string, opened: Opened) =>
  /^-?\d[\d,]*$/.test(text) ? opened.counts.has(text) : opened.amounts.includes(twoPlaces(text));

/** So many at a time: more would only wait for each other. */
const AT_ONCE = 4;

async function inTurn(paths: readonly string[], work: (path: string) => Promise<void>) {
  const waiting = [...paths];
  const hands = Array.from({ length: AT_ONCE }, async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) await work(path);
  });
  await Promise.all(hands);
}

/** Each address is opened once, however many figures lead there. */
async function differences(http: APIRequestContext, unit: string, pages: readonly string[]) {
  const links: { page: string; text: string; href: string }[] = [];
  await inTurn(pages, async (page) => {
    for (const link of figureLinks(await textOf(http, page))) links.push({ page, ...link });
  });
  const targets = new Map<string, Opened>();
  await inTurn([...new Set(links.map(({ href }) => href))], async (href) => {
    targets.set(href, openedWith(href, await textOf(http, briefly(href))));
  });
  const found = links.flatMap(({ page, text, href }) => {
    const opened = targets.get(href);
    const amounts = opened?.amounts.join(" / ") ?? "";
    const said = written(page, unit, text);
    return opened && said.some((one) => agrees(one, opened))
      ? []
      : [`${page}: ${text} opens ${href}: ${amounts}`];
  });
  return { compared: links.length, found };
}

for (const { username, desk, years } of READERS) {
  const { unit, locale } = desk;
  test(`every figure that ${username} may open in ${years.join(" and ")} is what it opens (${unit}, ${locale})`, async ({
    baseURL,
    cookiesOf,
  }, { file }) => {
    test.setTimeout(900_000);
    const home = baseURL ?? "";
    const { cookies, origins } = await cookiesOf(username, home, file);
    const { hostname } = new URL(home);
    const wanted = Object.entries({ "nz-unit": unit, "nz-locale": locale });
    const kept = cookies.filter(({ name }) => !wanted.some(([own]) => own === name));
    const own = wanted.map(([name, value]) => ({
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
      baseURL: home,
      storageState: { cookies: [...kept, ...own], origins },
    });
    const { compared, found } = await differences(reader, unit, [
      "/workbench",
      "/campaigns",
      ...years.flatMap(pagesOf),
    ]);
    await reader.dispose();
    console.info(`${username}, ${years.join(" and ")}: ${compared} figures compared`);
    expect(found).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });
}

/** The names on an axis are links too, and narrow the page. */
const BAR = 'a[aria-label]:not([class*="tick-label"] a)';

test("each bar of a chart is a link to what it says; beside the bars nothing opens", async ({
  at,
}) => {
  const { page } = await at("province");
  await page.goto("/dashboard?year=2026");
  const bars = page.locator(`svg.recharts-surface ${BAR}`);
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

test("where some have no figure, each bar still stands beside its own name", async ({ at }) => {
  const { page } = await at("province");
  await page.goto("/dashboard?year=2024");
  for (const [card, axis, side] of [
    ["places", "yAxis", "y"],
    ["months", "xAxis", "x"],
  ] as const) {
    const bars = page.locator(`#${card} svg ${BAR}`);
    await expect(bars.first()).toBeVisible();
    const beside = await bars.evaluateAll(
      (all, { axis, side }) =>
        all.map((bar) => {
          const middle = (part: Element) => {
            const box = part.getBoundingClientRect();
            return side === "y" ? box.y + box.height / 2 : box.x + box.width / 2;
          };
          const drawn = middle(bar.querySelector(".recharts-rectangle") ?? bar);
          const names = [
            ...(bar.closest("svg")?.querySelectorAll(`.recharts-${axis}-tick-labels text`) ?? []),
          ];
          const [nearest] = names.sort(
            (one, other) => Math.abs(middle(one) - drawn) - Math.abs(middle(other) - drawn),
          );
          return [bar.getAttribute("aria-label") ?? "", nearest?.textContent ?? ""] as const;
        }),
      { axis, side },
    );
    for (const [label, name] of beside) expect(label.startsWith(`${name} `), label).toBe(true);
  }
  await expect(page.locator(`#places svg ${BAR}`)).toHaveCount(4);
  await expect(page.locator(`#months svg ${BAR}`)).toHaveCount(1);
});
