import { writeXlsx, type WriteSheet } from "hucre";
import { expect, test } from "vitest";
import { readRow, rowContext } from "@/lib/features/rows/rules";
import { readFile } from "@/lib/platform/sheets/read";
import { REFERENCE } from "@/testing/reference";
import { rejectedSheet, templateSheets } from "./paper";
import { mappingFor, notesOf, readerOf, tableIn, templateProgramme } from "./rules";

const FORMS = { transfer: "银行转账", cash: "现金", goods: "实物", voucher: "券卡", service: "服务", mixed: "款物兼有" }; // prettier-ignore
const bytesOf = async (sheets: WriteSheet[]) => Buffer.from(await writeXlsx({ sheets }));

async function readBack(sheets: WriteSheet[]) {
  const file = await readFile(await bytesOf(sheets), "x.xlsx");
  const table = tableIn(file, null);
  if (!table) throw new Error("no table");
  const { mapping, unknown } = mappingFor(table, null, null);
  const context = rowContext({
    reference: REFERENCE,
    locale: "zh-CN",
    organisation: "630123",
    reading: { today: "2026-11-20", openYears: [2026] },
  });
  const line = readerOf(table, mapping, (texts, kinds) => readRow(texts, context, kinds));
  const lines = table.sheet.rows.slice(table.from).flatMap((row) => line(row) ?? []);
  return { file, table, mapping, unknown, lines };
}

test.each(["zh-CN", "en"] as const)(
  "a template is read without a word about its columns, and its example is not: %s",
  async (locale) => {
    for (const programme of REFERENCE.programmes) {
      const sheets = templateSheets({ programme, reference: REFERENCE, forms: FORMS, locale });
      const found = await readBack(sheets);
      expect(found.unknown).toEqual([]);
      expect(found.mapping.columns).not.toContain(null);
      expect(found.mapping.columns).toContain(programme.mainUnit);
      expect(found.lines).toEqual([]);
      expect(templateProgramme(found.file)).toBe(programme.code);
      expect(notesOf(found.file, found.table)).toEqual([]);
      const [rows] = sheets;
      expect(rows?.dataValidations?.map(({ range }) => range)).toContain("B2:B10001");
    }
  },
);

test("a template that was filled in is read, whichever words its lists offered", async () => {
  const [programme] = REFERENCE.programmes;
  if (!programme) throw new Error("no programme");
  const [rows, ...others] = templateSheets({ programme, reference: REFERENCE, forms: FORMS, locale: "zh-CN" }); // prettier-ignore
  const cells = new Map(rows?.cells);
  // the example, without its mark
  for (let at = 1; cells.has(`1,${at}`); at++) cells.set(`2,${at}`, { ...cells.get(`1,${at}`) });
  const found = await readBack([{ ...rows, cells } as WriteSheet, ...others]);
  expect(found.lines).toMatchObject([
    { row: 3, problems: [], fields: { programme: programme.code, amountFen: "1200000" } },
  ]);
});

test("rows that are given back carry why, their number and their own words, and are read again by them", async () => {
  const sheet = rejectedSheet({
    importId: "12",
    headers: ["项目", "发放日期", "金额（元）", "户数", "原因"],
    columns: ["programme", "paidOn", "amount", "households", "reason"],
    lines: [
      {
        row: 34,
        cells: ["金秋助学", "=1+1", "约定", "3", "上次的原因"],
        problems: [
          { at: 2, column: "amount", key: "fen" },
          { at: null, column: null, key: "importTwin", soft: true },
        ],
        returned: null,
      },
      { row: 35, cells: ["金秋助学", "2026-08-28", "1", "3", ""], problems: [{ at: null, column: null, key: "totalRow" }], returned: { importId: "7", row: 5 } }, // prettier-ignore
    ],
    sentence: ({ key }) => key,
    locale: "zh-CN",
  });
  expect(sheet.cells?.get("1,0")?.value).toBe("金额（元）: fen");
  expect(sheet.cells?.get("1,4")).toMatchObject({ value: "约定", comment: { text: "fen" } });
  expect(sheet.cells?.get("1,3")).toMatchObject({ value: "=1+1", type: "string" });
  const found = await readBack([sheet]);
  expect(found.mapping.columns).toEqual(["reason", "lineNumber", "programme", "paidOn", "amount", "households"]); // prettier-ignore
  expect(found.lines.map(({ returned }) => returned)).toEqual([
    { importId: "12", row: 34 },
    { importId: "7", row: 5 },
  ]);
});
