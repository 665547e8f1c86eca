import { beforeAll, describe, expect, it } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { dice, openOffice, type Dice } from "@/testing/office";
import { inFilter, truth, vouchersIn, type Sum } from "@/testing/vouchers";
import { AMOUNT_KINDS } from "@/lib/kernel/record-codes";
import { FUND_SOURCES } from "@/prisma/seed/data/axes";
import type { FigureFilter } from "@/lib/features/filter/types";
import { AXES, type Axis } from "./types";

const database = await testDatabase();
const { readAs, sql } = await import("@/lib/platform/db");
const { queryBalance, queryFigures } = await import("./queries");
const { explainFigure } = await import("@/lib/features/ledger/queries");
const actors = testActors(database);

let province: TestPerson;
let clerk: TestPerson;
let xining: TestPerson;
const figures = (person: TestPerson, filter: FigureFilter, groupBy: readonly Axis[] = []) =>
  readAs(person.session, ({ db, scope }) => queryFigures({ db, scope, filter, groupBy }));

const differences = async () =>
  (await actors.owner.query("SELECT * FROM guard.figure_differences()")).rows;

const vouchers = () => vouchersIn(actors.owner);

const SOURCES = FUND_SOURCES.map(([code]) => code);

function randomFilter(roll: Dice): FigureFilter {
  const maybe = <T>(value: T) => (roll.below(4) === 0 ? value : undefined);
  const rare = <T>(value: T) => (roll.below(12) === 0 ? value : undefined);
  return {
    year: maybe(roll.pick([2024, 2025, 2026])),
    yearAxis: roll.pick([undefined, "calendar", "statistics"] as const),
    month: maybe(roll.below(13)),
    throughMonth: maybe(roll.below(13)),
    organisation: maybe("630123"),
    prefecture: maybe("630100"),
    programme: maybe(
      roll.pick([["cool-summer"], ["mutual-medical-aid"], ["golden-autumn", "mutual-medical-aid"]]),
    ),
    aidCategory: maybe(["living", "goods", "living"]),
    recipientKind: maybe(["outdoor-workers"]),
    campaign: maybe(roll.pick([["spring-2025"], ["none"], ["spring-2025", "none"], ["long"]])),
    fundSource: roll.below(2) === 0 ? SOURCES.filter(() => roll.below(3) === 0) : undefined,
    form: maybe(["cash", "goods"] as const) as FigureFilter["form"],
    amountKind: rare(
      roll.pick([["exact"], ["estimated", "unvalued"]] as const),
    ) as FigureFilter["amountKind"],
    paidFrom: rare("2025-03-08"),
    paidTo: rare("2026-02-11"),
    amountFrom: rare(roll.pick(["-20000", "100000"])),
    amountTo: rare("600000"),
    status: maybe(
      roll.pick([["draft"], ["submitted", "approved"], ["voided"]] as const),
    ) as FigureFilter["status"],
  };
}

const pickSum = (t: {
  amountFen: string;
  records: number;
  persons: number;
  packs: number;
}): Sum => ({
  amountFen: BigInt(t.amountFen),
  records: t.records,
  persons: t.persons,
  packs: t.packs,
});

beforeAll(async () => {
  province = await actors.province();
  xining = await actors.reviewer("630100");
  clerk = await actors.clerk("630123");
  await actors.owner.query(
    `INSERT INTO campaigns (code, name_zh, name_en, organisation_id, programme_id, starts_on, ends_on)
     SELECT c.code, c.code, c.code, o.id, p.id, c.starts_on, c.ends_on
     FROM (VALUES ('spring-2025', date '2025-01-01', date '2025-02-28'), ('long', '2024-11-01', '2026-03-31'))
       AS c (code, starts_on, ends_on)
     JOIN organisations o ON o.code = '630000' JOIN programmes p ON p.code = 'cool-summer'`,
  );
});

describe("after thousands of random deeds, twelve hands on one county and folds in between", () => {
  const deadlocks: string[] = [];

  beforeAll(async () => {
    const clerks = await actors.clerk("630000");
    const reviewer = await actors.province();
    const places = [...Array<string>(11).fill("630123"), "all"];
    const offices = await Promise.all(
      places.map((place) =>
        openOffice(database, {
          clerk: clerks,
          reviewer,
          organisations:
            place === "all"
              ? ["630000", "630100", "630104", "632222", "IU-EDU", "630123"]
              : [place],
        }),
      ),
    );
    const first = offices[0];
    const folds = async (throws: ReturnType<typeof dice>) => {
      const states: string[] = [];
      for (let slice = 0; slice < 22; slice += 1) {
        states.push(...((await first?.deeds(10, throws)) ?? []));
        if (slice < 20) await actors.owner.query("SELECT guard.fold_figures(200)");
      }
      return states;
    };
    const refused = await Promise.all(
      offices.map((office, i) =>
        i === 0 ? folds(dice(4711)) : office.deeds(i === 11 ? 500 : 220, dice(4711 + i)),
      ),
    );
    await Promise.all(offices.map((office) => office.close()));
    deadlocks.push(...refused.flat().filter((state) => !/^NZ0|^23514$/.test(state)));
  }, 240_000);

  it("nobody met a deadlock, and every kind of record exists", async () => {
    expect(deadlocks).toEqual([]);
    const { rows } = await actors.owner.query<{ n: number; folded: number; unfolded: number }>(
      `SELECT (SELECT count(DISTINCT (status, entry_kind))::int FROM disbursements) AS n,
        (SELECT count(*)::int FROM figure_rollups) AS folded, (SELECT count(*)::int FROM figure_deltas) AS unfolded`,
    );
    expect(rows[0]?.n).toBeGreaterThan(8);
    expect(rows[0]?.folded).toBeGreaterThan(100);
    expect(rows[0]?.unfolded).toBeGreaterThan(0);
  });

  it("rollup and deltas hold exactly what the records say", async () => {
    expect(await differences()).toEqual([]);
  });

  it("any figure by any axes is the plain sum of its vouchers", async () => {
    const all = await vouchers();
    const roll = dice(2024);
    for (let i = 0; i < 150; i++) {
      const filter = i === 0 ? {} : randomFilter(roll);
      const groupBy = AXES.filter(() => roll.below(4) === 0);
      const answer = await figures(province, filter, groupBy);
      const expected = truth(all, filter, groupBy);
      const name = JSON.stringify({ filter, groupBy });
      expect(pickSum(answer.totals), name).toEqual(expected.total);
      const rows = answer.rows.map(
        (row) => [groupBy.map((axis) => row[axis]).join("|"), pickSum(row)] as const,
      );
      expect(new Map(rows), name).toEqual(expected.rows);
      expect(rows).toHaveLength(expected.rows.size);
    }
  });

  it("a statistics year is October to September, and what has no month is counted beside it", async () => {
    const all = await vouchers();
    const counted = all.filter((v) => v.status === "approved" && !v.contributory);
    const sum = (some: typeof all) => some.reduce((fen, v) => fen + v.amount, 0n).toString();
    for (const year of [2024, 2025, 2026, 2027]) {
      const filter = { year, yearAxis: "statistics" as const };
      const answer = await figures(province, filter, ["month"]);
      const paid = counted.filter(
        (v) => v.paid !== null && v.paid >= `${year - 1}-10-01` && v.paid <= `${year}-09-30`,
      );
      expect(answer.totals.amountFen).toBe(sum(paid));
      const months = answer.rows.map(({ month }) => month);
      const inOrder = [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9];
      expect(months).toEqual(inOrder.filter((month) => months.includes(month)));
      const nowhere = counted.filter(
        (v) => v.paid === null && (v.year === year || v.year === year - 1),
      );
      const waiting = ["draft", "submitted", "returned"];
      expect(answer.leftOut.unplaced).toEqual({
        records: nowhere.reduce((n, v) => n + v.records, 0),
        amountFen: sum(nowhere),
        unvalued: nowhere.filter((v) => v.kind === "unvalued").reduce((n, v) => n + v.records, 0),
        withoutMoney: nowhere.filter((v) => v.kind === "none").reduce((n, v) => n + v.records, 0),
        reversals: nowhere.filter((v) => v.records < 0).length,
        waiting: all.filter(
          (v) =>
            waiting.includes(v.status) &&
            v.paid === null &&
            (v.year === year || v.year === year - 1),
        ).length,
      });
      const explained = await readAs(province.session, ({ db, scope }) =>
        explainFigure({ db, scope, filter: { ...filter, month: 0, limit: 200 } }),
      );
      expect(explained.vouchers).toBe(nowhere.length);
      expect(explained.totals.amountFen).toBe(answer.leftOut.unplaced?.amountFen);
      // by source too, and of several of them: what is counted beside is counted once
      const ofSources = { ...filter, fundSource: SOURCES.slice(0, 3) };
      const bySource = await figures(province, ofSources, ["fundSource"]);
      const some = await figures(province, { ...ofSources, month: 0 });
      expect(bySource.leftOut.unplaced).toMatchObject({
        amountFen: some.totals.amountFen,
        records: some.totals.records,
      });
    }
    const years = await figures(province, { yearAxis: "statistics" }, ["year"]);
    const nowhere = years.rows.find((row) => row.year === 0);
    expect(nowhere?.amountFen).toBe(sum(counted.filter((v) => v.paid === null)));
    expect(years.rows.reduce((fen, row) => fen + BigInt(row.amountFen), 0n)).toBe(
      BigInt((await figures(province, {})).totals.amountFen),
    );
    expect(years.leftOut.unplaced).toBeUndefined();
  });

  it("a campaign is its records of every year, and what belongs to none is the rest", async () => {
    const all = await vouchers();
    const whole = await figures(province, { campaign: ["long"] });
    const years = await Promise.all(
      [2024, 2025, 2026].map((year) => figures(province, { year, campaign: ["long"] })),
    );
    const sum = years.reduce((fen, { totals }) => fen + BigInt(totals.amountFen), 0n);
    expect(years.every(({ totals }) => totals.records > 0)).toBe(true);
    expect(BigInt(whole.totals.amountFen)).toBe(sum);
    const { rows, totals } = await figures(province, {}, ["campaign"]);
    expect(rows.map((row) => row.campaign)).toEqual(["long", "spring-2025", ""]);
    expect(rows.reduce((fen, row) => fen + BigInt(row.amountFen), 0n)).toBe(
      BigInt(totals.amountFen),
    );
    const explained = await readAs(province.session, ({ db, scope }) =>
      explainFigure({ db, scope, filter: { campaign: ["none"], limit: 200 } }),
    );
    expect(explained.totals).toEqual((await figures(province, { campaign: ["none"] })).totals);
    const ofNone = all.filter((v) => inFilter(v, { campaign: ["none"] }));
    expect(explained.vouchers).toBe(ofNone.length);
    expect(explained.items.every(({ campaign }) => campaign === null)).toBe(true);
  });

  it("amounts by fund source sum to the total, in which each record counts once", async () => {
    const { rows, totals } = await figures(province, { year: 2025 }, ["fundSource"]);
    expect(rows.reduce((sum, row) => sum + BigInt(row.amountFen), 0n)).toBe(
      BigInt(totals.amountFen),
    );
    expect(rows.reduce((sum, row) => sum + row.records, 0)).toBeGreaterThan(totals.records);
  });

  it("says what a total leaves out, under the same filter", async () => {
    const all = await vouchers();
    const { leftOut } = await figures(province, { year: 2026 });
    const of = (status: string) => all.filter((v) => v.year === 2026 && v.status === status).length;
    const ofKind = (kind: string) =>
      all
        .filter((v) => inFilter(v, { year: 2026 }) && v.kind === kind)
        .reduce((sum, v) => sum + v.records, 0);
    expect(ofKind("none")).toBeGreaterThan(0);
    const mutual = all.filter((v) => v.year === 2026 && v.status === "approved" && v.contributory);
    expect(leftOut).toMatchObject({
      draft: of("draft"),
      submitted: of("submitted"),
      returned: of("returned"),
      unvalued: ofKind("unvalued"),
      estimated: ofKind("estimated"),
      withoutMoney: ofKind("none"),
      contributory: {
        records: mutual.reduce((sum, v) => sum + v.records, 0),
        amountFen: String(mutual.reduce((sum, v) => sum + v.amount, 0n)),
        unvalued: mutual
          .filter((v) => v.kind === "unvalued")
          .reduce((sum, v) => sum + v.records, 0),
        withoutMoney: mutual
          .filter((v) => v.kind === "none")
          .reduce((sum, v) => sum + v.records, 0),
        reversals: mutual.filter((v) => v.records < 0).length,
      },
    });
    const asked = await figures(province, { year: 2026, programme: ["mutual-medical-aid"] });
    expect(asked.totals.amountFen).toBe(leftOut.contributory.amountFen);
    expect(asked.leftOut.contributory).toMatchObject({ records: 0, amountFen: "0" });
  });

  it("sums a searched set of records under the same definition", async () => {
    const whole = await figures(province, { year: 2025, prefecture: "630100" });
    const searched = await readAs(province.session, ({ db, scope }) =>
      queryFigures({
        db,
        scope,
        filter: { year: 2025 },
        groupBy: [],
        records: sql`d.organisation_id IN (
          SELECT id FROM organisations WHERE code IN ('630100', '630104', '630123'))`,
      }),
    );
    expect(searched.totals).toEqual(whole.totals);
    expect(searched.leftOut).toEqual(whole.leftOut);
  });

  it("a range that holds everything gives what the rollup gives, left out included", async () => {
    for (const filter of [{ year: 2025 }, { fundSource: SOURCES.slice(0, 2) }, { org: "630100" }]) {
      const kept = await figures(province, { ...filter, amountFrom: "-1" + "0".repeat(15) }, [
        "programme",
      ]);
      const kinds = await figures(province, { ...filter, amountKind: [...AMOUNT_KINDS] }, [
        "programme",
      ]);
      const whole = await figures(province, filter, ["programme"]);
      expect({ ...kinds, asOf: "" }).toEqual({ ...whole, asOf: "" });
      expect(kept.totals.amountFen).toBe(whole.totals.amountFen);
    }
  });

  it("shows a reader the own subtree and nothing of the others", async () => {
    const all = await vouchers();
    const mine = await figures(clerk, {}, ["organisation"]);
    expect(mine.rows.map((row) => row.organisation)).toEqual(["630123"]);
    const theirs = await figures(xining, { year: 2025 }, ["organisation"]);
    const inXining = { year: 2025, prefecture: "630100" };
    const paying = all.filter((v) => inFilter(v, inXining)).map((v) => v.organisation);
    expect(theirs.rows.map((row) => row.organisation)).toEqual([...new Set(paying)].sort());
    expect(pickSum(theirs.totals)).toEqual(truth(all, inXining, []).total);
    const subtree = await figures(province, { year: 2025, org: "630100" }, ["organisation"]);
    expect(subtree.rows).toEqual(theirs.rows);
  });

  it("is caught when the trigger that keeps it exact is switched off", async () => {
    await actors.owner.query("ALTER TABLE disbursements DISABLE TRIGGER figures_update");
    const office = await openOffice(database, {
      clerk: await actors.clerk("630123"),
      reviewer: await actors.reviewer("630123"),
      organisations: ["630123"],
    });
    await office.deeds(60, dice(7));
    await office.close();
    expect((await differences()).length).toBeGreaterThan(0);
    await actors.owner.query("ALTER TABLE disbursements ENABLE TRIGGER figures_update");
    await actors.owner.query("SELECT guard.rebuild_figures()");
    expect(await differences()).toEqual([]);
  });
});

describe("what is asked for", () => {
  it("an unknown code is named with its field", async () => {
    await expect(figures(province, { programme: ["cool-sumer"] })).rejects.toMatchObject({
      code: "VALIDATION",
      fieldErrors: { programme: [{ key: "unknownCode", values: { value: "cool-sumer" } }] },
    });
    await expect(figures(province, { org: "999999" })).rejects.toMatchObject({
      code: "VALIDATION",
    });
  });

  it("an organisation outside the scope is not found, nor is anything for an administrator", async () => {
    await expect(figures(clerk, { org: "632222" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(figures(clerk, { org: "630100" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(figures(clerk, { organisation: "630100" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(figures(clerk, { prefecture: "632200" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const admin = await actors.admin();
    await expect(figures(admin, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("received, spent and left stand side by side", async () => {
    await actors.owner.query(`SELECT set_config('app.session', $1, false)`, [province.session]);
    await actors.owner.query(`
      INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, programme_id, amount_fen, created_by, created_at, voided_at, voided_by, void_reason)
      SELECT o.id, 2025, f.id, p.id, x.amount, gen_random_uuid(), now(),
        CASE WHEN x.void THEN now() END, CASE WHEN x.void THEN gen_random_uuid() END, CASE WHEN x.void THEN 'test' END
      FROM (VALUES ('630123', 'county-union', NULL, 700000, false), ('630123', 'central-treasury', NULL, 50001, false),
        ('630104', 'county-union', NULL, 999, true), ('630104', 'county-union', 'mutual-medical-aid', 888, false),
        ('630000', 'county-union', NULL, 100, false)) AS x (org, source, programme, amount, void)
      JOIN organisations o ON o.code = x.org JOIN fund_sources f ON f.code = x.source
      LEFT JOIN programmes p ON p.code = x.programme`);
    const balance = (groupBy: "organisation" | "prefecture" | "fundSource", org?: string) =>
      readAs(province.session, ({ db, scope }) =>
        queryBalance({ db, scope, filter: { year: 2025, org }, groupBy }),
      );
    const spent = await figures(province, { year: 2025 }, ["prefecture"]);
    const byPlace = await balance("prefecture");
    expect(byPlace.totals.receivedFen).toBe("750101");
    expect(byPlace.totals.spentFen).toBe(spent.totals.amountFen);
    expect(byPlace.rows.map((row) => [row.prefecture, row.receivedFen])).toEqual([
      ["630000", "100"],
      ["630100", "750001"],
      // only where the hands, in whatever order they came, have left something there
      ...(spent.rows.some((row) => row.prefecture === "632200") ? [["632200", null]] : []),
    ]);
    for (const axis of ["organisation", "fundSource"] as const)
      expect((await balance(axis)).totals).toEqual(byPlace.totals);
    const county = await balance("fundSource", "630123");
    expect(county.totals.receivedFen).toBe("750001");
    const treasury = county.rows.find((row) => row.fundSource === "central-treasury");
    expect(treasury?.receivedFen).toBe("50001");
    expect(county.totals.balanceFen).toBe(String(750001n - BigInt(county.totals.spentFen ?? 0)));
    const byUnion = await balance("organisation");
    const known = byUnion.rows.filter((row) => row.balanceFen !== null);
    const priced = byUnion.rows.filter((row) => row.spentFen !== null || row.unvalued === 0);
    expect(known).toEqual(priced.filter((row) => row.receivedFen !== null));
    const sum = known.reduce((all, row) => all + BigInt(row.balanceFen ?? 0), 0n);
    expect(byUnion.totals.balanceFen).toBe(String(sum));
    const unknown = byUnion.rows.filter((row) => row.receivedFen === null);
    const paid = unknown.filter((row) => row.spentFen !== null || row.unvalued !== 0);
    expect(byUnion.leftOut.withoutReceipts).toBe(paid.length);
  });
});
