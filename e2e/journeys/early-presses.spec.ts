import type { Page, Request } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";

/** The page comes and nothing of its programs, until they are let through. */
async function withoutPrograms(page: Page): Promise<() => Promise<void>> {
  const held: (() => void)[] = [];
  let open = false;
  await page.route("**/_next/static/**/*.js", async (route) => {
    if (!open) await new Promise<void>((go) => held.push(go));
    await route.continue();
  });
  return async () => {
    open = true;
    for (const go of held) go();
    await page.unrouteAll({ behavior: "ignoreErrors" });
  };
}

test("a button that is pressed before the page listens is pressed when it does, once", async ({
  at,
}) => {
  const { page } = await at("clerk.huangyuan");
  const come = await withoutPrograms(page);
  await page.goto("/households", { waitUntil: "commit" });
  await page.getByRole("button", { name: "导入", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await come();
  await expect(page.getByRole("dialog")).toHaveCount(1);
});

test("a form that is sent before the page listens goes nowhere by itself, and nothing of it into an address", async ({
  at,
}) => {
  const { page } = await at("clerk.huangyuan");
  const asked: string[] = [];
  page.on("request", (request: Request) => asked.push(request.url()));
  const come = await withoutPrograms(page);
  await page.goto("/account", { waitUntil: "commit" });
  await page.getByLabel("现在的密码").fill("secret-of-before");
  await page.getByLabel("现在的密码").press("Enter");
  await come();
  // sent when it listens, and told what lacks
  await expect(page.getByLabel("新密码", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page).toHaveURL(/\/account$/);
  expect(asked.filter((url) => url.includes("secret-of-before"))).toEqual([]);
});
