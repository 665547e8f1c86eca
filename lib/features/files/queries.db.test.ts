import { summaryTable } from "@/lib/features/summary/present";
import type { TestPerson } from "@/testing/actors";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { cardSayings } from "@/lib/platform/card-words";
import { calculate, csvLines, hasLibreOffice } from "@/testing/libreoffice";
import { dice, openOffice } from "@/testing/office";
import { readXlsx } from "hucre";
import { beforeAll, describe, expect, it } from "vitest";
import { cellNumber } from "./rules";

/** LibreOffice takes its time to start. */
const PATIENCE = 180_000;

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { callGuard } = await import("@/lib/platform/guard");
const { writeCheckpoints } = await import("@/lib/platform/checkpoint");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { getYearSummary } = await import("@/lib/features/summary/queries");
const { listDisbursements } = await import("@/lib/features/ledger/queries");
const { getLedgerFile, getYearSummaryFile } = await import("./queries");
const actors = testActors(database);

let province: TestPerson;
let clerk: TestPerson;
const now = new Date("2026-11-22T08:05:00Z");
const zh = { locale: "zh-CN" as const, now };

const summaryFile = (person: TestPerson, query: object) =>
  readAs(person.session, (context) =>
    getYearSummaryFile({
      ...context,
      ...zh,
      query: { year: 2025, format: "xlsx", unit: "yuan", ...query },
    }),
  );
async function bytesOf(body: Uint8Array | ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body as BodyInit).arrayBuffer());
}
/** A file whose rows are still being read needs its snapshot, so it is read inside. */
const ledgerFile = (person: TestPerson, query: object) =>
  readAs(person.session, async (context) => {
    const file = await getLedgerFile({ ...context, ...zh, query: { format: "csv", ...query } });
    return { ...file, bytes: await bytesOf(file.body) };
  });

beforeAll(async () => {
  province = await actors.province();
  clerk = await actors.clerk("630123");
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
}, 120_000);

describe("the yearly summary", () => {
  it("lists every union of the subtree by code, a gap where nothing was reported, and adds up", async () => {
    const summary = await readAs(province.session, ({ db, scope }) =>
      getYearSummary({ db, scope, year: 2025, today: "2026-11-25" }),
    );
    const { rows } = await actors.owner.query<{ code: string }>(
      "SELECT code FROM organisations WHERE kind IN ('PREFECTURE', 'COUNTY', 'INDUSTRIAL_UNION', 'AFFILIATED_UNION')",
    );
    const codes = summary.lines.filter((line) => line.kind === "unit" || line.kind === "subtotal");
    expect(codes.map((line) => line.code).sort()).toEqual(rows.map((row) => row.code).sort());
    const table = summaryTable(summary, { locale: "zh-CN", unit: "yuan", ...cardSayings("zh-CN") });
    expect(
      table.rows.find((row) => row.code === "632200" && row.kind === "own")?.cells.slice(0, 3),
    ).toEqual([{ kind: "unknown" }, { kind: "unknown" }, { kind: "unknown" }]);
    expect(table.checks.map((check) => check.left)).toEqual([
      "spent",
      "spent",
      "spent",
      "received",
    ]);
    expect(table.checks.filter((check) => !check.holds)).toEqual([]);
    expect(table.columns.map((column) => column.number)).toEqual(
      table.columns.map((_, i) => i + 1),
    );
    const total = await readAs(province.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter: { year: 2025 }, groupBy: [] }),
    );
    expect(summary.lines[0]?.figures.spent.amountFen.toString()).toBe(total.totals.amountFen);
    expect(summary.leftOut).toEqual(total.leftOut);
  });

  it("opens with the values in it, before anybody recalculates", async () => {
    const file = await summaryFile(province, {});
    expect(file.name).toBe("暖账_2025年度汇总表_青海省_元.xlsx");
    const book = await readXlsx(file.body as Uint8Array);
    const [sheet] = book.sheets;
    const totals = await readAs(province.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter: { year: 2025 }, groupBy: [] }),
    );
    const row = sheet?.rows.find((cells) => cells[0] === "青海省总工会合计");
    expect(row?.[3]).toBe(cellNumber(BigInt(totals.totals.amountFen), "yuan"));
    expect(sheet?.merges?.length).toBeGreaterThan(10);
    expect(sheet?.freezePane?.columns).toBe(2);
    expect(file.record).toMatchObject({ name: file.name, body: { kind: "year-summary" } });
  });

  it("says the same as csv, in English too, and for one county", async () => {
    const file = await summaryFile(clerk, { format: "csv", unit: "wan" });
    const bytes = await bytesOf(file.body);
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = csvLines(new TextDecoder().decode(bytes));
    const county = await readAs(clerk.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter: { year: 2025, org: "630123" }, groupBy: [] }),
    );
    const row = lines.find((cells) => cells[1] === "630123");
    expect(Number(row?.[3])).toBe(cellNumber(BigInt(county.totals.amountFen), "wan"));
    expect(row?.[3]).toMatch(/^\d+\.\d{2,6}$/);
    const english = await readAs(clerk.session, (context) =>
      getYearSummaryFile({
        ...context,
        locale: "en",
        now,
        query: { year: 2025, format: "csv", unit: "yuan" },
      }),
    );
    const words = new TextDecoder().decode(await bytesOf(english.body));
    expect(words.replace(/[—“”’×]/g, "")).not.toMatch(/[\u4e00-\u9fff]{2,}/);
  });

  it("stays within the reader's walls", async () => {
    await expect(summaryFile(clerk, { org: "632222" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(summaryFile(clerk, { org: "000000" })).rejects.toMatchObject({
      code: "VALIDATION",
    });
    const admin = await actors.admin();
    await expect(summaryFile(admin, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the ledger as a file", () => {
  const body = (lines: string[][]) =>
    lines.slice(lines.findIndex((cells) => cells[0] === "编号") + 1);

  it("holds every record of the filter, with the totals of the screen above them", async () => {
    const page = await readAs(province.session, ({ db, scope }) =>
      listDisbursements({ db, scope, filter: { year: 2025, limit: 50 } }),
    );
    const file = await ledgerFile(province, { year: 2025 });
    const lines = csvLines(new TextDecoder().decode(file.bytes));
    const { rows } = await actors.owner.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM disbursements WHERE fiscal_year = 2025",
    );
    expect(body(lines)).toHaveLength(rows[0]?.n ?? -1);
    expect(body(lines)[0]?.[0]).toBe(page.items[0]?.reference);
    const head = Object.fromEntries(lines.slice(0, 8).map((cells) => [cells[0], cells[1]]));
    expect(head["合计笔数（已审核）"]).toBe(String(page.totals.records));
    expect(Math.round(Number(head["合计金额（已审核）"]) * 100)).toBe(
      Number(page.totals.amountFen),
    );
    expect(head["筛选条件"]).toBe("年度 2025");
    const mine = await ledgerFile(clerk, {});
    const codes = body(csvLines(new TextDecoder().decode(mine.bytes))).map((cells) => cells[3]);
    expect(new Set(codes)).toEqual(new Set(["630123"]));
  });

  it.skipIf(!hasLibreOffice)(
    "opens as a workbook with the same rows, codes as text and amounts as numbers",
    async () => {
      const csv = await ledgerFile(province, { year: 2025, status: ["approved"] });
      const xlsx = await ledgerFile(province, { year: 2025, status: ["approved"], format: "xlsx" });
      const lines = body(csvLines(new TextDecoder().decode(csv.bytes)));
      const grid = body(await calculate(xlsx.bytes));
      expect(grid.map((cells) => cells[0])).toEqual(lines.map((cells) => cells[0]));
      const amounts = (rows: string[][]) =>
        rows.map((cells) => Math.round(Number(cells[15]) * 100));
      expect(amounts(grid)).toEqual(amounts(lines));
      const book = await readXlsx(xlsx.bytes);
      const row = book.sheets[0]?.rows.at(-1);
      expect(typeof row?.[3]).toBe("string");
    },
    PATIENCE,
  );

  it("is never a formula, whatever a note says", async () => {
    await actors.owner.query("SET session_replication_role = replica");
    await actors.owner.query(
      `UPDATE disbursements SET note = '=HYPERLINK("http://x","慰问")' WHERE id = (SELECT max(id) FROM disbursements WHERE fiscal_year = 2025)`,
    );
    await actors.owner.query("SET session_replication_role = DEFAULT");
    const file = await ledgerFile(province, { year: 2025, q: "HYPERLINK" });
    const [row] = body(csvLines(new TextDecoder().decode(file.bytes)));
    expect(row).toContain(`'=HYPERLINK("http://x","慰问")`);
    const xlsx = await ledgerFile(province, { year: 2025, q: "HYPERLINK", format: "xlsx" });
    const [sheet] = (await readXlsx(xlsx.bytes)).sheets;
    expect(sheet?.rows.at(-1)).toContain(`=HYPERLINK("http://x","慰问")`);
    expect([...(sheet?.cells?.values() ?? [])].filter((cell) => cell.formula)).toEqual([]);
  });
});

describe("every file", () => {
  const said = async (format: "csv" | "xlsx", bytes: Uint8Array) =>
    format === "csv"
      ? new TextDecoder().decode(bytes)
      : JSON.stringify((await readXlsx(bytes)).sheets.map((sheet) => sheet.rows));

  it.each(["csv", "xlsx"] as const)("bears the newest checkpoint: %s", async (format) => {
    const files = async () => [
      await said(format, (await ledgerFile(province, { format })).bytes),
      await said(format, await bytesOf((await summaryFile(province, { format })).body)),
    ];
    if (format === "csv") for (const text of await files()) expect(text).not.toContain("核验点");
    await writeCheckpoints({ rows: callGuard }, "HOURLY");
    const { rows } = await actors.owner.query<{ head: string }>(
      "SELECT left(head, 8) AS head FROM checkpoints ORDER BY id DESC LIMIT 1",
    );
    for (const text of await files())
      expect(text).toMatch(new RegExp(`核验点 630000 · 第 [\\d,]+ 条 · ${rows[0]?.head}…`));
  });
});

describe("the memory of a long file", () => {
  it.each(["csv", "xlsx"])("%s lets go of every answer that it has read", async (format) => {
    const answers: unknown[][] = [];
    await readAs(province.session, async ({ db, ...context }) => {
      const watched: typeof db = {
        async rows<T>(...asked: Parameters<typeof db.rows>) {
          const rows = await db.rows<T>(...asked);
          if (asked[0].text.startsWith("FETCH")) answers.push(rows);
          return rows;
        },
      };
      const query = { format, year: 2025 } as Parameters<typeof getLedgerFile>[0]["query"];
      const file = await getLedgerFile({ ...context, ...zh, db: watched, query });
      expect((await bytesOf(file.body)).length).toBeGreaterThan(1_000);
    });
    expect(answers.length).toBeGreaterThan(1);
    expect(answers.flat()).toEqual([]);
  });
});
