import type { BenchDatabase } from "./generate";
import { chosen, options } from "./options";
import { heading, median, row } from "./print";
import { cpuOfPostgres } from "./processes";
import { READS, VERBS, type Line } from "./requests";
import type { BenchServer } from "./server";

const TIMES = 3;
const WRITE: Line = { name: "create", work: VERBS.create };

/**
 * One request at a time, on every size in turn: rounds are alternated, so that a busy moment of the
 * machine falls on all of them alike. The first round warms everybody up.
 */
export async function growth(
  sides: { server: BenchServer; database: BenchDatabase }[],
  postmaster: number,
): Promise<void> {
  const sizes = sides.map(({ database }) => database.rows);
  const [least = 0] = sizes;
  heading("Growth, ms one request at a time", [
    "request",
    ...sizes.map((rows) => rows.toLocaleString("en")),
    ...sizes.slice(1).map((rows) => `× for × ${rows / least}`),
    ...sizes.map((rows) => `postgres ms, ${rows.toLocaleString("en")}`),
  ]);
  for (const line of [...READS, WRITE].filter((one) => chosen(one.name))) {
    const ms = sides.map((): number[] => []);
    const cpu = sides.map(() => 0);
    const failed = sides.map(() => "");
    for (let round = 0; round <= options.rounds; round++) {
      for (const [at, { server }] of sides.entries()) {
        const before = cpuOfPostgres(postmaster);
        for (let i = 0; i < TIMES && failed[at] === ""; i++) {
          const start = performance.now();
          await line.work(server, round * TIMES + i).catch((error: unknown) => {
            failed[at] = /: (\d{3}) /.exec(String(error))?.[1] ?? "failed";
          });
          if (round > 0) ms[at]?.push(performance.now() - start);
        }
        if (round > 0) cpu[at] = (cpu[at] ?? 0) + cpuOfPostgres(postmaster) - before;
      }
    }
    const medians = ms.map((times, at) => (failed[at] ? Number.NaN : median(times)));
    const [first = Number.NaN, ...others] = medians;
    row(line.name, [
      ...medians.map((value, at) => failed[at] || value),
      ...others.map((value) => value / first),
      ...cpu.map((spent, at) => spent / (ms[at]?.length ?? Number.NaN)),
    ]);
  }
}
