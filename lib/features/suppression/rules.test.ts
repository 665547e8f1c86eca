import { afterAll, describe, expect, it } from "vitest";
import { knowing, study, tell } from "@/testing/attacker";
import { boundsOf, protect, spotsOf, withSums } from "./rules";
import { WHOLE, type Shape, type Table } from "./types";

/** Numbers that are invented, and the same at every run. */
function dice(seed: number) {
  let state = seed >>> 0;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const named = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(at).padStart(2, "0")}`);

/** 45 counties in 8 prefectures, one of which has a single county, over 12 programmes. */
const PROVINCE: Shape = {
  rows: named("c", 45).map((code, at) => ({
    code,
    group: at === 0 ? "p00" : `p0${String(1 + (at % 7))}`,
  })),
  groups: named("p", 8),
  columns: named("m", 12),
};

/** A third of the cells hold nothing, one in twelve is of one to four people. */
function invented(seed: number, shape: Shape) {
  const roll = dice(seed);
  const people = shape.rows.map(() =>
    shape.columns.map(() => {
      const kind = roll(24);
      if (kind < 8) return 0;
      return kind < 10 ? 1 + roll(4) : 5 + roll(kind < 20 ? 60 : 900);
    }),
  );
  const rates = people.map((line) => line.map(() => 10_000 + 500 * roll(400)));
  const yuan = people.map((line, row) =>
    line.map((count, column) => count * (rates[row]?.[column] ?? 0)),
  );
  return { people: withSums(shape, people), fen: withSums(shape, yuan) };
}

/** As the publication judges: one to four people; five wide, and of the money five times what one of them got. */
function tableOf(shape: Shape, { people, fen }: { people: number[]; fen: number[] }): Table {
  const sensitive = people.map((count) => count >= 1 && count <= 4);
  const need = (of: (cell: number) => number) => sensitive.map((is, cell) => (is ? of(cell) : 0));
  return {
    shape,
    layers: [
      { values: people, need: need(() => 5) },
      {
        values: fen,
        need: need((cell) => 5 * Math.ceil((fen[cell] ?? 0) / (people[cell] ?? 1))),
      },
    ],
    sensitive,
    sole: people.map((count) => count === 1),
    kept: people.map(() => false),
    empty: people.map((count) => count === 0),
    people,
  };
}

const seen = (values: readonly number[], hidden: readonly boolean[]) =>
  values.map((value, cell) => (hidden[cell] ? null : value));

/** What an attacker learns of the cells that are to be kept: exactly, or too nearly. */
function learnt(table: Table, hidden: readonly boolean[]) {
  const found = { exact: 0, near: 0, insider: 0 };
  for (const { values, need } of table.layers) {
    const everybody = study(table.shape, seen(values, hidden));
    const ranges = tell(everybody, 1);
    table.sensitive.forEach((is, cell) => {
      if (!is || !hidden[cell]) return;
      const { from, to } = ranges.get(cell) ?? { from: 1, to: Infinity };
      if (from === to) found.exact += 1;
      else if (to - from < (need[cell] ?? 0) || to < (need[cell] ?? 0)) found.near += 1;
    });
    table.sole.forEach((is, own) => {
      if (!is) return;
      const { solved } = knowing(everybody, own, values[own] ?? 0);
      for (const [cell, { terms, rhs }] of solved) {
        const others = table.sensitive[cell] && cell !== own && terms.size === 1;
        // a sum of what they know and of zeros is their own as well
        if (others && rhs !== values[own]) found.insider += 1;
      }
    });
  }
  return found;
}

/** None, or at least two, hidden cells in each line and column: what is often done, and does not suffice. */
function naively({ shape, sensitive, empty, people }: Table): boolean[] {
  const hidden = sensitive.map((is) => is);
  const width = shape.columns.length + 1;
  const lines = shape.rows.map((_, row) => named("", width).map((__, at) => row * width + at));
  const columns = shape.groups.flatMap((group) =>
    named("", width).map((_, at) =>
      shape.rows.flatMap((row, n) => (row.group === group ? [n * width + at] : [])),
    ),
  );
  for (let changed = true; changed;) {
    changed = false;
    for (const sum of [...lines, ...columns]) {
      if (sum.filter((cell) => hidden[cell]).length !== 1) continue;
      const [next] = sum
        .filter((cell) => !hidden[cell] && !empty[cell])
        .sort((a, b) => (people[a] ?? 0) - (people[b] ?? 0));
      if (next === undefined) continue;
      hidden[next] = true;
      changed = true;
    }
  }
  return hidden;
}

const count = (flags: readonly boolean[]) => flags.filter(Boolean).length;

const NOTHING = { exact: 0, near: 0, insider: 0 };
const BLOCKS = Array.from({ length: 20 }, (_, block) => ({
  first: 10 * block + 1,
  last: 10 * block + 10,
}));

describe("of 200 invented tables, 45 lines by 12 columns", () => {
  const sums = { small: 0, hidden: 0 };
  // so that whoever changes the method sees what it costs its readers
  afterAll(() => {
    process.stdout.write(
      `200 tables: ${String(sums.small)} small, ${String(sums.hidden)} hidden\n`,
    );
  });

  it.each(BLOCKS)("an attacker works nothing out ($first to $last)", ({ first, last }) => {
    for (let seed = first; seed <= last; seed += 1) {
      const table = tableOf(PROVINCE, invented(seed, PROVINCE));
      const { hidden, complements } = protect(table);
      expect(learnt(table, hidden), `table ${String(seed)}`).toEqual(NOTHING);
      const small = count(table.sensitive);
      sums.small += small;
      sums.hidden += small + complements;
      expect(count(hidden)).toBe(small + complements);
      expect(complements, "hidden beside small cells").toBeLessThan(2 * small);
    }
  });

  it("works out most small cells where only these are hidden, and some by the usual rule of two", () => {
    const [bare, usual, cost] = [{ ...NOTHING }, { ...NOTHING }, { ours: 0, usual: 0 }];
    for (let seed = 1; seed <= 5; seed += 1) {
      const table = tableOf(PROVINCE, invented(seed, PROVINCE));
      const naive = naively(table);
      cost.ours += count(protect(table).hidden);
      cost.usual += count(naive);
      const [alone, two] = [learnt(table, table.sensitive), learnt(table, naive)];
      for (const name of ["exact", "near", "insider"] as const) {
        bare[name] += alone[name];
        usual[name] += two[name];
      }
    }
    process.stdout.write(`5 tables: ${JSON.stringify({ hidden: cost, bare, usual })}\n`);
    expect(bare.exact).toBeGreaterThan(200);
    expect(usual.exact + usual.near).toBeGreaterThan(20);
  });
});

describe("the bounds", () => {
  const shape: Shape = {
    rows: named("c", 3).map((code) => ({ code, group: null })),
    groups: [],
    columns: named("m", 3),
  };
  it("are those that trying every table finds", () => {
    let compared = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const roll = dice(seed);
      const lines = shape.rows.map(() => shape.columns.map(() => roll(5)));
      const values = withSums(shape, lines);
      const hidden = spotsOf(shape).map(
        ({ level, column }, cell) =>
          (values[cell] ?? 0) > 0 && level === "line" && column !== WHOLE && roll(3) > 0,
      );
      const tried = everyTable(shape, values, hidden);
      hidden.forEach((is, cell) => {
        if (!is) return;
        const layers = [{ values, need: [] }];
        const { from, to } = boundsOf({ shape, layers }, hidden, { cell, layer: 0 });
        expect([from, to]).toEqual(tried(cell));
        compared += 1;
      });
    }
    expect(compared).toBeGreaterThan(150);
  });
});

/** All tables that look the same from outside, cell by cell: the least and the most of each. */
function everyTable(shape: Shape, values: readonly number[], hidden: readonly boolean[]) {
  const unknown = hidden.flatMap((is, cell) => (is ? [cell] : []));
  const wanted = values.map((value, cell) => (hidden[cell] ? 0 : value));
  const width = shape.columns.length + 1;
  const ranges = new Map<number, [number, number]>();
  const most = Math.max(...values);
  const tries = (at: number, table: number[]): void => {
    const cell = unknown[at];
    if (cell === undefined) {
      const lines = shape.rows.map((_, row) => table.slice(row * width, row * width + width - 1));
      if (withSums(shape, lines).some((value, one) => value !== table[one])) return;
      for (const one of unknown) {
        const value = table[one] ?? 0;
        const [from, to] = ranges.get(one) ?? [value, value];
        ranges.set(one, [Math.min(from, value), Math.max(to, value)]);
      }
      return;
    }
    const row = Math.floor(cell / width);
    const left = table
      .slice(row * width, row * width + width - 1)
      .reduce((sum, value) => sum - value, table[row * width + width - 1] ?? 0);
    for (let value = 1; value <= Math.min(most, left); value += 1)
      tries(at + 1, Object.assign([...table], { [cell]: value }));
  };
  tries(0, wanted);
  return (cell: number) => ranges.get(cell);
}

/** Lines of people, one column after another; ten yuan each. */
function small(lines: number[][], more: Partial<Table> = {}): Table {
  const shape: Shape = {
    rows: lines.map((_, at) => ({ code: `c${String(at)}`, group: null })),
    groups: [],
    columns: named("m", lines[0]?.length ?? 0),
  };
  const people = withSums(shape, lines);
  return { ...tableOf(shape, { people, fen: people.map((one) => one * 1_000) }), ...more };
}
const recovered = (table: Table) => learnt(table, protect(table).hidden);
describe("the traps", () => {
  it("15 = 10 + 3 + 1 + 1, and zeros that are printed", () => {
    const others = [
      [40, 30, 20, 60],
      [25, 35, 45, 55],
    ];
    expect(recovered(small([[10, 3, 1, 1], ...others]))).toEqual(NOTHING);
    expect(recovered(small([[0, 2, 0, 0], ...others]))).toEqual(NOTHING);
    expect(recovered(small([[0, 2, 0, 2], [0, 1, 0, 1], ...others]))).toEqual(NOTHING);
  });

  it("two and three who are alone in their cells", () => {
    const table = [
      [1, 1, 90],
      [1, 80, 70],
      [60, 50, 40],
    ];
    expect(recovered(small(table))).toEqual(NOTHING);
    expect(recovered(small([[1, 1, 1], ...table]))).toEqual(NOTHING);
  });

  it("a table of a single small cell: its sums go with it", () => {
    const table = small([[3]]);
    expect(protect(table)).toEqual({ hidden: [true, true, true, true], complements: 0 });
  });

  it("a sum of people that is not published at all protects as well as one that is hidden", () => {
    const base = small([
      [3, 50],
      [40, 60],
    ]);
    const withheld = spotsOf(base.shape).map(({ column }) => column === "*");
    const [people] = base.layers;
    const table = { ...base, layers: people ? [{ ...people, withheld }] : [] };
    expect(protect(table).complements).toBe(1);
    expect(protect({ ...table, layers: people ? [people] : [] }).complements).toBe(3);
  });
});

it("hides the same again, and whatever was hidden before", () => {
  const table = tableOf(PROVINCE, invented(7, PROVINCE));
  const first = protect(table);
  expect(protect(table)).toEqual(first);
  const kept = table.empty.map((is, cell) => !is && cell % 9 === 0);
  const { hidden } = protect({ ...table, kept });
  expect(kept.every((is, cell) => !is || hidden[cell])).toBe(true);
});
