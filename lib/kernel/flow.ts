/** A network whose arcs carry whole numbers; what flows into a node flows out of it. */
export type Arc = { readonly from: number; readonly to: number };

type Step = { arc: number; from: number; to: number; forward: boolean };

export type Asked = {
  /** What each arc may give up; what one may take on has no end. */
  rooms: readonly number[];
  /** Arcs that may change. */
  open: (arc: number) => boolean;
  source: number;
  sink: number;
};

/** How much got through, and over which arcs. */
export type Pushed = { flow: number; arcs: readonly number[] };

/** More than any sum of whole numbers that fit, and still a whole number that fits. */
export const ENDLESS = 2 ** 52;

/** The node that costs least to reach of those not looked at; of equals the first. */
function nearest(costs: readonly number[], done: readonly boolean[]): number | null {
  let found: number | null = null;
  let least = Infinity;
  costs.forEach((cost, node) => {
    if (done[node] || cost >= least) return;
    least = cost;
    found = node;
  });
  return found;
}

/**
 * Ways along the arcs of a network whose values are known: forward an arc takes on more, backward it gives up what
 * it has room for. Whole numbers in, whole numbers out, so that what comes out is exact; ties go to the arc that
 * comes first, so that it is always the same.
 */
export class FlowNetwork {
  readonly #steps: Step[][];
  readonly #arcs: number;

  constructor(nodes: number, arcs: readonly Arc[]) {
    this.#arcs = arcs.length;
    this.#steps = Array.from({ length: nodes }, () => []);
    arcs.forEach(({ from, to }, arc) => {
      this.#steps[from]?.push({ arc, from, to, forward: true });
      this.#steps[to]?.push({ arc, from: to, to: from, forward: false });
    });
  }

  /** The most that gets from source to sink, up to a limit (maximum flow, shortest ways first). */
  push(asked: Asked, limit = ENDLESS): Pushed {
    const moved = new Array<number>(this.#arcs).fill(0);
    const room = ({ arc, forward }: Step) =>
      forward ? ENDLESS : (asked.rooms[arc] ?? 0) + (moved[arc] ?? 0);
    let flow = 0;
    while (flow < limit) {
      const way = this.#shortest(asked, room);
      if (way === null) break;
      const least = Math.min(limit - flow, ...way.map(room));
      for (const { arc, forward } of way)
        moved[arc] = (moved[arc] ?? 0) + (forward ? least : -least);
      flow += least;
    }
    return { flow, arcs: moved.flatMap((by, arc) => (by === 0 ? [] : [arc])) };
  }

  #shortest({ open, source, sink }: Asked, room: (step: Step) => number): Step[] | null {
    const came: (Step | undefined)[] = [];
    const queue = [source];
    for (const node of queue)
      for (const step of this.#steps[node] ?? []) {
        const { to } = step;
        if (to === source || came[to] || !open(step.arc) || room(step) <= 0) continue;
        came[to] = step;
        if (to === sink) return wayTo(sink, source, came);
        queue.push(to);
      }
    return null;
  }

  /** The cheapest way on which every arc has room for `least`; null = there is none. */
  cheapest(
    { rooms, open, source, sink }: Asked,
    { cost, least }: { cost: (arc: number) => number; least: number },
  ): { cost: number; arcs: number[] } | null {
    const came: (Step | undefined)[] = [];
    const costs = this.#steps.map((_, node) => (node === source ? 0 : Infinity));
    const done: boolean[] = [];
    for (let node = nearest(costs, done); node !== null; node = nearest(costs, done)) {
      if (node === sink)
        return {
          cost: costs[sink] ?? 0,
          arcs: wayTo(sink, source, came).map(({ arc }) => arc),
        };
      done[node] = true;
      for (const step of this.#steps[node] ?? []) {
        const { arc, to, forward } = step;
        if (done[to] || !open(arc) || (!forward && (rooms[arc] ?? 0) < least)) continue;
        const sum = (costs[node] ?? 0) + cost(arc);
        if (sum >= (costs[to] ?? Infinity)) continue;
        costs[to] = sum;
        came[to] = step;
      }
    }
    return null;
  }
}

function wayTo(sink: number, source: number, came: readonly (Step | undefined)[]): Step[] {
  const way: Step[] = [];
  let node = sink;
  while (node !== source) {
    const step = came[node];
    if (!step) return [];
    way.push(step);
    node = step.from;
  }
  return way.reverse();
}
