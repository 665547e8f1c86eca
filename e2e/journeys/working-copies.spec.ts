import { openClerk, OWN_PASSWORD } from "@/e2e/actors/accounts";
import { EntryForm } from "@/e2e/actors/entry-form";
import { Person } from "@/e2e/actors/person";
import { unique } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

const KEPT = "已随手存下，还不是草稿";
const note = (clerk: Person) => clerk.page.getByLabel("备注", { exact: true });
const day = (clerk: Person) => clerk.page.getByLabel("发放日期", { exact: true });

/** Begins an entry that no draft could hold: half a date, an amount in words, no source. */
async function begins(clerk: Person, words: string): Promise<string> {
  await clerk.opens("/entry");
  await clerk.chooses("项目", "金秋助学");
  await day(clerk).fill("8月");
  await new EntryForm(clerk).amount.fill("约30");
  await note(clerk).fill(words);
  await clerk.page.waitForURL(/\/entry\?copy=/);
  return clerk.page.url();
}

async function expectAsTyped(clerk: Person, words: string): Promise<void> {
  await expect(note(clerk)).toHaveValue(words);
  await expect(day(clerk)).toHaveValue("8月");
  await expect(new EntryForm(clerk).amount).toHaveValue("约30");
}

test("what is typed survives the tab that is killed, and is opened on another computer", async ({
  at,
}) => {
  const clerk = await at("clerk.huangyuan");
  const words = unique("关掉页面的一笔");
  const address = await begins(clerk, words);
  await clerk.sees(KEPT);
  await clerk.page.close();

  const elsewhere = await at("clerk.huangyuan");
  await elsewhere.opens("/workbench");
  await elsewhere.page
    .locator(`a[href="${new URL(address).pathname}${new URL(address).search}"]`)
    .click();
  await expectAsTyped(elsewhere, words);
  // Every letter arrives: what is changed here is what is found there.
  await note(elsewhere).fill(`${words}，另一台`);
  await elsewhere.sees(KEPT);
  await elsewhere.page.reload();
  await expectAsTyped(elsewhere, `${words}，另一台`);
});

test("what is typed while the page is still loading is kept like anything else, and the caret stays", async ({
  at,
}) => {
  const clerk = await at("clerk.huangyuan");
  const words = unique("页面还没加载完的一笔");
  let listen = () => {};
  const loading = new Promise<void>((resolve) => (listen = resolve));
  await clerk.page.route("**/_next/static/chunks/*.js", async (route) => {
    await loading;
    await route.continue();
  });
  await clerk.page.goto("/entry", { waitUntil: "commit" });
  await note(clerk).click();
  await clerk.page.keyboard.type(words);
  listen();
  await clerk.page.waitForURL(/\/entry\?copy=/);
  await expect(note(clerk)).toHaveValue(words);
  await expect(note(clerk)).toBeFocused();
  await clerk.page.keyboard.type("，接着打");
  await clerk.sees(KEPT);
  await clerk.page.reload();
  await expect(note(clerk)).toHaveValue(`${words}，接着打`);
});

test.describe("on a line that is cut", () => {
  test("the browser keeps what is typed, says so, and hands it over when the line is back", async ({
    at,
    over,
    provoked,
  }) => {
    provoked.push(/net::ERR_/);
    const clerk = await at("clerk.huangyuan");
    const words = unique("断网时的一笔");
    await begins(clerk, words);
    await clerk.sees(KEPT);
    await clerk.page.context().setOffline(true);
    await note(clerk).fill(`${words}，断网后`);
    await clerk.sees("网络已断开，内容仍在本页，联网后再保存");
    await clerk.page.context().setOffline(false);
    await clerk.sees(KEPT);
    await expect(clerk.page.getByText("网络已断开")).toHaveCount(0);
    const id = new URL(clerk.page.url()).searchParams.get("copy") ?? "";
    const api = await over("clerk.huangyuan");
    const copy = await api.read<{ body: { values: { note: string } } }>(`/working-copies/${id}`);
    expect(copy.body.values.note).toBe(`${words}，断网后`);
  });

  test("the form is judged on leaving a field all the same, as far as no other record is asked about", async ({
    at,
    provoked,
  }) => {
    provoked.push(/net::ERR_/);
    const clerk = await at("clerk.huangyuan");
    await clerk.opens("/entry");
    await clerk.chooses("项目", "金秋助学");
    await clerk.page.context().setOffline(true);
    await day(clerk).fill("2027.1.5");
    await new EntryForm(clerk).amount.fill("1000");
    await note(clerk).focus();
    await clerk.sees("按现在填的内容校验；与其他记录的比对，等服务器答复");
    await clerk.sees("没有填资金来源。");
    await clerk.page.context().setOffline(false);
    await day(clerk).fill("2026.8.21");
    await note(clerk).focus();
    await clerk.sees("按现在填的内容校验");
  });

  test("signing out asks, and drops nothing before the session has ended", async ({
    at,
    provoked,
  }) => {
    provoked.push(/net::ERR_/);
    const clerk = await at("clerk.huangyuan");
    const words = unique("退出前的一笔");
    await begins(clerk, words);
    await clerk.sees(KEPT);
    await clerk.page.context().setOffline(true);
    await note(clerk).fill(`${words}，没存上`);
    await clerk.page.getByRole("button", { name: /账号菜单/ }).click();
    await clerk.page.getByRole("button", { name: "退出登录" }).click();
    const asked = clerk.page.getByRole("dialog", { name: "有 1 份内容还没有存到服务器" });
    await expect(asked).toBeVisible();
    await asked.getByRole("button", { name: "不要了，退出" }).click();
    await expect(asked.getByText("没有连上服务器，还没有退出；内容都还在。")).toBeVisible();
    await asked.getByRole("button", { name: "先不退出" }).click();
    await expect(note(clerk)).toHaveValue(`${words}，没存上`);
    await clerk.page.context().setOffline(false);
    await clerk.sees(KEPT);
  });
});

test("two tabs of one copy keep both texts", async ({ at, over }) => {
  const clerk = await at("clerk.huangyuan");
  const words = unique("两个窗口的一笔");
  const address = await begins(clerk, words);
  await clerk.sees(KEPT);
  const second = new Person(await clerk.page.context().newPage());
  await second.opens(address);
  await expectAsTyped(second, words);
  const taken = second.page.waitForResponse((answer) => answer.request().method() === "PUT");
  await note(second).fill(`${words}，第二个窗口`);
  await taken;
  await note(clerk).fill(`${words}，第一个窗口`);
  await clerk.sees("这份内容在另一个窗口里也改过");
  await clerk.sees(KEPT);
  expect(clerk.page.url()).not.toBe(address);
  const api = await over("clerk.huangyuan");
  const texts = await Promise.all(
    [address, clerk.page.url()].map(async (url) => {
      const id = new URL(url).searchParams.get("copy") ?? "";
      const { body } = await api.read<{ body: { values: { note: string } } }>(
        `/working-copies/${id}`,
      );
      return body.values.note;
    }),
  );
  expect(texts).toEqual([`${words}，第二个窗口`, `${words}，第一个窗口`]);
});

test("a draft is any state: what cannot be read stays beside it, and submission ends the copy", async ({
  at,
  over,
}) => {
  const clerk = await at("clerk.huangyuan");
  const words = unique("先存草稿的一笔");
  await begins(clerk, words);
  await clerk.presses("存为草稿");
  await clerk.sees("草稿已存，有 1 处写法还读不懂");
  await clerk.page.waitForURL(/\/entry\/\d+\?copy=/);
  // Saved, typed into and saved again it is the same form, which nobody has opened anew.
  await note(clerk).fill(`${words}，再写`);
  await clerk.sees("改动已随手存下，还没有存进草稿");
  await clerk.presses("存为草稿");
  await clerk.sees(/^已保存 /);
  await clerk.sees("草稿已存，有 1 处写法还读不懂");
  await clerk.page.reload();
  await expectAsTyped(clerk, `${words}，再写`);

  await day(clerk).fill("2026.8.21");
  await clerk.sees("2026年8月21日，星期五");
  await new EntryForm(clerk).amount.fill("21000");
  await clerk.page
    .getByRole("group", { name: "数量", exact: true })
    .getByRole("textbox")
    .first()
    .fill("7户7人");
  await clerk.chooses("资金来源", "县总工会经费");
  const id = await new EntryForm(clerk).submit();
  const api = await over("clerk.huangyuan");
  const { items } = await api.read<{ items: { subject: string | null }[] }>("/working-copies");
  expect(items.filter(({ subject }) => subject === id)).toEqual([]);
});

test("without a programme there is no draft yet, and nothing is lost; discarded where it stands", async ({
  at,
}) => {
  const clerk = await at("clerk.huangyuan");
  const words = unique("还没选项目");
  await clerk.opens("/entry");
  await note(clerk).fill(words);
  await clerk.presses("存为草稿");
  await clerk.sees(/还没有存成草稿/);
  await expect(clerk.page.getByRole("combobox", { name: "项目" })).toBeFocused();
  await clerk.page.waitForURL(/\/entry\?copy=/);
  const address = clerk.page.url();
  await clerk.opens("/workbench");
  const line = clerk.page.getByRole("listitem").filter({
    has: clerk.page.locator(`a[href="${new URL(address).pathname}${new URL(address).search}"]`),
  });
  await line.getByRole("button", { name: /^删去未完成的/ }).click();
  await clerk.page
    .getByRole("dialog", { name: "删去这份未完成的内容？" })
    .getByRole("button", { name: "删去" })
    .click();
  await expect(line).toHaveCount(0);
  await clerk.page.reload();
  await expect(line).toHaveCount(0);
});

test("an old tab does nothing for whoever signed in after it", async ({ page, over }) => {
  const admin = await over("admin");
  const [first, second] = [await openClerk(admin), await openClerk(admin)];
  const old = new Person(page);
  await old.signsInFirst(first.username, first.password, OWN_PASSWORD);
  await old.opens("/entry");
  const words = unique("旧页面上的一笔");
  const later = new Person(await page.context().newPage());
  await later.page.context().clearCookies();
  await later.signsInFirst(second.username, second.password, OWN_PASSWORD);
  await note(old).fill(words);
  await old.sees(/这一页是另一个账号打开的/);
  await later.opens("/workbench");
  await expect(later.page.getByText(words)).toHaveCount(0);
  await expect(note(old)).toHaveValue(words);
});
