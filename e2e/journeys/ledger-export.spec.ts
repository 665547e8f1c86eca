import { parseCsv, readXlsx } from "hucre";
import { plainRecord, unique } from "@/e2e/actors/records";
import { fenOf, yuanOf } from "@/e2e/expectations/figures";
import { expect, test } from "@/e2e/fixtures";

const NOTE = unique("导出走查");
const FORMULA = `=HYPERLINK("http://example.com","${NOTE}")`;
const AMOUNTS = [1_230_045n, 7n, 99_999_999n];

/** The lines under the headings, each by the words of its heading. */
function linesOf(rows: readonly (readonly unknown[])[]): Record<string, unknown>[] {
  const at = rows.findIndex((row) => row[0] === "编号");
  const heading = rows[at] ?? [];
  return rows
    .slice(at + 1)
    .filter((row) => String(row[0] ?? "") !== "")
    .map((row) => Object.fromEntries(heading.map((word, i) => [String(word), row[i]])));
}

test("what is filtered on screen is what is exported, and no cell is a formula", async ({
  at,
  over,
}) => {
  const clerk = await over("clerk.chengxi");
  for (const [index, fen] of AMOUNTS.entries())
    await clerk.write(
      "POST",
      "/disbursements",
      plainRecord("630104", {
        amountFen: String(fen),
        shares: [{ fundSource: "county-union", amountFen: String(fen) }],
        note: index === 0 ? FORMULA : NOTE,
      }),
    );

  const person = await at("province");
  const { page } = person;
  await person.opens("/ledger?year=2026");
  const filter = page.getByRole("form", { name: "筛选台账" });
  await filter.getByLabel("查找").fill(NOTE);
  await filter.locator("summary[aria-label^='状态']").click();
  await filter.getByRole("checkbox", { name: "草稿" }).check();
  await filter.getByRole("button", { name: "查询" }).click();
  await page.waitForURL((url) => {
    const { searchParams: asked } = url;
    return asked.get("q") === NOTE && asked.get("status") === "draft";
  });
  const shown = page.getByText(/^全部页合计：所选状态 .* 元$/);
  const sum = AMOUNTS.reduce((total, fen) => total + fen, 0n);
  await expect(shown).toContainText("3 笔");
  expect(fenOf(/笔，(\S+) 元/.exec(await shown.innerText())?.[1] ?? "")).toBe(sum);

  await page.getByRole("button", { name: "列", exact: true }).click();
  await page.getByRole("checkbox", { name: "备注" }).check();
  await page.getByRole("checkbox", { name: "救助类别" }).uncheck();
  await expect(page.getByRole("columnheader", { name: "备注" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "备注" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "救助类别" })).toHaveCount(0);
  await expect(page.getByRole("gridcell").filter({ hasText: FORMULA })).toBeVisible();

  const csv = linesOf(
    parseCsv((await person.downloadsFromMenu("导出", "导出 csv")).toString("utf8")),
  );
  const book = await readXlsx(
    new Uint8Array(await person.downloadsFromMenu("导出", "导出 Excel（xlsx）")),
  );
  const xlsx = linesOf(book.sheets[0]?.rows ?? []);
  const wanted = AMOUNTS.map(yuanOf).sort();
  expect(csv.map((line) => line["金额（元）"]).sort()).toEqual(wanted);
  expect(xlsx.map((line) => Number(line["金额（元）"]).toFixed(2)).sort()).toEqual(wanted);
  const note = (lines: Record<string, unknown>[]) =>
    String(lines.find((line) => String(line["备注"]).includes("HYPERLINK"))?.["备注"]);
  expect(note(csv), "a spreadsheet reads it as text").not.toMatch(/^[=+\-@\t\r]/);
  expect(note(csv)).toContain(FORMULA);
  expect(note(xlsx)).toContain(FORMULA);
  for (const cell of book.sheets[0]?.cells?.values() ?? [])
    expect(cell.formula, "no cell of the file is a formula").toBeUndefined();
});
