import { picture } from "@/e2e/actors/picture";
import { EntryForm } from "@/e2e/actors/entry-form";
import { Person } from "@/e2e/actors/person";
import { expect, test } from "@/e2e/fixtures";

/**
 * Two characters that look the same are drawn as boxes: the font is missing. A page draws its shipped
 * font piece by piece, and a canvas does not wait for the piece it lacks.
 */
const drawsChinese = async () => {
  await document.fonts.load(`32px ${getComputedStyle(document.body).fontFamily}`, "暖账祁湟");
  const draw = (text: string) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 40;
    const context = canvas.getContext("2d");
    if (!context) return "";
    context.font = `32px ${getComputedStyle(document.body).fontFamily}`;
    context.fillText(text, 2, 34);
    return canvas.toDataURL();
  };
  return new Set(["暖", "账", "祁", "湟"].map(draw)).size === 4;
};

test("on Chromium 109 a clerk signs in, hands in a disbursement and reads the dashboard", async ({
  page,
  browser,
}) => {
  expect(browser.version()).toMatch(/^109\./);
  const clerk = new Person(page);
  await clerk.signIn("clerk.chengxi");
  await clerk.opens("/entry");
  const form = new EntryForm(clerk);
  await form.fill({
    programme: "金秋助学",
    day: "2026-08-21",
    amount: "1.25万",
    counts: "5户5人",
    source: "县总工会经费",
    note: "旧浏览器录入的一笔",
  });
  await clerk.sees("= 12,500.00 元");
  await form.submit();
  await clerk.sees("已上报");

  await clerk.opens("/dashboard?year=2025");
  await expect(clerk.heading(/^2025 年/)).toBeVisible();
  await expect(page.locator("svg.recharts-surface").first()).toBeVisible();
  expect(await page.locator(".recharts-rectangle").count()).toBeGreaterThan(3);
  expect(await page.evaluate(drawsChinese), "Chinese characters are drawn").toBe(true);
  await picture(page, "chromium-109-dashboard");
});
