import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { AXES, type Axis } from "@/lib/features/figures/types";
import type { FigureFilter } from "@/lib/features/filter/types";
import type { Stamp } from "@/lib/kernel/position";
import { FUND_SOURCES } from "@/prisma/seed/data/axes";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { dice, openOffice, type Dice } from "@/testing/office";
import { truth, vouchersIn } from "@/testing/vouchers";

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { queryBalance, queryFigures } = await import("@/lib/features/figures/queries");
const { leftOutThen } = await import("@/lib/features/figures/rules");
const { explainFigure, listDisbursements } = await import("@/lib/features/ledger/queries");
const { createAllotment, voidAllotment } = await import("@/lib/features/allotments/commands");
const { approvedRecord, as } = await import("@/testing/records");
const actors = testActors(database);

let province: TestPerson;
let clerk: TestPerson;
let reviewer: TestPerson;
beforeAll(async () => {
  province = await actors.province();
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
});

const figures = (filter: FigureFilter & Stamp, groupBy: readonly Axis[] = [], person = province) =>
  readAs(person.session, ({ db, scope }) => queryFigures({ db, scope, filter, groupBy }));
/** What an answer says, as the API would. */
const said = async (filter: FigureFilter & Stamp, groupBy: readonly Axis[] = []) => {
  const answer = await figures(filter, groupBy);
  const { rows, totals, asOf, seq, definition } = answer;
  return { rows, totals, leftOut: leftOutThen(answer), asOf, seq, definition };
};
const SOURCES = FUND_SOURCES.map(([code]) => code);

/** What can have been asked of an earlier time: no status but the approved. */
function randomFilter(roll: Dice): FigureFilter {
  const maybe = <T>(value: T) => (roll.below(5) === 0 ? value : undefined);
  const rare = <T>(value: T) => (roll.below(14) === 0 ? value : undefined);
  return {
    year: roll.below(2) === 0 ? roll.pick([2024, 2025, 2026]) : undefined,
    yearAxis: maybe("statistics"),
    month: rare(roll.below(13)),
    throughMonth: rare(roll.below(13)),
    organisation: maybe("630123"),
    prefecture: maybe("630100"),
    programme: maybe(roll.pick([["cool-summer"], ["golden-autumn", "mutual-medical-aid"]])),
    aidCategory: maybe(["living", "goods"]),
    recipientKind: rare(["outdoor-workers"]),
    fundSource: maybe(SOURCES.filter(() => roll.below(3) === 0)),
    form: rare(["cash", "goods"] as const) as FigureFilter["form"],
    amountKind: rare(["estimated", "unvalued"] as const) as FigureFilter["amountKind"],
    amountFrom: rare("100000"),
    status: rare(["approved"] as const) as FigureFilter["status"],
  };
}
const randomAxes = (roll: Dice) => AXES.filter(() => roll.below(6) === 0);
const sumsOf = (t: { amountFen: string; records: number; persons: number; packs: number }) => ({
  amountFen: BigInt(t.amountFen),
  records: t.records,
  persons: t.persons,
  packs: t.packs,
});

describe("while four write and deltas are folded", () => {
  type Kept = { filter: FigureFilter; groupBy: Axis[]; answer: Awaited<ReturnType<typeof said>> };
  const kept: Kept[] = [];
  let last = 0;

  beforeAll(async () => {
    const clerks = await actors.clerk("630000");
    const places = [["630123"], ["630123"], ["630000", "630100", "630104"], ["632222", "630123"]];
    const offices = await Promise.all(
      places.map((organisations) =>
        openOffice(database, { clerk: clerks, reviewer: province, organisations }),
      ),
    );
    const roll = dice(99);
    const read = async () => {
      for (let n = 0; n < 120; n += 1) {
        const [filter, groupBy] = [randomFilter(roll), randomAxes(roll)];
        kept.push({ filter, groupBy, answer: await said(filter, groupBy) });
        if (n % 10 === 0) await actors.owner.query("SELECT guard.fold_figures(100)");
      }
    };
    await Promise.all([...offices.map((office, n) => office.deeds(160, dice(4711 + n))), read()]);
    await Promise.all(offices.map((office) => office.close()));
    last = (await said({})).seq;
  }, 240_000);

  it("an answer's stamp gives it again, by position and by time, whatever came after", async () => {
    const seqs = new Set(kept.map(({ answer }) => answer.seq));
    expect(seqs.size).toBeGreaterThan(60);
    for (const { filter, groupBy, answer } of kept) {
      const name = JSON.stringify({ filter, groupBy, seq: answer.seq });
      const again = await said({ ...filter, seq: answer.seq }, groupBy);
      const waiting = again.leftOut.draft === null ? again.leftOut : answer.leftOut;
      const { draft, submitted, returned } = waiting;
      const { unplaced } = answer.leftOut;
      const placeless = unplaced && { unplaced: { ...unplaced, waiting: null } };
      const leftOut = { ...answer.leftOut, draft, submitted, returned, ...placeless };
      const then = { ...answer, leftOut };
      expect(again, name).toEqual(then);
      expect(await said({ ...filter, asOf: answer.asOf }, groupBy), name).toEqual(again);
    }
    const whole = kept.filter(({ filter }) => Object.values(filter).every((one) => !one));
    expect(whole.length).toBeGreaterThan(0);
  });

  it("a figure of any position is the sum of what counted up to it", async () => {
    const all = await vouchersIn(actors.owner);
    const roll = dice(2026);
    const asked = Array.from({ length: 1_000 }, () => ({
      filter: { ...randomFilter(roll), seq: roll.below(last + 1) },
      groupBy: roll.below(3) === 0 ? randomAxes(roll) : [],
    }));
    const answers = await readAs(province.session, async ({ db, scope }) => {
      const found = [];
      for (const one of asked) found.push(await queryFigures({ db, scope, ...one }));
      return found;
    });
    for (const [n, answer] of answers.entries()) {
      const { filter, groupBy } = asked[n] ?? { filter: {}, groupBy: [] };
      const then = all.filter((v) => v.seq !== null && v.seq <= answer.seq);
      const expected = truth(then, filter, groupBy);
      const name = JSON.stringify({ filter, groupBy, seq: answer.seq });
      expect(sumsOf(answer.totals), name).toEqual(expected.total);
      const rows = answer.rows.map(
        (row) => [groupBy.map((axis) => row[axis]).join("|"), sumsOf(row)] as const,
      );
      expect(new Map(rows), name).toEqual(expected.rows);
    }
  }, 240_000);

  it("no position lies within a transaction: a pair is there with both legs or with none", async () => {
    const { rows } = await actors.owner.query<{ seq: number; end: number }>(
      `SELECT position::int AS seq, (min(position) OVER (PARTITION BY transaction_id) - 1)::int AS "end"
       FROM audit_entries e WHERE EXISTS (SELECT FROM audit_entries n WHERE n.root_id = e.root_id
         AND n.position = e.position + 1 AND n.transaction_id = e.transaction_id) ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { seq, end } of rows) expect((await said({ seq })).seq).toBe(end);
    const pairs = await actors.owner.query<{ seqs: number[] }>(
      `SELECT array_agg(l.seq::int) AS seqs FROM adjustments a
       JOIN ledger_entries l ON l.disbursement_id IN (a.reversal_id, a.replacement_id) GROUP BY a.id`,
    );
    expect(pairs.rows.length).toBeGreaterThan(0);
    for (const { seqs } of pairs.rows)
      for (let seq = Math.min(...seqs) - 1; seq <= Math.max(...seqs); seq += 1) {
        const { seq: at } = await said({ seq });
        expect(new Set(seqs.map((one) => one <= at)).size).toBe(1);
      }
  });

  it("explain and the list open exactly its vouchers", async () => {
    const all = await vouchersIn(actors.owner);
    const roll = dice(5);
    for (let n = 0; n < 40; n += 1) {
      const filter = { ...randomFilter(roll), seq: roll.below(last + 1) };
      const { totals, seq } = await figures(filter);
      const page = await readAs(province.session, ({ db, scope }) =>
        explainFigure({ db, scope, filter: { ...filter, limit: 200 } }),
      );
      expect(page).toMatchObject({ totals, seq });
      const list = await readAs(province.session, ({ db, scope }) =>
        listDisbursements({ db, scope, filter: { ...filter, limit: 200 } }),
      );
      expect(list.rows).toBe(page.vouchers);
      expect(list.items.map(({ id }) => id)).toEqual(page.items.map(({ id }) => id));
      if (page.nextCursor !== null) continue;
      expect(page.items).toHaveLength(page.vouchers);
      const fen = page.items.reduce((sum, { countedFen }) => sum + BigInt(countedFen), 0n);
      expect(fen).toBe(BigInt(totals.amountFen));
      const { records } = truth(
        all.filter((v) => v.seq !== null && v.seq <= seq),
        filter,
        [],
      ).total;
      expect(totals.records).toBe(records);
    }
  });

  it("an earlier figure shows today's reader today's places", async () => {
    const mine = await figures({ seq: last }, ["organisation"], clerk);
    expect(mine.rows.map((row) => row.organisation)).toEqual(["630123"]);
    const scope = figures({ seq: last, organisation: "630104" }, [], clerk);
    await expect(scope).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a stamp", () => {
  const pay = (amountFen: string) =>
    approvedRecord(clerk, reviewer, {
      amountFen,
      paidOn: "2026-08-28",
      shares: [{ fundSource: "county-union", amountFen }],
    });
  const fen = async (stamp: Stamp) =>
    BigInt(
      (await figures({ year: 2026, programme: ["golden-autumn"], ...stamp })).totals.amountFen,
    );

  it("is the position of the last entry: one payment more, and the one before is still there", async () => {
    const before = await fen({});
    await pay("14300000");
    const first = await said({ year: 2026 });
    await pay("9600000");
    expect(await fen({ asOf: first.asOf })).toBe(before + 14300000n);
    expect(await said({ year: 2026, asOf: first.asOf })).toEqual(first);
    expect(await fen({})).toBe(before + 23900000n);
  });

  it("before everything there is nothing, and what is to come is refused by its name", async () => {
    const nothing = await said({ asOf: "2001-01-01T00:00:00Z" }, ["year"]);
    expect(nothing).toMatchObject({ rows: [], totals: { records: 0, amountFen: "0" }, seq: 0 });
    expect(nothing.asOf).toBe("2001-01-01T00:00:00.000Z");
    expect(nothing.leftOut).toMatchObject({ draft: 0, submitted: 0, returned: 0 });
    const refused = (filter: FigureFilter & Stamp, ...fields: string[]) =>
      expect(figures(filter)).rejects.toMatchObject({
        code: "VALIDATION",
        fieldErrors: Object.fromEntries(fields.map((field) => [field, [expect.anything()]])),
      });
    const { seq, asOf } = await said({});
    await refused({ asOf: "2099-01-01T00:00:00Z" }, "asOf");
    await refused({ seq: seq + 1 }, "seq");
    await refused({ asOf, seq }, "seq");
    await refused({ asOf, status: ["draft"] }, "asOf", "status");
  });

  it("holds what was under way when it was asked for, and one already given does not", async () => {
    const writer = new pg.Client({
      connectionString: database.url,
      options: "-c role=nuanzhang_app",
    });
    await writer.connect();
    const draft = await as(clerk).create({ note: "还没有上报" });
    await writer.query("BEGIN");
    await writer.query("SELECT set_config('app.session', $1, true)", [clerk.session]);
    await writer.query(
      "UPDATE disbursements SET version = version + 1, note = '改' WHERE id = $1",
      [draft.id],
    );
    await writer.query(`SELECT guard.append_audits('{disbursement.update}', ARRAY[$1], '{"{}"}')`, [
      draft.id,
    ]);
    const given = await said({});
    const moment = (await actors.owner.query<{ at: Date }>("SELECT clock_timestamp() AS at"))
      .rows[0];
    const asked = readAs(
      province.session,
      ({ db, scope }) =>
        queryFigures({ db, scope, filter: { asOf: moment?.at.toISOString() }, groupBy: [] }),
      { settled: true },
    );
    for (;;) {
      const { rows } = await actors.owner.query(
        "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
      );
      if (rows.length > 0) break;
    }
    await writer.query("COMMIT");
    await writer.end();
    expect((await asked).seq).toBe(given.seq + 1);
    expect(await said({ asOf: given.asOf })).toEqual(given);
  });

  it("of money received and taken back: there in between, and unknown after", async () => {
    const balance = (stamp: Stamp) =>
      readAs(province.session, ({ db, scope }) =>
        queryBalance({
          db,
          scope,
          filter: { year: 2027, org: "632222", ...stamp },
          groupBy: "organisation",
        }),
      );
    const before = await balance({});
    const input = {
      organisation: "632222",
      fiscalYear: 2027,
      fundSource: "county-union",
      amountKind: "exact" as const,
      amountFen: "203907000",
    };
    const made = await as(province).write((context) => createAllotment({ ...context, input }));
    const between = await balance({});
    expect(between.totals).toMatchObject({ receivedFen: "203907000", balanceFen: "203907000" });
    await as(province).write((context) =>
      voidAllotment({
        ...context,
        id: made.id,
        input: { version: made.version, reason: "重复登记" },
      }),
    );
    expect(await balance({ seq: between.seq })).toEqual(between);
    expect((await balance({})).totals).toMatchObject({ receivedFen: null, balanceFen: null });
    expect((await balance({ seq: before.seq })).totals.receivedFen).toBeNull();
  });

  it("of a draft that moved from one year to another: where it waited, each time", async () => {
    const waiting = async () => {
      const of = async (year: number) =>
        (await said({ year, organisation: "630123", programme: ["cool-summer"] })).leftOut;
      return { seq: (await said({})).seq, years: [await of(2026), await of(2027)] };
    };
    const states = [await waiting()];
    const draft = await as(clerk).create({ programme: "cool-summer", paidOn: "2027-07-01", fiscalYear: 2027 } as never); // prettier-ignore
    states.push(await waiting());
    const moved = await as(clerk).update(draft, { paidOn: "2026-07-01", fiscalYear: 2026 });
    states.push(await waiting());
    const submitted = await as(clerk).submit(moved);
    states.push(await waiting());
    await as(reviewer).approve(submitted);
    states.push(await waiting());
    const drafts = states.map(({ years }) => years.map((left) => left.draft));
    expect(drafts.map(([a, b]) => [Number(a) - Number(drafts[0]?.[0]), b])).toEqual([[0, 0], [0, 1], [1, 0], [0, 0], [0, 0]]); // prettier-ignore
    for (const { seq, years } of states)
      for (const [n, year] of [2026, 2027].entries())
        expect(
          (await said({ year, organisation: "630123", programme: ["cool-summer"], seq })).leftOut,
        ).toEqual(years[n]);
  });

  it("is of one moment alone, though the server's clock went back", async () => {
    await actors.owner.query(
      "ALTER TABLE audit_entries DISABLE TRIGGER append_only; UPDATE audit_entries SET at = at + interval '1 hour'; ALTER TABLE audit_entries ENABLE TRIGGER append_only",
    );
    const before = await fen({});
    await pay("100");
    const first = await said({ year: 2026 });
    await pay("20");
    const second = await said({ year: 2026 });
    expect(second.asOf > first.asOf).toBe(true);
    expect(await said({ year: 2026, asOf: first.asOf })).toEqual(first);
    expect(await fen({ asOf: second.asOf })).toBe(before + 120n);
  });
});
