import { beforeAll, describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { DisbursementFields } from "@/lib/features/disbursements/schema";
import { approvedRecord, as, sampleFields } from "@/testing/records";

const actors = testActors(await testDatabase());
const { sql } = await import("@/lib/platform/db");
let clerk: TestPerson;
let made = 1;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
});

const rules = async (id: string) => (await as(clerk).get(id)).findings.map((f) => f.rule);

describe("a possible duplicate", () => {
  test.each([
    ["2026-08-21", true],
    ["2026-09-04", true],
    ["2026-08-20", false],
    ["2026-09-05", false],
  ])("of 28 August is looked for seven days around: %s → %s", async (paidOn, found) => {
    const amountFen = `${Number(paidOn.replaceAll("-", "")) * 100}`;
    const money = { amountFen, shares: [{ fundSource: "county-union", amountFen }] };
    await as(clerk).create({ ...money, paidOn });
    const record = await as(clerk).create({ ...money, paidOn: "2026-08-28" });
    expect((await rules(record.id)).includes("possible-duplicate")).toBe(found);
  });
});

describe("a possible duplicate, beyond a day and an amount", () => {
  const shares = (amountFen: string | null) => [{ fundSource: "county-union", amountFen }];
  const period = (periodFrom: string, periodTo: string) => ({
    ...{ paidOn: null, periodFrom, periodTo },
  });
  const priced = (amountFen: string) => ({ amountFen, shares: shares(amountFen) });

  test.each<[string, Partial<DisbursementFields>, Partial<DisbursementFields>, boolean]>([
    [
      "a day within a long period",
      { paidOn: "2026-02-03" },
      period("2026-01-01", "2026-10-31"),
      true,
    ],
    [
      "a long period around a day",
      period("2026-01-01", "2026-10-31"),
      { paidOn: "2026-02-03" },
      true,
    ],
    ["its first day", { paidOn: "2026-01-01" }, period("2026-01-01", "2026-10-31"), true],
    ["the day before it", { paidOn: "2025-12-31" }, period("2026-01-01", "2026-10-31"), false],
    [
      "two months after one another",
      period("2026-02-01", "2026-02-28"),
      period("2026-03-09", "2026-03-31"),
      false,
    ],
    [
      "periods with days in common",
      period("2026-01-01", "2026-03-31"),
      period("2026-03-01", "2026-05-31"),
      true,
    ],
    [
      "the later of them",
      period("2026-03-01", "2026-05-31"),
      period("2026-01-01", "2026-03-31"),
      true,
    ],
  ])("%s", async (_, mine, other, expected) => {
    const amount = priced(`${1_000_000 + Math.floor(made++ * 700)}`);
    await as(clerk).create({ ...amount, ...other });
    const record = await as(clerk).create({ ...amount, ...mine });
    expect((await rules(record.id)).includes("possible-duplicate")).toBe(expected);
  });

  test.each([
    [40, true],
    [41, false],
  ])("without an amount: 40 persons and %d", async (persons, expected) => {
    const unvalued = {
      ...{ amountKind: "unvalued" as const, amountFen: null, shares: shares(null) },
      paidOn: persons === 40 ? "2026-03-10" : "2026-05-10",
    };
    await as(clerk).create({ ...unvalued, counts: { persons: 40 } });
    const record = await as(clerk).create({ ...unvalued, counts: { persons, households: 9 } });
    const { findings } = await as(clerk).get(record.id);
    const found = findings.find(({ rule }) => rule === "possible-duplicate");
    expect(found?.values["alike"]).toBe(expected ? "counts" : undefined);
  });
});

describe("what others pay per head", () => {
  const PEERS = ["630102", "630103", "630104", "630105", "630121"] as const;
  /** 100 yuan a household everywhere else. */
  const usual = {
    amountFen: "1000000",
    counts: { households: 100, persons: 100 },
    shares: [{ fundSource: "county-union", amountFen: "1000000" }],
  };

  async function paysIn(organisation: string, reviewer: TestPerson) {
    await approvedRecord(await actors.clerk(organisation), reviewer, usual);
  }

  test("is said with five others, and not with four: a median of few tells on each of them", async () => {
    const reviewer = await actors.reviewer("630100");
    const odd = await as(clerk).create({
      amountFen: "90000000",
      counts: { households: 100, persons: 100 },
      shares: [{ fundSource: "county-union", amountFen: "90000000" }],
    });
    const [fifth = "", ...four] = PEERS;
    for (const organisation of four) await paysIn(organisation, reviewer);
    expect(await rules(odd.id)).not.toContain("per-head-unusual");
    await paysIn(fifth, reviewer);
    expect(await rules(odd.id)).toContain("per-head-unusual");
  });

  test("months are compared with months, and what covers several with what covers several, by the month", async () => {
    const reviewer = await actors.reviewer("630100");
    const breakfast = (amount: number, when: Partial<DisbursementFields>) => ({
      ...{ programme: "love-breakfast", ...when, counts: { persons: 100, personTimes: 100 } },
      amountFen: String(amount),
      shares: [{ fundSource: "county-union", amountFen: String(amount) }],
    });
    const months = (from: string, to: string) => ({ paidOn: null, periodFrom: from, periodTo: to });
    // 250 yuan a head and month, whether it is paid for ten months at once or for one
    for (const [organisation, ...fields] of PEERS.map(
      (code, index) =>
        [
          code,
          breakfast(2_500_000, months("2026-03-01", "2026-03-31")),
          breakfast(
            25_000_00 * (10 - index),
            months("2026-01-01", `2026-${10 - index}-28`.replace(/-(\d)-/, "-0$1-")),
          ),
        ] as const,
    ))
      for (const one of fields)
        await approvedRecord(await actors.clerk(organisation), reviewer, one);
    const found = async (fields: Partial<DisbursementFields>) => {
      const { id } = await as(clerk).create(fields);
      const { findings } = await as(clerk).get(id);
      return findings.find(({ rule }) => rule === "per-head-unusual")?.values ?? null;
    };
    expect(await found(breakfast(25_000_000, months("2026-01-01", "2026-10-31")))).toBeNull();
    expect(await found(breakfast(2_500_000, months("2026-10-01", "2026-10-31")))).toBeNull();
    expect(await found(breakfast(25_000_000, months("2026-10-01", "2026-10-31")))).toMatchObject({
      ...{
        over: 1,
        side: "high",
        times: "10.0",
        perHeadFen: "250000",
        medianFen: "25000",
        peers: 5,
      },
    });
    expect(await found(breakfast(2_500_000, months("2026-01-01", "2026-10-31")))).toMatchObject({
      ...{ over: 10, side: "low", times: "0.1", perHeadFen: "2500", medianFen: "25000", peers: 5 },
    });
  });

  /** Counted from the records themselves, whatever the rollups hold. */
  const fromRecords = async () => {
    const { rows } = await actors.owner.query<{ peers: number; medianFen: string }>(`
      SELECT count(*)::int AS peers, percentile_disc(0.5) WITHIN GROUP (ORDER BY fen)::bigint AS "medianFen" FROM (
        SELECT sum(amount_fen) / sum(households) AS fen
        FROM disbursements d JOIN programmes p ON p.id = d.programme_id JOIN organisations o ON o.id = d.organisation_id
        WHERE p.code = 'golden-autumn' AND d.fiscal_year = 2026 AND d.status = 'APPROVED'
          AND d.amount_kind <> 'UNVALUED' AND o.code <> '630123' GROUP BY o.id) AS heads`);
    return rows[0];
  };
  const fromRollup = async () => {
    const { rows } = await actors.owner.query<{ peers: number; medianFen: string }>(`
      SELECT peers, median_fen AS "medianFen" FROM guard.per_head_of_peers(
        ARRAY(SELECT id FROM organisations WHERE code = '630123'),
        ARRAY(SELECT id FROM programmes WHERE code = 'golden-autumn'), '{2026}', '{f}')`);
    return rows[0];
  };

  test("is the median of what has a price, folded or not, and a correction undoes its original", async () => {
    const reviewer = await actors.reviewer("630100");
    const unvalued = { ...usual, amountKind: "unvalued" as const, amountFen: null };
    const dear = { ...usual, amountFen: "1700000" };
    const paid = async (organisation: string, fields: typeof usual | typeof unvalued) =>
      approvedRecord(await actors.clerk(organisation), reviewer, {
        ...fields,
        shares: [{ fundSource: "county-union", amountFen: fields.amountFen }],
      });
    for (const organisation of PEERS) await paid(organisation, unvalued);
    for (const organisation of PEERS.slice(1)) await paid(organisation, dear);
    expect(await fromRollup()).toEqual({ peers: 5, medianFen: "13500" });
    expect(await fromRecords()).toEqual(await fromRollup());

    await actors.owner.query("SELECT guard.fold_figures()");
    const original = await paid("630106", dear);
    const other = await actors.clerk("630106");
    const { adjustments } = await as(other).adjust(original, {
      ...sampleFields,
      ...usual,
      amountFen: "500000",
      shares: [{ fundSource: "county-union", amountFen: "500000" }],
    });
    const pair = await as(other).get(adjustments[0]?.replacementId ?? "");
    await as(reviewer).approve(await as(other).submit(pair));
    expect(await fromRollup()).toEqual({ peers: 6, medianFen: "13500" });
    expect(await fromRecords()).toEqual(await fromRollup());
    await actors.owner.query("SELECT guard.rebuild_figures()");
    expect(await fromRecords()).toEqual(await fromRollup());
  });
});

describe("the same payment under another heading", () => {
  const paid = (programme: string, persons: number, paidOn: string) => ({
    ...{ programme, paidOn, amountFen: "776600", counts: { persons } },
    shares: [{ fundSource: "county-union", amountFen: "776600" }],
  });
  test.each([
    ["cool-summer", 33, "2026-07-06", "2026-07-09", true],
    ["cool-summer", 34, "2026-05-06", "2026-05-10", false],
    ["cool-summer", 35, "2026-03-06", "2026-03-06", true],
  ])("%s for %d persons on %s and %s: %s", async (other, persons, day, otherDay, expected) => {
    const first = await as(clerk).create(paid(other, persons, otherDay));
    const record = await as(clerk).create(paid("needy-worker-aid", persons, day));
    const { findings } = await as(clerk).get(record.id);
    const found = findings.find(({ rule }) => rule === "same-under-other-heading");
    expect(found?.values["programme"]).toBe(expected ? other : undefined);
    if (expected) expect(found?.values["references"]).toContain(first.id.padStart(6, "0"));
  });

  test("is not found where other people were paid", async () => {
    await as(clerk).create(paid("cool-summer", 41, "2026-09-06"));
    const record = await as(clerk).create(paid("needy-worker-aid", 42, "2026-09-06"));
    expect(await rules(record.id)).not.toContain("same-under-other-heading");
  });
});

test("what others paid last for one of it is known from five on, in the same form", async () => {
  const reviewer = await actors.reviewer("630100");
  const pack = (unitFen: string, form: "goods" | "cash" = "goods") => ({
    ...{ programme: "cool-summer", paidOn: "2026-07-01", form, counts: { packs: 10, persons: 10 } },
    rate: { unitFen, count: 10, times: 1 },
    amountFen: `${unitFen}0`,
    shares: [{ fundSource: "county-union", amountFen: `${unitFen}0` }],
  });
  const others = ["630102", "630103", "630104", "630105"];
  for (const organisation of others)
    await approvedRecord(await actors.clerk(organisation), reviewer, pack("9900"));
  const dear = await as(clerk).create(pack("29800"));
  expect(await rules(dear.id)).not.toContain("unit-price-unusual");
  const fifth = await actors.clerk("630121");
  await approvedRecord(fifth, reviewer, pack("9900", "cash"));
  expect(await rules(dear.id)).not.toContain("unit-price-unusual");
  await approvedRecord(fifth, reviewer, pack("9900"));
  expect(await rules(dear.id)).toContain("unit-price-unusual");
  // the newest price of each counts, not the dearest
  for (const organisation of others.slice(0, 3))
    await approvedRecord(await actors.clerk(organisation), reviewer, {
      ...pack("19800"),
      paidOn: "2026-07-20",
    });
  expect(await rules(dear.id)).not.toContain("unit-price-unusual");
}, 60_000);

test("most of a quarter in its last five days is said to whoever reviews", async () => {
  const hurried = await actors.clerk("630105");
  const one = async (paidOn: string, amountFen: number) =>
    as(hurried).create({
      ...{ programme: "needy-worker-aid", paidOn, amountFen: `${amountFen}` },
      shares: [{ fundSource: "county-union", amountFen: `${amountFen}` }],
    });
  for (let n = 0; n < 12; n++) await one("2026-02-10", 500_000 + n);
  let last = "";
  for (let n = 0; n < 20; n++) last = (await one("2026-03-27", 600_000 + n)).id;
  const reviewer = await actors.reviewer("630100");
  const found = async (id: string, who = reviewer) =>
    (await as(who).get(id)).findings.filter(({ rule }) => rule === "bunched-at-period-end");
  expect(await found(last)).toMatchObject([
    { level: "notice", values: { from: "2026-03-27", to: "2026-03-31", count: 20, all: 32 } },
  ]);
  expect(await found(last, hurried)).toEqual([]);
  expect(await found((await one("2026-03-26", 700_000)).id)).toEqual([]);
}, 60_000);

test("twenty records of one programme and source read what is not folded no oftener than one", async () => {
  const amountFen = (n: number) => ({
    ...{ programme: "needy-worker-aid", paidOn: "2026-05-06", amountFen: `${800_000 + n}` },
    shares: [{ fundSource: "central-treasury", amountFen: `${800_000 + n}` }],
  });
  const county = await actors.clerk("632222");
  const ids: string[] = [];
  for (let n = 0; n < 20; n++) ids.push((await as(county).create(amountFen(n))).id);
  // counts of a connection are written away now and then, so only what a statement adds to them says anything
  const deltasRead = (asked: string[]) =>
    as(county).read(async ({ db }) => {
      const soFar = async () => {
        const [row] = await db.rows<{ rows: string }>(
          sql`SELECT (idx_tup_fetch + seq_tup_read)::text AS rows FROM pg_stat_xact_user_tables
              WHERE relname = 'figure_deltas'`,
        );
        return Number(row?.rows);
      };
      const before = await soFar();
      const found = await db.rows(sql`SELECT FROM guard.finding_context(${asked}::bigint[])`);
      expect(found).toHaveLength(asked.length);
      return (await soFar()) - before;
    });
  const ofOne = await deltasRead(ids.slice(0, 1));
  expect(ofOne).toBeGreaterThan(20);
  expect(await deltasRead(ids)).toBe(ofOne);
}, 60_000);
