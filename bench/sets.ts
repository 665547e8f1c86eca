import type pg from "pg";
import { countyClerk } from "./generate";
import { options } from "./options";
import { heading, median, row } from "./print";
import { cpuOf, cpuOfPostgres, postmasterOf } from "./processes";
import { ANSWERS, draft } from "./requests";
import type { BenchServer } from "./server";

/** What a table of many rows sends: rows judged, saved as drafts and handed in, each set one request. */

/** As many as each takes at most. */
const MANY = { check: 200, save: 1_000, submit: 500 };
type Verb = keyof typeof MANY;
type Saved = { id: string; version: number };
type Spent = { s: number; node: number; postgres: number };
type Side = { server: BenchServer; owner: pg.Client };

const BARE = `INSERT INTO bench_plain (organisation_id, fiscal_year, paid_on, amount_fen, note)
  SELECT 1, 2026, '2026-08-28', 15390000 + n, 'bench' FROM generate_series(1, $1::int) AS n`;

async function timed<T>({ server, owner }: Side, work: () => Promise<T>) {
  const postmaster = await postmasterOf(owner);
  const [node, postgres] = [cpuOf(server.pid), cpuOfPostgres(postmaster)];
  const begun = performance.now();
  const value = await work();
  const spent: Spent = {
    s: (performance.now() - begun) / 1000,
    node: (cpuOf(server.pid) - node) / 1000,
    postgres: (cpuOfPostgres(postmaster) - postgres) / 1000,
  };
  return { value, spent };
}

/** One table's way: judged, saved, and half of it handed in. */
async function oneTable(side: Side, n: number): Promise<Record<Verb, Spent>> {
  const ask = async <T>(path: string, body: object): Promise<T> => {
    const as = countyClerk(n);
    const { text } = await side.server.ask({ path: `/api/v1/disbursements/set${path}`, as, body });
    return JSON.parse(text) as T;
  };
  const rows = Array.from({ length: MANY.save }, draft);
  const check = await timed(side, () => ask("/check", { rows: rows.slice(0, MANY.check) }));
  const save = await timed(side, () => ask<{ items: Saved[] }>("", { rows }));
  const items = save.value.items
    .slice(0, MANY.submit)
    .map(({ id, version }) => ({ id, version, answers: ANSWERS }));
  const submit = await timed(side, () =>
    ask<{ items: { code: string | null }[] }>("/submit", { items }),
  );
  const stay = submit.value.items.filter(({ code }) => code !== null).length;
  if (stay > 0) throw new Error(`${stay} of ${MANY.submit} could not be submitted`);
  return { check: check.spent, save: save.spent, submit: submit.spent };
}

async function bareSeconds({ owner }: Side, many: number): Promise<number> {
  const begun = performance.now();
  await owner.query(BARE, [many]);
  return (performance.now() - begun) / 1000;
}

export async function setTimes(side: Side): Promise<void> {
  heading("Sets, one county", [
    ...["set", "records", "s", "CPU node s", "CPU postgres s", "bare insert, s", "×"],
  ]);
  await oneTable(side, 0);
  const tables: Record<Verb, Spent>[] = [];
  const bare: Record<Verb, number[]> = { check: [], save: [], submit: [] };
  for (let n = 1; n <= Math.min(5, options.rounds); n++) {
    tables.push(await oneTable(side, n));
    for (const verb of Object.keys(MANY) as Verb[])
      bare[verb].push(await bareSeconds(side, MANY[verb]));
  }
  for (const verb of Object.keys(MANY) as Verb[]) {
    const of = (what: keyof Spent) => median(tables.map((table) => table[verb][what]));
    const plain = median(bare[verb]);
    row(verb, [
      String(MANY[verb]),
      ...[of("s"), of("node"), of("postgres"), plain, of("s") / plain],
    ]);
  }
  await side.owner.query("SELECT guard.fold_figures(1000000)");
  const { rows } = await side.owner.query("SELECT * FROM guard.figure_differences()");
  if (rows.length > 0) throw new Error("a figure is wrong");
}
