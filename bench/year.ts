import { setTimeout } from "node:timers/promises";
import type pg from "pg";
import type { Pack } from "@/lib/features/packs/schema";
import type { YearDetail } from "@/lib/features/years/types";
import { besides, p95 } from "./beside";
import { copyOf } from "./exports";
import { provinceReader, type BenchDatabase } from "./generate";
import { options } from "./options";
import { heading, median, row } from "./print";
import { cpuOf, cpuOfPostgres, forgetPeak, peakMb, postmasterOf } from "./processes";
import { Refused, serveWorker, type BenchServer } from "./server";

/** What the province does with a year when it is over: the pack, closing and opening it again, publishing it. */

const YEAR = 2023;
type Side = { server: BenchServer; database: BenchDatabase; owner: pg.Client };

const seconds = (ms: number) => ms / 1000;
async function timed<T>(work: () => Promise<T>): Promise<[took: number, value: T]> {
  const begun = performance.now();
  const value = await work();
  return [performance.now() - begun, value];
}

async function askOf<T>(server: BenchServer, path: string, body?: object, n = 0): Promise<T> {
  const { text } = await server.ask({ path: `/api/v1${path}`, as: provinceReader(n), body });
  return JSON.parse(text) as T;
}

const packOf = (server: BenchServer, id: string) => askOf<Pack>(server, `/packs/${id}`);

/** Each file as it is whole, and when: they are made one after another. */
async function untilSealed(server: BenchServer, id: string, seen: (pack: Pack) => void) {
  for (;;) {
    const pack = await packOf(server, id);
    seen(pack);
    if (pack.status === "done") return pack;
    if (pack.status === "failed" || pack.status === "cancelled")
      throw new Error(`pack ${id} ${pack.status}`);
    await setTimeout(100);
  }
}

const PACKS = [
  { name: "the province", org: "630000", where: `d.fiscal_year = ${YEAR}` },
  { name: "a county", org: "630123", where: `d.fiscal_year = ${YEAR} AND o.code = '630123'` },
];

async function onePack(
  { server, owner }: Side,
  { worker, postmaster }: { worker: number; postmaster: number },
  { name, org, where }: (typeof PACKS)[number],
) {
  const before = { node: cpuOf(worker), postgres: cpuOfPostgres(postmaster) };
  forgetPeak(worker);
  const beside = besides(server);
  const whole = new Map<string, number>();
  const begun = performance.now();
  const { id } = await askOf<{ id: string }>(server, "/packs", { year: YEAR, org });
  const pack = await untilSealed(server, id, ({ files }) => {
    for (const file of files)
      if (!whole.has(file.name)) whole.set(file.name, performance.now() - begun);
  });
  const took = performance.now() - begun;
  await beside.stop();
  const cpu = {
    node: seconds(cpuOf(worker) - before.node),
    postgres: seconds(cpuOfPostgres(postmaster) - before.postgres),
  };
  const [copied, { rowCount }] = await timed(() => owner.query(copyOf({ where })));
  row(name, [
    ...[String(rowCount), pack.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6],
    ...[seconds(took), seconds(copied), took / copied, cpu.node, cpu.postgres],
    ...[peakMb(worker), p95(beside.waits)],
  ]);
  let since = 0;
  return pack.files.map((file): [string, number, number] => {
    const at = whole.get(file.name) ?? took;
    const own = at - since;
    since = at;
    return [file.name, file.bytes, own];
  });
}

async function packTimes(side: Side, postmaster: number): Promise<void> {
  const worker = await serveWorker(side.database);
  try {
    heading(`Pack of ${YEAR}, ${side.database.rows} records`, [
      ...["of", "records", "MB", "s", "COPY, s", "× COPY", "CPU worker s", "CPU postgres s"],
      ...["worker peak MB", "health meanwhile, p95 ms"],
    ]);
    const files = [];
    for (const asked of PACKS)
      files.push(await onePack(side, { worker: worker.pid, postmaster }, asked));
    heading("The province's pack, file by file", ["file", "MB", "s"]);
    for (const [name, bytes, ms] of files[0] ?? []) row(name, [bytes / 1e6, seconds(ms)]);
  } finally {
    await worker.stop();
  }
}

/** The yardstick: the year's records read once from end to end. */
const SCAN = `SELECT organisation_id, programme_id, month, sum(amount_fen), count(*), sum(persons), sum(households)
  FROM disbursements WHERE fiscal_year = ${YEAR} AND status = 'APPROVED' GROUP BY 1, 2, 3`;

/** Two persons open it once more; whatever a run that was cut off left closed is opened before. */
async function reopen(server: BenchServer): Promise<number> {
  const asking = await askOf<YearDetail>(server, `/years/${YEAR}`);
  if (asking.status !== "closed") return 0;
  const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const waits = asking.reopenings.find(({ state }) => state === "pending");
  const [took] = await timed(async () => {
    const { reopenings } = waits
      ? asking
      : await askOf<YearDetail>(server, `/years/${YEAR}/reopen`, { reason: "复核", until });
    const id = reopenings.find(({ state }) => state === "pending")?.id;
    await askOf(server, `/years/${YEAR}/reopenings/${id}/confirm`, {}, 1);
  });
  return took;
}

type Step = { ms: number[]; cpu: number[]; refused: string };

/** A year closed, published, read by everybody, taken back and opened once more; so often as there are rounds. */
async function closingTimes({ server, owner }: Side, postmaster: number): Promise<void> {
  const steps = new Map<string, Step>();
  const measure = async <T>(name: string, work: () => Promise<T>): Promise<T | null> => {
    const step = steps.get(name) ?? { ms: [], cpu: [], refused: "" };
    steps.set(name, step);
    const before = cpuOfPostgres(postmaster);
    try {
      const [took, value] = await timed(work);
      step.ms.push(took);
      step.cpu.push(cpuOfPostgres(postmaster) - before);
      return value;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      step.refused = /: (\d{3}) /.exec(error.message)?.[1] ?? "failed";
      return null;
    }
  };
  const as = provinceReader(0);
  await reopen(server);
  for (let n = 0; n < Math.max(1, Math.min(3, options.rounds)); n++) {
    const { version } = await askOf<YearDetail>(server, `/years/${YEAR}`);
    await measure("yardstick: the year's records read once", () => owner.query(SCAN));
    await measure("close", () =>
      askOf(server, `/years/${YEAR}/close`, { version, acceptOpen: true }),
    );
    await measure("page: a closed year", () => server.ask({ path: `/years/${YEAR}`, as }));
    const published = await measure("publish", () =>
      askOf<{ id: string }>(server, "/publications", { year: YEAR, licence: "CC BY 4.0" }),
    );
    await measure("page: public", () => server.ask({ path: `/public?year=${YEAR}`, as }));
    await measure("open data, csv", () => server.ask({ path: `/public/data/${YEAR}.csv`, as }));
    if (published)
      await measure("withdraw", () =>
        askOf(server, `/publications/${published.id}/withdraw`, { reason: "测量完毕" }),
      );
    await measure("open once more, by two", () => reopen(server));
  }
  heading("A year closed, published and opened again", ["step", "ms", "postgres ms"]);
  for (const [name, { ms, cpu, refused }] of steps) row(name, [refused || median(ms), median(cpu)]);
}

export async function yearTimes(side: Side): Promise<void> {
  const postmaster = await postmasterOf(side.owner);
  await closingTimes(side, postmaster);
  await packTimes(side, postmaster);
}
