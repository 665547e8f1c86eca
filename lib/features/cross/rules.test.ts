import { describe, expect, it } from "vitest";
import { emptySums, type FigureCell, type Sums } from "@/lib/features/figures/rules";
import type { Organisation, Programme, Reference } from "@/lib/features/reference/types";
import { crossLines, crossOf, rootsOf, type CrossReading } from "./rules";
import type { CrossShape } from "./types";

type Keys = Partial<Pick<FigureCell, "organisation" | "programme" | "fundSource" | "month">>;

const sums = (more: Partial<Sums>): Sums => ({ ...emptySums(), ...more });
const cell = (keys: Keys, more: Partial<Sums>): FigureCell => {
  const { amountFen, namedFen, ...counts } = sums(more);
  return { ...counts, amountFen: amountFen.toString(), namedFen: namedFen.toString(), ...keys };
};

const place = (code: string, path: string, parentCode: string | null): Organisation => ({
  ...{ id: 1, code, nameZh: code, nameEn: code, path, parentCode, leaf: false, active: true },
  kind: parentCode === null ? "PROVINCE" : path.split("/").length === 4 ? "PREFECTURE" : "COUNTY",
  prefectureCode: code,
});
const PLACES = [
  place("p", "/1/", null),
  place("x", "/1/2/", "p"),
  place("x1", "/1/2/3/", "x"),
  place("x2", "/1/2/4/", "x"),
];
const programme = (code: string, season: Programme["season"], more: Partial<Programme> = {}) =>
  ({ code, season, contributory: false, active: true, ...more }) as Programme;
const REFERENCE = {
  organisations: PLACES,
  programmes: [
    programme("cool", "summer"),
    programme("warm", "winter"),
    programme("visits", "winter"),
    programme("old", "other", { active: false }),
    programme("mutual", "other", { contributory: true }),
  ],
  fundSources: [
    { code: "central", active: true },
    { code: "fees", active: true },
  ],
  campaigns: [],
} as unknown as Reference;

const reading = (more: Partial<CrossReading>): CrossReading => ({
  ...{ cells: [], rows: [], columns: [], corner: emptySums(), apart: null },
  ...more,
});

function build(shape: CrossShape, of: CrossReading, priced: CrossReading | null = null) {
  const filter = { year: 2025, org: "p" };
  const listing = { filter, reference: REFERENCE, places: PLACES, roots: rootsOf(PLACES, filter) };
  const building = { ...listing, shape, reading: of };
  const lines = crossLines(building);
  const cross = crossOf(lines, { ...building, priced, earlier: [] });
  const at = (row: string, column: string) =>
    cross.cells[cross.rowLines.findIndex(({ key }) => key === row)]?.[
      cross.columnLines.findIndex(({ key }) => key === column)
    ];
  return { ...cross, at };
}

const SHAPE = { rows: "organisation", columns: "programme", measure: "amountFen" } as const;

describe("the lines of a cross table", () => {
  it("are every place below its own above, and programmes below their season; what is out of use and empty is none", () => {
    const { rowLines, columnLines } = build(
      SHAPE,
      reading({ rows: [cell({ organisation: "x" }, { records: 1, amountFen: 5n })] }),
    );
    const said = (lines: typeof rowLines) =>
      lines.map(({ key, kind, level }) => `${key} ${kind} ${level}`);
    expect(said(rowLines)).toEqual([
      "x subtotal 0",
      "own-x item 1",
      "x1 item 1",
      "x2 item 1",
      "total total 0",
    ]);
    expect(said(columnLines)).toEqual([
      "cool item 0",
      "winter subtotal 0",
      "warm item 1",
      "visits item 1",
      "total total 0",
    ]);
  });

  it("hold whatever is counted, also what the reference does not know", () => {
    const { columnLines, at } = build(
      SHAPE,
      reading({
        columns: [cell({ programme: "next-year" }, { records: 1, amountFen: 7n })],
        corner: sums({ records: 1, amountFen: 7n }),
      }),
    );
    expect(columnLines.map(({ key }) => key)).toContain("next-year");
    expect(at("total", "next-year")).toMatchObject({ value: 7n, filter: null });
  });
});

describe("a cell", () => {
  const both = (more: Partial<Sums>) =>
    build(
      SHAPE,
      reading({ cells: [cell({ organisation: "x1", programme: "cool" }, more)], rows: [] }),
    ).at("x1", "cool");

  it.each([
    ["no voucher", {}, { state: "none", value: null, filter: null }],
    ["corrected away", { reversals: 1 }, { state: "known", value: 0n }],
    ["not one priced", { records: 2, unvalued: 2 }, { state: "unvalued", value: null }],
    ["no money in it", { records: 1, withoutMoney: 1 }, { state: "noMoney", value: null }],
    ["partly priced", { records: 3, unvalued: 1, amountFen: 9n }, { state: "partly", value: 9n }],
    ["less than nothing", { records: 1, amountFen: -4n }, { state: "known", value: -4n }],
  ] as const)("of %s says so", (_, more, expected) => {
    expect(both(more)).toMatchObject(expected);
  });

  it("opens its vouchers, those of nothing but zero too", () => {
    expect(both({ reversals: 1 })?.filter).toEqual({
      ...{ year: 2025, org: "x1", programme: ["cool"] },
    });
  });
});

describe("a ratio", () => {
  const shape = { rows: "organisation", columns: "month", measure: "fenPerPerson" } as const;
  const cells = [
    cell({ organisation: "x1", month: 1 }, { records: 1, persons: 1, amountFen: 10_000n }),
    cell({ organisation: "x2", month: 1 }, { records: 1, persons: 100, amountFen: 10_000n }),
  ];
  const whole = sums({ records: 2, persons: 101, amountFen: 20_000n });
  const rows = cells.map(({ month: _month, ...row }) => row);
  const priced = reading({ cells, rows, corner: whole });

  it("is divided after grouping: 200 yuan for 101 persons are 1.98 each, never 101.00 and never 50.50", () => {
    const { at, surplus } = build(shape, priced, priced);
    expect([at("x1", "1"), at("x2", "1"), at("total", "total")].map((one) => one?.value)).toEqual([
      10_000n,
      100n,
      198n,
    ]);
    expect(at("x", "total")?.value).toBe(198n);
    expect(surplus).toBeNull();
  });

  it.each([
    [150n, 50n],
    [151n, 50n],
    [200n, 67n],
    [-200n, -67n],
  ])("of %s fen for three persons is rounded to the nearest fen, %s", (amountFen, each) => {
    const of = reading({ corner: sums({ records: 1, persons: 3, amountFen }) });
    expect(build(shape, of, of).at("total", "total")?.value).toBe(each);
  });

  it("counts what knows both sides alone, says that it does, and is unknown where nothing does", () => {
    const more = reading({ ...priced, corner: sums({ ...whole, records: 5, amountFen: 90_000n }) });
    const { at } = build(shape, more, priced);
    expect(at("total", "total")).toMatchObject({ value: 198n, state: "partly", beside: 3 });
    const none = build(shape, priced, reading({})).at("x1", "1");
    expect(none).toMatchObject({ value: null, state: "unknown", beside: 1 });
    expect(none?.filter).not.toBeNull();
  });
});

describe("the edges", () => {
  it("say by how much the lines come to more: a record of two sources stands in two of them and once in the total", () => {
    const one = { records: 1, amountFen: 5n };
    const columns = [cell({ fundSource: "central" }, one), cell({ fundSource: "fees" }, one)];
    const { surplus, at } = build(
      { rows: "organisation", columns: "fundSource", measure: "records" },
      reading({ columns, corner: sums({ records: 1, amountFen: 10n }) }),
    );
    expect([at("total", "central"), at("total", "fees"), at("total", "total")]).toMatchObject([
      { value: 1 },
      { value: 1 },
      { value: 1 },
    ]);
    expect(surplus?.columns).toBe(1n);
  });

  it("leave what members pay for themselves apart, in no total", () => {
    const mutual = cell({ organisation: "x1", programme: "mutual" }, { records: 1, amountFen: 8n });
    const { at, columnLines } = build(
      SHAPE,
      reading({
        corner: sums({ records: 1, amountFen: 3n }),
        apart: {
          cells: [mutual],
          edge: [cell({ programme: "mutual" }, { records: 1, amountFen: 8n })],
        },
      }),
    );
    expect(columnLines.at(-1)).toMatchObject({ key: "mutual", kind: "apart" });
    expect(at("total", "mutual")?.value).toBe(8n);
    expect(at("x", "mutual")?.value).toBe(8n);
    expect(at("total", "total")?.value).toBe(3n);
  });
});
