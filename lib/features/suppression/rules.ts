import { ENDLESS, FlowNetwork, type Arc, type Asked } from "@/lib/kernel/flow";
import { WHOLE, type Layer, type Pattern, type Shape, type Spot, type Table } from "./types";

/** Every cell and sum in its order: lines, groups, the whole; in each the columns and their sum. */
export function spotsOf({ rows, groups, columns }: Shape): Spot[] {
  const across = [...columns, WHOLE];
  const spots = (line: string, level: Spot["level"]) =>
    across.map((column): Spot => ({ line, column, level }));
  return [
    ...rows.flatMap(({ code }) => spots(code, "line")),
    ...groups.flatMap((code) => spots(code, "group")),
    ...spots(WHOLE, "whole"),
  ];
}

/** The values of all cells with their sums, of those of the lines in their order. */
export function withSums({ rows, groups, columns }: Shape, lines: readonly (readonly number[])[]) {
  const sum = (of: readonly (readonly number[])[]) =>
    columns.map((_, at) => of.reduce((all, line) => all + (line[at] ?? 0), 0));
  const across = (line: readonly number[]) => [...line, line.reduce((all, one) => all + one, 0)];
  const inGroup = (group: string) => lines.filter((_, at) => rows[at]?.group === group);
  const values = [...lines, ...groups.map((group) => sum(inGroup(group))), sum(lines)].flatMap(
    across,
  );
  if (!values.every(Number.isSafeInteger)) throw new RangeError("A sum is beyond whole numbers.");
  return values;
}

/**
 * Each cell stands in exactly two sums (those over the columns of a group follow from the others), once with each
 * sign: so the table is a network, its cells are the arcs, and its sums say that nothing is lost on the way.
 */
function networkOf({ rows, groups, columns }: Shape): { nodes: number; arcs: Arc[] } {
  const across = columns.length + 1;
  const last = across - 1;
  const column = (group: number, at: number) => rows.length + group * across + at;
  const root = column(groups.length + 1, 0);
  const between = (at: number, [one, other]: [number, number]): Arc =>
    at === last ? { from: other, to: one } : { from: one, to: other };
  const each = (ends: (at: number) => [number, number]) =>
    Array.from({ length: across }, (_, at) => between(at, ends(at)));
  const groupOf = (group: string | null) =>
    group === null ? groups.length : groups.indexOf(group);
  return {
    nodes: root + 1,
    arcs: [
      ...rows.flatMap(({ group }, row) => each((at) => [row, column(groupOf(group), at)])),
      ...groups.flatMap((_, group) => each((at) => [column(group, at), column(groups.length, at)])),
      ...each((at) => [column(groups.length, at), root]),
    ],
  };
}

/** That of a hidden cell something is there is seen from its being hidden: it is one at least. */
const floorOf = (value: number): number => Math.min(1, value);

/** What is known of the cells from outside, measure by measure. */
class Outlook {
  readonly #network: FlowNetwork;
  readonly arcs: readonly Arc[];
  readonly #rooms: number[][];

  constructor(
    readonly layers: readonly Layer[],
    shape: Shape,
  ) {
    const { nodes, arcs } = networkOf(shape);
    this.arcs = arcs;
    this.#network = new FlowNetwork(nodes, arcs);
    this.#rooms = layers.map(({ values }) => values.map((value) => value - floorOf(value)));
  }

  #asked(at: Question, way: "up" | "down", hidden: readonly boolean[]): Asked {
    const withheld = this.layers[at.layer]?.withheld;
    const { from, to } = this.arcs[at.cell] ?? { from: 0, to: 0 };
    return {
      rooms: this.#rooms[at.layer] ?? [],
      open: (arc) =>
        arc !== at.cell &&
        arc !== at.known &&
        ((hidden[arc] ?? false) || (withheld?.[arc] ?? false)),
      source: way === "up" ? to : from,
      sink: way === "up" ? from : to,
    };
  }

  rise = (at: Question, hidden: readonly boolean[], limit = ENDLESS) =>
    this.#network.push(this.#asked(at, "up", hidden), limit);

  fall(at: Question, hidden: readonly boolean[], limit = ENDLESS) {
    const room = this.#rooms[at.layer]?.[at.cell] ?? 0;
    return this.#network.push(this.#asked(at, "down", hidden), Math.min(room, limit));
  }

  /** The cheapest cells with which this one could be `least` more. */
  cheapestRise(
    at: Question,
    {
      hideable,
      cost,
      least,
    }: { hideable: boolean[]; cost: (arc: number) => number; least: number },
  ) {
    return this.#network.cheapest(this.#asked(at, "up", hideable), { cost, least });
  }
}

/** Of one cell in one measure, where the cell `known` is known; -1 = none. */
type Question = { cell: number; layer: number; known: number };

/** The least and the most that a hidden cell can be, as anybody can work out from what is shown; null = no end. */
export function boundsOf(
  table: Pick<Table, "layers" | "shape">,
  hidden: readonly boolean[],
  at: Omit<Question, "known"> & { known?: number },
): { from: number; to: number | null } {
  const outlook = new Outlook(table.layers, table.shape);
  const asked = { known: -1, ...at };
  const value = table.layers[at.layer]?.values[at.cell] ?? 0;
  const rise = outlook.rise(asked, hidden).flow;
  return {
    from: value - outlook.fall(asked, hidden).flow,
    to: rise >= ENDLESS ? null : value + rise,
  };
}

/** A sum is read by more people than a cell: it goes only where no cell would do. */
const DEARNESS: Record<Spot["level"], readonly [column: number, sum: number]> = {
  line: [50, 1e6],
  group: [1e6, 1e7],
  whole: [1e8, 1e9],
};
const DEAR = 1e6;

type Demand = Question & { width: number; reach: number };

/** Wide enough for everybody; and for whoever is alone in a cell and knows it, at least not exact. */
function demandsOf({ layers, sensitive, sole }: Table): Demand[] {
  const cells = sensitive.flatMap((is, cell) => (is ? [cell] : []));
  const knowing = cells.filter((cell) => sole[cell]);
  return layers.flatMap(({ need, values }, layer) =>
    cells.flatMap((cell) => {
      const width = need[cell] ?? 0;
      if (width === 0) return [];
      const atLeast = Math.max(1, Math.ceil(width / 5));
      return [
        { cell, layer, known: -1, width, reach: width },
        ...knowing
          .filter((known) => known !== cell)
          .map((known) => ({ cell, layer, known, width: atLeast, reach: values[cell] ?? 0 })),
      ];
    }),
  );
}

class Protector {
  readonly hidden: boolean[];
  readonly #outlook: Outlook;
  readonly #hideable: boolean[];
  readonly #costs: readonly number[];
  /** Over which cells each demand is met. */
  readonly #met = new Map<Demand, ReadonlySet<number>>();

  constructor(readonly table: Table) {
    const { shape, layers, sensitive, kept, empty, people } = table;
    this.#outlook = new Outlook(layers, shape);
    this.#hideable = empty.map((is) => !is);
    this.hidden = empty.map((is, cell) => !is && Boolean(sensitive[cell] || kept[cell]));
    this.#costs = spotsOf(shape).map(
      ({ level, column }, cell) =>
        (DEARNESS[level][column === WHOLE ? 1 : 0] ?? 0) + Math.max(0, people[cell] ?? 0),
    );
  }

  /** Whether what is hidden now suffices; where it does, over which cells is kept. */
  #meets(demand: Demand): boolean {
    const { layer, cell, width, reach } = demand;
    const value = this.table.layers[layer]?.values[cell] ?? 0;
    const fall = this.#outlook.fall(demand, this.hidden, width);
    const missing = Math.max(width - fall.flow, reach - value);
    const rise = this.#outlook.rise(demand, this.hidden, Math.max(0, missing));
    if (rise.flow < missing) return false;
    this.#met.set(demand, new Set([...fall.arcs, ...rise.arcs]));
    return true;
  }

  /** Hides the cheapest cells that let this one be as much more; a sum only where no cells would do. */
  #widen(demand: Demand): boolean {
    const withheld = this.table.layers[demand.layer]?.withheld;
    const cost = (arc: number) =>
      this.hidden[arc] || withheld?.[arc] ? 0 : (this.#costs[arc] ?? 0);
    const wayFor = (least: number) =>
      this.#outlook.cheapestRise(demand, { hideable: this.#hideable, cost, least });
    let way = wayFor(demand.width);
    for (const least of [Math.ceil(demand.width / 2), 1]) {
      if (!way || way.cost < DEAR) break;
      const lesser = wayFor(least);
      if (lesser && lesser.cost > 0 && lesser.cost < DEAR) way = lesser;
    }
    if (!way || way.cost === 0) return false;
    for (const arc of way.arcs) if (!withheld?.[arc]) this.hidden[arc] = true;
    return true;
  }

  /**
   * Answers over which cells it is met; undefined where nothing can be done: a sum of nothing but what its reader knows
   * tells them nothing of anybody else.
   */
  meet(demand: Demand, known: ReadonlySet<number> | undefined): ReadonlySet<number> | undefined {
    if (demand.known >= 0 && known && !known.has(demand.known)) {
      this.#met.set(demand, known);
      return known;
    }
    while (!this.#meets(demand)) if (!this.#widen(demand)) return undefined;
    return this.#met.get(demand);
  }

  /** Shows again what is not needed, the dearest first. */
  takeBack(): void {
    const { sensitive, kept } = this.table;
    const complements = this.hidden
      .flatMap((is, cell) => (is && !sensitive[cell] && !kept[cell] ? [cell] : []))
      .sort((a, b) => (this.#costs[b] ?? 0) - (this.#costs[a] ?? 0) || a - b);
    for (const cell of complements) {
      this.hidden[cell] = false;
      const over = [...this.#met].filter(([, cells]) => cells.has(cell));
      if (over.every(([demand]) => this.#meets(demand))) continue;
      this.hidden[cell] = true;
      for (const [demand, cells] of over) this.#met.set(demand, cells);
    }
  }
}

/**
 * Hides what is of too few, and as little more as it takes so that from what is shown nobody can work it out: of each
 * hidden cell the least and the most that it can be lie as far apart as asked, exactly (maximum flow). Whoever is alone
 * in a cell and knows it learns no other one. The same table gives the same pattern.
 */
export function protect(table: Table): Pattern {
  const protector = new Protector(table);
  let over: ReadonlySet<number> | undefined;
  for (const demand of demandsOf(table)) {
    const met = protector.meet(demand, over);
    // the demands of who knows a cell follow that of everybody about the same one
    if (demand.known === -1) over = met;
  }
  protector.takeBack();
  const { hidden } = protector;
  const complements = hidden.filter((is, cell) => is && !table.sensitive[cell]).length;
  return { hidden, complements };
}
