import { createHash } from "node:crypto";
import pg from "pg";
import type { FindingRule } from "@/lib/kernel/record-codes";
import { FINDING_RULES } from "@/lib/kernel/record-codes";
import { DEMO_SEED, seedDemo } from "@/prisma/seed/demo";
import { demoPlan } from "@/prisma/seed/demo/plan";
import { Random } from "@/prisma/seed/demo/random";
import type { DemoRecord } from "@/prisma/seed/demo/record";
import { benchDatabase, prepare, type BenchDatabase } from "./generate";
import { BUNCHED, KINDS, STANDARDS, type Kind } from "./planted";
import { heading, row } from "./print";
import { sessionAt } from "./session";

/** npm run bench:findings: how many planted faults the checks find, and how many clean records they speak of. */

const CLEAN = 3_000;
const OF_EACH = 20;
const SEED = 20_261_126;
const NOW = new Date("2026-11-20T04:00:00Z");
const LEAST_CAUGHT = 0.95;
const MOST_FLAGGED = 0.05;

const database = benchDatabase(0, "bench_findings");
process.env["DATABASE_URL"] = database.url;
const { closeDb, readAs, writeAs } = await import("@/lib/platform/db");
const { checkDisbursement } = await import("@/lib/features/disbursements/commands");
const { getDisbursement } = await import("@/lib/features/disbursements/queries");

async function fill(client: pg.Client): Promise<void> {
  await client.query("BEGIN");
  await seedDemo(client);
  for (const [threshold, { programme, value }] of Object.entries(STANDARDS))
    await client.query(
      `INSERT INTO finding_thresholds (threshold, programme_id, value)
       SELECT $1, id, $2 FROM programmes WHERE code = $3`,
      [threshold, value, programme],
    );
  await client.query("COMMIT");
  for (let taken = 1; taken > 0;) {
    const { rows } = await client.query<{ n: number }>("SELECT guard.fold_figures() AS n");
    taken = rows[0]?.n ?? 0;
  }
  await client.query("VACUUM ANALYZE");
}

/** So many of them, each at most once, in an order of the dice. */
function chosen<T>(of: readonly T[], many: number, random: Random): T[] {
  const drawn = of.map((one) => ({ one, at: random.next() }));
  return drawn
    .sort((a, b) => a.at - b.at)
    .slice(0, many)
    .map(({ one }) => one);
}

/** What nobody had to explain, out of the demonstration's approved records. */
async function cleanRecords(owner: pg.Client, random: Random): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `SELECT d.id::text FROM disbursements d WHERE d.status = 'APPROVED' AND d.entry_kind = 'ORIGINAL'
       AND NOT EXISTS (SELECT FROM finding_answers a WHERE a.disbursement_id = d.id)
       AND NOT EXISTS (SELECT FROM adjustments a WHERE a.original_id = d.id) ORDER BY d.id`,
  );
  return chosen(
    rows.map(({ id }) => id),
    CLEAN,
    random,
  );
}

type Found = { rules: Set<FindingRule> };

async function lookAtClean(reader: string, ids: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const id of ids) {
    const { findings } = await readAs(reader, (context) =>
      getDisbursement({ ...context, id, now: NOW }),
    );
    found.push({ rules: new Set(findings.map(({ rule }) => rule)) });
  }
  return found;
}

/** Forty drafts of a few yuan in the last days of a quarter, where a fault of that kind is to be planted. */
async function crowd(owner: pg.Client, organisation: string): Promise<void> {
  await owner.query("SET session_replication_role = replica");
  await owner.query(
    `INSERT INTO disbursements (organisation_id, prefecture_id, county_id, fiscal_year, month, paid_on, ledger_on,
       programme_id, amount_fen, persons, status, created_by, last_edited_by)
     SELECT o.id, w.prefecture_id, w.county_id, 2025, 3, $2::date, $2::date, p.id, 100 + n, 1, 'DRAFT', u.id, u.id
     FROM generate_series(1, $3::int) AS n, organisations o CROSS JOIN LATERAL guard.place_of(o.id) w,
       (SELECT id FROM programmes ORDER BY sort_order LIMIT 1) AS p, (SELECT id FROM users LIMIT 1) AS u
     WHERE o.code = $1`,
    [organisation, BUNCHED.to, BUNCHED.many],
  );
  await owner.query("SET session_replication_role = DEFAULT");
}

async function plant(owner: pg.Client, { rule, wrong }: Kind, record: DemoRecord): Promise<Found> {
  // who enters and reviews, so that what is kept from clerks is seen as well
  const session = await sessionAt(owner, { bench: "findings", organisation: record.organisation, roles: ["CLERK", "REVIEWER"] }); // prettier-ignore
  const { findings } = await writeAs(
    session,
    (context) => checkDisbursement({ ...context, now: NOW, input: wrong(record) }),
    [],
    "ask",
  );
  const rules = new Set(findings.map((one) => one.rule));
  if (!rules.has(rule)) console.log(`  missed: ${rule} in ${record.organisation} ${record.note}`);
  return { rules };
}

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

async function measure(target: BenchDatabase): Promise<boolean> {
  const owner = new pg.Client({ connectionString: target.ownerUrl });
  await owner.connect();
  const random = new Random(SEED);
  const reader = createHash("sha256").update("bench.province.0").digest("hex");
  const clean = await lookAtClean(reader, await cleanRecords(owner, random.fork("clean")));
  const flagged = clean.filter(({ rules }) => rules.size > 0).length;
  const records = demoPlan(DEMO_SEED).flatMap(({ lives }) =>
    lives
      .map(({ record }) => record)
      .filter(({ fate, answers, showcase }) => fate === "approved" && !answers.length && !showcase),
  );
  const caught = new Map<FindingRule, number>();
  let planted = 0;
  for (const kind of KINDS) {
    const fitting = chosen(records.filter(kind.suits), OF_EACH, random.fork(kind.rule));
    if (kind.rule === "bunched-at-period-end")
      for (const organisation of new Set(fitting.map((record) => record.organisation)))
        await crowd(owner, organisation);
    for (const record of fitting) {
      const { rules } = await plant(owner, kind, record);
      planted += 1;
      if (rules.has(kind.rule)) caught.set(kind.rule, (caught.get(kind.rule) ?? 0) + 1);
    }
  }
  const whole = [...caught.values()].reduce((sum, n) => sum + n, 0);
  heading("findings", ["rule", "planted", "caught", "clean flagged"]);
  for (const rule of FINDING_RULES) {
    const of = KINDS.some((kind) => kind.rule === rule);
    const spoken = clean.filter(({ rules }) => rules.has(rule)).length;
    row(rule, [
      of ? String(OF_EACH) : "–",
      of ? String(caught.get(rule) ?? 0) : "–",
      String(spoken),
    ]);
  }
  console.log(`caught ${whole} of ${planted}: ${percent(whole, planted)}`);
  console.log(`clean, flagged ${flagged} of ${clean.length}: ${percent(flagged, clean.length)}`);
  await owner.end();
  return whole >= LEAST_CAUGHT * planted && flagged <= MOST_FLAGGED * clean.length;
}

const seconds = await prepare(database, process.argv.includes("--fresh"), fill);
console.log(`${database.name}: ready after ${seconds.toFixed(0)} s`);
const holds = await measure(database);
await closeDb();
if (!holds) process.exitCode = 1;
