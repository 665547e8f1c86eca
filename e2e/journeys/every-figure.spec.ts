import { type APIRequestContext, request } from "@playwright/test";
import { type Answered, doorOf, says } from "@/e2e/expectations/answered";
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

async function inTurn<T>(things: Iterable<T>, work: (thing: T) => Promise<void>) {
  const waiting = things[Symbol.iterator]();
  const hands = Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) await work(next.value);
  });
  await Promise.all(hands);
}

type Unit = "yuan" | "wan";
type Link = { page: string; text: string; href: string };

/** One address in so many is opened as a page in any case; the API is asked of each, which is a fifth of the work. */
const ONE_IN = 15;

/** Those of the figures leading to an address that the open API does not confirm to the fen. */
async function unconfirmed(
  http: APIRequestContext,
  unit: Unit,
  href: string,
  links: readonly Link[],
) {
  const door = doorOf(href);
  if (door === undefined) return links;
  const answer = JSON.parse(await textOf(http, door)) as Answered;
  return links.filter(
    ({ page, text }) => !says(answer, text, page === "/workbench" ? "yuan" : unit),
  );
}

/** Each address is opened once, however many figures lead there; what the API does not confirm, the page must. */
async function openedBy(http: APIRequestContext, unit: Unit, links: readonly Link[]) {
  const leading = new Map<string, Link[]>();
  for (const link of links) leading.set(link.href, [...(leading.get(link.href) ?? []), link]);
  const found: string[] = [];
  let pages = 0;
  await inTurn([...leading.entries()].entries(), async ([index, [href, all]]) => {
    const rest = await unconfirmed(http, unit, href, all);
    const shown = index % ONE_IN === 0 ? all : rest;
    if (shown.length === 0) return;
    pages += 1;
    const opened = openedWith(href, await textOf(http, briefly(href)));
    for (const { page, text } of shown)
      if (!written(page, unit, text).some((one) => agrees(one, opened)))
        found.push(`${page}: ${text} opens ${href}: ${opened.amounts.join(" / ")}`);
  });
  return { found, addresses: leading.size, opened: pages };
}

async function differences(http: APIRequestContext, unit: Unit, pages: readonly string[]) {
  const links: Link[] = [];
  await inTurn(pages, async (page) => {
    for (const link of figureLinks(await textOf(http, page))) links.push({ page, ...link });
  });
  return { compared: links.length, ...(await openedBy(http, unit, links)) };
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
    const { compared, found, addresses, opened } = await differences(reader, unit, [
      "/workbench",
      "/campaigns",
      ...years.flatMap(pagesOf),
    ]);
    await reader.dispose();
    console.info(
      `${username}, ${years.join(" and ")}: ${compared} figures compared, ${addresses} addresses, ${opened} opened as pages`,
    );
    expect(found).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });
}

test("an answer confirms no figure that is a fen, a rounding or a person apart", () => {
  const answer: Answered = {
    totals: { amountFen: "-12345678905", records: 4, persons: 309 },
    leftOut: { unvalued: 1, contributory: { records: 2 } },
    vouchers: 6,
  };
  const said = (text: string, unit: Unit) => says(answer, text, unit);
  for (const text of ["-123,456,789.05", "309", "6", "2"])
    expect(said(text, "yuan"), text).toBe(true);
  for (const text of ["-12,345.68", "-12,345.678905", "-12,345.679"])
    expect(said(text, "wan"), text).toBe(true);
  for (const text of ["-123,456,789.04", "123,456,789.05", "-123,456,789", "308", "—", "未计价"])
    expect(said(text, "yuan"), text).toBe(false);
  for (const text of ["-12,345.67", "-12,345.678904", "-123,456,789.05"])
    expect(said(text, "wan"), text).toBe(false);
});

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
