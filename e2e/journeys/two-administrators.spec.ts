import { DEMO_PASSWORD } from "@/e2e/actors/api";
import { expect, test } from "@/e2e/fixtures";
import { unique } from "@/e2e/actors/records";

test("an auditor's account is asked for by one administrator and opened by another", async ({
  at,
  over,
}) => {
  for (const who of ["admin", "admin2"]) await (await over(who)).proves();
  const first = await at("admin");
  const second = await at("admin2");
  const name = unique("经审");
  const username = `far.${name.split(" ").at(-1)}`;

  await first.opens("/admin");
  await first.presses("新建账号");
  const form = first.page.getByRole("dialog", { name: "新建账号" });
  await form.getByLabel("账号名").fill(username);
  await form.getByLabel("中文姓名").fill(name);
  await form.getByLabel("英文姓名").fill("Auditor");
  await form.getByLabel("角色").selectOption("AUDITOR");
  await form.getByLabel("单位").selectOption("630000");
  // As after ten minutes: the server asks who sits there, and the same request then goes on.
  await first.page.route(
    "**/api/v1/admin/requests",
    (route) => route.fulfill({ status: 403, json: { error: { code: "STEP_UP", message: "" } } }),
    { times: 1 },
  );
  await form.getByRole("button", { name: "建立账号" }).click();
  const proof = first.page.getByRole("dialog", { name: "请再确认是您本人" });
  await proof.getByLabel("登录密码或验证码").fill(DEMO_PASSWORD);
  await proof.getByRole("button", { name: "确认并继续" }).click();
  await first.sees("已提出，另一名管理员确认后生效。");
  const asked = (page: typeof first.page) =>
    page.getByRole("listitem").filter({ hasText: username });
  await expect(asked(first.page).getByText("待另一名管理员确认")).toBeVisible();
  await expect(asked(first.page).getByRole("button", { name: "确认办理" })).toHaveCount(0);

  await second.opens("/admin");
  await asked(second.page).getByRole("button", { name: "确认办理" }).click();
  const sure = second.page.getByRole("dialog", { name: "确认办理？" });
  await expect(sure.getByText(new RegExp(`新建账号 .*${username}.*经审`))).toBeVisible();
  await sure.getByRole("button", { name: "确认办理" }).click();
  const once = second.page.getByRole("dialog", { name: new RegExp(username) });
  await expect(once.getByText(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)).toBeVisible();
});
