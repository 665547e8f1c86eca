import { expect, test } from "vitest";
import { emptySums, namedOf, type FigureCell } from "@/lib/features/figures/rules";
import { eachCount } from "@/lib/kernel/counts";
import { campaignTable } from "./present";

const cell = (campaign: string, year: number, amountFen: string): FigureCell => ({
  campaign,
  year,
  amountFen,
  records: 1,
  unvalued: 0,
  estimated: 0,
  withoutMoney: 0,
  reversals: 0,
  ...namedOf(emptySums()),
  ...eachCount(() => 0),
});
const campaign = (code: string) => ({
  id: 1,
  code,
  nameZh: code,
  nameEn: code,
  programme: "golden-autumn",
  organisation: "630000",
  startsOn: "2026-12-01",
  endsOn: "2027-02-28",
});

test("a campaign's years add up to its whole, and the campaigns with what belongs to none to all", () => {
  const asked = { org: "630123" };
  const cells = [cell("long", 2026, "100"), cell("long", 2027, "23"), cell("", 2026, "7")];
  const { years, rows, total } = campaignTable(
    cells,
    [campaign("long"), campaign("unused")],
    asked,
  );
  expect(years).toEqual([2027, 2026]);
  expect(rows.map((row) => [row.campaign?.code, row.whole.sum?.amountFen])).toEqual([
    ["long", "123"],
    ["unused", undefined],
    [undefined, "7"],
  ]);
  expect(rows[0]?.byYear.map(({ sum, filter }) => [sum?.amountFen, filter])).toEqual([
    ["23", { org: "630123", campaign: ["long"], year: 2027 }],
    ["100", { org: "630123", campaign: ["long"], year: 2026 }],
  ]);
  expect(rows[2]?.whole.filter).toEqual({ org: "630123", campaign: ["none"] });
  expect(total.whole.sum?.amountFen).toBe("130");
  expect(total.byYear[1]?.filter).toEqual({ org: "630123", year: 2026 });
});

test("where every record has a campaign, no line says that some have none", () => {
  const { rows } = campaignTable([cell("long", 2026, "1")], [campaign("long")], {});
  expect(rows).toHaveLength(1);
});
