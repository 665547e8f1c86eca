import { describe, expect, it } from "vitest";
import { cellHref } from "./cell-filter";

const coded = (code: string) => ({ code, nameZh: code, nameEn: code });
const summary = {
  year: 2024,
  compare: { from: "2023-01-01", to: "2023-10-31", throughMonth: 10 },
  programmes: [
    { ...coded("warm-winter"), season: "winter" as const },
    { ...coded("festival-visits"), season: "winter" as const },
    { ...coded("cool-summer"), season: "summer" as const },
  ],
  contributory: [coded("mutual-medical-aid")],
};
const county = { code: "630123", kind: "unit" as const };
const money = { kind: "money" as const, fen: "100" };

describe("cellHref", () => {
  it("opens the programmes of a season together", () => {
    expect(cellHref("season.winter", county, money, summary)).toBe(
      "/explain?year=2024&org=630123&programme=warm-winter,festival-visits",
    );
    expect(cellHref("season.winter.persons", county, money, summary)).toBe(
      cellHref("season.winter", county, money, summary),
    );
  });

  it("keeps 本级 to the organisation itself", () => {
    expect(cellHref("spent", { code: "630100", kind: "own" }, money, summary)).toBe(
      "/explain?year=2024&organisation=630100",
    );
  });

  it("asks for contributory programmes by name, and for the year before where it stands", () => {
    expect(cellHref("mutual", county, money, summary)).toContain("programme=mutual-medical-aid");
    expect(cellHref("before", county, money, summary)).toContain("year=2023");
  });

  it("sends a received sum to the allotments, and what is worked out nowhere", () => {
    expect(cellHref("received", county, money, summary)).toBe("/allotments?year=2024&org=630123");
    expect(cellHref("left", county, money, summary)).toBeUndefined();
    expect(cellHref("growth", county, money, summary)).toBeUndefined();
    expect(cellHref("spent", county, { kind: "unknown" }, summary)).toBeUndefined();
  });
});
