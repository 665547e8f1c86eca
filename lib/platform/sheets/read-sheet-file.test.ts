import { expect, it } from "vitest";
import { madeRow, madeWorkbook } from "@/testing/made-workbook";
import { readSheetFile } from "./read-sheet-file";

const small = madeWorkbook({ sheets: [{ name: "台账", rows: madeRow(3, ["冬送温暖", 1200]) }] });
const refusal = (key: string) => ({
  code: "VALIDATION",
  fieldErrors: { file: [{ key, values: {} }] },
});

it("reads a workbook in a thread of its own", async () => {
  const { format, sheets } = await readSheetFile(small, { name: "a.csv" });
  expect(format).toBe("xlsx");
  expect(sheets[0]).toMatchObject({
    name: "台账",
    rows: [{ row: 3, cells: [{ text: "冬送温暖" }, { text: "1200", note: "number" }] }],
  });
});

it("calls a csv’s only sheet as the file is called", async () => {
  const { sheets } = await readSheetFile(Buffer.from("甲,乙"), { name: "八月.csv" });
  expect(sheets.map(({ name }) => name)).toEqual(["八月"]);
});

it("says why it does not read a file", async () => {
  const reading = readSheetFile(Buffer.from("%PDF-1.7"), { name: "台账.xlsx" });
  await expect(reading).rejects.toMatchObject(refusal("sheetNotTable"));
});

it("gives up what takes too long, and goes on with the next", async () => {
  const slow = readSheetFile(small, { name: "a", most: { ms: 1, megabytes: 192 } });
  const next = readSheetFile(small, { name: "b" });
  await expect(slow).rejects.toMatchObject(refusal("sheetSlow"));
  expect((await next).sheets).toHaveLength(1);
});

const cells = Array.from({ length: 26 }, (_, at) => `一格里的文字${at}`);
const rows = Array.from({ length: 10_000 }, (_, at) => madeRow(at + 1, cells)).join("");
const large = madeWorkbook({ sheets: [{ name: "大", rows }] });

it("survives a file that takes all the memory it may have", async () => {
  const greedy = readSheetFile(large, { name: "a", most: { ms: 30_000, megabytes: 12 } });
  await expect(greedy).rejects.toMatchObject(refusal("sheetTooMuch"));
});

it("stays under 300 MB with the largest table it takes", async () => {
  const before = process.memoryUsage().rss;
  const { sheets } = await readSheetFile(large, { name: "大.xlsx" });
  expect(sheets[0]?.rows).toHaveLength(10_000);
  const grown = process.resourceUsage().maxRSS * 1024 - before;
  expect(grown).toBeLessThan(300 * 1024 * 1024);
});
