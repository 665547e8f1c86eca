import { describe, expect, it, test } from "vitest";
import { emptySums, namedOf, type FigureCell } from "@/lib/features/figures/rules";
import type { Organisation } from "@/lib/features/reference/types";
import { eachCount } from "@/lib/kernel/counts";
import type { CardValue } from "@/lib/features/dashboard/types";
import { differenceOf, medianOf, peersOf, shareOf, withDifferences } from "./rules";

test.each<[number[], bigint | null]>([
  [[], null],
  [[7], 7n],
  [[9, 1, 5], 5n],
  [[1, 2], 2n],
  [[4, 1, 3, 2], 3n],
  [[-1, -2], -2n],
  [[1, 3], 2n],
])("the middle of %j is %s", (values, middle) => {
  expect(medianOf(values.map(BigInt))).toBe(middle);
});

const money = (fen: number): CardValue => ({ kind: "money", fen: BigInt(fen) });
const count = (of: number): CardValue => ({ kind: "count", count: of });

describe("a difference from the first", () => {
  it("is said in its own measure and as a part of the first", () => {
    expect(differenceOf(money(200), money(250))).toEqual([
      money(50),
      { kind: "permille", permille: 250n },
    ]);
    expect(differenceOf(count(4), count(3))).toEqual([
      count(-1),
      { kind: "permille", permille: -250n },
    ]);
    expect(differenceOf({ kind: "rate", fen: 10n }, { kind: "rate", fen: 15n })).toEqual([
      { kind: "rate", fen: 5n },
      { kind: "permille", permille: 500n },
    ]);
  });

  it("is unknown where a side is, and has no percentage on nothing", () => {
    for (const kind of ["unknown", "unvalued", "none"] as const)
      for (const pair of [
        [money(1), { kind }],
        [{ kind }, money(1)],
      ] as [CardValue, CardValue][])
        expect(differenceOf(...pair)).toEqual([
          { kind: "unknown" },
          { kind: "permille", permille: null },
        ]);
    expect(differenceOf(money(0), money(5))).toEqual([
      money(5),
      { kind: "permille", permille: null },
    ]);
  });

  it("is not worked out between years that are not compared", () => {
    const cells = [money(1), money(2), money(4)].map((value) => ({ value }));
    const values = withDifferences(cells, [true, false, true]).map(({ value }) => value);
    expect(values.slice(3)).toEqual([
      { kind: "unknown" },
      { kind: "permille", permille: null },
      money(3),
      { kind: "permille", permille: 3_000n },
    ]);
  });
});

test("a part is of something, and never less than nothing", () => {
  expect(shareOf(1n, 3n)).toEqual({ kind: "permille", permille: 333n });
  expect(shareOf(2n, 3n)).toEqual({ kind: "permille", permille: 667n });
  for (const [part, whole] of [
    [0n, 0n],
    [1n, -2n],
    [-1n, 2n],
  ] as const)
    expect(shareOf(part, whole)).toEqual({ kind: "permille", permille: null });
});

const place = (code: string, kind: Organisation["kind"], path: string): Organisation => ({
  id: 1,
  ...{ code, kind, path, nameZh: code, nameEn: code, parentCode: null, prefectureCode: "" },
  leaf: true,
  active: true,
});
const cell = (organisation: string, amountFen: number, persons: number): FigureCell => ({
  ...namedOf(emptySums()),
  ...eachCount(() => 0),
  ...{ records: 1, unvalued: 0, withoutMoney: 0, estimated: 0, reversals: 0 },
  ...{ organisation, programme: "breakfast", persons, amountFen: String(amountFen) },
});
const PLACES = [
  place("c1", "COUNTY", "/p/c1/"),
  place("c1u", "GRASS_ROOTS", "/p/c1/u/"),
  ...["c2", "c3", "c4"].map((code) => place(code, "COUNTY", `/p/${code}/`)),
];
const peers = (cells: FigureCell[], except?: Organisation) =>
  peersOf({
    ...{ cells, places: PLACES, unit: "persons", except },
    programmes: [{ code: "breakfast", mainUnit: "persons" }],
  });

describe("what others came to for one person", () => {
  const cells = [
    cell("c1", 100, 10),
    cell("c1u", 300, 10),
    cell("c2", 300, 10),
    cell("c3", 500, 10),
  ];

  it("is the middle of the counties, each with what is below it", () => {
    expect(peers(cells)).toEqual({ medianFen: 30n, count: 3 });
  });

  it("does not count whom it is held against, nor a county of which it is not known", () => {
    const more = [...cells, cell("c4", 900, 10)];
    expect(peers(more, PLACES[0])).toEqual({ medianFen: 50n, count: 3 });
    expect(peers([...cells, cell("c4", 900, 0)])).toEqual({ medianFen: 30n, count: 3 });
  });

  it("is not said of fewer than three", () => {
    expect(peers(cells, PLACES[0])).toBeNull();
    expect(peers([])).toBeNull();
  });
});
