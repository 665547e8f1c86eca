import { unique } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";

test("a view is kept, shared with those below, opened by them on their own records, and removed", async ({
  at,
}) => {
  const name = unique("西宁走查");
  const owner = await at("reviewer.xining");
  await owner.opens("/ledger?year=2026&status=approved&org=630123,630104&sort=-amountFen");
  await owner.page.getByRole("button", { name: "视图", exact: true }).click();
  await owner.page.getByRole("button", { name: "把现在的样子存为视图…" }).click();
  const dialog = owner.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "名称" }).fill(name);
  await dialog.getByLabel("谁可以打开").selectOption({ label: "西宁市及下属的同事" });
  await dialog.getByRole("button", { name: "保存" }).click();
  await owner.page.waitForURL(/[?&]view=\d+/);
  const opened = owner.page.getByRole("group", { name: `视图：${name}` });
  await expect(opened).toBeVisible();
  await expect(opened.getByText("条件已改动")).toHaveCount(0);

  // another condition is a change, which its owner may keep
  await owner.page.getByRole("link", { name: /去掉筛选条件：状态/ }).click();
  await expect(opened.getByText("条件已改动")).toBeVisible();
  await opened.getByRole("button", { name: "保存改动" }).click();
  await expect(opened.getByText("条件已改动")).toHaveCount(0);

  // a county of it opens it: what it may not see is offered as its own
  const clerk = await at("clerk.huangyuan");
  await clerk.opens("/ledger");
  await clerk.page.getByRole("button", { name: "视图", exact: true }).click();
  await clerk.page.getByRole("link", { name: new RegExp(name) }).click();
  await clerk.page.getByRole("link", { name: "看本单位的同一页" }).click();
  const theirs = clerk.page.getByRole("group", { name: `视图：${name}` });
  await expect(theirs.getByText("条件已改动")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "删除" })).toHaveCount(0);
  await expect(clerk.page.getByRole("columnheader", { name: "金额" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  expect(await clerk.page.getByText("城西区总工会").count()).toBe(0);

  await opened.getByRole("button", { name: "删除" }).click();
  await owner.page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await owner.page.waitForURL((url) => !url.searchParams.has("view"));
  await expect(opened).toHaveCount(0);
  await clerk.page.reload();
  await expect(clerk.page.getByText("这个视图已经删除")).toBeVisible();
});
