import pg from "pg";
import { provinceReader, type BenchDatabase } from "./generate";
import { options } from "./options";
import { heading, median, row } from "./print";
import { cpuOf, cpuOfPostgres, forgetPeak, peakMb, postmasterOf } from "./processes";
import type { BenchServer } from "./server";

const YEAR = 2024;
const COPY = `COPY (SELECT d.*, o.code, o.name_zh, p.name_zh AS programme FROM disbursements d
  JOIN organisations o ON o.id = d.organisation_id JOIN programmes p ON p.id = d.programme_id
  WHERE d.fiscal_year = ${YEAR} ORDER BY d.ledger_on DESC, d.id DESC) TO STDOUT (FORMAT csv)`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** How long others wait meanwhile: the slowest twentieth of a health probe every 20 ms. */
async function waitingBeside(server: BenchServer, work: Promise<unknown>): Promise<number> {
  const waits: number[] = [];
  let going = true;
  const ended = work.finally(() => (going = false));
  while (going) {
    waits.push(await timed(() => server.ask({ path: "/api/health", as: provinceReader(0) })));
    await new Promise((done) => setTimeout(done, 20));
  }
  await ended;
  return waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? Number.NaN;
}

/** A year of the ledger as a file, beside COPY of the same rows, in alternated rounds. */
export async function exportTimes({
  server,
  database,
}: {
  server: BenchServer;
  database: BenchDatabase;
}): Promise<void> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ n: string }>(
    "SELECT count(*) AS n FROM disbursements WHERE fiscal_year = $1",
    [YEAR],
  );
  heading(`Exports of ${rows[0]?.n ?? "?"} records`, [
    ...["file", "MB", "s", "COPY, s", "× COPY", "CPU node s", "CPU postgres s", "CPU COPY s"],
    ...["CPU × COPY", "peak MB", "health meanwhile, p95 ms"],
  ]);
  const postmaster = await postmasterOf(owner);
  for (const format of ["csv", "xlsx"]) {
    const path = `/api/v1/exports/ledger?year=${YEAR}&format=${format}`;
    const ms: { file: number[]; copy: number[] } = { file: [], copy: [] };
    const cpu = { node: 0, postgres: 0, copy: 0 };
    let [bytes, peak, beside, rounds] = [0, 0, 0, 0];
    for (; rounds < Math.min(3, options.rounds); rounds++) {
      forgetPeak(server.pid);
      const before = { node: cpuOf(server.pid), postgres: cpuOfPostgres(postmaster) };
      const file = timed(async () => {
        bytes = await server.drain({ path, as: provinceReader(rounds) });
      });
      beside = Math.max(beside, await waitingBeside(server, file));
      ms.file.push(await file);
      const between = cpuOfPostgres(postmaster);
      ms.copy.push(await timed(() => owner.query(COPY)));
      peak = Math.max(peak, peakMb(server.pid));
      cpu.node += cpuOf(server.pid) - before.node;
      cpu.postgres += between - before.postgres;
      cpu.copy += cpuOfPostgres(postmaster) - between;
    }
    const [s, copy] = [median(ms.file) / 1000, median(ms.copy) / 1000];
    const seconds = (value: number) => value / rounds / 1000;
    row(format, [
      ...[bytes / 1e6, s, copy, s / copy],
      ...[seconds(cpu.node), seconds(cpu.postgres), seconds(cpu.copy)],
      ...[(cpu.node + cpu.postgres) / cpu.copy, peak, beside],
    ]);
  }
  await owner.end();
}
