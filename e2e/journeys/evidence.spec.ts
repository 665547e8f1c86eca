import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expectAccessible, expectNoSidewaysScroll } from "@/e2e/expectations/accessible";
import { answersTo, plainRecord, type RecordAnswer } from "@/e2e/actors/records";
import { expect, test } from "@/e2e/fixtures";
import { paper, picture } from "@/testing/papers";
import { readArchive } from "@/testing/read-archive";

type Manifest = { vouchers: { id: string; files: { name: string; sha256: string }[] }[] };

test("a photograph from a telephone, a sheet, an invoice with a script in it: shown, downloaded, refused, removed", async ({
  at,
  over,
}) => {
  const api = await over("clerk.huangyuan");
  const record = await api.write<RecordAnswer>("POST", "/disbursements", plainRecord("630123", { paidOn: "2026-08-11" })); // prettier-ignore
  const clerk = await at("clerk.huangyuan", {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const { page } = clerk;
  await clerk.opens(`/disbursements/${record.id}`);
  const evidence = page.locator("#evidence");
  await expect(evidence.getByText("还没有凭证")).toBeVisible();
  const send = evidence.getByRole("button", { name: "添加", exact: true });
  await expect(send).toBeDisabled();
  const gives = (name: string, mimeType: string, buffer: Uint8Array) =>
    evidence.getByLabel("添加凭证").last().setInputFiles({ name, mimeType, buffer: Buffer.from(buffer) }); // prettier-ignore

  await evidence.getByLabel("这是什么").selectOption("照片");
  await expect(evidence.getByRole("button", { name: "拍照" })).toBeVisible();
  // the telephone opens its camera, and the page asks for pictures alone
  const choosing = page.waitForEvent("filechooser");
  await evidence.getByRole("button", { name: "拍照" }).click();
  const chooser = await choosing;
  const camera = chooser.element();
  expect(await camera.getAttribute("capture")).toBe("environment");
  expect(await camera.getAttribute("accept")).toMatch(/^image\//);
  await chooser.setFiles({ name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer: await picture(61, "2026:08:11 09:30:00") }); // prettier-ignore
  await send.click();
  await expect(evidence.getByText("照片 1", { exact: true })).toBeVisible();
  await expect(evidence.getByText("拍摄于 2026年8月11日")).toBeVisible();
  await evidence.getByRole("button", { name: "查看" }).click();
  await expect(evidence.getByRole("img", { name: "照片 1 的图片" })).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await evidence.getByRole("button", { name: "收起" }).click();

  await evidence.getByLabel("这是什么").selectOption("签领表");
  await evidence.getByLabel(/^签名数/).fill("21");
  await gives("sheet.pdf", "application/pdf", await paper("sheet"));
  await send.click();
  await expect(evidence.getByText("签领表 2", { exact: true })).toBeVisible();
  const taken = page.waitForEvent("download");
  await evidence.getByRole("link", { name: "下载" }).last().click();
  expect((await taken).suggestedFilename()).toMatch(/^630123-2026-\d{6}_02_签领表\.pdf$/);

  await evidence.getByLabel("这是什么").selectOption("发票");
  await evidence.getByLabel(/^发票号码/).fill("12345678");
  await gives("invoice.pdf", "application/pdf", await paper("invoice", true));
  await send.click();
  await expect(evidence.getByText(/这个 PDF 里有脚本或自动动作/)).toBeVisible();
  // what was typed is still there
  await expect(evidence.getByLabel(/^发票号码/)).toHaveValue("12345678");

  await evidence.getByRole("button", { name: "删去" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "删去", exact: true }).click();
  await expect(evidence.getByText(/已由 .* 于 .* 删去/)).toBeVisible();

  const now = await api.read<RecordAnswer>(`/disbursements/${record.id}`);
  await api.write("POST", `/disbursements/${now.id}/submit`, { version: now.version, answers: answersTo(now) }); // prettier-ignore
  await clerk.opens(`/disbursements/${record.id}`);
  await expect(evidence.getByText("现在添加的作为补充凭证")).toBeVisible();
  await expect(evidence.getByRole("button", { name: "删去" })).toHaveCount(0);

  const province = await at("province");
  await province.opens(`/disbursements/${record.id}`);
  await expect(province.page.locator("#evidence").getByText("签领表 2", { exact: true })).toBeVisible(); // prettier-ignore
  await expect(province.page.locator("#evidence").getByRole("button", { name: "添加" })).toHaveCount(0); // prettier-ignore
});

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("the auditor takes what a year proves: every file of the archive is what was kept of it", async ({
  at,
  over,
}) => {
  test.setTimeout(240_000);
  const api = await over("clerk.qilian");
  const record = await api.write<RecordAnswer>("POST", "/disbursements", plainRecord("632222", { paidOn: "2026-08-13" })); // prettier-ignore
  const file = async (name: string, mimeType: string, bytes: Uint8Array) => ({ name, mimeType, buffer: Buffer.from(bytes) }); // prettier-ignore
  const sent = [
    { kind: "photo", file: await file("a.jpg", "image/jpeg", await picture(62)) },
    { kind: "sign-off-sheet", signatures: "21", file: await file("b.pdf", "application/pdf", await paper("sheet of 21")) }, // prettier-ignore
  ];
  const kept: string[] = [];
  for (const one of sent)
    kept.push((await api.upload<{ sha256: string }>(`/disbursements/${record.id}/attachments`, one)).sha256); // prettier-ignore
  // a paper is kept as it was sent
  expect(kept[1]).toBe(hashOf(sent[1]?.file.buffer ?? Buffer.alloc(0)));
  const now = await api.read<RecordAnswer>(`/disbursements/${record.id}`);
  const up = await api.write<RecordAnswer>("POST", `/disbursements/${record.id}/submit`, { version: now.version, answers: answersTo(now) }); // prettier-ignore
  await (await over("reviewer.haibei")).write("POST", `/disbursements/${record.id}/approve`, { version: up.version }); // prettier-ignore

  const { page } = await at("auditor");
  await page.goto("/packs?year=2026&org=632222");
  await page.getByLabel("范围", { exact: true }).selectOption("all");
  await page.getByRole("button", { name: "生成凭证包" }).click();
  const pack = page.getByRole("list", { name: "凭证包" }).getByRole("listitem").first();
  await expect(pack.getByText("已完成", { exact: true })).toBeVisible({ timeout: 120_000 });
  const coming = page.waitForEvent("download");
  await pack.getByRole("link", { name: "下载压缩包" }).click();
  const archive = await readFile(await (await coming).path());
  await expect(pack.getByText(hashOf(archive))).toBeVisible();
  const parts = readArchive(archive);
  const manifest = JSON.parse(parts.get("manifest.json")?.toString() ?? "{}") as Manifest;
  const own = manifest.vouchers.find(({ id }) => id === record.id);
  expect(own?.files.map(({ sha256 }) => sha256)).toEqual(kept);
  for (const { name, sha256 } of manifest.vouchers.flatMap(({ files }) => files))
    expect(hashOf(parts.get(name) ?? Buffer.alloc(0)), name).toBe(sha256);
  const named = manifest.vouchers.flatMap(({ files }) => files.map(({ name }) => name));
  expect([...parts.keys()].sort()).toEqual([...named, "manifest.json"].sort());
});

test("the auditor draws a sample by its seed, and what the archive holds is what its manifest says", async ({
  at,
}) => {
  const auditor = await at("auditor");
  const { page } = auditor;
  await auditor.opens("/packs?year=2026&org=630123");
  await page.getByLabel("抽几条").fill("5");
  await page.getByLabel(/^种子/).fill("audit-2026-0001");
  await auditor.presses("生成凭证包");
  const pack = page.getByRole("list", { name: "凭证包" }).getByRole("listitem").first();
  await expect(pack.getByText("已完成", { exact: true })).toBeVisible({ timeout: 90_000 });
  await expect(pack.getByText("抽样 5 条，种子 audit-2026-0001")).toBeVisible();
  await expectAccessible(page);
  const coming = page.waitForEvent("download");
  await pack.getByRole("link", { name: "下载压缩包" }).click();
  const archive = await readFile(await (await coming).path());
  await expect(pack.getByText(createHash("sha256").update(archive).digest("hex"))).toBeVisible();
  const parts = readArchive(archive);
  const manifest = JSON.parse(parts.get("manifest.json")?.toString() ?? "{}") as Manifest;
  expect(manifest.vouchers).toHaveLength(5);
  const order = (id: string) => createHash("sha256").update(`audit-2026-0001${id}`).digest("hex");
  const drawn = manifest.vouchers.map(({ id }) => order(id));
  expect(drawn).toEqual([...drawn].sort());
  for (const { name, sha256 } of manifest.vouchers.flatMap(({ files }) => files))
    expect(createHash("sha256").update(parts.get(name) ?? Buffer.alloc(0)).digest("hex")).toBe(sha256); // prettier-ignore
});
