import { describe, expect, it, test } from "vitest";
import { emptySums, namedOf, type FigureCell } from "@/lib/features/figures/rules";
import type { Organisation } from "@/lib/features/reference/types";
import { eachCount } from "@/lib/kernel/counts";
import { classOf, countyMap, equalClasses, quantileClasses, shadeOf, signOf } from "./rules";

const big = (values: readonly number[]) => values.map(BigInt);
const sizes = (values: readonly number[]) =>
  quantileClasses(big(values)).map(({ from, to, count }) => [Number(from), Number(to), count]);

describe("classes of as many areas each", () => {
  it("keep equal values together, so that a bound parts no tie", () => {
    expect(sizes([1, 2, 2, 2, 2, 2, 2, 3, 4, 5])).toEqual([
      [1, 1, 1],
      [2, 2, 6],
      [3, 3, 1],
      [4, 4, 1],
      [5, 5, 1],
    ]);
    expect(sizes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual([
      [1, 2, 2],
      [3, 4, 2],
      [5, 6, 2],
      [7, 8, 2],
      [9, 10, 2],
    ]);
  });

  it("are no more than there are values", () => {
    expect(sizes([7, 7, 7, 7, 7, 7, 7, 7, 8, 9])).toEqual([
      [7, 7, 8],
      [8, 8, 1],
      [9, 9, 1],
    ]);
    expect(quantileClasses([])).toEqual([]);
  });

  it("hold every value once", () => {
    const values = big(Array.from({ length: 44 }, (_, at) => (at * at * 7919) % 61));
    const classes = quantileClasses(values);
    expect(classes).toHaveLength(5);
    for (const value of values) {
      const holding = classes.filter(({ from, to }) => value >= from && value <= to);
      expect(holding).toHaveLength(1);
    }
    expect(classes.reduce((sum, { count }) => sum + count, 0)).toBe(44);
  });
});

describe("classes of as wide a step each", () => {
  it("lie side by side, those without an area among them", () => {
    const classes = equalClasses(big([0, 10, 11, 99]));
    expect(classes.map(({ from, to, count }) => [Number(from), Number(to), count])).toEqual([
      [0, 19, 3],
      [20, 39, 0],
      [40, 59, 0],
      [60, 79, 0],
      [80, 99, 1],
    ]);
    expect(classOf(99n, classes)).toBe(4);
  });

  it("are as many as there are values where these lie close", () => {
    expect(equalClasses(big([5, 5, 6])).map(({ count }) => count)).toEqual([2, 1]);
    expect(equalClasses(big([5, 5]))).toEqual([{ from: 5n, to: 5n, count: 2 }]);
  });
});

test("fewer classes lie as far apart in shade as they can", () => {
  expect([0, 1, 2].map((at) => shadeOf(at, 3))).toEqual([0, 2, 4]);
  expect(shadeOf(0, 1)).toBe(2);
});

const place = (code: string, kind: Organisation["kind"], above = "/"): Organisation => ({
  id: Number(code),
  code,
  kind,
  nameZh: code,
  nameEn: code,
  parentCode: null,
  prefectureCode: code,
  path: `${above}${code}/`,
  leaf: false,
  active: true,
});
const root = place("630000", "PROVINCE");
const haixi = place("632800", "PREFECTURE", root.path);
const [golmud, mangnai, qaidam] = ["632801", "632803", "632857"].map((code) =>
  place(code, "COUNTY", haixi.path),
) as [Organisation, Organisation, Organisation];
const school = place("6328010001", "GRASS_ROOTS", golmud.path);
const places = [root, haixi, golmud, mangnai, qaidam, school];

type Paid = Partial<Omit<FigureCell, "amountFen">> & { amountFen: number };
const cell = ({ amountFen, ...more }: Paid): FigureCell => ({
  ...namedOf(emptySums()),
  ...eachCount(() => 0),
  records: 1,
  unvalued: 0,
  withoutMoney: 0,
  estimated: 0,
  reversals: 0,
  programme: "breakfast",
  ...more,
  amountFen: String(amountFen),
});
const PROGRAMMES = [
  { code: "breakfast", mainUnit: "persons" },
  { code: "warmth", mainUnit: "households" },
] as const;
const mapOf = (cells: readonly FigureCell[]) =>
  countyMap({ cells, places, root, filter: { year: 2026, org: "630000" }, programmes: PROGRAMMES });

describe("the counties on the map", () => {
  it("hold what everything below them paid; the two of one outline stand and open together", () => {
    const map = mapOf([
      cell({ organisation: golmud.code, amountFen: 500 }),
      cell({ organisation: school.code, amountFen: 70 }),
      cell({ organisation: mangnai.code, amountFen: 300 }),
      cell({ organisation: qaidam.code, amountFen: 40 }),
      cell({ organisation: haixi.code, amountFen: 9 }),
      cell({ organisation: root.code, amountFen: 2 }),
    ]);
    expect(map?.areas.map(({ key, values, filter }) => [key, values.amount, filter])).toEqual([
      ["632801", { kind: "money", fen: 570n }, { year: 2026, org: "632801" }],
      ["632803", { kind: "money", fen: 340n }, { year: 2026, org: ["632803", "632857"] }],
    ]);
    expect(map?.outside?.cells.map(({ amountFen }) => amountFen)).toEqual(["9", "2"]);
    expect(map?.outside?.filter).toEqual({ year: 2026, organisation: ["630000", "632800"] });
  });

  it("say for one person only what the programmes counted by persons came to", () => {
    const map = mapOf([
      cell({ organisation: golmud.code, amountFen: 1_000, persons: 3 }),
      cell({
        organisation: golmud.code,
        amountFen: 700,
        programme: "warmth",
        persons: 50,
        households: 2,
      }),
      cell({ organisation: mangnai.code, amountFen: 600, persons: 4, unvalued: 1 }),
    ]);
    expect(map?.areas.map(({ values }) => [values.persons, values.households])).toEqual([
      [
        { kind: "money", fen: 333n },
        { kind: "money", fen: 350n },
      ],
      [{ kind: "unvalued" }, { kind: "unknown" }],
    ]);
  });

  it("tell zero, nothing recorded, not priced and no money apart", () => {
    const signs = (cells: readonly FigureCell[]) => {
      const [area] = mapOf(cells)?.areas ?? [];
      return area && signOf(area.values.amount);
    };
    const organisation = golmud.code;
    expect(signs([])).toBe("unknown");
    expect(signs([cell({ organisation, amountFen: 0, records: 0, reversals: 1 })])).toBe("zero");
    expect(signs([cell({ organisation, amountFen: 0, unvalued: 1 })])).toBe("unvalued");
    expect(signs([cell({ organisation, amountFen: 0, withoutMoney: 1 })])).toBe("none");
  });

  it("are on no map of a county", () => {
    expect(
      countyMap({ cells: [], places, root: golmud, filter: {}, programmes: PROGRAMMES }),
    ).toBeNull();
  });
});
