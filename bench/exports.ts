import pg from "pg";
import { provinceReader, type BenchDatabase } from "./generate";
import { options } from "./options";
import { heading, median, row } from "./print";
import { cpuOf, cpuOfPostgres, forgetPeak, peakMb, postmasterOf, residentMb } from "./processes";
import type { BenchServer } from "./server";

/** What is asked for, in every size: the parts of a ledger that somebody takes home, and the whole of it. */
const ASKED = [
  { filter: "year=2024&organisation=630123", where: "d.fiscal_year = 2024 AND o.code = '630123'" },
  { filter: "year=2024", where: "d.fiscal_year = 2024" },
  { filter: "", where: "true" },
];
type Asked = Pick<(typeof ASKED)[number], "where">;

/** The yardstick: the file's columns by the owner, in plain SQL. No scope, no words of the reader's language, no guard
 * against formulas. */
export const copyOf = ({ where }: Asked) => `COPY (
  SELECT o.code || '-' || d.fiscal_year || '-' || lpad(d.id::text, greatest(6, length(d.id::text)), '0'), d.status,
    d.entry_kind, o.code, o.name_zh, p.name_zh, c.name_zh, a.name_zh, k.name_zh, d.form, d.fiscal_year, d.month,
    d.paid_on, d.period_from, d.period_to, d.amount_fen * 0.01, d.amount_fen, d.amount_kind, d.amount_wording,
    d.households, d.persons, d.person_times, d.packs, d.employers, d.sessions, d.posts,
    source.names[1], source.fen[1] * 0.01, source.names[2], source.fen[2] * 0.01, d.note, d.origin,
    (SELECT og.code || '-' || r.fiscal_year || '-' || lpad(r.id::text, greatest(6, length(r.id::text)), '0')
      FROM adjustments x JOIN disbursements r ON r.id = x.original_id JOIN organisations og ON og.id = r.organisation_id
      WHERE d.entry_kind <> 'ORIGINAL' AND d.id IN (x.reversal_id, x.replacement_id)),
    step.submitted, d.submitted_at, step.approved, d.approved_at
  FROM disbursements d JOIN organisations o ON o.id = d.organisation_id JOIN programmes p ON p.id = d.programme_id
  LEFT JOIN campaigns c ON c.id = d.campaign_id LEFT JOIN aid_categories a ON a.id = d.aid_category_id
  LEFT JOIN recipient_kinds k ON k.id = d.recipient_kind_id
  CROSS JOIN LATERAL (SELECT array_agg(f.name_zh ORDER BY f.sort_order, f.id) AS names,
      array_agg(s.amount_fen ORDER BY f.sort_order, f.id) AS fen
    FROM disbursement_shares s JOIN fund_sources f ON f.id = s.fund_source_id WHERE s.disbursement_id = d.id) source
  CROSS JOIN LATERAL (SELECT string_agg(u.name_zh, '；' ORDER BY s.id) FILTER (WHERE s.action = 'SUBMIT') AS submitted,
      string_agg(u.name_zh, '；' ORDER BY s.id) FILTER (WHERE s.action = 'APPROVE') AS approved
    FROM approval_steps s JOIN users u ON u.id = s.actor_id WHERE s.disbursement_id = d.id
      AND s.round = (SELECT max(last.round) FROM approval_steps last WHERE last.disbursement_id = d.id)) step
  WHERE ${where} ORDER BY d.ledger_on DESC, d.id DESC) TO STDOUT (FORMAT csv)`;

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

type Side = { server: BenchServer; owner: pg.Client; postmaster: number };

/** One file, beside COPY of the same rows and columns, in alternated rounds. */
async function oneFile(
  { server, owner, postmaster }: Side,
  asked: (typeof ASKED)[number],
  format: string,
) {
  const path = `/api/v1/exports/ledger?${asked.filter}&format=${format}`;
  const ms: { file: number[]; copy: number[] } = { file: [], copy: [] };
  const cpu = { node: 0, postgres: 0, copy: 0 };
  let [bytes, peak, beside, rounds, rows] = [0, 0, 0, 0, 0];
  for (; rounds < Math.min(3, options.rounds); rounds++) {
    const idle = residentMb(server.pid);
    forgetPeak(server.pid);
    const before = { node: cpuOf(server.pid), postgres: cpuOfPostgres(postmaster) };
    const file = timed(async () => {
      bytes = await server.drain({ path, as: provinceReader(rounds) });
    });
    beside = Math.max(beside, await waitingBeside(server, file));
    ms.file.push(await file);
    peak = Math.max(peak, peakMb(server.pid) - idle);
    const between = cpuOfPostgres(postmaster);
    ms.copy.push(
      await timed(async () => (rows = (await owner.query(copyOf(asked))).rowCount ?? 0)),
    );
    cpu.node += cpuOf(server.pid) - before.node;
    cpu.postgres += between - before.postgres;
    cpu.copy += cpuOfPostgres(postmaster) - between;
  }
  const [s, copy] = [median(ms.file) / 1000, median(ms.copy) / 1000];
  const seconds = (value: number) => value / rounds / 1000;
  row(format, [
    ...[String(rows), bytes / 1e6, s, copy, s / copy],
    ...[seconds(cpu.node), seconds(cpu.postgres), seconds(cpu.copy)],
    ...[(cpu.node + cpu.postgres) / cpu.copy, peak, beside],
  ]);
}

/** Parts of the ledger, and the whole of it, as files. */
export async function exportTimes({
  server,
  database,
}: {
  server: BenchServer;
  database: BenchDatabase;
}): Promise<void> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  heading("Exports", [
    ...["file", "records", "MB", "s", "COPY, s", "× COPY", "CPU node s", "CPU postgres s"],
    ...["CPU COPY s", "CPU × COPY", "peak over idle, MB", "health meanwhile, p95 ms"],
  ]);
  const postmaster = await postmasterOf(owner);
  for (const asked of ASKED)
    for (const format of ["csv", "xlsx"])
      await oneFile({ server, owner, postmaster }, asked, format);
  await owner.end();
}
