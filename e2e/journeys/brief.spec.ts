import { inflateRawSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { picture } from "@/e2e/actors/picture";
import { answersTo, plainRecord, unique, type RecordAnswer } from "@/e2e/actors/records";
import { expectAccessible, expectNoSidewaysScroll } from "@/e2e/expectations/accessible";
import { expect, test } from "@/e2e/fixtures";

const BRIEF = "/narrative?year=2026&org=632222";

/** The prose of a Word document: what it says, without how it is set. */
function proseOf(archive: Buffer): string {
  let at = archive.readUInt32LE(archive.length - 6);
  for (let left = archive.readUInt16LE(archive.length - 12); left > 0; left -= 1) {
    const [packed, name, local] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)]; // prettier-ignore
    if (archive.toString("utf8", at + 46, at + 46 + name) === "word/document.xml") {
      const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      return inflateRawSync(archive.subarray(from, from + packed)).toString("utf8").replace(/<[^>]*>/g, ""); // prettier-ignore
    }
    at += 46 + name + archive.readUInt16LE(at + 30);
  }
  throw new Error("no document in the archive");
}

const editor = (page: Page) => page.locator("[data-text]");

test("the province writes around the ledger’s numbers, cannot change one, and sees which moved since", async ({
  at,
  over,
}) => {
  const person = await at("province");
  const { page } = person;
  await person.opens(BRIEF);
  await person.follows("编辑文稿");
  const words = unique("三级工会一齐走访");
  const numbers = editor(page).locator("[data-token]");
  await expect(numbers.first()).toBeVisible();
  const before = await numbers.allInnerTexts();
  expect(before.length).toBeGreaterThan(5);

  // typed at the end of the first stretch, pasted without its looks, and a number left as it was
  const first = editor(page).getByRole("textbox", { name: "第 1 段的文字" }).first();
  await first.click();
  await page.keyboard.press("End");
  await page.keyboard.type(words);
  await expect(first).toContainText(words);
  await first.evaluate((host) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "，\n惠及120户");
    clipboardData.setData("text/html", "<b>，惠及120户</b>");
    host.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })); // prettier-ignore
  });
  await expect(first).toHaveText(new RegExp(`${words}，惠及120户$`));
  expect(await first.locator("b").count()).toBe(0);
  await person.sees("1 处数字不是台账里来的");
  await page.keyboard.press("Control+z");
  await expect(first).toHaveText(new RegExp(`${words}$`));

  // the keys go on from the prose to the number, which takes none of them
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowRight");
  await expect(numbers.first()).toBeFocused();
  await page.keyboard.type("999");
  expect(await numbers.allInnerTexts()).toEqual(before);
  await page.keyboard.press("Backspace");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/只能随台账变/)).toBeVisible();
  await dialog.getByRole("button", { name: "保留" }).click();

  // a number goes with its sentence, and comes back
  await numbers.last().click();
  await dialog.getByRole("button", { name: "删去这一句" }).click();
  expect((await numbers.allInnerTexts()).length).toBeLessThan(before.length);
  await person.presses("撤销");
  expect(await numbers.allInnerTexts()).toEqual(before);

  // what is not saved is still there after a reload
  await page.reload();
  await person.sees("上次没有存的改动还在，已经接着打开。");
  await expect(first).toContainText(words);
  await expectAccessible(page);
  await page.getByRole("button", { name: "存为新版本" }).click();
  await page.waitForURL(/[?&]version=\d+/);
  await person.sees("数字都与现在的台账一致。");
  await person.sees(new RegExp(words));

  const author = await over("clerk.qilian");
  const judge = await over("reviewer.haibei");
  const draft = await author.write<RecordAnswer>("POST", "/disbursements", plainRecord("632222"));
  const path = `/disbursements/${draft.id}`;
  const sent = await author.write<RecordAnswer>("POST", `${path}/submit`, { version: draft.version, answers: answersTo(draft) }); // prettier-ignore
  await judge.write("POST", `${path}/approve`, { version: sent.version });

  await page.reload();
  await person.sees(/个数字已经变了/);
  const moved = page.getByRole("article").locator("del").first();
  expect(before).toContain(await moved.innerText());
  await expectNoSidewaysScroll(page);
  const old = proseOf(await person.downloads("下载 Word"));
  expect(old).toContain(words);
  for (const number of before) expect(old).toContain(number);
  await page.getByRole("article").locator("ins").first().click();
  await expect(page).toHaveURL(/\/changes\?.*since=\d+/);
  await page.goBack();

  await person.presses("全部更新");
  await person.sees("数字都与现在的台账一致。");
  const text = (await person.downloads("下载 txt")).toString("utf8");
  expect(text).toContain(words);
  const shown = await page.getByRole("article").innerText();
  for (const line of text.split("\r\n").filter((one) => one.includes(words)))
    expect(shown).toContain(line);
  await expect(page.getByRole("button", { name: "恢复这一版" })).toHaveCount(0);
  await page
    .getByRole("link", { name: /^第 \d+ 版$/ })
    .last()
    .click();
  await person.presses("恢复这一版");
  await person.sees(/由第 \d+ 版恢复/);
});

for (const locale of ["zh-CN", "en"] as const)
  for (const viewport of [
    { width: 1366, height: 768 },
    { width: 390, height: 844 },
  ])
    test(`a brief is written at ${viewport.width} in ${locale}`, async ({ at }) => {
      const { page } = await at("clerk.huangyuan", { locale, viewport });
      for (const [name, path] of [
        ["draft", "/narrative?year=2024&org=630123"],
        ["edit", "/narrative?year=2024&org=630123&edit=1"],
      ] as const) {
        // prettier-ignore
        await page.goto(path);
        await expect(page.locator("article")).toBeVisible();
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
        await picture(page, `brief-${name}-${locale}-${viewport.width}`, true);
      }
    });
