import { Secret, TOTP } from "otpauth";
import { openClerk, OWN_PASSWORD } from "@/e2e/actors/accounts";
import { Person } from "@/e2e/actors/person";
import { expect, test } from "@/e2e/fixtures";

/** What the device shows; `later` half minutes from now. */
const shown = (secret: string, later = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + later * 30_000,
  });

test("a second factor is turned on, asked for at sign-in, and replaced by a recovery code", async ({
  page,
  over,
}) => {
  const account = await openClerk(await over("admin"));
  const person = new Person(page);
  await person.signsInFirst(account.username, account.password, OWN_PASSWORD);
  await person.opens("/account");
  await person.presses("开启两步验证");
  await expect(page.getByRole("img", { name: "验证器二维码" })).toBeVisible();
  const words = await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent();
  const secret = (words ?? "").replaceAll(" ", "");
  await page.getByLabel("验证码").fill("000000x");
  await person.presses("确认开启");
  await person.sees("验证码不正确，或已经用过");
  await page.getByLabel("验证码").fill(shown(secret));
  await person.presses("确认开启");
  const codes = page.getByRole("dialog", { name: "恢复码" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  const recovery = (await codes.getByRole("listitem").allTextContents()).map((text) => text.trim());
  const coming = page.waitForEvent("download");
  await codes.getByRole("link", { name: "下载为文本文件" }).click();
  expect((await coming).suggestedFilename()).toContain(account.username);
  await codes.getByRole("button", { name: "已经存好" }).click();
  await person.sees("已开启。还剩 10 个恢复码。");

  await person.signOut();
  await person.triesToSignIn(account.username, OWN_PASSWORD);
  await person.sees("密码正确。请再输入验证器上的 6 位数字。");
  await page.getByLabel("验证码").fill(shown(secret, 1));
  await person.presses("登录");
  await expect(person.heading(/您好/)).toBeVisible();

  await person.signOut();
  await person.triesToSignIn(account.username, OWN_PASSWORD);
  await page.getByLabel("验证码").fill(recovery[0] ?? "");
  await person.presses("登录");
  await expect(person.heading(/您好/)).toBeVisible();
});
