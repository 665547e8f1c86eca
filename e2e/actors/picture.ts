import type { Page } from "@playwright/test";

/** PICTURES=<folder> keeps what a page looks like, for whoever wants to look at them all. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  const folder = process.env["PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage });
}
