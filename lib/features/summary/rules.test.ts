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
  receivedFen: fen * 2n,
  spent: spent(fen),
  seasons: Object.fromEntries(
    SEASONS.map((season) => [season, season === "winter" ? spent(fen) : emptySums()]),
  ) as SummaryFigures["seasons"],
  categories: { living: spent(fen) },
  mutual: emptySums(),
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

  it("have no year before where the two cannot be compared", () => {
    expect(lay(PROVINCE, false).every((line) => line.figures.before === null)).toBe(true);
  });
});
