import { setTimeout } from "node:timers/promises";
import { provinceReader } from "./generate";
import type { BenchServer } from "./server";

/** How long others wait while something long is done: a health probe now and then. */

export type Beside = { waits: number[]; stop: () => Promise<void> };

export function besides(server: BenchServer): Beside {
  const waits: number[] = [];
  let going = true;
  const ended = (async () => {
    while (going) {
      const begun = performance.now();
      await server.ask({ path: "/api/health", as: provinceReader(0) });
      waits.push(performance.now() - begun);
      await setTimeout(50);
    }
  })();
  return { waits, stop: () => ((going = false), ended) };
}

export const p95 = (waits: readonly number[]): number =>
  [...waits].sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? Number.NaN;
