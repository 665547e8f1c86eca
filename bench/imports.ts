import { setTimeout } from "node:timers/promises";
import { writeXlsx } from "hucre";
import type pg from "pg";
import type { ImportView } from "@/lib/features/imports/schema";
import { CELL_FILES } from "@/testing/sheet-corpus/cells";
import { HOSTILE_FILES } from "@/testing/sheet-corpus/hostile";
import { TEXT_FILES } from "@/testing/sheet-corpus/texts";
import { besides, p95 } from "./beside";
import { countyClerk, type BenchDatabase } from "./generate";
import { heading, row } from "./print";
import { cpuOf, cpuOfPostgres, forgetPeak, peakMb, postmasterOf } from "./processes";
import { Refused, serveWorker, type BenchServer } from "./server";

/** A file of ten thousand rows over the API, as somebody at a desk brings it in; and every odd file of the corpus. */

const ROWS = 10_000;
/** Where the clerks of the bench enter records. */
const ORGANISATION = "630123";
/** No two runs bring in the same rows: those of a run that was cut off would be known to the next. */
const RUN = crypto.randomUUID();
const HEADS = ["项目", "发放日期", "金额（元）", "户数", "资金来源", "备注"];
const LINES = Array.from({ length: ROWS }, (_, n) => [
  "金秋助学",
  `2026-08-${String((n % 28) + 1).padStart(2, "0")}`,
  `${1000 + n}.50`,
  String((n % 90) + 1),
  "县级工会经费",
  `${RUN} 第${n + 1}户`,
]);

type Side = { server: BenchServer; database: BenchDatabase; owner: pg.Client };
async function bring(server: BenchServer, as: string, bytes: Uint8Array, name: string) {
  const form = new FormData();
  form.set("organisation", ORGANISATION);
  form.set("file", new Blob([new Uint8Array(bytes)]), name);
  const { text } = await server.ask({ path: "/api/v1/imports", as, form });
  return (JSON.parse(text) as { id: string }).id;
}

async function until(server: BenchServer, as: string, id: string, done: ImportView["status"][]) {
  for (;;) {
    const { text } = await server.ask({ path: `/api/v1/imports/${id}?limit=1`, as });
    const view = JSON.parse(text) as ImportView;
    if (done.includes(view.status)) return view;
    if (view.stopped) throw new Error(`import ${id} stopped while ${view.status}`);
    await setTimeout(100);
  }
}

/** The yardstick: the same rows into a table without laws, figures, chain or policies. */
async function bareInsert(owner: pg.Client): Promise<number> {
  const begun = performance.now();
  for (let at = 0; at < ROWS; at += 500)
    await owner.query(
      `INSERT INTO bench_plain (organisation_id, fiscal_year, paid_on, amount_fen, note)
       SELECT 1, 2026, (l->>1)::date, ((l->>2)::numeric * 100)::bigint, l->>5 FROM jsonb_array_elements($1::jsonb) AS l`,
      [JSON.stringify(LINES.slice(at, at + 500))],
    );
  return performance.now() - begun;
}

async function tenThousand({ server, owner }: Side, workerPid: number): Promise<void> {
  const as = countyClerk(0);
  const postmaster = await postmasterOf(owner);
  const bytes = await writeXlsx({ sheets: [{ name: "台账", rows: [HEADS, ...LINES] }] });
  heading(`Import of ${ROWS} rows (xlsx, ${(bytes.length / 1024).toFixed(0)} kB)`, [
    ...["step", "s", "worker CPU s", "postgres CPU s", "worker peak MB", "health p95 ms"],
  ]);
  const step = async (name: string, work: () => Promise<unknown>) => {
    const before = [cpuOf(workerPid), cpuOfPostgres(postmaster)] as const;
    forgetPeak(workerPid);
    const beside = besides(server);
    const begun = performance.now();
    await work();
    const took = performance.now() - begun;
    await beside.stop();
    row(name, [
      ...[took / 1000, (cpuOf(workerPid) - before[0]) / 1000],
      ...[(cpuOfPostgres(postmaster) - before[1]) / 1000, peakMb(workerPid), p95(beside.waits)],
    ]);
  };
  let id = "";
  await step("upload to preview", async () => {
    id = await bring(server, as, bytes, "台账.xlsx");
    const { good, bad } = await until(server, as, id, ["preview", "refused"]);
    if (good !== ROWS || bad !== 0) throw new Error(`${good} good and ${bad} bad of ${ROWS}`);
  });
  await step("commit to drafts", async () => {
    await server.ask({ path: `/api/v1/imports/${id}/commit`, as, body: { goodRowsOnly: true } });
    const { entered } = await until(server, as, id, ["committed"]);
    if (entered !== ROWS) throw new Error(`${entered} of ${ROWS} are in`);
  });
  await step("the same file again", async () => {
    const again = await bring(server, as, bytes, "台账.xlsx");
    const { good, known } = await until(server, as, again, ["preview", "refused"]);
    if (good !== 0 || known !== ROWS) throw new Error(`${good} new and ${known} known of ${ROWS}`);
  });
  await step("undo", async () => {
    await server.ask({ path: `/api/v1/imports/${id}/undo`, as, body: {} });
    await until(server, as, id, ["undone"]);
  });
  row("yardstick: bare insert", [(await bareInsert(owner)) / 1000, "–", "–", "–", "–"]);
}

/** Each odd file over the API: read or refused in words, never an error of ours, and the server answers others. */
async function corpus({ server }: Side, workerPid: number): Promise<void> {
  const files = [...CELL_FILES, ...HOSTILE_FILES, ...TEXT_FILES];
  const counts = { preview: 0, refused: 0, "not received": 0, "error of ours": 0 };
  const beside = besides(server);
  const begun = performance.now();
  forgetPeak(workerPid);
  for (const [n, { name, file, bytes }] of files.entries()) {
    const as = countyClerk(1 + (n % 40));
    try {
      const id = await bring(server, as, bytes(), file);
      const { status } = await until(server, as, id, ["preview", "refused"]);
      counts[status === "preview" ? "preview" : "refused"] += 1;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const ours = !/: 4\d\d /.test(error.message);
      if (ours) console.error(`${name}: ${error.message}`);
      counts[ours ? "error of ours" : "not received"] += 1;
    }
  }
  await beside.stop();
  heading(`Corpus of ${files.length} odd files over the API`, [
    ...["", ...Object.keys(counts), "s", "worker peak MB", "health p95 ms"],
  ]);
  row("files", [
    ...Object.values(counts).map(String),
    ...[(performance.now() - begun) / 1000, peakMb(workerPid), p95(beside.waits)],
  ]);
}

export async function importTimes(side: Side): Promise<void> {
  const worker = await serveWorker(side.database);
  try {
    await tenThousand(side, worker.pid);
    await corpus(side, worker.pid);
  } finally {
    await worker.stop();
  }
}
