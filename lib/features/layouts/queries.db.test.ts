import { beforeAll, describe, expect, it } from "vitest";
import { isRatio } from "@/lib/features/cross/rules";
import type { CrossFilter } from "@/lib/features/cross/types";
import type { SummaryCell } from "@/lib/features/summary/types";
import { cardSayings } from "@/lib/platform/card-words";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { dice, openOffice } from "@/testing/office";
import { layoutTable } from "./present";
import { SHIPPED } from "./labels";
import { layoutSchema, newLayoutAddressSchema } from "./schema";
import { SHIPPED_IDS, type Laid, type LayoutView } from "./types";

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { getReference } = await import("@/lib/features/reference/queries");
const { getLayoutChange, getLayoutView, getNewLayout, readLaid } = await import("./queries");
const actors = testActors(database);

const YEARS = [2024, 2025, 2026];
const words = { locale: "zh-CN" as const, unit: "yuan" as const, ...cardSayings("zh-CN") };
let province: TestPerson;
let county: TestPerson;

beforeAll(async () => {
  province = await actors.province();
  county = await actors.clerk("630123");
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: ["630000", "630100", "630104", "630123", "632222", "IU-EDU"],
  });
  await office.deeds(900, dice(41));
  await office.close();
}, 180_000);

const viewOf = (person: TestPerson, id: string, query: object): Promise<LayoutView> =>
  readAs(person.session, ({ db, scope, actor }) =>
    getLayoutView({ db, scope, actor, locale: "zh-CN", id, query, today: "2026-11-26" }),
  );
const laidOf = ({ laid }: LayoutView): Laid => {
  if (laid === null) throw new Error("refused");
  return laid;
};
const totalAt = ({ rows }: Laid) => rows.findIndex(({ kind }) => kind === "total");

/** The figure itself, asked for by what the cell opens. */
const figureOf = async (person: TestPerson, filter: CrossFilter) =>
  (
    await readAs(person.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter, groupBy: [] }),
    )
  ).totals;

async function expectFigures(laid: Laid, roll = dice(7)): Promise<number> {
  let compared = 0;
  const some = [totalAt(laid), ...[1, 2, 3].map(() => roll.below(laid.rows.length))];
  for (const { cells, measure, line } of laid.columns)
    for (const row of some) {
      const cell = cells[row];
      if (!cell?.filter || isRatio(measure)) continue;
      const totals = await figureOf(province, cell.filter);
      // the vouchers that are named, and what they come to
      const found = measure === "namedFen" ? totals.amountFen : totals[measure as "amountFen"];
      expect(BigInt(cell.value ?? 0), `${line.key} ${measure} ${row}`).toBe(BigInt(found));
      compared += 1;
    }
  return compared;
}

const numberOf = (cell: SummaryCell | undefined): bigint =>
  cell?.kind === "money" ? BigInt(cell.fen) : cell?.kind === "count" ? BigInt(cell.value) : 0n;

describe("a form that comes with the program", () => {
  for (const id of SHIPPED_IDS)
    it(`is the figures of its year, cell by cell: ${id}`, async () => {
      expect(layoutSchema.safeParse((await viewOf(province, id, {})).layout).success).toBe(true);
      for (const year of YEARS) {
        const view = await viewOf(province, id, { year });
        const laid = laidOf(view);
        const whole = await figureOf(province, view.filter);
        expect(laid.edge[totalAt(laid)]?.value ?? 0n).toEqual(BigInt(whole.amountFen));
        expect(await expectFigures(laid)).toBeGreaterThan(4);
      }
    }, 120_000);

  it("adds up: lines to their sum, the columns of a part to the sum of the line", async () => {
    for (const id of SHIPPED_IDS) {
      const view = await viewOf(province, id, { year: 2025 });
      const { paper } = layoutTable({ view, laid: laidOf(view), words });
      expect(paper.checks.length).toBeGreaterThan(1);
      for (const { holds, text } of paper.checks) expect(holds, text).toBe(true);
      paper.columns.forEach(({ path }, at) => {
        for (const row of paper.rows) {
          if (row.parts.length === 0) continue;
          const parts = row.parts.map((part) => numberOf(paper.rows[part]?.cells[at]));
          const sum = parts.reduce((all, one) => all + one, 0n);
          expect(sum, `${row.name} ${path.join("/")}`).toBe(numberOf(row.cells[at]));
        }
      });
    }
  }, 60_000);

  it("says of each cell what is not known of it, and what is not there", async () => {
    const { columns } = laidOf(await viewOf(province, "annual", { year: 2025 }));
    const states = new Set(columns.flatMap(({ cells }) => cells.map(({ state }) => state)));
    for (const state of ["none", "known", "partly", "unvalued"] as const)
      expect(states).toContain(state);
  });

  it("is a county's own records alone, and nothing of another's", async () => {
    const view = await viewOf(county, "annual", { year: 2025 });
    const laid = laidOf(view);
    expect(view.root.code).toBe("630123");
    const own = await figureOf(county, view.filter);
    const all = await figureOf(province, { ...view.filter, org: "630000" });
    expect(laid.edge[totalAt(laid)]?.value).toEqual(BigInt(own.amountFen));
    expect(own.amountFen).not.toBe(all.amountFen);
    const other = viewOf(county, "annual", { year: 2025, org: "630104" });
    await expect(other).rejects.toThrow("NOT_FOUND");
  });

  it("stands as of an earlier moment", async () => {
    const now = laidOf(await viewOf(province, "annual", { year: 2025 }));
    const then = laidOf(await viewOf(province, "annual", { year: 2025, seq: now.seq }));
    expect(then.columns.map(({ cells }) => cells.map(({ value }) => value))).toEqual(
      now.columns.map(({ cells }) => cells.map(({ value }) => value)),
    );
    const early = laidOf(await viewOf(province, "annual", { year: 2025, seq: 0 }));
    expect(early.edge[totalAt(early)]?.state).toBe("none");
  });
});

describe("the drawing board", () => {
  const begun = (person: TestPerson, search: Record<string, string>) =>
    readAs(person.session, ({ db, scope, actor }) => {
      const query = newLayoutAddressSchema.parse(search);
      return getNewLayout({ db, scope, actor, query, today: "2026-11-26" });
    });

  it("begins with a form that there is, or with what a cross table shows and a form keeps", async () => {
    const copied = await begun(province, { from: "annual" });
    expect(copied).toMatchObject({ from: "annual", kept: null, layout: SHIPPED.annual });
    const search = { columns: "fundSource", form: "cash,transfer", month: "3", org: "630100" };
    const { layout, dropped, ignored } = await begun(province, search);
    expect(layout.filter).toEqual({ form: ["cash", "transfer"] });
    expect(layout.blocks.map(({ axis }) => axis)).toEqual([null, "fundSource"]);
    expect(dropped).toEqual(["org", "month"]);
    expect(ignored).toEqual([]);
    const share = await begun(province, { measure: "namedPermille" });
    expect(share.layout.blocks.map(({ measures }) => measures)).toEqual([
      ["amountFen", "namedFen"],
      ["amountFen", "namedFen"],
    ]);
    expect(share.dropped).toEqual([]);
  });

  it("is for whoever draws forms of the province, and changes none that comes with the program", async () => {
    await expect(begun(county, { from: "annual" })).rejects.toThrow("FORBIDDEN");
    const change = (person: TestPerson, id: string) =>
      readAs(person.session, (reading) => getLayoutChange({ ...reading, id }));
    await expect(change(county, "annual")).rejects.toThrow("FORBIDDEN");
    await expect(change(province, "annual")).rejects.toThrow("NOT_FOUND");
  });
});

describe("any layout", () => {
  const read = (layout: object) =>
    readAs(province.session, async ({ db, scope }) => {
      const reference = await getReference({ db });
      const parsed = layoutSchema.parse({ schema: 1, title: { zh: "试" }, ...layout });
      const laid = await readLaid({
        ...{ db, scope, reference, places: reference.organisations },
        layout: parsed,
        filter: { year: 2025, org: "630000" },
      });
      if ("tooLarge" in laid) throw new Error("too large");
      return laid;
    });
  const name = { zh: "" };

  it("may have sources for lines and ratios for columns, and is the figures all the same", async () => {
    const laid = await read({
      rows: "fundSource",
      blocks: [
        { name, axis: null, measures: ["records", "persons", "amountFen", "fenPerPerson"] },
        { name, axis: "month", measures: ["amountFen"] },
        { name, axis: "programme", measures: ["records", "amountFen"] },
      ],
    });
    expect(await expectFigures(laid)).toBeGreaterThan(20);
    // a record of two sources stands in two lines
    expect(laid.surplus.length).toBeGreaterThan(0);
    expect(laid.columns.some(({ line }) => line.kind === "apart")).toBe(true);
  });

  it("may ask how much of it is named, which adds up over lines, columns and sources", async () => {
    const measures = ["amountFen", "namedFen"];
    for (const rows of ["programme", "fundSource"]) {
      const laid = await read({
        rows,
        blocks: [
          { name, axis: null, measures },
          { name, axis: "month", measures },
        ],
      });
      expect(await expectFigures(laid)).toBeGreaterThan(10);
      expect(laid.surplus).toEqual([]);
      const total = totalAt(laid);
      const [whole, ...parts] = laid.columns.filter(({ measure }) => measure === "namedFen");
      const named = BigInt(whole?.cells[total]?.value ?? 0);
      expect(named).toBeGreaterThan(0n);
      expect(named).toBeLessThan(BigInt(laid.edge[total]?.value ?? 0));
      const sum = parts.reduce((all, { cells }) => all + BigInt(cells[total]?.value ?? 0), 0n);
      expect(sum).toBe(named);
    }
  });

  it("puts each value in the first column that names it, and what none names in the last", async () => {
    const group = (zh: string, codes: string[]) => ({ name: { zh }, codes });
    const laid = await read({
      rows: "programme",
      blocks: [
        { name, axis: null, measures: ["amountFen"] },
        { name, axis: "form", measures: ["amountFen", "persons"], groups: [group("款", ["cash", "transfer"])] }, // prettier-ignore
      ],
    });
    expect(await expectFigures(laid)).toBeGreaterThan(5);
    const total = totalAt(laid);
    const [whole, ...parts] = laid.columns.filter(({ measure }) => measure === "amountFen");
    expect(parts.map(({ line }) => line.kind)).toEqual(["item", "rest"]);
    const sum = parts.reduce((all, { cells }) => all + BigInt(cells[total]?.value ?? 0), 0n);
    expect(sum).toBe(whole?.cells[total]?.value);
    expect(laid.rows.some(({ kind }) => kind === "apart")).toBe(true);
  });
});
