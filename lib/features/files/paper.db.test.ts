import { summaryTable } from "@/lib/features/summary/present";
import type { SummaryTable } from "@/lib/features/summary/types";
import type { MoneyUnit } from "@/lib/kernel/money";
import type { Locale } from "@/lib/kernel/preferences";
import { cardSayings } from "@/lib/platform/card-words";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { calculateSheets, hasLibreOffice, printed } from "@/testing/libreoffice";
import { dice, openOffice } from "@/testing/office";
import { writeXlsx, type WriteSheet } from "hucre";
import { beforeAll, describe, expect, it } from "vitest";
import { proofHolds, proofSheet, summarySheets } from "./paper";

/** LibreOffice takes its time to start. */
const PATIENCE = 180_000;

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { getYearSummary } = await import("@/lib/features/summary/queries");
const actors = testActors(database);

let tableIn: (unit: MoneyUnit, locale?: Locale) => SummaryTable;
beforeAll(async () => {
  const province = await actors.province();
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: ["630000", "630100", "630104", "630123", "632222"],
  });
  await office.deeds(700, dice(99));
  await office.close();
  await actors.owner.query("SELECT set_config('app.session', $1, false)", [province.session]);
  await actors.owner.query(`
    INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, created_by, created_at)
    SELECT o.id, 2025, f.id, 123456789 + o.id, gen_random_uuid(), now()
    FROM organisations o, fund_sources f WHERE o.code IN ('630123', '632222') AND f.code = 'county-union'`);
  const summary = await readAs(province.session, ({ db, scope }) =>
    getYearSummary({ db, scope, year: 2025, today: "2026-11-25" }),
  );
  tableIn = (unit, locale = "zh-CN") =>
    summaryTable(summary, { locale, unit, ...cardSayings(locale) });
}, 120_000);

const UNITS: MoneyUnit[] = ["yuan", "wan"];
const zh = (unit: MoneyUnit) => ({ unit, locale: "zh-CN" as const });
/** What was spent against the ledger, and against the programmes that it is made of. */
const proofsOf = ({ rows, columns }: SummaryTable) => {
  const spent = rows[0]?.cells[1];
  const seasons = columns.filter(({ key }) => /^season\.[a-z]+$/.test(key));
  return [
    { key: "spent", fen: spent?.kind === "money" ? spent.fen : "", said: "(2) = 台账" },
    { key: "spent", keys: seasons.map(({ key }) => key), said: "(2) = (4) + …" },
  ];
};
const cellsOf = (sheet: WriteSheet) => [...(sheet.cells ?? [])];

describe.skipIf(!hasLibreOffice)("LibreOffice", () => {
  it.each(UNITS)(
    "works out exactly what is cached, on every sheet: %s",
    { timeout: PATIENCE },
    async (unit) => {
      // prettier-ignore
      const sheets = summarySheets(tableIn(unit), zh(unit));
      const cached = sheets.map((sheet) =>
        cellsOf(sheet).flatMap(([at, { formula, formulaResult }]) =>
          formula === undefined ? [] : [{ at, formula, expected: formulaResult }],
        ),
      );
      expect(cached.flat().length).toBeGreaterThan(800);
      for (const [, cell] of sheets.flatMap(cellsOf)) if (cell.formula) delete cell.formulaResult;
      const grids = await calculateSheets(await writeXlsx({ sheets }));
      sheets.forEach((sheet, index) => {
        const grid = grids.get(sheet.name) ?? [];
        for (const { at, formula, expected } of cached[index] ?? []) {
          const [row = 0, column = 0] = at.split(",").map(Number);
          const found = grid[row]?.[column] ?? "";
          const said = found.endsWith("%")
            ? Math.round(Number(found.slice(0, -1)) * 10) / 1000
            : Number(found);
          // as it stands in the file: no tail of a float is rounded away here
          if (typeof expected === "number") expect(said, `${at} ${formula}`).toBe(expected);
          else expect(found, `${at} ${formula}`).toBe(expected);
        }
      });
    },
  );

  it(
    "finds what somebody types over, and every check can fail",
    { timeout: PATIENCE },
    async () => {
      // prettier-ignore
      const table = tableIn("yuan");
      const sheets = summarySheets(table, zh("yuan"));
      const [first] = sheets;
      const line = table.rows.findIndex((row) => row.kind === "unit" && row.cells[1]?.kind === "money"); // prettier-ignore
      const [row = 0] = cellsOf(first as WriteSheet)
        .filter(([, cell]) => cell.value === table.rows[line]?.code)
        .map(([at]) => Number(at.split(",")[0]));
      first?.cells?.set(`${row},2`, { value: 1 });
      first?.cells?.set(`${row},3`, { value: 76588.19 });
      for (const [, cell] of sheets.flatMap(cellsOf)) if (cell.formula) delete cell.formulaResult;
      const check = (await calculateSheets(await writeXlsx({ sheets }))).get("核对") ?? [];
      const verdicts = check.filter((cells) => /^(相符|不符)$/.test(cells.at(-1) ?? ""));
      expect(verdicts).toHaveLength(table.rows.length + 2);
      expect(check[3 + line]?.at(-1)).toBe("不符");
      // the total no longer is what the ledger and the allotments come to
      expect(verdicts.slice(-2).map((cells) => cells.at(-1))).toEqual(["不符", "不符"]);
      const leaves = verdicts.filter((_, at) => table.rows[at]?.parts.length === 0);
      expect(leaves.filter((cells) => cells.at(-1) === "不符")).toHaveLength(1);
    },
  );

  it(
    "says under a table of its own that the total does not agree, where a line was typed over",
    { timeout: PATIENCE },
    async () => {
      const table = tableIn("yuan");
      const verdicts = async (typed: number | null) => {
        const sheet = proofSheet(table, { ...zh("yuan"), name: "分表", proofs: proofsOf(table) });
        const line = table.rows.find(
          (row) => row.kind === "unit" && row.cells[1]?.kind === "money",
        );
        const [row = 0] = cellsOf(sheet)
          .filter(([, cell]) => cell.value === line?.code)
          .map(([at]) => Number(at.split(",")[0]));
        if (typed !== null) sheet.cells?.set(`${row},3`, { value: typed });
        for (const [, cell] of cellsOf(sheet)) if (cell.formula) delete cell.formulaResult;
        const grid = (await calculateSheets(await writeXlsx({ sheets: [sheet] }))).get("分表");
        return (grid ?? []).flat().filter((text) => /^(相符|不符)$/.test(text));
      };
      expect(await verdicts(null)).toEqual(["相符", "相符"]);
      expect(await verdicts(76588.19)).toEqual(["不符", "不符"]);
    },
  );

  it.each([
    ["wan", "zh-CN"],
    ["yuan", "zh-CN"],
    ["yuan", "en"],
  ] as const)(
    "prints every page whole, at 8 points and more: %s, %s",
    { timeout: PATIENCE },
    async (unit, locale) => {
      // prettier-ignore
      const table = tableIn(unit, locale);
      const sheets = summarySheets(table, { unit, locale });
      const pages = await printed(
        await writeXlsx({ sheets, defaultFont: { name: "宋体", size: 10 } }),
      );
      const bare = (text: string) => text.replace(/\s/g, "");
      for (const page of pages) {
        expect(page.sizes[0]).toBeGreaterThanOrEqual(8);
        expect([page.width, page.height].map(Math.round)).toEqual([842, 595]);
        expect(page.text).toContain(bare(table.title));
        expect(page.text).toContain(locale === "en" ? "Unit:" : "单位：");
        expect(page.text).not.toContain("###");
      }
      const paper = sheets.slice(0, -1);
      if (unit === "wan") expect(paper.map((sheet) => sheet.name)).toEqual(["表一", "表二"]);
      // every page of a sheet repeats its title, its last one has the signatures, and every code is whole
      const signed = pages.filter((page) => page.text.includes(bare(table.signatures[0] ?? "")));
      expect(signed).toHaveLength(paper.length);
      for (const { name } of paper) {
        const own = pages.filter((page) => page.text.includes(bare(name + (locale === "en" ? ":" : "")))); // prettier-ignore
        expect(own.length).toBeGreaterThan(0);
        expect(own.length).toBeLessThanOrEqual(locale === "en" ? 4 : 3);
        const text = own.map((page) => page.text).join("");
        for (const row of table.rows) expect(text, row.name).toContain(row.code);
      }
    },
  );
});

it("says 不符 of a total that is a fen away from what it is held against", () => {
  const table = tableIn("yuan");
  const [whole, parts] = proofsOf(table);
  for (const proof of [whole, parts]) expect(proof && proofHolds(table, proof)).toBe(true);
  const wrong = { key: "spent", fen: String(BigInt(whole?.fen ?? 0) + 1n), said: "" };
  expect(proofHolds(table, wrong)).toBe(false);
  const sheet = proofSheet(table, { ...zh("yuan"), name: "分表", proofs: [wrong] });
  expect(cellsOf(sheet).map(([, cell]) => cell.formulaResult)).toContain("不符");
});

it("gives what has no number a word of its own, never a format over a zero", () => {
  const table = tableIn("yuan");
  const [first] = summarySheets(table, zh("yuan"));
  const values = cellsOf(first as WriteSheet).map(([, cell]) => cell.formulaResult ?? cell.value);
  expect(values).toContain("—");
  expect(values).toContain("未计价");
  const formats = cellsOf(first as WriteSheet).map(([, cell]) => cell.style?.numFmt ?? "");
  expect(formats.filter((format) => format.includes(";"))).toEqual([]);
});
