import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { picture } from "@/e2e/actors/picture";
import type { ApiActor } from "@/e2e/actors/api";
import { answersTo, plainRecord, type RecordAnswer, unique } from "@/e2e/actors/records";
import { expectAccessible, expectNoSidewaysScroll } from "@/e2e/expectations/accessible";
import { fenOf } from "@/e2e/expectations/figures";
import { expect, test } from "@/e2e/fixtures";
import { calculate, hasLibreOffice, printed } from "@/testing/libreoffice";
import { readPdf } from "@/testing/pdf";
import { readArchive } from "@/testing/read-archive";

type Manifest = { files: { name: string; sha256: string; lines: number; amountFen: string }[] };
type Line = { name: string; amountFen: string; account?: string };
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const sumOf = (lines: readonly Line[]) =>
  lines.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);

/** A record of a clerk with everybody who is paid by it. */
const DAY = "2026-02-11";

async function rostered(
  api: ApiActor,
  lines: readonly Line[],
  note: string,
): Promise<RecordAnswer> {
  const amountFen = sumOf(lines).toString();
  const shares = [{ fundSource: "county-union", amountFen }];
  const fields = { amountFen, counts: { persons: lines.length }, shares, note, paidOn: DAY };
  const { id, version } = await api.write<RecordAnswer>("POST", "/disbursements", plainRecord("630123", fields)); // prettier-ignore
  await api.write("PUT", `/disbursements/${id}/roster`, { version, lines });
  return api.read<RecordAnswer>(`/disbursements/${id}`);
}

async function taken(page: Page, pressed: Locator): Promise<{ name: string; bytes: Buffer }> {
  const coming = page.waitForEvent("download");
  await pressed.click();
  const file = await coming;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test("a receipt is given to whoever was paid: as long as it is edited at once, afterwards for a reason", async ({
  at,
  over,
}) => {
  const api = await over("clerk.huangyuan");
  const lines = [
    { name: "格桑央宗", amountFen: "40000", account: "6228480000000000018" },
    { name: "才让东珠", amountFen: "40001" },
  ];
  const record = await rostered(api, lines, unique("凭条走查"));
  const clerk = await at("clerk.huangyuan");
  const { page } = clerk;
  await clerk.opens(`/disbursements/${record.id}/papers`);
  const dialog = page.getByRole("dialog");
  const opens = () => page.getByRole("button", { name: "打印领款凭条" }).first().click();
  const prints = dialog.getByRole("button", { name: "打印领款凭条" });
  await opens();
  await expect(dialog.getByLabel("事由")).toHaveCount(0);
  await dialog.getByLabel("哪几行").fill("第一行");
  await prints.click();
  await expect(dialog.getByText("请写行号，如 3、8-12，最多 50 行")).toBeVisible();
  await expect(dialog.getByLabel("哪几行")).toHaveValue("第一行");
  await dialog.getByLabel("哪几行").fill("3");
  await prints.click();
  await expect(
    dialog
      .getByRole("alert")
      .or(dialog.getByText(/没有第 3 行/))
      .first(),
  ).toBeVisible();
  await dialog.getByLabel("哪几行").fill("1-2");
  const both = await taken(page, prints);
  const paper = readPdf(both.bytes).map(({ text }) => text).join("\n").replace(/\s/g, ""); // prettier-ignore
  for (const word of ["格桑央宗", "才让东珠", "肆佰元整", "肆佰元零壹分"])
    expect(paper).toContain(word);
  expect(paper).not.toContain("6228480000000000018");
  expect(both.name).not.toMatch(/格桑|才让/);
  await expect(dialog).toBeHidden();

  await api.write("POST", `/disbursements/${record.id}/submit`, { version: record.version, answers: answersTo(record) }); // prettier-ignore
  await page.setViewportSize({ width: 390, height: 844 });
  await clerk.opens(`/disbursements/${record.id}/papers`);
  await opens();
  await dialog.getByLabel("哪几行").fill("2");
  await prints.click();
  await expect(dialog.getByLabel("事由")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await picture(page, "receipt-dialog-390");
  await dialog.getByLabel("事由").fill("发给本人");
  const one = await taken(page, prints);
  const receipt = readPdf(one.bytes)
    .map(({ text }) => text)
    .join("\n");
  expect(receipt).toContain("才让东珠");
  expect(receipt).not.toContain("格桑央宗");
  // it is counted among what was shown; for which words nobody reads there
  const auditor = await at("auditor");
  await auditor.opens("/admin/reveals");
  await expect(
    auditor.page.getByRole("row").filter({ hasText: "湟源县总工会经办" }).first(),
  ).toBeVisible();
  await expect(auditor.page.getByText("发给本人")).toHaveCount(0);

  const reviewer = await at("reviewer.xining");
  await reviewer.opens(`/disbursements/${record.id}/papers`);
  await expect(reviewer.page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(reviewer.page.getByRole("button", { name: "打印领款凭条" })).toHaveCount(0);
});

test("the sheets of a ledger in one archive: whole by its manifest, and their sums are the ledger's", async ({
  at,
  over,
}) => {
  test.setTimeout(240_000);
  const api = await over("clerk.huangyuan");
  const note = unique("签领走查");
  const people = (count: number, from: number): Line[] =>
    Array.from({ length: count }, (_, n) => ({ name: `才让${"甲乙丙丁戊己庚辛壬癸子丑"[n] ?? ""}`, amountFen: String(30_001 + 7 * n + from) })); // prettier-ignore
  const rosters = [people(12, 0), people(1, 500)];
  for (const lines of rosters) await rostered(api, lines, note);
  const total = rosters.reduce((sum, lines) => sum + sumOf(lines), 0n);

  const clerk = await at("clerk.huangyuan");
  const { page } = clerk;
  await clerk.opens(`/ledger?year=2026&status=draft&paidFrom=${DAY}&paidTo=${DAY}`);
  const shown = await page.getByText(/^全部页合计：所选状态 .* 元$/).innerText();
  expect(fenOf(/笔，(\S+) 元/.exec(shown)?.[1] ?? "")).toBe(total);
  await page.getByRole("button", { name: "成批签领表（zip）" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("文件格式").selectOption("xlsx");
  await dialog.getByRole("button", { name: "生成", exact: true }).click();
  await expect(dialog.getByText(/2 笔，13 行，.* 元；新生成 2 笔/)).toBeVisible();
  await expectAccessible(page);
  await picture(page, "sheets-dialog-1366");
  const archive = await taken(page, dialog.getByRole("link", { name: "下载压缩包" }));
  expect(archive.name).toMatch(/^签领表-2笔-\d{4}-\d\d-\d\d\.zip$/);
  const files = readArchive(archive.bytes);
  const manifest = JSON.parse(files.get("manifest.json")?.toString() ?? "{}") as Manifest;
  expect([...files.keys()]).toEqual([...manifest.files.map(({ name }) => name), "manifest.json"]);
  expect(manifest.files.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n)).toBe(total);
  let sum = 0n;
  for (const { name, sha256, lines } of manifest.files) {
    const bytes = new Uint8Array(files.get(name) ?? Buffer.alloc(0));
    expect(hashOf(bytes), name).toBe(sha256);
    expect(name).not.toContain("才让");
    if (!hasLibreOffice) continue;
    // opened and worked out by another program, and printed by it: ten people a sheet
    const grid = await calculate(bytes);
    const sums = grid.filter(([first]) => /合计/.test(first ?? "")).map((row) => Number(row[6]));
    expect(sums).toHaveLength(Math.ceil(lines / 10));
    sum += sums.reduce((fen, yuan) => fen + BigInt(Math.round(yuan * 100)), 0n);
    expect(await printed(bytes)).toHaveLength(Math.ceil(lines / 10));
  }
  if (hasLibreOffice) expect(sum).toBe(total);
  await dialog.getByRole("button", { name: "关闭" }).last().click();

  // what stands is not made again, and under a filter without a roster there is nothing
  await page.getByRole("button", { name: "成批签领表（zip）" }).click();
  await dialog.getByRole("button", { name: "生成", exact: true }).click();
  await expect(dialog.getByText(/新生成 0 笔/)).toBeVisible();
  await clerk.opens("/ledger?year=2024");
  await page.getByRole("button", { name: "成批签领表（zip）" }).click();
  await dialog.getByRole("button", { name: "生成", exact: true }).click();
  await expect(dialog.getByRole("alert")).toHaveText("这些条件下没有带花名册的记录");
});
