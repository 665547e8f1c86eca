import { createHash } from "node:crypto";
import { expectAccessible, expectNoSidewaysScroll } from "@/e2e/expectations/accessible";
import { expect, test } from "@/e2e/fixtures";
import { PACK_FILES } from "@/lib/features/pack-files/types";
import { calculateSheets, hasLibreOffice } from "@/testing/libreoffice";
import { readPdf } from "@/testing/pdf";

type Manifest = { files: { name: string; bytes: number; sha256: string }[] };

test("the province asks for a year's pack, sees it grow, and what it takes away is what the manifest says", async ({
  at,
}) => {
  test.setTimeout(300_000);
  const person = await at("province");
  const { page } = person;
  await person.opens("/packs?year=2025&org=630100");
  await person.presses("生成资料包");
  await expect(page.getByRole("progressbar").first()).toBeVisible();

  const card = page.locator("section").filter({ hasText: "审计链第" }).first();
  await expect(card.getByText("已完成", { exact: true })).toBeVisible({ timeout: 120_000 });
  const files = page.getByRole("list", { name: "文件" }).first();
  await expect(files.getByRole("listitem")).toHaveCount(PACK_FILES.length);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  const taken = new Map<string, Buffer>();
  for (const name of PACK_FILES) taken.set(name, await person.downloads(name));
  const manifest = JSON.parse(taken.get("manifest.json")?.toString("utf8") ?? "{}") as Manifest;
  const told = PACK_FILES.filter((name) => name !== "manifest.json").map((name) => {
    const bytes = taken.get(name) ?? Buffer.alloc(0);
    return { name, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  });
  expect(manifest.files).toEqual(told);
  // on the page stands the beginning of the same digests
  for (const { sha256 } of told) await expect(files).toContainText(sha256.slice(0, 16));

  const sum = /\(2\)=台账已审核合计([\d,.]+)相符/.exec(
    readPdf(taken.get("summary.pdf") ?? new Uint8Array())
      .map(({ text }) => text)
      .join(""),
  )?.[1];
  expect(sum).toBeDefined();
  if (hasLibreOffice) {
    const sheets = await calculateSheets(taken.get("summary.xlsx") ?? new Uint8Array());
    const cells = [...sheets.values()].flat(2);
    expect(cells).toContain(String(Number(sum?.replaceAll(",", ""))));
    expect(cells).toContain("相符");
    expect(cells).not.toContain("不符");
  }
});
