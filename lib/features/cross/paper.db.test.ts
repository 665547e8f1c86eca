import { readXlsx } from "hucre";
import { beforeAll, describe, expect, it } from "vitest";
import { cellNumber } from "@/lib/features/files/rules";
import { KNOWN_WORDS } from "@/lib/kernel/known";
import { cardSayings } from "@/lib/platform/card-words";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { calculate, csvLines, hasLibreOffice } from "@/testing/libreoffice";
import { dice, openOffice } from "@/testing/office";
import { crossTable, type CrossTable } from "./present";
import { crossAddressSchema } from "./schema";

/** LibreOffice takes its time to start. */
const PATIENCE = 180_000;

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { getCrossFile, getCrossView } = await import("./queries");
const door = await import("@/app/api/v1/exports/cross/route");
const actors = testActors(database);

const now = new Date("2026-11-22T08:05:00Z");
const words = { locale: "zh-CN" as const, unit: "yuan" as const, ...cardSayings("zh-CN") };
let province: TestPerson;

const asked = (query: object) => crossAddressSchema.parse({ year: 2025, ...query });
const tableOf = (query: object): Promise<CrossTable> =>
  readAs(province.session, async (context) => {
    const view = await getCrossView({ ...context, query: asked(query), today: "2026-11-22" });
    if (!view.cross) throw new Error("refused");
    return crossTable({ ...view, cross: view.cross, words });
  });
const fileOf = (format: "csv" | "xlsx", query: object, unit: "yuan" | "wan" = "yuan") =>
  readAs(province.session, async (context) => {
    const file = await getCrossFile({
      ...context,
      ...{ locale: "zh-CN", now, query: { ...asked(query), format, unit } },
    });
    return file.body as Uint8Array;
  });

/** The lines of the table among those of a file. */
function body<Cells extends unknown[]>(lines: Cells[], table: CrossTable): Cells[] {
  const first = lines.findIndex(([name]) => name === (table.rows[0]?.label ?? ""));
  return lines.slice(first, first + table.rows.length);
}

beforeAll(async () => {
  province = await actors.province();
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: ["630100", "630104", "630123", "632222"],
  });
  await office.deeds(500, dice(11));
  await office.close();
}, 120_000);

describe("a cross table as a file", () => {
  it("says in csv and in a workbook what the page says, the four states of a cell alike", async () => {
    for (const query of [
      {},
      { rows: "aidCategory", columns: "organisation", fold: "630100" },
      { measure: "persons", columns: "recipientKind" },
      { measure: "fenPerPerson", rows: "form", columns: "month", empty: "hide" },
    ]) {
      const table = await tableOf(query);
      const csv = body(csvLines(new TextDecoder().decode(await fileOf("csv", query))), table);
      const [sheet] = (await readXlsx(await fileOf("xlsx", query))).sheets;
      const xlsx = body(sheet?.rows ?? [], table);
      const seen = new Set<string>();
      table.cells.forEach((cells, row) =>
        cells.forEach(({ value }, column) => {
          const both = [csv[row]?.[column + 1], xlsx[row]?.[column + 1]];
          seen.add(value.kind);
          if (value.kind === "money")
            expect([BigInt(`${both[0]}`.replace(".", "")), both[1]]).toEqual([
              value.fen,
              cellNumber(value.fen, "yuan"),
            ]);
          else if (value.kind === "count") expect(both).toEqual([String(value.count), value.count]);
          else if (value.kind !== "permille" && value.kind !== "rate") {
            const word = KNOWN_WORDS["zh-CN"][value.kind];
            expect(both).toEqual([word, word]);
          }
        }),
      );
      if (!("measure" in query)) expect([...seen]).toContain("unvalued");
    }
  });

  it("holds what stands on the page: folding takes lines away and changes no total", async () => {
    const open = await tableOf({});
    const folded = await tableOf({ fold: ["630100", "winter"] });
    const total = (table: CrossTable) =>
      table.cells[table.rows.findIndex(({ kind }) => kind === "total")]?.[0]?.value;
    expect(total(folded)).toEqual(total(open));
    const xining = ({ rows, cells }: CrossTable) =>
      cells[rows.findIndex(({ key }) => key === "630100")];
    expect(xining(folded)?.[0]).toEqual(xining(open)?.[0]);
    expect(folded.rows.some(({ key }) => key === "630123")).toBe(false);
    const turned = await tableOf({ rows: "programme", columns: "organisation" });
    const at = (table: CrossTable, row: string, column: string) =>
      table.cells[table.rows.findIndex(({ key }) => key === row)]?.[
        table.columns.findIndex(({ key }) => key === column)
      ]?.value;
    expect(at(turned, "cool-summer", "630123")).toEqual(at(open, "630123", "cool-summer"));
    const lines = csvLines(new TextDecoder().decode(await fileOf("csv", { fold: "630100" })));
    expect(lines.some(([name]) => name?.includes("湟源"))).toBe(false);
    const head = Object.fromEntries(lines.slice(1, 5).map((cells) => [cells[0], cells[1]]));
    expect(lines[0]?.[0]).toBe("2025 年全省支出：单位 × 项目");
    expect(head["筛选条件"]).toBe("年度 2025；青海省总工会及所属");
    expect(head["金额单位"]).toBe("元");
    expect(head["合计未含"]).toMatch(/已上报待审 \d+ 笔/);
    expect(head["数据截至"]).toMatch(/^\d{4}-\d\d-\d\d/);
  });

  it.skipIf(!hasLibreOffice)(
    "is opened by LibreOffice, where the lines of both edges sum to the corner",
    async () => {
      const table = await tableOf({});
      const grid = body(await calculate(await fileOf("xlsx", {})), table);
      // yuan with two places; a word stands where nothing is known
      const fen = (text = "") =>
        /^-?[\d.]+$/.test(text) ? BigInt(Math.round(Number(text) * 100)) : 0n;
      const bottom = table.rows.findIndex(({ kind }) => kind === "total");
      const items = (lines: CrossTable["rows"]) =>
        lines.flatMap(({ kind }, at) => (kind === "item" ? [at] : []));
      const down = items(table.rows).reduce((sum, row) => sum + fen(grid[row]?.[1]), 0n);
      const across = items(table.columns).reduce(
        (sum, column) => sum + fen(grid[bottom]?.[column + 1]),
        0n,
      );
      const corner = fen(grid[bottom]?.[1]);
      expect(corner).not.toBe(0n);
      expect([down, across]).toEqual([corner, corner]);
    },
    PATIENCE,
  );

  it("leaves one entry in the audit, and none where it is refused", async () => {
    const entries = async () =>
      (
        await actors.owner.query<{ body: string }>(
          "SELECT body FROM audit_entries WHERE action = 'export.create' ORDER BY position",
        )
      ).rows.map(({ body }) => JSON.parse(body) as object);
    const clerk = await actors.clerk("630123");
    const ask = (query: string) =>
      call(door.GET, clerk, { path: `/api/v1/exports/cross?${query}` });
    expect((await ask("year=2025&org=632222&format=csv")).status).toBe(404);
    expect((await ask("year=2025&programme=nothing&format=csv")).status).toBe(400);
    expect((await ask("year=2025&rows=month&columns=month&format=csv")).status).toBe(400);
    expect(await entries()).toEqual([]);
    expect((await ask("year=2025&rows=month&format=csv")).status).toBe(200);
    expect(await entries()).toMatchObject([{ kind: "cross", rows: "month", columns: "programme" }]);
  });
});
