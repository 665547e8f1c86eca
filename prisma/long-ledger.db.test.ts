import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createInflateRaw } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";

/** A hundred thousand records leave complete, in memory that does not grow with them. */
const MANY = 100_000;
/** So many bytes of the file lie between two looks. */
const BETWEEN = 512 * 1024;
const MOST_GROWTH = 8 * 1024 * 1024;

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { getLedgerFile } = await import("@/lib/features/files/queries");
const actors = testActors(database);
let province: TestPerson;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
/** What is still wanted: the heap after everything else was swept. */
function wanted(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

beforeAll(async () => {
  const { owner } = actors;
  province = await actors.province();
  await owner.query("SET session_replication_role = replica");
  await owner.query(
    `INSERT INTO disbursements (organisation_id, prefecture_id, county_id, fiscal_year, month, paid_on, ledger_on, programme_id,
       aid_category_id, recipient_kind_id, form, amount_fen, status, approvals_given, households, note, created_by, last_edited_by)
     SELECT o.id, o.parent_id, o.id, 2025, 3, date '2025-03-05', date '2025-03-05', p.id, c.id, k.id, 'CASH', 100 + n, 'APPROVED', 1, n % 7,
       '慰问一线职工，' || n, $1::uuid, $1::uuid
     FROM organisations o, programmes p, aid_categories c, recipient_kinds k, generate_series(1, ${String(MANY)}) AS n WHERE o.code = '632222' AND p.code = 'condolence-visits'
       AND c.code = 'solatium' AND k.code = 'frontline-workers'`,
    [province.userId],
  );
  await owner.query(
    `INSERT INTO disbursement_shares (disbursement_id, organisation_id, fund_source_id, amount_fen)
     SELECT d.id, d.organisation_id, f.id, d.amount_fen FROM disbursements d, fund_sources f WHERE f.code = 'county-union'`,
  );
  await owner.query("SET session_replication_role = DEFAULT");
  await owner.query("SELECT guard.rebuild_figures()");
  await owner.query("ANALYZE disbursements, disbursement_shares, figure_rollups, figure_totals");
}, 240_000);

const FEN = Array.from({ length: MANY }, (_, at) => 101n + BigInt(at)).reduce((a, b) => a + b, 0n);

/** Hands on each piece of the file as it comes, and answers by how much the heap grew after its first tenth. */
async function streamed(format: "csv" | "xlsx", piece: (bytes: Uint8Array) => Promise<void>) {
  const heap: number[] = [];
  await readAs(
    province.session,
    async (context) => {
      const query = { year: 2025, only: "counted" as const, format };
      const asked = { locale: "zh-CN" as const, now: new Date("2026-11-26T02:00:00Z"), query };
      const { body } = await getLedgerFile({ ...context, ...asked });
      let [written, looked] = [0, 0];
      for await (const bytes of body as AsyncIterable<Uint8Array>) {
        await piece(bytes);
        written += bytes.length;
        if (written - looked < BETWEEN) continue;
        looked = written;
        heap.push(wanted());
      }
    },
    { timeoutMs: 120_000 },
  );
  expect(heap.length).toBeGreaterThan(9);
  return Math.max(...heap) - (heap[Math.ceil(heap.length / 10)] ?? 0);
}

test("as csv: every record once, to the fen, under a head that says so", async () => {
  const decoder = new TextDecoder();
  let [rest, rows, fen] = ["", 0, 0n];
  const head: string[] = [];
  const seen = new Uint8Array(MANY + 1);
  const growth = await streamed("csv", async (bytes) => {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [, number] = /^632222-2025-(\d{6}),/.exec(line) ?? [];
      if (number === undefined) head.push(line);
      else {
        rows += 1;
        seen[Number(number)] = 1;
        fen += BigInt(/,(\d+)\.(\d\d),\1\2,/.exec(line)?.slice(1, 3).join("") ?? 0);
      }
    }
    await Promise.resolve();
  });
  expect([rows, seen.reduce((sum, one) => sum + one, 0), fen]).toEqual([MANY, MANY, FEN]);
  const said = head.join("\n");
  expect(said).toContain(`合计笔数（已审核）,${String(MANY)}`);
  expect(said.replace(".", "")).toContain(`合计金额（已审核）,${String(FEN)}`);
  expect(growth).toBeLessThan(MOST_GROWTH);
}, 240_000);

test("as a workbook: as many rows, the same sum", async () => {
  // kept outside the heap, packed as it is sent
  const parts: Uint8Array[] = [];
  const growth = await streamed("xlsx", async (bytes) => {
    parts.push(bytes);
    await Promise.resolve();
  });
  const file = Buffer.concat(parts);
  let at = file.readUInt32LE(file.length - 6);
  for (let left = file.readUInt16LE(file.length - 12); left > 0; left -= 1) {
    const name = file.toString("utf8", at + 46, at + 46 + file.readUInt16LE(at + 28));
    if (name === "xl/worksheets/sheet1.xml") break;
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  const local = file.readUInt32LE(at + 42);
  const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  const sheet = createInflateRaw();
  let [rest, rows, fen] = ["", 0, 0n];
  sheet.on("data", (chunk: Buffer) => {
    const ends = (rest + chunk.toString("utf8")).split("</row>");
    rest = ends.pop() ?? "";
    for (const row of ends) {
      if (!row.includes("632222-2025-")) continue;
      rows += 1;
      const [, yuan = "0", places = ""] = /<c r="P\d+"[^>]*><v>(\d+)(?:\.(\d+))?<\/v>/.exec(row) ?? []; // prettier-ignore
      fen += BigInt(yuan + places.padEnd(2, "0"));
    }
  });
  sheet.end(file.subarray(from, from + file.readUInt32LE(at + 20)));
  await once(sheet, "end");
  expect([rows, fen]).toEqual([MANY, FEN]);
  expect(growth).toBeLessThan(MOST_GROWTH);
}, 240_000);
