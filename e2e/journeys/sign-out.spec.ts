import { openClerk, OWN_PASSWORD } from "@/e2e/actors/accounts";
import { ApiActor } from "@/e2e/actors/api";
import { Person } from "@/e2e/actors/person";
import { expect, test } from "@/e2e/fixtures";

test("signing out ends the session, for the back button and for the cookie kept", async ({
  page,
  context,
  baseURL,
}) => {
  const person = new Person(page);
  await person.signIn("auditor");
  await person.opens("/ledger?year=2023");
  await expect(person.heading("2023 年发放台账")).toBeVisible();
  const kept = await ApiActor.with(baseURL ?? "", await context.storageState());
  expect((await kept.get("/me")).status()).toBe(200);

  await person.signOut();
  await person.sees("您已退出登录。");
  expect((await kept.get("/me")).status()).toBe(401);
  expect((await kept.get("/disbursements?year=2023")).status()).toBe(401);
  await kept.dispose();

  await page.goBack();
  await page.waitForURL(/\/sign-in/);
  await expect(page.getByRole("grid")).toHaveCount(0);
  await person.opens("/dashboard?year=2023");
  await page.waitForURL(/\/sign-in\?.*next=/);
  await person.triesToSignIn("auditor", "nuanzhang-2026");
  await expect(person.heading(/^2023 年全省帮扶支出/)).toBeVisible();
});

test("a cookie whose session has ended leads a page to sign-in, which says why", async ({
  page,
  context,
  baseURL,
}) => {
  const person = new Person(page);
  await person.signIn("auditor");
  const cookies = await context.cookies();
  await person.signOut();
  await context.addCookies(cookies);
  await person.opens("/ledger");
  await page.waitForURL(/\/sign-in\?reason=signed-out/);
  await person.sees("您已退出登录。");
  expect(baseURL).toBeTruthy();
});

test("a wrong password says so, and after several the account rests and says for how long", async ({
  page,
  over,
}) => {
  const { username, password } = await openClerk(await over("admin"));
  const person = new Person(page);
  await person.opens("/sign-in");
  await person.triesToSignIn(username, "不是这个密码");
  await person.sees("账号或密码不正确，请核对后再试。");
  const locked = page.getByText(/暂时不能再试这个账号，请 \d+ 分钟后再试/);
  const wrong = page.getByText("账号或密码不正确，请核对后再试。");
  for (let attempt = 0; attempt < 6 && !(await locked.isVisible()); attempt += 1) {
    const answered = page.waitForResponse(/callback\/credentials/);
    await person.triesToSignIn(username, `还不是 ${attempt}`);
    await answered;
    await expect(locked.or(wrong)).toBeVisible();
  }
  await expect(locked).toBeVisible();
  await person.triesToSignIn(username, password);
  await expect(locked).toBeVisible();
});

test("a change of role ends the session at once and says so", async ({ page, over }) => {
  const admin = await over("admin");
  const account = await openClerk(admin);
  const person = new Person(page);
  await person.signsInFirst(account.username, account.password, OWN_PASSWORD);
  await expect(person.heading(/您好/)).toBeVisible();
  await admin.write("POST", `/admin/users/${account.id}/memberships`, {
    role: "REVIEWER",
    organisation: "630105",
  });
  await person.opens("/workbench");
  await page.waitForURL(/\/sign-in\?reason=role-changed/);
  await person.sees("您的权限有变动，请重新登录。");
  await person.triesToSignIn(account.username, OWN_PASSWORD);
  await expect(person.heading(/您好/)).toBeVisible();
});
