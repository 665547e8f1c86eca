import { chosen } from "./options";
import { heading, median, row } from "./print";
import { READS, VERBS } from "./requests";
import type { BenchServer } from "./server";

const TIMES = 15;

/** Round trips to Postgres a request, one request at a time; folding in the background is not the median. */
export async function tripsOf(server: BenchServer): Promise<void> {
  const { proxy } = server;
  if (!proxy) return;
  heading("Round trips to Postgres", ["request", "trips"]);
  async function counted<T>(work: () => Promise<T>): Promise<{ value: T; trips: number }> {
    const before = proxy?.trips() ?? 0;
    const value = await work();
    return { value, trips: (proxy?.trips() ?? 0) - before };
  }
  for (const line of READS.filter((one) => chosen(one.name))) {
    const trips: number[] = [];
    for (let n = 0; n < TIMES; n++) trips.push((await counted(() => line.work(server, n))).trips);
    row(line.name, [String(median(trips))]);
  }
  const trips: Record<keyof typeof VERBS, number[]> = { create: [], submit: [], approve: [] };
  for (let n = 0; n < TIMES; n++) {
    const made = await counted(() => VERBS.create(server, n));
    const sent = await counted(() => VERBS.submit(server, n, made.value));
    const done = await counted(() => VERBS.approve(server, n, sent.value));
    trips.create.push(made.trips);
    trips.submit.push(sent.trips);
    trips.approve.push(done.trips);
  }
  for (const [verb, numbers] of Object.entries(trips)) row(verb, [String(median(numbers))]);
}
