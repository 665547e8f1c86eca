import { randomInt } from "node:crypto";
import { expectAccessible, expectNoSidewaysScroll } from "@/e2e/expectations/accessible";
import { expect, test } from "@/e2e/fixtures";
import { checkDigitOf } from "@/lib/kernel/id-number";
import { picture } from "@/testing/papers";

/** A number over a region that there never was, another at each run. */
function madeNumber(): string {
  const day = `${randomInt(1950, 1999)}0${randomInt(1, 10)}${randomInt(10, 28)}`;
  const seventeen = `639901${day}${randomInt(100, 999)}`;
  return seventeen + checkDigitOf(seventeen);
}

test("a household through its life: filed, found, visited, reviewed, looked at with a reason, lifted, and filed nowhere else", async ({
  at,
  over,
}) => {
  const number = madeNumber();
  const slip = number.slice(0, -1) + (number.endsWith("1") ? "2" : "1");
  const clerk = await at("clerk.huangyuan");
  const { page } = clerk;
  await clerk.opens("/households");
  await page.getByRole("link", { name: "建立档案" }).click();
  await expect(page.getByRole("heading", { name: "建立困难职工档案" })).toBeVisible();
  await page.getByLabel("困难类别", { exact: true }).selectOption({ label: "深度困难" });
  await page.getByLabel("主要致困原因").selectOption({ label: "重特大疾病" });
  await page.getByLabel("建档日期", { exact: true }).fill("2025.3.1");
  await page.getByLabel("家庭住址").fill("示例巷九号");
  await page.getByLabel("姓名").fill("才让卓玛");
  await page.getByLabel("证件号码").fill(slip);
  await page.getByRole("button", { name: "保存档案" }).click();
  await expect(page.getByText("校验位不对").first()).toBeVisible();
  await expect(page.getByLabel("家庭住址")).toHaveValue("示例巷九号");
  await page.getByLabel("证件号码").fill(number);
  await page.getByRole("button", { name: "保存档案" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^档案 630123-/ })).toBeVisible();
  await expect(page.getByText(number)).toBeVisible();
  const path = new URL(page.url()).pathname;

  // neither the page nor what the browser keeps names anybody
  const html = await (await page.request.get(path)).text();
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  );
  for (const secret of [number, "才让卓玛", "示例巷"])
    expect(html + kept, secret).not.toContain(secret);

  await page.getByRole("button", { name: "登记变动" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("变动").selectOption({ label: "入户走访" });
  await dialog.getByLabel("情况").fill("已入户，情况属实");
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await expect(page.getByText("已入户，情况属实")).toBeVisible();

  // the yearly review: as last year
  const code = (await page.getByRole("heading", { level: 1 }).innerText()).replace("档案 ", "");
  await clerk.opens("/households?due=review");
  const row = page.getByRole("row").filter({ hasText: code });
  await row.getByRole("button", { name: "同上年" }).click();
  await expect(page.getByText(`${code} 已确认为深度困难`)).toBeVisible();
  await expect(row).toHaveCount(0);

  // found by number, which stands in no address
  await page.getByLabel("按", { exact: true }).selectOption({ label: "证件号码" });
  await page.getByLabel("要找的内容").fill(number);
  await page.getByRole("button", { name: "查找" }).click();
  await expect(page.getByText("找到 1 份档案")).toBeVisible();
  expect(page.url()).not.toContain(number);

  // masked to whoever judges, until there is a reason
  const reviewer = await at("reviewer.xining");
  await reviewer.opens(path);
  await expect(reviewer.page.getByText(`639***********${number.slice(-4)}`)).toBeVisible();
  await reviewer.page.getByRole("button", { name: "查看遮盖的内容" }).click();
  const asked = reviewer.page.getByRole("dialog");
  await asked.getByLabel("证件号码").check();
  await asked.getByLabel("为什么看").selectOption({ label: "核查信息" });
  await asked.getByRole("button", { name: "写入审计并查看" }).click();
  await expect(reviewer.page.getByText(number)).toBeVisible();
  await reviewer.page.getByRole("button", { name: "现在遮盖" }).click();
  await expect(reviewer.page.getByText(number)).toHaveCount(0);

  // the province counts
  const province = await at("province");
  await province.opens("/households");
  await expect(province.page.getByText("您看到的是户数和人数")).toBeVisible();
  await expect(province.page.getByText("才***")).toHaveCount(0);
  await province.page.goto(path);
  await expect(province.page.getByText("才***")).toHaveCount(0);

  // nobody is in two files, wherever
  const other = await over("clerk.qilian");
  const answer = await other.send("POST", "/households", {
    ...{ organisation: "632222", filedOn: "2026-03-01", tier: "deep", kind: "urban" },
    ...{ level: "county", cause: "illness" },
    members: [{ relation: "self", name: "才让", idNumber: number }],
  });
  expect(answer.status()).toBe(409);
  const said = await answer.text();
  expect(said).not.toContain(code);

  await clerk.opens(path);
  await page.getByRole("button", { name: "登记变动" }).click();
  await dialog.getByLabel("变动").selectOption({ label: "脱困" });
  await dialog.getByLabel("原因").selectOption({ label: "就业" });
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await expect(page.getByText("脱困", { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: "修改档案" }).click();
  await expect(page.getByLabel("姓名")).toHaveValue("才让卓玛");
});

type Filed = { id: string; code: string; version: number };

test("a signed authorisation from a telephone, opened by whoever judges with a reason; 返困, 注销, and forgotten with its file", async ({
  at,
  over,
}) => {
  const api = await over("clerk.huangyuan");
  let file = await api.write<Filed>("POST", "/households", {
    ...{ organisation: "630123", filedOn: "2025-03-01", tier: "deep", kind: "urban" },
    ...{ level: "county", cause: "illness", address: "示例巷十号" },
    members: [{ relation: "self", name: "才让卓玛", idNumber: madeNumber() }],
  });
  const clerk = await at("clerk.huangyuan", {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const { page } = clerk;
  const path = `/households/${file.id}`;
  await clerk.opens(path);
  const papers = page.locator("#papers");
  await expect(papers.getByText(/先在上面“登记变动”里登记授权/)).toBeVisible();
  await page.getByRole("button", { name: "登记变动" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("变动").selectOption({ label: "签署授权" });
  await dialog.getByLabel("授权种类").selectOption({ index: 1 });
  await dialog.getByRole("button", { name: "登记", exact: true }).click();
  await papers.getByLabel("拍照").setInputFiles({ name: "才让卓玛授权书.jpg", mimeType: "image/jpeg", buffer: await picture(71) }); // prettier-ignore
  await papers.getByRole("button", { name: "添加", exact: true }).click();
  await expect(papers.getByText("授权书 1", { exact: true })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);

  // whoever sees the file masked says why, and opens them for a minute
  const reviewer = await at("reviewer.xining");
  await reviewer.opens(path);
  const there = reviewer.page.locator("#papers");
  await expect(there.getByText("授权书 1", { exact: true })).toBeVisible();
  await expect(there.getByRole("button", { name: "查看" })).toHaveCount(0);
  await reviewer.page.getByRole("button", { name: "查看遮盖的内容" }).click();
  const asked = reviewer.page.getByRole("dialog");
  await asked.getByLabel("档案材料").check();
  await asked.getByLabel("为什么看").selectOption({ label: "核查信息" });
  await asked.getByRole("button", { name: "写入审计并查看" }).click();
  await there.getByRole("button", { name: "查看" }).click();
  await expect(there.getByRole("img", { name: "授权书 1 的图片" })).toBeVisible();

  // 脱困, 返困, 注销, and then a person may ask for it to be forgotten
  file = await api.read<Filed>(`/households/${file.id}`);
  for (const event of [
    { kind: "lifted", on: "2025-06-01", reason: "employed" },
    { kind: "returned", on: "2025-09-01", reason: "illness", tier: "relative" },
    { kind: "closed", on: "2025-12-01", reason: "moved" },
  ]) {
    const happened = await api.send("POST", `/households/${file.id}/events`, { version: file.version, ...event }); // prettier-ignore
    file = (await happened.json()) as Filed;
  }
  const right = await api.write<{ id: string }>("POST", "/rights-requests", { kind: "forget", organisation: "630123", file: file.code, reason: "consent-withdrawn", askedOn: "2026-01-05" }); // prettier-ignore
  const judge = await over("reviewer.xining");
  await judge.proves();
  await judge.write("POST", `/rights-requests/${right.id}/confirm`, {});
  await clerk.opens(path);
  await expect(page.getByText("这份档案中的个人信息已经清除")).toBeVisible();
  await expect(papers.getByText("随档案的个人信息一起清除")).toBeVisible();
  await expect(papers.getByRole("button", { name: "查看" })).toHaveCount(0);
  await expect(page.getByText("返困", { exact: true }).first()).toBeVisible();
});

test("a list of households: looked through, filed, and not twice", async ({ at }) => {
  const [one, two] = [madeNumber(), madeNumber()];
  const rows = [
    ["与户主关系", "姓名", "身份证号", "困难类别", "主要致困原因", "建档日期"],
    ["户主", "示例甲", one, "深度困难", "子女上学", "2025-03-01"],
    ["配偶", "示例乙", two, "", "", ""],
    ["户主", "示例丙", one.slice(0, -1), "相对困难", "其他", "2025-03-01"],
  ];
  const table = { name: "名单.csv", mimeType: "text/csv", buffer: Buffer.from(rows.map((row) => row.join(",")).join("\r\n")) }; // prettier-ignore
  const clerk = await at("clerk.huangyuan");
  const { page } = clerk;
  for (const time of ["first", "again"]) {
    await clerk.opens("/households");
    await page.getByRole("button", { name: "导入", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("表格").setInputFiles(table);
    await expect(dialog.getByText(time === "first" ? "共 2 户：1 户可建档" : "共 2 户：0 户可建档")).toBeVisible(); // prettier-ignore
    await expect(dialog.getByText(/第 4 行 身份证号/)).toBeVisible();
    if (time === "again") break;
    await dialog.getByRole("button", { name: "建立 1 份档案" }).click();
    await expect(dialog.getByText("已建档 1 户")).toBeVisible();
    await dialog.getByRole("button", { name: "完成" }).click();
  }
});
