import { readXlsx } from "hucre";
import { beforeAll, describe, expect, it } from "vitest";
import { cellValue } from "@/lib/features/files/paper";
import { cellText } from "@/lib/features/summary/present";
import { cardSayings } from "@/lib/platform/card-words";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { calculateSheets, csvLines, hasLibreOffice } from "@/testing/libreoffice";
import { dice, openOffice } from "@/testing/office";
import { readPdf } from "@/testing/pdf";
import { layoutSheets } from "./paper";
import { layoutTable } from "./present";
import { SHIPPED_IDS, type ShippedId } from "./types";

/** LibreOffice takes its time to start. */
const PATIENCE = 180_000;

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { getLayoutFile, getLayoutView } = await import("./queries");
const door = await import("@/app/api/v1/exports/layout/route");
const actors = testActors(database);

const now = new Date("2026-11-26T08:05:00Z");
const locale = "zh-CN" as const;
let province: TestPerson;

beforeAll(async () => {
  province = await actors.province();
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: ["630000", "630100", "630104", "630123", "632222"],
  });
  await office.deeds(500, dice(29));
  await office.close();
}, 120_000);

async function shown(id: ShippedId, unit: "yuan" | "wan" = "yuan") {
  const words = { locale, unit, ...cardSayings(locale) };
  const view = await readAs(province.session, (context) =>
    getLayoutView({ ...context, locale, id, query: { year: 2025 }, today: "2026-11-26" }),
  );
  if (view.laid === null) throw new Error("refused");
  const table = layoutTable({ view, laid: view.laid, words });
  return { paper: table.paper, sheets: layoutSheets(table, view.layout, words) };
}
const fileOf = (layout: ShippedId, format: "csv" | "xlsx" | "pdf", unit: "yuan" | "wan" = "yuan") =>
  readAs(province.session, async (context) => {
    const query = { layout, year: 2025, format, unit };
    const file = await getLayoutFile({ ...context, locale, now, query });
    return file.body as Uint8Array;
  });

describe("a form as a file", () => {
  it("says in csv and on each sheet of a workbook what the page says", async () => {
    for (const id of SHIPPED_IDS) {
      const unit = id === "annual" ? "wan" : "yuan";
      const { paper, sheets } = await shown(id, unit);
      const lead = paper.codeHeader === null ? 1 : 2;
      const csv = csvLines(new TextDecoder().decode(await fileOf(id, "csv", unit)));
      const first = csv.findIndex(([name]) => name === paper.rows[0]?.name);
      paper.rows.forEach(({ cells }, at) =>
        expect(csv[first + at]?.slice(lead)).toEqual(
          cells.map((cell) => cellText(cell, { locale, unit, plain: true })),
        ),
      );
      expect(csv[0]).toEqual([paper.title]);
      expect(csv[1]).toEqual([paper.filledBy, paper.units]);
      expect(csv.at(-1)).toEqual(paper.signatures);
      const book = await readXlsx(await fileOf(id, "xlsx", unit));
      expect(book.sheets).toHaveLength(sheets.length + 1);
      sheets.forEach(({ columns }, index) => {
        const rows = book.sheets[index]?.rows ?? [];
        const top = rows.findIndex(([name]) => name === paper.rows[0]?.name);
        paper.rows.forEach(({ cells }, at) =>
          expect(rows[top + at]?.slice(lead, lead + columns.length)).toEqual(
            columns.map(({ number }) =>
              cellValue(cells[number - 1] ?? { kind: "unknown" }, { unit, locale }),
            ),
          ),
        );
        expect(rows[top - 1]?.slice(lead, lead + columns.length)).toEqual(
          columns.map(({ number }) => `(${number})`),
        );
      });
    }
  }, 60_000);

  it.skipIf(!hasLibreOffice)(
    "is worked out anew by LibreOffice to the same sums, and its checks hold there",
    async () => {
      const { paper, sheets } = await shown("cool-summer");
      const book = await calculateSheets(await fileOf("cool-summer", "xlsx"));
      const plain = { locale, unit: "yuan" as const };
      const total = sheets.flatMap(({ columns }, at) =>
        book
          .get(`表${"一二三"[at]}`)
          ?.find(([name]) => name === "合计")
          ?.slice(2, 2 + columns.length),
      );
      expect(total).toEqual(paper.rows[0]?.cells.map((cell) => String(cellValue(cell, plain))));
      const checked = book.get("核对")?.slice(3) ?? [];
      expect(checked.length).toBeGreaterThan(paper.rows.length);
      expect(new Set(checked.map((row) => row.filter((cell) => cell !== "").at(-1)))).toEqual(
        new Set(["相符"]),
      );
    },
    PATIENCE,
  );

  it("is printed with every figure of the page, its title and its signatures on each sheet", async () => {
    const { paper, sheets } = await shown("warm-winter");
    const pages = readPdf(await fileOf("warm-winter", "pdf"));
    expect(pages.length).toBeGreaterThanOrEqual(sheets.length);
    const text = pages.map((page) => page.text).join("");
    const plain = { locale, unit: "yuan" as const };
    for (const cell of paper.rows[0]?.cells ?? []) expect(text).toContain(cellText(cell, plain));
    for (const said of [paper.title, ...paper.signatures, ...paper.checks.map((one) => one.text)])
      expect(text).toContain(said.replace(/\s/g, ""));
  }, 60_000);

  it("is named in the audit, and refused to whoever may not read the place", async () => {
    const entries = async () =>
      (
        await actors.owner.query<{ body: string }>(
          "SELECT body FROM audit_entries WHERE action = 'export.create' ORDER BY position",
        )
      ).rows.map(({ body }) => JSON.parse(body) as object);
    const clerk = await actors.clerk("630123");
    const ask = (query: string) =>
      call(door.GET, clerk, { path: `/api/v1/exports/layout?format=csv&${query}` });
    expect((await ask("layout=annual&year=2025&org=630104")).status).toBe(404);
    expect((await ask("layout=nothing&year=2025")).status).toBe(400);
    expect((await ask("layout=999&year=2025")).status).toBe(404);
    expect(await entries()).toEqual([]);
    expect((await ask("layout=annual&year=2025")).status).toBe(200);
    expect(await entries()).toMatchObject([{ kind: "layout", layout: "annual", format: "csv" }]);
  });
});
