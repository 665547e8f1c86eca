import { describe, expect, it } from "vitest";
import type { Organisation } from "@/lib/features/reference/types";
import {
  addTotals,
  axisRows,
  changeOf,
  firstLevel,
  groupPlaces,
  monthRows,
  permilleText,
  placeRows,
  type Sum,
} from "./present";
import { pathTo, placeShortName, topOf } from "@/lib/features/reference/present";
import { eachCount } from "@/lib/kernel/counts";
import { emptySums, namedOf, type FigureCell } from "./rules";

const none = eachCount(() => 0);
const totals = (amountFen: string, records = 1): Sum => ({
  ...none,
  amountFen,
  records,
  unvalued: 0,
  withoutMoney: 0,
  reversals: 0,
});
const cell = (axes: Partial<FigureCell>, sum: Sum): FigureCell => ({
  ...namedOf(emptySums()),
  ...sum,
  estimated: 0,
  ...axes,
});

let lastId = 0;
function organisation(
  code: string,
  kind: Organisation["kind"],
  above?: Organisation,
): Organisation {
  lastId += 1;
  return {
    id: lastId,
    code,
    kind,
    nameZh: `${code}总工会`,
    nameEn: `${code} Federation of Trade Unions`,
    parentCode: above?.code ?? null,
    prefectureCode: code,
    path: `${above?.path ?? "/"}${lastId}/`,
    leaf: false,
    active: true,
  };
}

const province = organisation("630000", "PROVINCE");
const xining = organisation("630100", "PREFECTURE", province);
const chengxi = organisation("630104", "COUNTY", xining);
const huangyuan = organisation("630123", "COUNTY", xining);
const haidong = organisation("630200", "PREFECTURE", province);
const transport = organisation("630000-I03", "INDUSTRIAL_UNION", province);
const places = [transport, huangyuan, haidong, province, chengxi, xining];

const now: FigureCell[] = [
  cell({ organisation: "630123" }, totals("300")),
  cell({ organisation: "630104" }, totals("200")),
  cell({ organisation: "630100" }, totals("50")),
  cell({ organisation: "630000" }, totals("7")),
  cell({ organisation: "630000-I03" }, totals("1")),
];

describe("placeRows", () => {
  const rows = placeRows({
    places,
    root: province,
    filter: { year: 2026 },
    now,
    same: now,
    before: null,
  });

  it("stands in the order of the code, 本级 first, unions of industries last", () => {
    expect(rows.map((row) => `${row.level} ${row.key}`)).toEqual([
      "0 own-630000",
      "0 630100",
      "1 own-630100",
      "1 630104",
      "1 630123",
      "0 630200",
      "0 630000-I03",
    ]);
  });

  it("adds each voucher up once: the first level comes to the whole", () => {
    const first = rows.filter((row) => row.level === 0).flatMap((row) => row.now ?? []);
    expect(addTotals(first)?.amountFen).toBe("558");
    expect(rows.find((row) => row.key === "630100")?.now?.amountFen).toBe("550");
  });

  it("counts what is not priced beside what is", () => {
    const sum = addTotals([totals("5"), { ...totals("0"), unvalued: 1 }]);
    expect(sum).toMatchObject({ amountFen: "5", records: 2, unvalued: 1 });
  });

  it("keeps the line of a place without records, as a gap", () => {
    expect(rows.find((row) => row.key === "630200")?.now).toBeNull();
  });

  it("narrows 本级 to the organisation itself", () => {
    expect(rows[2]?.filter).toEqual({ year: 2026, organisation: "630100" });
    expect(rows[3]?.filter).toEqual({ year: 2026, org: "630104" });
  });

  it("compares unions without a place as one", () => {
    const first = firstLevel(rows);
    expect(first.places.map((row) => row.key)).toEqual(["own-630000", "630100", "630200"]);
    expect(first.unions?.now?.amountFen).toBe("1");
    expect(firstLevel([]).unions).toBeNull();
  });

  it("has no lines below a county", () => {
    const below = placeRows({ places, root: huangyuan, filter: {}, now, same: now, before: null });
    expect(below.map((row) => row.kind)).toEqual(["own"]);
  });

  it("gathers counties under their prefecture", () => {
    expect(groupPlaces(rows).map((group) => [group.head?.key, group.lines.length])).toEqual([
      [undefined, 1],
      ["630100", 3],
      [undefined, 2],
    ]);
  });
});

describe("where a county has more unions than a table has room for", () => {
  const unions = Array.from({ length: 201 }, (_, n) =>
    organisation(`630123-G${n}`, "GRASS_ROOTS", huangyuan),
  );
  const paid = unions.map(({ code }) => cell({ organisation: code }, totals("100")));
  const rowsFrom = (root: Organisation) =>
    placeRows({
      places: [...places, ...unions],
      root,
      filter: {},
      now: paid,
      same: paid,
      before: null,
    });

  it("they stay folded in its line, which counts them", () => {
    const rows = rowsFrom(province);
    expect(rows.filter(({ place }) => place.kind === "GRASS_ROOTS")).toEqual([]);
    const county = rows.find(({ key }) => key === "630123");
    expect(county).toMatchObject({ kind: "subtree", filter: { org: "630123" } });
    expect(county?.now).toMatchObject({ amountFen: "20100", records: 201 });
  });

  it("on the page of the county itself each has its line", () => {
    expect(rowsFrom(huangyuan).filter(({ place }) => place.kind === "GRASS_ROOTS")).toHaveLength(
      201,
    );
  });
});

describe("axisRows and monthRows", () => {
  it("follow the reference's order and leave out what neither year knows", () => {
    const choices = ["b", "a", "c"].map((code) => ({ code, label: code }));
    const rows = axisRows({
      axis: "programme",
      choices,
      filter: { year: 2026 },
      now: [cell({ programme: "a" }, totals("5"))],
      same: [cell({ programme: "a" }, totals("5"))],
      before: [cell({ programme: "b" }, totals("6"))],
    });
    expect(rows.map((row) => [row.key, row.now?.amountFen, row.before?.amountFen])).toEqual([
      ["b", undefined, "6"],
      ["a", "5", undefined],
    ]);
    expect(rows[0]?.filter).toEqual({ year: 2026, programme: ["b"] });
  });

  it("keep an unknown month out of January", () => {
    const rows = monthRows({
      filter: {},
      now: [cell({ month: 0 }, totals("9"))],
      same: [cell({ month: 0 }, totals("9"))],
      before: null,
    });
    expect(rows).toHaveLength(13);
    expect(rows[0]).toMatchObject({ month: 1, now: null });
    expect(rows.at(-1)).toMatchObject({ month: 0, now: { amountFen: "9" } });
    expect(monthRows({ filter: {}, now: [], same: [], before: null })).toHaveLength(12);
  });
});

describe("changeOf", () => {
  it("says both the sum and the percentage", () => {
    const change = changeOf({ same: totals("114090"), before: totals("100000") });
    expect(change).toEqual({ increaseFen: 14090n, permille: 141n });
    expect(permilleText(141n)).toBe("14.1%");
    expect(permilleText(-5n)).toBe("-0.5%");
  });

  it("prints — over a zero base and has nothing to say without one", () => {
    expect(changeOf({ same: totals("5"), before: totals("0") })?.permille).toBeNull();
    expect(permilleText(null)).toBe("—");
    expect(changeOf({ same: totals("5"), before: null })).toBeNull();
  });

  it("does not set an amount against what is not priced", () => {
    const unpriced = { ...totals("0"), unvalued: 1 };
    expect(changeOf({ same: totals("5"), before: unpriced })).toBeNull();
    expect(changeOf({ same: unpriced, before: totals("5") })).toBeNull();
  });

  it("counts a year without records as nothing spent", () => {
    expect(changeOf({ same: null, before: totals("100") })).toEqual({
      increaseFen: -100n,
      permille: -1000n,
    });
  });
});

describe("places", () => {
  it("finds the top and the way down", () => {
    expect(topOf(places)?.code).toBe("630000");
    expect(topOf([huangyuan, chengxi])?.code).toBe("630104");
    expect(pathTo(places, "630123").map((place) => place.code)).toEqual([
      "630000",
      "630100",
      "630123",
    ]);
  });

  it("says names the way people do", () => {
    const named = (nameZh: string, nameEn: string) => ({ nameZh, nameEn });
    const datong = named(
      "大通回族土族自治县总工会",
      "Datong Hui and Tu Autonomous County Federation of Trade Unions",
    );
    expect(placeShortName(datong, "zh-CN")).toBe("大通县");
    expect(placeShortName(datong, "en")).toBe("Datong");
    const haixi = named("海西州总工会", "Haixi Prefecture Federation of Trade Unions");
    expect(placeShortName(haixi, "zh-CN")).toBe("海西州");
    expect(placeShortName(haixi, "en")).toBe("Haixi");
  });
});
