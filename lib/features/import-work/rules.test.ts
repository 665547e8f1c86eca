import { expect, test } from "vitest";
import { readRow, rowContext } from "@/lib/features/rows/rules";
import type { SheetArea, SheetCell, SheetFile } from "@/lib/kernel/sheet-file";
import { REFERENCE } from "@/testing/reference";
import {
  headsOf,
  keptOf,
  mappingFor,
  notesOf,
  readerOf,
  tableIn,
} from "@/lib/features/imports/rules";
import { identified } from "./rules";

type Written = (string | SheetCell | null)[];
const cellOf = (cell: Written[number]): SheetCell =>
  typeof cell === "string" ? { text: cell } : (cell ?? { text: "", note: "merged" });

/** A sheet of these rows, from row 1; null is covered by a merged cell. */
function sheet(
  rows: Written[],
  over: { name?: string; hidden?: boolean; merges?: SheetArea[] } = {},
) {
  return {
    name: over.name ?? "台账",
    hidden: over.hidden ?? false,
    rows: rows.map((cells, at) => ({ row: at + 1, cells: cells.map(cellOf) })),
    merges: over.merges ?? [],
    hiddenColumns: [],
    beyond: null,
    problem: null,
  };
}
const file = (...sheets: SheetFile["sheets"]): SheetFile => ({ format: "xlsx", encoding: null, delimiter: null, linked: false, sheets }); // prettier-ignore
const context = (over: Partial<Parameters<typeof rowContext>[0]> = {}) =>
  rowContext({
    reference: REFERENCE,
    locale: "zh-CN",
    organisation: "630123",
    reading: { today: "2026-11-20", openYears: [2026] },
    ...over,
  });

/** The whole way from a file to lines, as the job goes it. */
function read(found: SheetFile, chosen: Parameters<typeof mappingFor>[1] = null) {
  const table = tableIn(found, chosen);
  if (!table) return null;
  const { mapping, unknown } = mappingFor(table, chosen, null);
  const units = Object.fromEntries(
    mapping.columns.flatMap((column, at) => (column && mapping.units[at] ? [[column, mapping.units[at]]] : [])), // prettier-ignore
  );
  const rows = context({ constants: mapping.constants, units });
  const line = readerOf(table, mapping, (texts, kinds) => readRow(texts, rows, kinds));
  const lines = table.sheet.rows.slice(table.from).flatMap((row) => line(row) ?? []);
  return { table, mapping, unknown, lines };
}
const HEAD = ["项目", "发放日期", "金额（元）", "户数", "资金来源"];
const ROW = ["金秋助学", "2026-08-28", "1200", "3", "县级工会经费"];

test("a title, a line of the unit and a note above the head are passed over", () => {
  const found = read(
    file(
      sheet([["2026年送温暖台账"], ["填报单位：湟源县总工会", "", "单位：万元"], ["项目", "日期", "金额", "户数", "资金来源"], ["金秋助学", "2026.8.28", "1.2", "3", "县总工会"]]), // prettier-ignore
    ),
  );
  expect(found?.mapping).toMatchObject({ headerRow: 3, units: [null, null, "wan", null, null] });
  expect(found?.lines).toMatchObject([{ row: 4, fields: { amountFen: "1200000" }, problems: [] }]);
});

test("a title right above the head is no part of it", () => {
  const found = read(file(sheet([["慰问情况"], HEAD, ROW])));
  expect(found?.table).toMatchObject({ headerRow: 2, headers: HEAD });
});

test("what names its own unit is not taken for the unit above the table, and a strange unit is not guessed", () => {
  const under = (unit: string, amount: string) =>
    read(file(sheet([[`单位：${unit}`], ["项目", "日期", amount, "户数", "资金来源"], ROW])))
      ?.mapping;
  expect(under("万元", "金额（元）")?.units[2]).toBe("yuan");
  expect(under("元", "金额")?.units[2]).toBe("yuan");
  expect(under("千元", "金额")?.columns[2]).toBeNull();
});

test("of several sheets the one whose head says most; hidden ones are not read", () => {
  const found = read(
    file(
      sheet([["填表说明"], ["项目", "怎么填"]], { name: "说明" }),
      sheet([HEAD, ROW, ROW], { name: "藏", hidden: true }),
      sheet([HEAD, ROW], { name: "本月" }),
    ),
  );
  expect(found?.mapping.sheet).toBe("本月");
  expect(found?.lines).toHaveLength(1);
  expect(notesOf(file(), found!.table)).toEqual([]);
});

test("a head of two rows: the upper word is kept where the lower says nothing by itself", () => {
  const found = read(
    file(
      sheet(
        [
          ["项目", "发放日期", "慰问款物（万元）", null, "户数", "资金来源"],
          [null, null, "慰问金", "实物折价", null, null],
          ["金秋助学", "2026-08-28", "1", "0.2", "3", "县总工会"],
        ],
        { merges: [{ row: 1, column: 2, rows: 1, columns: 2 }] },
      ),
    ),
  );
  expect(found?.mapping.columns).toEqual(["programme", "paidOn", "cash", "goods", "households", "fundSource1"]); // prettier-ignore
  expect(found?.mapping.units.slice(2, 4)).toEqual(["wan", "wan"]);
  expect(found?.table.headers[2]).toBe("慰问款物（万元）/慰问金");
});

test("a merged name is meant for the rows it spans, a merged amount is not", () => {
  const found = read(
    file(
      sheet([HEAD, ROW, [null, "2026-08-29", null, "2", "县级工会经费"]], {
        merges: [
          { row: 2, column: 0, rows: 2, columns: 1 },
          { row: 2, column: 2, rows: 2, columns: 1 },
        ],
      }),
    ),
  );
  expect(found?.lines[1]).toMatchObject({
    fields: { programme: "golden-autumn", amountFen: null },
  });
});

test("sums, blank rows, repeated heads and the example are no payments", () => {
  const numbered = ["行号", ...HEAD];
  const found = read(
    file(
      sheet([numbered, ["示例", ...ROW], ["", ...ROW], ["", "", "", "", "", ""], numbered, ["", "合 计", "", "1200", "3", ""]]), // prettier-ignore
    ),
  );
  expect(found?.lines).toMatchObject([
    { row: 3, problems: [] },
    { row: 6, fields: null, problems: [{ key: "totalRow" }] },
  ]);
});

test("of what was taken from other files it is said that it is read as it was last shown", () => {
  const linked = { ...file(sheet([HEAD, ROW])), linked: true };
  const table = read(linked)?.table;
  expect(notesOf(linked, table!)).toEqual([{ key: "links", values: {} }]);
});

test("what a spreadsheet could not keep is a problem of its cell", () => {
  const found = read(
    file(sheet([HEAD, ["金秋助学", "2026-08-28", { text: "#DIV/0!", note: "error" }, "3", ""]])),
  );
  expect(found?.lines[0]?.problems).toMatchObject([{ at: 2, column: "amount", key: "sheetError" }]);
});

test("a table is known again by the set of its heads, in whatever order", () => {
  const heads = ["啥项目", "给了多少", "哪天"];
  expect(headsOf([...heads].reverse())).toBe(headsOf(heads));
  expect(headsOf(["啥项目", "给了多少（万元）", "哪天"])).not.toBe(headsOf(heads));
  const chosen = { sheet: null, headerRow: 1, columns: ["programme" as const, "amount" as const, "paidOn" as const], units: [null, "wan" as const, null], constants: {} }; // prettier-ignore
  const kept = keptOf(heads, chosen);
  const turned = tableIn(file(sheet([["哪天", "啥项目", "给了多少"], ["2026-08-28", "金秋助学", "1"]])), null)!; // prettier-ignore
  expect(mappingFor(turned, null, kept)).toMatchObject({
    source: "remembered",
    mapping: { columns: ["paidOn", "programme", "amount"], units: [null, null, "wan"] },
  });
});

test("twins are two and said; a number that was given back outranks what its row says", () => {
  const line = (row: number, number: string | null = null) => ({
    row,
    cells: [],
    problems: [],
    fields: { organisation: "630123", programme: "golden-autumn" },
    returned: number === null ? null : { importId: "7", row: Number(number) },
  });
  const nothing = { readings: new Set<string>(), highest: new Map<string, number>(), returned: new Set<string>() }; // prettier-ignore
  const twins = identified([line(2), line(3), line(4)], ["a", "a", "b"], nothing);
  expect(twins.map(({ nth, known }) => [nth, known])).toEqual([[1, false], [2, false], [1, false]]); // prettier-ignore
  expect(twins[1]?.problems).toMatchObject([{ key: "importTwin", values: { row: 2 }, soft: true }]);
  const known = { readings: new Set(["a:1"]), highest: new Map([["a", 1]]), returned: new Set(["7-5"]) }; // prettier-ignore
  // the second twin is new though the first is in; 7-5 is in whatever it says; 7-6 is new though it says what is in
  expect(
    identified([line(2), line(3), line(4, "5"), line(5, "6")], ["a", "a", "c", "a"], known).map((one) => [one.nth, one.known]), // prettier-ignore
  ).toEqual([[1, true], [2, false], [1, true], [3, false]]); // prettier-ignore
  // a number copied down with its row counts once
  const copied = identified([line(2, "6"), line(3, "6")], ["a", "d"], nothing);
  expect(copied.map(({ returned }) => returned)).toEqual([{ importId: "7", row: 6 }, null]);
});
