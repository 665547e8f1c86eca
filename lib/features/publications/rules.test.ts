import { describe, expect, it } from "vitest";
import { emptySums, namedOf, type FigureCell } from "@/lib/features/figures/rules";
import type { Programme } from "@/lib/features/reference/types";
import { eachCount } from "@/lib/kernel/counts";
import { study, tell } from "@/testing/attacker";
import { keyOf, makePublicTable, type Making } from "./rules";
import { ALL, type PublicCell, type PublicLine, type PublicTable } from "./types";

const named = (code: string) => ({ code, nameZh: code, nameEn: code });
const COUNTIES = Array.from({ length: 12 }, (_, at) => `6301${String(at + 10)}`);
const PREFECTURES = ["630100", "630200", "630300"];
const LINES: PublicLine[] = [
  { line: "630000", kind: "province", prefecture: null, ...named("630000") },
  { line: "630000-own", kind: "own", prefecture: null, ...named("630000") },
  ...PREFECTURES.map((code): PublicLine => ({
    ...{ line: code, kind: "prefecture", prefecture: null, ...named(code) },
  })),
  ...COUNTIES.map((code, at): PublicLine => ({
    ...{ line: code, kind: "county", prefecture: PREFECTURES[at % 3] ?? null, ...named(code) },
  })),
];
const PROGRAMMES = ["winter", "school", "meal", "fair"].map(
  (code) =>
    ({
      ...named(code),
      season: "other",
      mainUnit: code === "fair" ? "posts" : "persons",
    }) as Programme,
);

const figure = (
  organisation: string,
  programme: string,
  more: Partial<FigureCell>,
): FigureCell => ({
  ...namedOf(emptySums()),
  ...eachCount(() => 0),
  ...{ organisation, programme, amountFen: "0", records: 1 },
  ...{ unvalued: 0, estimated: 0, withoutMoney: 0, reversals: 0 },
  ...more,
});

const paid = (organisation: string, programme: string, persons: number, rate = 50_000) =>
  figure(organisation, programme, { persons, amountFen: String(persons * rate) });

function making(booked: FigureCell[], more: Partial<Making> = {}): Making {
  return {
    lines: LINES,
    payers: [
      ...COUNTIES.map((code) => ({ organisation: code, line: code })),
      { organisation: `${COUNTIES[0] ?? ""}-plant`, line: COUNTIES[0] ?? "" },
      { organisation: "630000", line: "630000-own" },
    ],
    ...{ programmes: PROGRAMMES, booked, fromEarlier: [], intoLater: [], earlier: [] },
    ...{ year: 2024, definition: 1, licence: "CC BY 4.0", contact: null },
    ...more,
  };
}

function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const invented = (seed: number): FigureCell[] => {
  const roll = dice(seed);
  return [...COUNTIES, "630000"].flatMap((code) =>
    ["winter", "school", "meal"].flatMap((programme) => {
      const persons = roll(6) === 0 ? 1 + roll(4) : roll(4) === 0 ? 0 : 5 + roll(300);
      return persons === 0 ? [] : [paid(code, programme, persons, 40_000 + 1_000 * roll(40))];
    }),
  );
};

const cellOf = ({ cells }: PublicTable, line: string, programme: string): PublicCell | undefined =>
  cells.find((cell) => keyOf(cell.line, cell.programme) === keyOf(line, programme));

/** What an attacker makes of the money and, programme by programme, of the people. */
function attack(table: PublicTable, truth: readonly FigureCell[]) {
  const leaves = LINES.filter(({ kind }) => kind === "county" || kind === "own");
  const shape = {
    rows: leaves.map(({ line, prefecture }) => ({ code: line, group: prefecture })),
    groups: PREFECTURES,
    columns: table.programmes.map(({ code }) => code),
  };
  const order = [...leaves.map(({ line }) => line), ...PREFECTURES, "630000"].flatMap((line) =>
    [...shape.columns, ALL].map((programme) => ({ line, programme })),
  );
  const found: string[] = [];
  for (const measure of ["amountFen", "persons"] as const) {
    const shown = order.map(({ line, programme }) => {
      const cell = cellOf(table, line, programme);
      if (!cell) return 0;
      if (cell.hidden || (measure === "persons" && programme === ALL)) return null;
      return Number(cell[measure] ?? 0);
    });
    const ranges = tell(study(shape, shown), 0);
    order.forEach(({ line, programme }, at) => {
      const few = truth.find(
        (row) =>
          row.programme === programme &&
          ((row.organisation === line && line !== "630000") ||
            `${row.organisation ?? ""}-own` === line) &&
          row.persons < 5,
      );
      if (!few) return;
      const range = ranges.get(at);
      const wide = measure === "persons" ? 5 : (5 * Number(few.amountFen)) / few.persons;
      if (shown[at] !== null || (range && range.to - range.from < wide))
        found.push(`${measure} ${line} ${programme}`);
    });
  }
  return found;
}

describe("what is published of a year", () => {
  it("tells an attacker of nobody, neither by money nor by people", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const truth = invented(seed);
      const { table } = makePublicTable(making(truth));
      expect(attack(table, truth), `table ${String(seed)}`).toEqual([]);
    }
  });

  it("holds of what is hidden not a number, and no place below a county", () => {
    const plant = paid(`${COUNTIES[0] ?? ""}-plant`, "winter", 3);
    const { table } = makePublicTable(making([...invented(3), plant]));
    for (const cell of table.cells.filter(({ hidden }) => hidden))
      expect(Object.keys(cell).sort()).toEqual(["hidden", "line", "programme"]);
    expect(JSON.stringify(table)).not.toContain("plant");
  });

  it("adds nobody up across programmes, and hides people whom nobody counted", () => {
    const county = COUNTIES[4] ?? "";
    const { table } = makePublicTable(
      making([
        ...COUNTIES.map((code) => paid(code, "winter", 50)),
        ...COUNTIES.map((code) => paid(code, "meal", 60)),
        figure(county, "school", { amountFen: "800000" }),
        ...COUNTIES.map((code) => figure(code, "fair", { amountFen: "900000", posts: 30 })),
      ]),
    );
    expect(cellOf(table, county, "school")?.hidden).toBe(true);
    expect(cellOf(table, COUNTIES[0] ?? "", "fair")?.hidden).toBe(false);
    expect(cellOf(table, COUNTIES[0] ?? "", ALL)).toMatchObject({ hidden: false, persons: null });
    expect(cellOf(table, COUNTIES[0] ?? "", "winter")).toMatchObject({ persons: 50 });
  });

  it("counts a correction in the year of what it corrects", () => {
    const [county = ""] = COUNTIES;
    const booked = COUNTIES.map((code) => paid(code, "winter", 50));
    const { table } = makePublicTable(
      making([...booked, paid(county, "meal", -40)], {
        fromEarlier: [paid(county, "meal", -40)],
        intoLater: [paid(county, "winter", -10)],
      }),
    );
    expect(cellOf(table, county, "meal")).toBeUndefined();
    expect(cellOf(table, county, "winter")).toMatchObject({ persons: 40, amountFen: "2000000" });
  });

  it("hides again what it hid, and what a few have moved since: two publications tell no more than one", () => {
    const before = invented(9);
    const first = makePublicTable(making(before));
    const at = before.findIndex(({ persons }) => persons > 50);
    const moved = before.map((row, n) =>
      n === at
        ? { ...row, persons: row.persons - 1, amountFen: String(Number(row.amountFen) - 41_000) }
        : row,
    );
    const books = { booked: before, fromEarlier: [], intoLater: [] };
    const earlier = [{ ...first, books }];
    const second = makePublicTable(making(moved, { earlier }));
    const hidden = (table: PublicTable) =>
      new Set(
        table.cells.flatMap((cell) => (cell.hidden ? [keyOf(cell.line, cell.programme)] : [])),
      );
    const now = hidden(second.table);
    expect([...hidden(first.table)].filter((key) => !now.has(key))).toEqual([]);
    const row = before[at];
    const line = row?.organisation === "630000" ? "630000-own" : (row?.organisation ?? "");
    expect(now.has(keyOf(line, row?.programme ?? ""))).toBe(true);
    // the sum that moved by one with it is hidden too, or its difference would say so
    expect(now.has(keyOf("630000", row?.programme ?? ""))).toBe(true);
    // and so is the sum over programmes, where nobody is added up: its money moved by one person's
    expect(now.has(keyOf(line, ALL))).toBe(true);
    expect(attack(second.table, moved)).toEqual([]);
    expect(makePublicTable(making(moved, { earlier }))).toEqual(second);
  });
});
