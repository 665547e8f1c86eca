import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { picture } from "@/e2e/actors/picture";
import type { ApiActor } from "@/e2e/actors/api";
import { expectAccessible, expectNoSidewaysScroll } from "@/e2e/expectations/accessible";
import { expectWhole } from "@/e2e/expectations/whole";
import { expectWholeRows } from "@/e2e/expectations/whole-rows";
import { expect, test } from "@/e2e/fixtures";

// The longest story: one worker takes one reader's pages while the other takes another's.
test.describe.configure({ mode: "parallel" });

const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
const LOCALES = ["zh-CN", "en"] as const;

const anywhere = ["/help", "/help/api", "/account", "/proof", "/nowhere", "/forbidden"];
const figures = [
  "/dashboard?year=2026",
  "/dashboard?year=2024",
  "/reports?year=2025",
  "/campaigns",
  "/explain?year=2025&programme=golden-autumn",
  "/allotments?year=2025",
  "/projects?year=2024",
  "/cross?year=2026",
  "/compare?year=2025",
  "/compare?of=year&a=2026&b=2025",
  "/changes?year=2024&since=0",
  "/narrative?year=2024",
  "/reports/layouts",
  "/reports/layouts/warm-winter?year=2025",
  "/reports/layouts/four-seasons?year=2024",
];

type List = { items: { id: string; actions?: string[] }[] };

async function firstRecord(api: ApiActor, status: string): Promise<string[]> {
  const { items } = await api.read<List>(`/disbursements?status=${status}&limit=1`);
  return items.map(({ id }) => id);
}

const recordPages = async (api: ApiActor) => [
  ...(await firstRecord(api, "approved")).map((id) => `/disbursements/${id}`),
  ...(await firstRecord(api, "submitted")).map((id) => `/disbursements/${id}`),
  ...(await firstRecord(api, "approved")).flatMap((id) => [
    `/disbursements/${id}/roster`,
    `/disbursements/${id}/papers`,
  ]),
  "/reveals",
];

/** The drawing board of one of the province's own forms, whichever there is. */
const formPages = async (api: ApiActor) => {
  const [form] = (await api.read<{ items: { layout: object }[] }>("/layouts")).items;
  const layout = { ...form?.layout, title: { zh: `抄表 ${randomUUID()}`, en: "" } };
  const { id } = await api.write<{ id: string }>("POST", "/layouts", { layout });
  return [`/reports/layouts/${id}/edit`];
};

const householdPages = async (api: ApiActor) => [
  "/households",
  "/households?due=review",
  "/rights",
  ...(await api.read<List>("/households?limit=1")).items.map(({ id }) => `/households/${id}`),
];

const clerkPages = async (api: ApiActor) => [
  "/reveals",
  "/entry",
  "/entry/grid",
  "/households/new",
  ...(await householdPages(api)),
  "/import",
  ...(await firstRecord(api, "draft")).flatMap((id) => [
    `/entry/${id}`,
    `/disbursements/${id}/roster`,
  ]),
  ...(await firstRecord(api, "approved")).map((id) => `/disbursements/${id}/adjust`),
];

const ledgers = ["/ledger", "/ledger?year=2024&q=%E6%B2%A1%E6%9C%89%E8%BF%99%E5%8F%A5%E8%AF%9D"];

/** Drawn by one component for whoever reads it, and the province has most of it. */
const shared = ["/calendar?year=2026", "/audit", ...ledgers, ...figures].filter(
  (path) => !path.startsWith("/dashboard") && !path.startsWith("/narrative"),
);

/** What each role may open, by the reader's own address bar. */
const pagesOf: Record<string, (api: ApiActor) => Promise<string[]>> = {
  "clerk.chengxi": async (api) => [
    "/workbench",
    "/calendar?year=2026",
    ...ledgers,
    ...figures,
    ...(await clerkPages(api)),
    ...(await recordPages(api)),
  ],
  "reviewer.xining": async (api) => [
    "/workbench",
    "/calendar?year=2026",
    "/review",
    ...(await householdPages(api)),
    "/years/2026",
    "/ledger",
    ...figures,
    ...(await recordPages(api)),
  ],
  province: async (api) => [
    "/workbench",
    "/calendar?year=2026",
    "/calendar?year=2024",
    "/calendar?year=2026&org=630123",
    "/review",
    "/audit",
    "/households",
    "/admin/years",
    "/years/2026",
    "/years/2025",
    "/packs?year=2025",
    "/reports/layouts/new?from=annual",
    "/reports/layouts/new?columns=fundSource&form=cash,transfer",
    ...(await formPages(api)),
    ...ledgers,
    ...figures,
    ...(await recordPages(api)),
  ],
  auditor: async (api) => [
    "/workbench",
    "/calendar?year=2026",
    "/audit",
    "/jobs",
    "/admin/health",
    "/admin/reveals",
    "/years/2025",
    "/ledger",
    ...figures,
    ...(await recordPages(api)),
  ],
  admin: async () => [
    "/admin",
    "/admin/organisations",
    "/admin/programmes",
    "/admin/lists",
    "/admin/lists?list=fund-sources",
    "/admin/campaigns",
    "/admin/approval-rules",
    "/admin/thresholds",
    "/admin/calendar",
    "/admin/maps",
    "/admin/workdays",
    "/admin/sign-ins",
    "/admin/reveals",
    "/admin/personal-data",
    "/admin/years",
    "/admin/health",
    "/jobs",
    ...anywhere,
  ],
};

const nameOf = (path: string) => path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "home";

/** Who works on a phone; for the others what a phone alone shows is the frame, which is the same. */
const ON_A_PHONE = "clerk.chengxi";

/** What axe looks at does not change with the language, and no colour with the size; what fits in the window does. */
async function checkBothSizes(page: Page, name: string, withAxe: boolean): Promise<void> {
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    await expectNoSidewaysScroll(page);
    await expectWholeRows(page);
    const contrast = size === DESK || name.startsWith(ON_A_PHONE);
    if (withAxe) await expectAccessible(page, { contrast });
    await picture(page, `${name}-${size.width}`);
  }
}

for (const [username, pages] of Object.entries(pagesOf)) {
  for (const locale of LOCALES) {
    test(`every page ${username} may open is whole, accessible and fits, in ${locale}`, async ({
      at,
      over,
    }) => {
      test.setTimeout(900_000);
      const isProvinces = (path: string) => username !== "province" && shared.includes(path);
      const all = await pages(await over(username));
      // whoever else opens what the province opens too sees it whole in one language, and axe saw it there
      const paths = locale === "en" ? all.filter((path) => !isProvinces(path)) : all;
      const { page } = await at(username, { locale });
      for (const path of paths) {
        await page.setViewportSize(DESK);
        await page.goto(path);
        await expectWhole(page);
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        const withAxe = locale === "zh-CN" && !isProvinces(path);
        await checkBothSizes(page, `${username}-${nameOf(path)}-${locale}`, withAxe);
      }
    });
  }
}

test("so is the public page, where nothing is public too", async ({ page, context, baseURL }) => {
  for (const locale of LOCALES) {
    await context.addCookies([{ name: "nz-locale", value: locale, url: baseURL ?? "" }]);
    for (const path of ["/public", "/public?year=2001"]) {
      await page.setViewportSize(DESK);
      await page.goto(path);
      await expectWhole(page);
      await checkBothSizes(page, `public-${nameOf(path)}-${locale}`, locale === "zh-CN");
    }
  }
});

test("so is the sign-in page, whatever it has to say", async ({ page, context, baseURL }) => {
  for (const locale of LOCALES) {
    await context.addCookies([{ name: "nz-locale", value: locale, url: baseURL ?? "" }]);
    for (const path of ["/sign-in", "/sign-in?reason=revoked"]) {
      await page.setViewportSize(DESK);
      await page.goto(path);
      await expectWhole(page);
      await checkBothSizes(page, `sign-in-${nameOf(path)}-${locale}`, locale === "zh-CN");
    }
  }
});
