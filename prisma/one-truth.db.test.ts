import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { dice, openOffice, type Dice } from "@/testing/office";
import { drawAxes, drawFilter, DRAWN_PLACES, type Drawn } from "@/testing/random-filters";
import { RAW_COUNTS, rawFigures, type RawAxis } from "@/testing/raw-figures";
import type { Places } from "@/testing/drawn-surfaces";
import type { Case } from "@/testing/surfaces";

/**
 * One truth: chart, cross table, API, explanation, ledger as csv and xlsx, and brief say the same to the fen and in
 * every count, under any filter, as one SQL over the raw rows (testing/raw-figures.ts). The gate draws a thousand
 * filters: figures and explanation of each, cross table and API of one in five, what is dear of one in fifteen.
 * TRUTH_EVERY=1: everything of each, and as many filters while others write and of earlier positions.
 */
const FILTERS = Number(process.env["TRUTH_FILTERS"] ?? 1_000);
const EVERY = Number(process.env["TRUTH_EVERY"] ?? 15);
const MOVING = EVERY === 1 ? FILTERS : Math.min(FILTERS, 40);
const PATIENCE = 3_600_000;

const database = await testDatabase();
const { readAs, sql } = await import("@/lib/platform/db");
const { getReference } = await import("@/lib/features/reference/queries");
const { createAllotment } = await import("@/lib/features/allotments/commands");
const { approvedRecord, as } = await import("@/testing/records");
const surfaces = await import("@/testing/surfaces");
const { CARD_SETS, compareCharts, compareCross } = await import("@/testing/drawn-surfaces");
const { compareBalance, compareForm, compareMap, comparePdf } =
  await import("@/testing/report-surfaces");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { Turns, writeByTurns } = await import("@/testing/command-desk");
type Tally = InstanceType<typeof surfaces.Comparison>;
const actors = testActors(database);
const now = new Date("2026-11-20T02:00:00Z");
const CAMPAIGNS = ["spring-2025", "autumn-2026"];
const MEASURES = ["amountFen", "amountFen", "namedFen", "records", ...RAW_COUNTS] as const;

let province: TestPerson;
let places: Places;
let sources: Map<string, string>;
/** Looks at the rows in the snapshot that a reader has open. */
let beside: pg.Client;
/** From which position to which four people wrote. */
let written: [from: number, to: number];
afterAll(() => beside.end());

async function headOf(): Promise<number> {
  const text = "SELECT max(position)::int AS head FROM audit_entries";
  return (await actors.owner.query<{ head: number }>(text)).rows[0]?.head ?? 0;
}

async function groupsOf(text: string): Promise<Map<string, string[]>> {
  const { rows } = await actors.owner.query<{ key: string; codes: string[] }>(text);
  return new Map(rows.map(({ key, codes }) => [key, codes]));
}

beforeAll(async () => {
  const { owner } = actors;
  province = await actors.province();
  beside = new pg.Client({ connectionString: database.ownerUrl });
  await beside.connect();
  await beside.query("SET jit = off");
  await owner.query(
    `INSERT INTO campaigns (code, name_zh, name_en, organisation_id, programme_id, starts_on, ends_on)
     SELECT c.code, c.code, c.code, o.id, p.id, date '2024-01-01', date '2026-12-31'
     FROM organisations o, programmes p, unnest($1::text[]) AS c (code) WHERE o.code = '630000' AND p.code = 'cool-summer'`,
    [CAMPAIGNS],
  );
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: DRAWN_PLACES,
  });
  await office.deeds(700, dice(2027));
  await office.close();
  for (const [organisation, fiscalYear, amountFen] of [["630123", 2025, "123456789"], ["630100", 2025, "50000001"], ["632222", 2026, "203907000"]] as const)
    await as(province).write((context) =>
      createAllotment({ ...context, input: { organisation, fiscalYear, fundSource: "county-union", amountKind: "exact", amountFen } }),
    );
  await lateCorrections();
  const reference = await readAs(province.session, ({ db }) => getReference({ db }));
  sources = new Map(reference.fundSources.map(({ code, nameZh }) => [code, nameZh]));
  places = {
    reference,
    below: await groupsOf(`WITH RECURSIVE up AS (SELECT code, code AS key, parent_id FROM organisations
      UNION ALL SELECT u.code, o.code, o.parent_id FROM up u JOIN organisations o ON o.id = u.parent_id)
      SELECT key, array_agg(code) AS codes FROM up GROUP BY key`),
    seasons: await groupsOf("SELECT lower(season) AS key, array_agg(code) AS codes FROM programmes GROUP BY 1"),
  };
}, 240_000); // prettier-ignore

/** 2024 and 2025 are closed, and corrected afterwards: reversal and replacement stand in 2026, on the day of correction. */
async function lateCorrections() {
  const [clerk, reviewer] = [await actors.clerk("630123"), await actors.reviewer("630100")];
  const late = [
    { paidOn: "2024-08-28", correctedOn: "2026-02-03" },
    { paidOn: "2024-11-03", correctedOn: "2026-11-09" },
    { paidOn: "2025-11-07", correctedOn: "2026-03-05" },
    { paidOn: "2025-10-09", correctedOn: "2026-10-08" },
  ];
  const ids: string[] = [];
  for (const { paidOn } of late) ids.push((await approvedRecord(clerk, reviewer, { paidOn })).id);
  await actors.owner.query(
    "UPDATE years SET status = 'CLOSED', version = version + 1 WHERE year IN (2024, 2025)",
  );
  for (const [n, { paidOn, correctedOn }] of late.entries()) {
    const then = as(clerk, new Date(`${correctedOn}T02:00:00Z`));
    const original = await then.get(ids[n] ?? "");
    const { adjustments } = await then.adjust(original, {
      programme: "golden-autumn",
      paidOn,
      amountFen: "14390007",
      counts: { households: 19 },
      shares: [{ fundSource: "county-union", amountFen: "14390007" }],
    });
    const replacement = await then.get(adjustments[0]?.replacementId ?? "");
    await as(reviewer).approve(await then.submit(replacement));
  }
}

type Asked = Drawn & {
  axes: [RawAxis, RawAxis];
  measure: (typeof MEASURES)[number];
  /** Whether cross table and API are asked; and what costs most: charts, files, brief. */
  wide: boolean;
  whole: boolean;
  n: number;
};
const drawn = (count: number, seed: number, every = 1): Asked[] => {
  const roll: Dice = dice(seed);
  // the first of each kind is asked whole, so that few filters miss no surface either
  const kinds = new Set<string>();
  return Array.from({ length: count }, (_, n) => {
    const filter = drawFilter(roll, CAMPAIGNS);
    const whole = n % every === 0 || !kinds.has(filter.kind);
    kinds.add(filter.kind);
    return {
      ...filter,
      axes: drawAxes(roll),
      measure: roll.pick(MEASURES),
      wide: whole || n % Math.ceil(every / 3) === 0,
      whole,
      n,
    };
  });
};

/** Each surface once, within the snapshot of the reader. */
async function compareWithin(one: Case, { kind, measure, wide, whole, n }: Asked): Promise<void> {
  const isPast = (one.stamp.asOf ?? one.stamp.seq) !== undefined;
  await surfaces.compareFigures(one);
  await surfaces.compareExplain(one);
  if (wide) await compareCross(one, measure, places);
  if (!whole) return;
  // the dashboard shows what stands now
  if (kind !== "any" && !isPast) {
    await compareCharts(one, places);
    await compareMap(one, places);
  }
  await surfaces.compareFile(one, "csv");
  await surfaces.compareFile(one, "xlsx");
  if (kind !== "brief") return;
  const { year = 0, org } = one.filter;
  const brief = { ...one, filter: { year, org: String(org) } };
  await surfaces.compareNarrative(brief, n % 2 ? "en" : "zh-CN", n % 3 ? "long" : "short");
  const { db, scope } = one.context;
  const stood = isPast
    ? await queryFigures({ db, scope, filter: { ...brief.filter, ...one.stamp }, groupBy: [] })
    : undefined;
  await compareBalance(brief, stood?.seq);
  await compareForm(brief, places, stood?.seq);
  await comparePdf(brief, places, stood?.seq);
}

const setsOf = ({ kind, axes, whole }: Asked): RawAxis[][] => {
  const [rows, columns] = axes;
  const all = [[rows], [columns], axes, ...(kind === "any" || !whole ? [] : CARD_SETS)];
  return [...new Map(all.map((set) => [set.join(), set])).values()];
};

/** Opens a snapshot for the surfaces, and the same for the rows beside it. */
const inOneSnapshot = (work: (context: Case["context"]) => Promise<void>): Promise<void> =>
  readAs(
    province.session,
    async (context) => {
      const [open] = await context.db.rows<{ name: string }>(
        sql`SELECT pg_export_snapshot() AS name`,
      );
      await beside.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT '${open?.name}'`); // prettier-ignore
      try {
        await work(context);
      } finally {
        await beside.query("COMMIT");
      }
    },
    // a machine that is busy with other work is slow, not wrong
    { timeoutMs: 60_000 },
  );

/** Nobody asks thousands of figures in a minute but a test. */
let asks = 0;
async function compareApi(one: Omit<Case, "context" | "raw">, raw?: Case["raw"]): Promise<void> {
  if (asks++ % 40 === 0) await actors.owner.query("DELETE FROM rate_buckets");
  await surfaces.compareApi(province, one, raw);
}

/** As it stands: the API opens a snapshot of its own, which is the same where nobody writes. */
async function compareNow(asked: readonly Asked[], comparison: Tally, isStill = true) {
  const each = isStill ? 20 : 2;
  for (let from = 0; from < asked.length; from += each)
    await inOneSnapshot(async (context) => {
      for (const one of asked.slice(from, from + each)) {
        const { filter, axes } = one;
        const raw = await rawFigures(beside, filter, { sets: setsOf(one) });
        const api = { owner: beside, comparison, filter, stamp: {}, axes, sources, now };
        await compareWithin({ ...api, context, raw }, one);
        if (isStill && one.wide) await compareApi(api, raw);
      }
    });
  if (isStill) return;
  for (const { filter, axes } of approvedAlone(asked))
    await compareApi({ owner: beside, comparison, filter, stamp: {}, axes, sources, now });
}

/** The same questions of earlier positions, by number and by time: everything but what shows the present alone. */
async function compareThen(asked: readonly Asked[], comparison: Tally, seqs: readonly number[]) {
  for (const one of asked) {
    const { filter, axes, n } = one;
    const of = { owner: beside, comparison, filter, axes, sources, now };
    await inOneSnapshot(async (context) => {
      const { db, scope } = context;
      const found = await queryFigures({ db, scope, filter: { ...filter, seq: seqs[n] }, groupBy: [] }); // prettier-ignore
      const { seq, asOf } = found;
      const raw = await rawFigures(beside, filter, { sets: setsOf(one), seq });
      await compareWithin({ ...of, context, stamp: n % 2 ? { seq } : { asOf }, raw }, one);
    });
    await compareApi({ ...of, stamp: { seq: seqs[n] } });
  }
}

const SURFACES = [
  "figures",
  "API",
  "explain",
  "cross table",
  "chart",
  "map",
  "csv",
  "xlsx",
  "narrative",
  "balance",
  "form",
  "pdf",
];
/** Nothing differs, and each surface was looked at. */
function holds({ differences, compared }: Tally, but: readonly string[] = []) {
  expect(differences.slice(0, 5)).toEqual([]);
  expect(Object.keys(compared).sort()).toEqual(SURFACES.filter((one) => !but.includes(one)).sort());
}

/** What can have been asked of an earlier time: no status but the approved. */
const approvedAlone = (asked: readonly Asked[]): Asked[] =>
  asked.map(({ filter: { status: _status, ...filter }, ...one }) => ({ ...one, filter }));

const said = (of: string, { compared, total }: Tally) =>
  process.env["TRUTH_EVERY"] && console.info(`${of}: ${total} values`, compared);

describe("one truth, on every surface", () => {
  test(
    "at rest",
    async () => {
      const comparison = new surfaces.Comparison();
      await compareNow(drawn(FILTERS, 9, EVERY), comparison);
      said("at rest", comparison);
      holds(comparison);
    },
    PATIENCE,
  );

  test(
    "while four write, each within its own snapshot",
    async () => {
      const comparison = new surfaces.Comparison();
      const turns = new Turns();
      const desks = [];
      for (const county of ["630123", "630123", "630104", "632222"])
        desks.push({
          clerk: await actors.clerk(county),
          reviewer: await actors.reviewer(`${county.slice(0, 4)}00`),
        });
      const before = await headOf();
      const writers = desks.map((desk, n) =>
        writeByTurns(desk, { roll: dice(77 + n), campaigns: CAMPAIGNS, turns }),
      );
      const read = async () => {
        try {
          const asked = drawn(MOVING, 10);
          for (let from = 0; from < asked.length; from += 4) {
            turns.give(24);
            await compareNow(asked.slice(from, from + 4), comparison, false);
            if (from % 40 === 0) await actors.owner.query("SELECT guard.fold_figures(100)");
          }
        } finally {
          turns.end();
        }
      };
      const [, ...deeds] = await Promise.all([read(), ...writers]);
      written = [before, await headOf()];
      for (const done of deeds) expect(Object.keys(done)).toEqual(expect.arrayContaining(["create", "submit", "approve", "correct"])); // prettier-ignore
      said("while four write", comparison);
      holds(comparison);
    },
    PATIENCE,
  );

  test(
    "as of earlier positions",
    async () => {
      const comparison = new surfaces.Comparison();
      const [from, to] = written;
      const roll = dice(11);
      // some amid the four who wrote, some long before
      const seqs = Array.from({ length: MOVING }, (_, n) =>
        n % 2 ? from + roll.below(to - from + 1) : roll.below(to + 1),
      );
      await compareThen(approvedAlone(drawn(MOVING, 12)), comparison, seqs);
      said("as of earlier positions", comparison);
      holds(comparison, ["chart", "map"]);
    },
    PATIENCE,
  );
});

/** What the surfaces differ in when the ledger is tampered with past its laws. */
async function differing(asked: readonly Asked[]): Promise<string[]> {
  const comparison = new surfaces.Comparison();
  await compareNow(asked, comparison);
  return [...new Set(comparison.differences.map(({ surface }) => surface))].sort();
}

describe("a proof that can fail", () => {
  const whole: Asked[] = [0, 1].map((n) => ({
    kind: "brief",
    filter: { year: 2026, org: "630000" },
    axes: ["organisation", "programme"],
    measure: n === 0 ? "amountFen" : "households",
    wide: true,
    whole: true,
    n,
  }));
  const past = async (text: string) => {
    await actors.owner.query("SET session_replication_role = replica");
    const { rowCount } = await actors.owner.query(text);
    expect(rowCount).toBe(1);
    await actors.owner.query("SET session_replication_role = DEFAULT");
  };
  const ONE = `SELECT max(d.id) FROM disbursements d JOIN programmes p ON p.id = d.programme_id
    WHERE d.fiscal_year = 2026 AND d.status = 'APPROVED' AND d.amount_kind = 'EXACT' AND NOT p.contributory`;

  test(
    "one fen more in a record, past the laws, is a difference on every surface",
    async () => {
      expect(await differing(whole)).toEqual([]);
      await past(`UPDATE disbursements SET amount_fen = amount_fen + 1 WHERE id = (${ONE})`);
      // of a file the rows are the records, and the sum above them is the figure
      expect(await differing(whole)).toEqual([...SURFACES].sort());
      await past(`UPDATE disbursements SET amount_fen = amount_fen - 1 WHERE id = (${ONE})`);
      expect(await differing(whole)).toEqual([]);
    },
    PATIENCE,
  );

  test(
    "one household more in a rollup is a difference of what leans on it, and of no file",
    async () => {
      await actors.owner.query("SELECT guard.fold_figures(1000000)");
      const cell = `SELECT f.ctid FROM figure_rollups f JOIN programmes p ON p.id = f.programme_id WHERE f.fiscal_year = 2026
      AND f.fund_source_id = 0 AND f.status = 'APPROVED' AND NOT p.contributory ORDER BY f LIMIT 1`;
      await past(`UPDATE figure_rollups SET households = households + 1 WHERE ctid = (${cell})`);
      expect(await differing(whole)).toEqual(expect.arrayContaining(["chart", "narrative"]));
      expect(await differing(whole)).not.toContain("csv");
    },
    PATIENCE,
  );
});
