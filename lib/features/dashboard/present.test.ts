import { describe, expect, it } from "vitest";
import type { DashboardView, YearFigures } from "@/lib/features/figures/present";
import { emptySums, namedOf, type FigureCell } from "@/lib/features/figures/rules";
import type { Organisation } from "@/lib/features/reference/types";
import { eachCount } from "@/lib/kernel/counts";
import { cardOf } from "./present";
import type { FigureWords } from "@/lib/features/figures/types";
import type { CardCell, CardId, CardTable } from "./types";

const sum = (amountFen: number) => ({
  ...namedOf(emptySums()),
  ...eachCount(() => 0),
  amountFen: String(amountFen),
  records: 1,
  unvalued: 0,
  withoutMoney: 0,
  reversals: 0,
});
const place = (code: string, kind: Organisation["kind"], parent?: Organisation): Organisation => ({
  id: Number(code.slice(-4)),
  code,
  kind,
  nameZh: `${code}总工会`,
  nameEn: code,
  parentCode: parent?.code ?? null,
  prefectureCode: code,
  path: `${parent?.path ?? "/"}${code}/`,
  leaf: false,
  active: true,
});
const province = place("630000", "PROVINCE");
const cities = [1, 2].map((n) => place(`630${n}00`, "PREFECTURE", province));
const counties = cities.flatMap((city) =>
  Array.from({ length: 9 }, (_, n) => place(`${city.code.slice(0, 4)}${21 + n}`, "COUNTY", city)),
);
const PROGRAMMES = ["breakfast", "golden-autumn"];
/** Every county and city pays for the first programme, every third place for the second as well. */
const byPlace: FigureCell[] = [...cities, ...counties].flatMap(({ code }, at) =>
  PROGRAMMES.slice(0, at % 3 === 0 ? 2 : 1).map((programme, p) => ({
    ...sum(1_001 * (at + 1) + p),
    estimated: 0,
    organisation: code,
    programme,
  })),
);
const TOTAL = byPlace.reduce((all, cell) => all + Number(cell.amountFen), 0);
const figures: YearFigures = {
  totals: { ...sum(TOTAL), records: byPlace.length },
  named: namedOf(emptySums()),
  leftOut: {} as YearFigures["leftOut"],
  asOf: "",
  byPlace,
  byMonth: [],
  byFundSource: [],
  byKind: [
    { ...sum(TOTAL), estimated: 0, recipientKind: "workers", aidCategory: "living", form: "cash" },
  ],
  byCampaign: [
    { ...sum(TOTAL - 500), estimated: 0, campaign: "2026-summer" },
    { ...sum(500), estimated: 0, campaign: "" },
  ],
};
/** The first city took back what it had counted the year before. */
const EARLIER: FigureCell[] = [
  { ...sum(-1_230), personTimes: -28_903, estimated: 0, organisation: "630100", month: 3 },
];
const coded = (code: string) => ({ code, nameZh: code, nameEn: code });
const view = {
  reference: {
    programmes: PROGRAMMES.map(coded),
    recipientKinds: [coded("workers")],
    aidCategories: [coded("living")],
    fundSources: [],
    campaigns: ["2026-winter", "2026-summer"].map(coded),
  },
  places: [province, ...cities, ...counties],
  root: province,
  filter: { year: 2026, org: "630000" },
  now: figures,
  same: figures,
  before: null,
  compare: null,
  balance: null,
  earlier: { byRecord: EARLIER, byFundSource: [] },
} as unknown as DashboardView;
const words: FigureWords = {
  locale: "zh-CN",
  unit: "yuan",
  dashboard: (key, values) => (key === "earlier" ? `更正 ${values?.["parts"]}` : key),
  labels: (key, values) => (values ? `${key} ${values["count"]}` : key),
  common: (key) => key,
};

const fen = (cell: CardCell | undefined) => (cell?.value.kind === "money" ? cell.value.fen : 0n);
const card = (id: CardId): CardTable => {
  const table = cardOf(id, view, words);
  if (!table) throw new Error(`no card ${id}`);
  return table;
};

describe("a folded list", () => {
  it.each(["places", "cross"] as const)("of %s adds up to its total, each voucher once", (id) => {
    const { rows, rest, totals, columns } = card(id);
    expect(rest?.count).toBeGreaterThan(0);
    const shown = rows.slice(0, rest?.after).filter((row) => !row.subtotal);
    const at = id === "cross" ? columns.length - 1 : 0;
    const sumOf = (cells: (CardCell | undefined)[]) =>
      cells.reduce((all, one) => all + fen(one), 0n);
    expect(sumOf([...shown.map((row) => row.cells[at]), rest?.cells[at]])).toBe(BigInt(TOTAL));
    expect(fen(totals[at])).toBe(BigInt(TOTAL));
    const leaves = rows.filter((row) => !row.subtotal);
    expect(shown.length + (rest?.count ?? 0)).toBe(leaves.length);
  });
});

describe("county × programme", () => {
  const { rows, totals, columns } = card("cross");

  it("adds up along every row and down every column", () => {
    const lines = [...rows.map((row) => row.cells), totals];
    for (const cells of lines)
      expect(cells.slice(0, -1).reduce((all, one) => all + fen(one), 0n)).toBe(fen(cells.at(-1)));
    for (const at of columns.keys())
      expect(rows.reduce((all, row) => all + fen(row.cells[at]), 0n)).toBe(fen(totals[at]));
  });

  it("opens exactly the rows of a place and a programme", () => {
    const county = rows.find((row) => row.key === "630122");
    expect(county?.cells.map((one) => one.opens?.filter)).toEqual([
      { year: 2026, org: "630122", programme: ["breakfast"] },
      { year: 2026, org: "630122", programme: ["golden-autumn"] },
      { year: 2026, org: "630122" },
    ]);
    const own = rows.find((row) => row.key === "own-630100");
    expect(own?.cells[0]?.opens?.filter).toEqual({
      year: 2026,
      org: "630000",
      organisation: "630100",
      programme: ["breakfast"],
    });
    const none = rows.find((row) => row.key === "630121")?.cells[1];
    expect(none).toEqual({ value: { kind: "unknown" }, opens: undefined });
  });
});

describe("what one person cost, beside county × programme", () => {
  const counted = byPlace.map((cell, at) => ({ ...cell, persons: at + 3 }));
  const now = { ...figures, byPlace: counted };
  const reference = {
    ...view.reference,
    programmes: PROGRAMMES.map((code, at) => ({
      ...coded(code),
      mainUnit: at === 0 ? "persons" : "households",
    })),
  } as DashboardView["reference"];
  const table = cardOf("cross", { ...view, reference, now, same: now }, words);
  const breakfasts = (codes: string[]) => {
    const paid = counted.filter(
      ({ organisation = "", programme }) =>
        programme === "breakfast" && codes.includes(organisation),
    );
    const money = paid.reduce((all, cell) => all + Number(cell.amountFen), 0);
    const rate = money / paid.reduce((all, cell) => all + cell.persons, 0);
    return { kind: "rate", fen: BigInt(Math.floor(rate + 0.5)) };
  };

  it("is divided for each line, for those folded and for all by themselves, and opens nothing", () => {
    expect(table?.columns[0]?.id).toBe("persons");
    const row = (key: string) => table?.rows.find((one) => one.key === key)?.cells[0];
    expect(row("630122")).toEqual({ value: breakfasts(["630122"]) });
    expect(row("own-630100")).toEqual({ value: breakfasts(["630100"]) });
    expect(table?.totals[0]).toEqual({ value: breakfasts(counted.map((one) => one.organisation ?? "")) }); // prettier-ignore
    const shown = (table?.rows ?? []).slice(0, table?.rest?.after).map(({ key }) => key.replace("own-", "")); // prettier-ignore
    const folded = counted.map((one) => one.organisation ?? "").filter((code) => !shown.includes(code)); // prettier-ignore
    expect(table?.rest?.cells[0]).toEqual({ value: breakfasts(folded) });
  });

  it("has no column where nobody is counted so", () => {
    expect(table?.columns.map(({ id }) => id)).toEqual(["persons", ...PROGRAMMES, "total"]);
    expect(card("cross").columns.map(({ id }) => id)).toEqual([...PROGRAMMES, "total"]);
    // a heading narrows the page to its programme, as a place does on the other edge
    expect(card("cross").columns.map(({ opens }) => opens?.filter.programme)).toEqual([
      ...PROGRAMMES.map((code) => [code]),
      undefined,
    ]);
  });
});

it("has a card for each kind of recipient, category and form, whose cells add up along each", () => {
  for (const id of ["recipients", "categories", "forms"] as const)
    expect(fen(card(id).totals[0])).toBe(fen(card(id).rows[0]?.cells[0]));
});

describe("campaigns", () => {
  it("stand in a card with what belongs to none after them, each opening its records", () => {
    const { rows, totals } = card("campaigns");
    expect(rows.map(({ key, opens }) => [key, opens?.filter.campaign])).toEqual([
      ["2026-summer", ["2026-summer"]],
      ["", ["none"]],
    ]);
    const sums = rows.map(({ cells }) => fen(cells[0]));
    expect(sums.reduce((all, one) => all + one, 0n)).toBe(fen(totals[0]));
  });

  it("are no card where no record belongs to one", () => {
    const none = { ...figures, byCampaign: [{ ...sum(TOTAL), estimated: 0, campaign: "" }] };
    expect(cardOf("campaigns", { ...view, now: none, same: none }, words)).toBeNull();
  });
});

it("says what a row holds of corrections of earlier years, and says it of no other", () => {
  const said = card("places").rows.flatMap(({ key, earlier }) => (earlier ? [[key, earlier]] : []));
  const words = "更正 -12.30 unit.yuanseparatorcounted.personTimes -28903";
  expect(said).toEqual([
    ["630100", words],
    ["own-630100", words],
  ]);
  const months = card("months").rows.filter(({ earlier }) => earlier);
  expect(months.map(({ key }) => key)).toEqual(["3"]);
});
