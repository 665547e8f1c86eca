import { describe, expect, it } from "vitest";
import { emptySums, type Sums } from "@/lib/features/figures/rules";
import { SEASONS, type Organisation } from "@/lib/features/reference/types";
import type { OrganisationKind } from "@/lib/kernel/actor";
import { layLines } from "./rules";
import type { SummaryFigures } from "./types";

const place = (
  code: string,
  kind: OrganisationKind,
  path: string,
  parent: string | null,
): Organisation => ({
  id: Number(path.split("/").at(-2)),
  code,
  nameZh: code,
  nameEn: code,
  kind,
  path,
  parentCode: parent,
  prefectureCode: "630000",
  leaf: false,
  active: true,
});

const PROVINCE = place("630000", "PROVINCE", "/1/", null);
const PLACES = [
  PROVINCE,
  place("630000-I01", "INDUSTRIAL_UNION", "/1/9/", "630000"),
  place("632200", "PREFECTURE", "/1/3/", "630000"),
  place("632222", "COUNTY", "/1/3/5/", "632200"),
  place("630100", "PREFECTURE", "/1/2/", "630000"),
  place("630123", "COUNTY", "/1/2/4/", "630100"),
  place("630123-G1", "GRASS_ROOTS", "/1/2/4/6/", "630123"),
];

const spent = (fen: bigint): Sums => ({
  ...emptySums(),
  amountFen: fen,
  records: fen === 0n ? 0 : 1,
});
const figures = (fen: bigint): SummaryFigures => ({
  receivedFen: fen === 0n ? null : fen * 2n,
  leftFen: fen === 0n ? null : fen,
  earlier: emptySums(),
  spent: spent(fen),
  seasons: Object.fromEntries(
    SEASONS.map((season) => [season, season === "winter" ? spent(fen) : emptySums()]),
  ) as SummaryFigures["seasons"],
  categories: { living: spent(fen) },
  mutual: emptySums(),
  same: null,
  before: spent(fen / 2n),
});
const AMOUNTS: Record<string, bigint> = {
  "630123": 5n,
  "630123-G1": 7n,
  "632222": 11n,
  "630000": 100n,
};
const lay = (root = PROVINCE, comparable = true) =>
  layLines({
    root,
    comparable,
    places: PLACES.filter((one) => one.path.startsWith(root.path)),
    figuresOf: (code) => figures(AMOUNTS[code] ?? 0n),
  });

describe("lines of the yearly summary", () => {
  it("go by code, places before the unions beside them, 本级 first", () => {
    expect(lay().map((line) => `${line.level} ${line.kind} ${line.code}`)).toEqual([
      "0 total 630000",
      "1 own 630000",
      "1 subtotal 630100",
      "2 own 630100",
      "2 unit 630123",
      "1 subtotal 632200",
      "2 own 632200",
      "2 unit 632222",
      "1 unit 630000-I01",
    ]);
  });

  it("count what lies below a county in its line, and everything exactly once in the total", () => {
    const lines = lay();
    const of = (code: string, kind: string) =>
      lines.find((line) => line.code === code && line.kind === kind)?.figures;
    expect(of("630123", "unit")?.spent.amountFen).toBe(12n);
    expect(of("630100", "subtotal")?.spent.amountFen).toBe(12n);
    expect(of("630000", "total")?.spent.amountFen).toBe(123n);
    expect(of("630000", "total")?.receivedFen).toBe(246n);
    expect(of("630000", "total")?.leftFen).toBe(123n);
    expect(of("630100", "own")).toMatchObject({ receivedFen: null, leftFen: null });
    expect(of("630000", "total")?.seasons.winter.records).toBe(4);
  });

  it("add up exactly the lines they name", () => {
    const lines = lay();
    for (const line of lines.filter((one) => one.parts.length > 0)) {
      const sum = line.parts.reduce((s, at) => s + (lines[at]?.figures.spent.amountFen ?? 0n), 0n);
      expect(line.figures.spent.amountFen, line.code).toBe(sum);
    }
    expect(lines[0]?.parts).toEqual([1, 2, 5, 8]);
  });

  it("of one county are the county itself and what lies below it", () => {
    const county = PLACES.find((one) => one.code === "630123") ?? PROVINCE;
    expect(lay(county).map((line) => `${line.kind} ${line.code}`)).toEqual([
      "total 630123",
      "own 630123",
      "unit 630123-G1",
    ]);
  });

  it("sum the year before, each category and what is contributory likewise", () => {
    const lines = layLines({
      root: PROVINCE,
      comparable: true,
      places: PLACES,
      figuresOf: (code) => ({
        ...figures(AMOUNTS[code] ?? 0n),
        categories: { [code === "632222" ? "medical" : "living"]: spent(AMOUNTS[code] ?? 0n) },
        mutual: spent(1n),
      }),
    });
    const total = lines[0]?.figures;
    expect(total?.categories["living"]?.amountFen).toBe(112n);
    expect(total?.categories["medical"]?.amountFen).toBe(11n);
    expect(total?.mutual.amountFen).toBe(7n);
    expect(total?.before?.amountFen).toBe(2n + 3n + 5n + 50n);
  });

  it("stand in the order of the code, unions of every kind after the regions", () => {
    const more = [
      place("630000-A01", "AFFILIATED_UNION", "/1/11/", "630000"),
      place("632500", "PREFECTURE", "/1/12/", "630000"),
      place("632300", "PREFECTURE", "/1/13/", "630000"),
      ...PLACES,
    ];
    const lines = layLines({ root: PROVINCE, comparable: true, places: more, figuresOf: () => figures(1n) }); // prettier-ignore
    expect(lines.filter((line) => line.level === 1).map((line) => line.code)).toEqual([
      "630000",
      "630100",
      "632200",
      "632300",
      "632500",
      "630000-A01",
      "630000-I01",
    ]);
  });

  it("of a prefecture with nothing below it are one line, not a subtotal of itself", () => {
    const places = PLACES.filter((one) => one.code !== "632222");
    const lines = layLines({ root: PROVINCE, comparable: true, places, figuresOf: () => figures(1n) }); // prettier-ignore
    expect(lines.filter((line) => line.code === "632200").map((line) => line.kind)).toEqual(["unit"]); // prettier-ignore
  });

  it("have no year before where one of their parts has none", () => {
    const lines = layLines({
      root: PROVINCE,
      comparable: true,
      places: PLACES,
      figuresOf: (code) => ({ ...figures(5n), before: code === "630123" ? null : spent(1n) }),
    });
    const before = (code: string) => lines.find((line) => line.code === code)?.figures.before;
    expect([before("630123"), before("630100"), before("630000")]).toEqual([null, null, null]);
    expect(before("632200")?.amountFen).toBe(2n);
  });

  it("have no year before where the two cannot be compared", () => {
    expect(lay(PROVINCE, false).every((line) => line.figures.before === null)).toBe(true);
  });
});
