import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { benchDatabase, prepare, type BenchDatabase } from "./generate";
import type { Order, Report } from "./worker";

/** npm run bench -- [--fresh] [--small 20000] [--large 1000000] [--rounds 9] [--only ledger] */

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
}

function chosen(line: { name: string }): boolean {
  const at = process.argv.indexOf("--only");
  return at < 0 || line.name.includes(process.argv[at + 1] ?? "");
}

type Side = { label: string; database: BenchDatabase; child: ChildProcess };

async function open(label: string, database: BenchDatabase, url?: string): Promise<Side> {
  const { BENCH_URL: _, ...environment } = process.env;
  const child = fork(new URL("worker.ts", import.meta.url), {
    execArgv: [
      "--import",
      import.meta.resolve("tsx"),
      "--import",
      new URL("as-server.mjs", import.meta.url).href,
    ],
    env: {
      ...environment,
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      ...(url ? { BENCH_URL: url } : {}),
    },
  });
  await once(child, "message");
  return { label, database, child };
}

async function order(side: Side, message: Order): Promise<Report> {
  side.child.send(message);
  const [report] = (await once(side.child, "message")) as [Report | { failed: string }];
  if ("failed" in report) throw new Error(report.failed);
  return report;
}

const median = (numbers: number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

type Line = { name: string; yardstick: string; times: number; rounds: number };
const LINES = (rounds: number): Line[] => [
  { name: "figures by county and programme", yardstick: "figures, bare", times: 5, rounds },
  { name: "figures by county", yardstick: "raw sum, bare", times: 5, rounds },
  { name: "figures by month", yardstick: "raw sum, bare", times: 5, rounds },
  { name: "ledger, first page", yardstick: "first page, bare", times: 5, rounds },
  { name: "ledger, deep page", yardstick: "deep page, bare", times: 5, rounds },
  { name: "ledger of a county", yardstick: "first page, bare", times: 5, rounds },
  { name: "create", yardstick: "insert, bare", times: 5, rounds },
  { name: "ledger of a year as csv", yardstick: "rows of a year, bare", times: 1, rounds: 2 },
  { name: "ledger of a year as xlsx", yardstick: "rows of a year, bare", times: 1, rounds: 2 },
];

/** Rounds are alternated, so that a busy moment of the machine falls on everybody alike. */
async function race(small: Side, large: Side, line: Line) {
  const ms: Record<"small" | "large" | "bare", number[]> = { small: [], large: [], bare: [] };
  let bytes = 0;
  for (let round = 0; round <= line.rounds; round++) {
    const a = await order(small, { task: line.name, times: line.times });
    const b = await order(large, { task: line.name, times: line.times });
    const c = await order(large, { task: line.yardstick, times: line.times });
    bytes = b.bytes;
    // the first round warms everybody up
    if (round === 0) continue;
    ms.small.push(...a.ms);
    ms.large.push(...b.ms);
    ms.bare.push(...c.ms);
  }
  return { small: median(ms.small), large: median(ms.large), bare: median(ms.bare), bytes };
}

const number = (value: number) => value.toFixed(value < 10 ? 2 : 1);

async function main(): Promise<void> {
  const databases = [
    benchDatabase(option("small", 20_000)),
    benchDatabase(option("large", 1_000_000)),
  ];
  for (const database of databases) {
    const started = Date.now();
    await prepare(database, process.argv.includes("--fresh"));
    console.log(`${database.name}: ready after ${((Date.now() - started) / 1000).toFixed(0)} s`);
  }
  const [few, many] = databases as [BenchDatabase, BenchDatabase];
  const small = await open("small", few);
  const large = await open("large", many, process.env["BENCH_URL"]);
  console.log(
    `\nms, medians of alternated rounds${process.env["BENCH_URL"] ? "; large over HTTP" : ""}\n`,
  );
  console.log(
    `| request | ${few.rows} rows | ${many.rows} rows | ratio | yardstick at ${many.rows} | ms | × yardstick | kB |`,
  );
  console.log("|---|---:|---:|---:|---|---:|---:|---:|");
  for (const line of LINES(option("rounds", 9)).filter(chosen)) {
    const r = await race(small, large, line);
    const cells = [
      line.name,
      number(r.small),
      number(r.large),
      number(r.large / r.small),
      line.yardstick,
      number(r.bare),
      number(r.large / r.bare),
      number(r.bytes / 1024),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
  for (const side of [small, large]) side.child.kill();
}

await main();
