import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import type { Axis } from "@/lib/features/figures/types";
import { testDatabase } from "@/testing/database";
import { dice, openOffice } from "@/testing/office";

const database = await testDatabase();
const { queryComparison, queryFigures } = await import("@/lib/features/figures/queries");
const { readAs } = await import("@/lib/platform/db");
const actors = testActors(database);
let province: TestPerson;

beforeAll(async () => {
  province = await actors.province();
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: province,
    organisations: ["630123", "632222"],
  });
  await office.deeds(900, dice(77));
  await office.close();
}, 120_000);

const groupBy = ["programme"] as const;
const compared = (today: string, compare: "same-period" | "full-year") =>
  readAs(province.session, ({ db, scope }) =>
    queryComparison({ db, scope, filter: { year: 2026 }, groupBy, compare, today }),
  );
const months = (year: number, throughMonth?: number) =>
  readAs(province.session, ({ db, scope }) =>
    queryFigures({ db, scope, filter: { year, throughMonth }, groupBy }),
  );

test.each([
  ["2026-06-10", "same-period", 5],
  ["2026-06-10", "full-year", undefined],
  ["2027-02-01", "same-period", undefined],
] as const)(
  "on %s, %s: each row beside the same months of the year before",
  async (today, how, through) => {
    const answer = await compared(today, how);
    const [whole, now, before] = [
      await months(2026),
      await months(2026, through),
      await months(2025, through),
    ];
    expect(answer.compare?.throughMonth).toBe(through ?? 12);
    expect(before.rows.length).toBeGreaterThan(3);
    const fen = (rows: typeof now.rows, code: string | undefined) =>
      rows.find((row) => row.programme === code)?.amountFen;
    for (const row of answer.rows.filter((one) => one.unvalued + one.withoutMoney < one.records)) {
      const base = fen(before.rows, row.programme);
      if (base === undefined || base === "0") continue;
      expect(row.previousFen, row.programme).toBe(base);
      expect(row.changeFen, row.programme).toBe(
        String(BigInt(fen(now.rows, row.programme) ?? 0) - BigInt(base)),
      );
    }
    expect(answer.rows.slice(0, whole.rows.length).map((row) => row.amountFen)).toEqual(
      whole.rows.map((row) => row.amountFen),
    );
    expect(answer.totals).toMatchObject({
      amountFen: whole.totals.amountFen,
      previousFen: before.totals.amountFen,
      changeFen: String(BigInt(now.totals.amountFen) - BigInt(before.totals.amountFen)),
    });
  },
);

test("a row that names its year stands beside the year before all the same", async () => {
  const asked = (groupBy: readonly Axis[]) =>
    readAs(province.session, ({ db, scope }) =>
      queryComparison({
        db,
        scope,
        filter: { year: 2026 },
        groupBy,
        compare: "full-year",
        today: "2027-02-01",
      }),
    );
  const changes = (rows: { changeFen: string | null }[]) => rows.map(({ changeFen }) => changeFen);
  const { rows } = await asked(["programme", "year"]);
  expect(changes(rows)).toEqual(changes((await asked(["programme"])).rows));
});

test("invented records are not compared with real ones", async () => {
  await actors.owner.query(
    "ALTER TABLE disbursements DISABLE TRIGGER USER; UPDATE disbursements SET origin = 'DEMO' WHERE fiscal_year = 2025; ALTER TABLE disbursements ENABLE TRIGGER USER",
  );
  const answer = await compared("2026-06-10", "same-period");
  expect(answer.compare).toBeNull();
  expect(answer.totals).toMatchObject({ previousFen: null, changeFen: null, changePermille: null });
});
