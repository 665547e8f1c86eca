import { readXlsx } from "hucre";
import { beforeAll, describe, expect, it } from "vitest";
import { cardOf, cardText } from "@/lib/features/dashboard/present";
import { CARDS, type CardId, type CardTable } from "@/lib/features/dashboard/types";
import { cellNumber } from "@/lib/features/files/rules";
import { cardSayings } from "@/lib/platform/card-words";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { calculate, csvLines, hasLibreOffice } from "@/testing/libreoffice";
import { dice, openOffice } from "@/testing/office";

/** LibreOffice takes its time to start. */
const PATIENCE = 180_000;

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { getDashboard } = await import("@/lib/features/dashboard/queries");
const { getCardFile } = await import("./queries");
const door = await import("@/app/api/v1/exports/card/route");
const actors = testActors(database);

const now = new Date("2026-11-22T08:05:00Z");
const words = { locale: "zh-CN" as const, unit: "yuan" as const, ...cardSayings("zh-CN") };
let province: TestPerson;
let clerk: TestPerson;

const fileOf = async (card: CardId, format: "csv" | "xlsx", query: object = {}) => {
  const file = await readAs(province.session, (context) =>
    getCardFile({
      ...context,
      locale: "zh-CN",
      now,
      query: { year: 2025, unit: "yuan", card, format, ...query },
    }),
  );
  return { ...file, bytes: file.body as Uint8Array };
};
const linesOf = async (card: CardId, query: object = {}) =>
  csvLines(new TextDecoder().decode((await fileOf(card, "csv", query)).bytes));
const viewOf = () =>
  readAs(province.session, ({ db, scope, actor }) =>
    getDashboard({ db, scope, actor, asked: { year: 2025 }, today: "2026-11-22" }),
  );

beforeAll(async () => {
  province = await actors.province();
  clerk = await actors.clerk("630123");
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: ["630000", "630100", "630104", "630123", "632222"],
  });
  await office.deeds(400, dice(7));
  await office.close();
}, 120_000);

/** In whole fen, or the word that stands in its place. */
const fenOf = (text: string | undefined) =>
  text !== undefined && /^-?\d+\.\d\d$/.test(text) ? BigInt(text.replace(".", "")) : text;
const rowsOf = (lines: string[][], table: CardTable) => {
  const first = lines.findIndex((cells) => cells[0] === table.nameHeader) + 1;
  return lines.slice(first, first + table.rows.length + 1);
};

describe("a card as a file", () => {
  it("says to the fen what the card says, in every row, none folded, and in the total", async () => {
    const view = await viewOf();
    const tables = CARDS.flatMap((id) => cardOf(id, view, words) ?? []);
    expect(tables.length).toBeGreaterThan(6);
    for (const table of tables) {
      const rows = rowsOf(await linesOf(table.id), table);
      expect(rows.at(-1)?.[0]).toBe("合计");
      expect(rows.map((cells) => cells[0])).toEqual([
        ...table.rows.map((row) => row.label),
        "合计",
      ]);
      const money = [...table.rows.map((row) => row.cells), table.totals].map((cells) =>
        cells.map(({ value }) => (value.kind === "money" ? value.fen : null)),
      );
      money.forEach((cells, at) =>
        cells.forEach((fen, column) => {
          if (fen !== null) expect(fenOf(rows[at]?.[column + 1])).toBe(fen);
        }),
      );
    }
    const [places] = tables;
    expect(places?.totals[0]?.value).toEqual({
      kind: "money",
      fen: BigInt(view.now.totals.amountFen),
    });
  });

  it("bears its title, filter, unit, moment and what its total leaves out", async () => {
    const { leftOut, asOf } = (await viewOf()).now;
    const lines = await linesOf("programmes");
    const head = Object.fromEntries(lines.slice(1, 5).map((cells) => [cells[0], cells[1]]));
    expect(lines[0]?.[0]).toBe("各项目支出");
    expect(head["筛选条件"]).toBe("年度 2025；青海省总工会及所属");
    expect(head["金额单位"]).toBe("元");
    expect(leftOut.submitted).toBeGreaterThan(0);
    expect(head["合计未含"]).toContain(
      `草稿 ${leftOut.draft} 笔，已上报待审 ${leftOut.submitted} 笔，已退回 ${leftOut.returned} 笔`,
    );
    const moment = new Date(new Date(asOf).getTime() + 8 * 3_600_000).toISOString();
    expect(head["数据截至"]?.slice(0, 10)).toBe(moment.slice(0, 10));
    const [, place] = await linesOf("programmes", { org: "630100", form: ["cash"] });
    expect(place?.[1]).toBe("年度 2025；西宁市总工会及所属；现金");
  });

  it.skipIf(!hasLibreOffice)(
    "opens as a workbook, whose numbers are those of the csv",
    async () => {
      const view = await viewOf();
      const table = cardOf("cross", view, words) as CardTable;
      const file = await fileOf("cross", "xlsx", { unit: "wan" });
      const grid = await calculate(file.bytes);
      const [sheet] = (await readXlsx(file.bytes)).sheets;
      const total = grid.find((cells) => cells[0] === "合计");
      const known = table.totals.map(({ value }) =>
        value.kind === "money" ? cellNumber(value.fen, "wan") : cardText(value, words),
      );
      expect(total?.slice(1, -1)).toEqual(known.map(String));
      expect(sheet?.rows.find((cells) => cells[0] === "合计")?.slice(1, -1)).toEqual(known);
      expect([...(sheet?.cells?.values() ?? [])].filter((cell) => cell.formula)).toEqual([]);
    },
    PATIENCE,
  );

  it("never runs a name as a formula", async () => {
    await actors.owner.query("SET session_replication_role = replica");
    await actors.owner.query(
      `UPDATE programmes SET name_zh = '=1+1' WHERE id = (SELECT programme_id FROM disbursements
        WHERE fiscal_year = 2025 AND status = 'APPROVED' AND entry_kind = 'ORIGINAL' LIMIT 1)`,
    );
    await actors.owner.query("SET session_replication_role = DEFAULT");
    const names = (await linesOf("programmes")).map((cells) => cells[0]);
    expect(names).toContain("'=1+1");
    expect(names).not.toContain("=1+1");
  });

  it("leaves one entry in the audit, and stays within the reader's walls", async () => {
    const entries = async () =>
      (
        await actors.owner.query<{ subject_id: string; body: string }>(
          "SELECT subject_id, body FROM audit_entries WHERE action = 'export.create' ORDER BY position",
        )
      ).rows;
    const ask = (person: TestPerson, query: string) =>
      call(door.GET, person, { path: `/api/v1/exports/card?${query}` });
    const before = (await entries()).length;
    expect((await ask(clerk, "card=months&year=2025&org=632222&format=csv")).status).toBe(404);
    expect((await ask(clerk, "card=months&year=2025&programme=nothing")).status).toBe(400);
    expect((await ask(clerk, "card=nothing&year=2025")).status).toBe(400);
    expect((await ask(clerk, "card=places&year=2025")).status).toBe(404);
    expect((await ask(await actors.admin(), "card=months&year=2025")).status).toBe(403);
    expect((await entries()).length).toBe(before);
    const mine = await ask(clerk, "card=months&year=2025&format=csv");
    expect(mine.status).toBe(200);
    const [entry, ...others] = (await entries()).slice(before);
    expect(others).toEqual([]);
    expect(JSON.parse(entry?.body ?? "{}")).toMatchObject({ kind: "card", card: "months" });
  });
});
