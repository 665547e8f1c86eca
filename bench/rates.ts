import { setTimeout } from "node:timers/promises";
import pg from "pg";
import type { BenchDatabase } from "./generate";
import { options, chosen } from "./options";
import { heading, median, row } from "./print";
import { cpuOf, cpuOfPostgres, postmasterOf } from "./processes";
import { PLAIN_INSERT, READS, VERBS } from "./requests";
import { Refused, type BenchServer } from "./server";

/** Requests a second with many clients at once, and what each costs both processes. */

const COLUMNS = [
  ...["request", "/s", "refused", "p50 ms", "p95 ms", "node ms", "postgres ms"],
  ...["yardstick", "/s", "ratio"],
];
/** Not counted: ten connections and their plans are made, and the server's code is compiled. */
const WARM_SECONDS = 3;
/** As often as the worker folds while there is something to fold. */
const FOLD_EVERY_MS = 1_000;

type Rate = {
  perSecond: number;
  refused: number;
  p50: number;
  p95: number;
  node: number;
  postgres: number;
};
type Meters = { server: BenchServer | undefined; postmaster: number };

async function run(
  meters: Meters,
  work: (n: number) => Promise<unknown>,
  limit: { seconds: number } | { times: number },
): Promise<Rate> {
  const ms: number[] = [];
  const nodeOf = () => (meters.server ? cpuOf(meters.server.pid) : Number.NaN);
  const [node, postgres] = [nodeOf(), cpuOfPostgres(meters.postmaster)];
  const begun = performance.now();
  let [next, refused] = [0, 0];
  const going = () =>
    "times" in limit ? next < limit.times : performance.now() - begun < limit.seconds * 1000;
  async function client(): Promise<void> {
    while (going()) {
      const n = next++;
      const start = performance.now();
      const done = await work(n).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Refused) return false;
          throw error;
        },
      );
      if (done) ms.push(performance.now() - start);
      else refused++;
    }
  }
  await Promise.all(Array.from({ length: options.clients }, client));
  const took = performance.now() - begun;
  ms.sort((a, b) => a - b);
  return {
    perSecond: (ms.length / took) * 1000,
    refused,
    p50: median(ms),
    p95: ms[Math.floor(ms.length * 0.95)] ?? Number.NaN,
    node: (nodeOf() - node) / ms.length,
    postgres: (cpuOfPostgres(meters.postmaster) - postgres) / ms.length,
  };
}

const print = (name: string, rate: Rate, yardstick?: { name: string; rate: Rate }) =>
  row(name, [
    ...[rate.perSecond, String(rate.refused), rate.p50, rate.p95, rate.node, rate.postgres],
    ...(yardstick
      ? [yardstick.name, yardstick.rate.perSecond, rate.perSecond / yardstick.rate.perSecond]
      : ["–", "–", "–"]),
  ]);

type Side = { server: BenchServer; database: BenchDatabase; owner: pg.Client };

async function bare(pool: pg.Pool, postmaster: number, text: string): Promise<Rate> {
  const ask = async () => JSON.stringify((await pool.query(text)).rows).length;
  await ask();
  return run({ server: undefined, postmaster }, ask, { seconds: options.seconds / 2 });
}

export async function readRates({ server, database, owner }: Side): Promise<void> {
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 10 });
  const postmaster = await postmasterOf(owner);
  heading(`Reads, ${options.clients} clients, ${database.rows} records`, COLUMNS);
  for (const line of READS.filter((one) => chosen(one.name))) {
    await run({ server, postmaster }, (n) => line.work(server, n), { seconds: WARM_SECONDS });
    const rate = await run({ server, postmaster }, (n) => line.work(server, n), {
      seconds: options.seconds,
    });
    const { yardstick } = line;
    const beside = yardstick && {
      name: yardstick.name,
      rate: await bare(pool, postmaster, yardstick.text),
    };
    print(line.name, rate, beside);
  }
  await pool.end();
}

/** What the worker beside a running server does with what was written, at its pace. */
function foldMeanwhile(owner: pg.Client): () => Promise<void> {
  const ended = new AbortController();
  const folding = (async () => {
    while (!ended.signal.aborted) {
      await owner.query("SELECT guard.fold_figures(20000)");
      await setTimeout(FOLD_EVERY_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    ended.abort();
    await folding;
  };
}

export async function writeRates({ server, database, owner }: Side): Promise<void> {
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 10 });
  const postmaster = await postmasterOf(owner);
  const meters = { server, postmaster };
  heading(`Writes, ${options.clients} clients on one county, ${database.rows} records`, COLUMNS);
  const yardstick = { name: "a bare insert", rate: await bare(pool, postmaster, PLAIN_INSERT) };
  await pool.end();
  const stopFolding = foldMeanwhile(owner);
  for (let n = 0; n < 20; n++) {
    const made = await VERBS.create(server, n);
    await VERBS.approve(server, n, await VERBS.submit(server, n, made));
  }
  const made: (Awaited<ReturnType<typeof VERBS.create>> | undefined)[] = [];
  const create = await run(meters, async (n) => made.push(await VERBS.create(server, n)), {
    seconds: options.seconds,
  });
  print("create", create, yardstick);
  for (const verb of ["submit", "approve"] as const) {
    const rate = await run(
      meters,
      async (n) => {
        const before = made[n];
        if (!before) return;
        made[n] = undefined;
        made[n] = await VERBS[verb](server, n, before);
      },
      { times: made.length },
    );
    print(verb, rate, yardstick);
  }
  await stopFolding();
  const { rows } = await owner.query("SELECT * FROM guard.figure_differences()");
  console.log(`\nFigures against the records afterwards: ${rows.length} differences.`);
  if (rows.length > 0) throw new Error("a figure is wrong");
}
