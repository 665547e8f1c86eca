import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";

const namespaces = readdirSync(join(process.cwd(), "lib/i18n/messages/zh-CN")).map((file) =>
  file.replace(".json", ""),
);
/** dashboard.title and the like: a key where its words should stand. */
const RAW_KEY = new RegExp(String.raw`\b(${namespaces.join("|")})(\.[a-z]+[A-Za-z0-9]*)+\b(?!\()`);

/** Every word of the page is there, in the page's language, and its window has a name. */
export async function expectWhole(page: Page): Promise<void> {
  const where = page.url();
  await expect(page.getByRole("heading", { level: 1 }).first(), where).toBeVisible();
  const text = await page.locator("body").innerText();
  expect(text, where).not.toContain("MISSING_MESSAGE");
  expect(RAW_KEY.exec(text)?.[0], `a raw key on ${where}`).toBeUndefined();
  expect(await page.title(), where).toMatch(/暖账|Nuanzhang/);
}
