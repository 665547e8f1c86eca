import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { dice } from "@/testing/office";

const database = await testDatabase();
const { readAs, writeAs } = await import("@/lib/platform/db");
const { closeYear, confirmReopening, declineReopening, reopenYear } =
  await import("@/lib/features/years/commands");
const { getYear } = await import("@/lib/features/years/queries");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { approvedRecord, as } = await import("@/testing/records");
const actors = testActors(database);
const { owner } = actors;
const now = new Date();
const YEAR = 2018;

let province: TestPerson;
let second: TestPerson;
let clerk: TestPerson;
let reviewer: TestPerson;

const inDays = (days: number) =>
  new Date(now.getTime() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);
const yearAs = (person: TestPerson, year = YEAR) =>
  readAs(person.session, (context) => getYear({ ...context, now, year }));
async function close(year = YEAR) {
  const { version } = await yearAs(province, year);
  return writeAs(province.session, (context) =>
    closeYear({ ...context, now, year, input: { version, acceptOpen: true } }),
  );
}
const ask = (person: TestPerson, until = inDays(7)) =>
  writeAs(person.session, (context) =>
    reopenYear({ ...context, now, year: YEAR, input: { reason: "漏报两笔", until } }),
  );
const decide = (person: TestPerson, id: string, how: typeof confirmReopening) =>
  writeAs(person.session, (context) => how({ ...context, now, year: YEAR, id }));
const waitingId = async () =>
  (await yearAs(province)).reopenings.find(({ state }) => state === "pending")?.id ?? "";
const differences = async () =>
  (await owner.query("SELECT * FROM guard.frozen_differences()")).rows;
const day = (month: string) => ({ paidOn: `${YEAR}-${month}-20` });

beforeAll(async () => {
  province = await actors.province();
  second = await actors.province();
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
  await owner.query("INSERT INTO years (year) SELECT generate_series(2000, 2019)");
  await approvedRecord(clerk, reviewer, day("03"));
  await approvedRecord(clerk, reviewer, day("11"));
}, 60_000);

describe("a closed year opened once more", () => {
  it("closes with its figures by every axis, each as its records give them at its place", async () => {
    await close();
    const { rows } = await owner.query<{ payload: string; sha256: string; seq: string }>(
      `SELECT payload, sha256, seq FROM year_closings WHERE year = ${YEAR}`,
    );
    const [closing] = rows;
    const payload = closing?.payload ?? "";
    expect(createHash("sha256").update(payload).digest("hex")).toBe(closing?.sha256);
    const axes = (JSON.parse(payload) as { axes: Record<string, unknown[]> }).axes;
    expect(Object.keys(axes).sort()).toEqual(
      [
        ...["aidCategory", "campaign", "form", "fundSource", "month"],
        ...["organisation", "prefecture", "programme", "recipientKind"],
      ].sort(),
    );
    expect(axes["month"]).toEqual([
      expect.objectContaining({ month: 3, records: 1 }),
      expect.objectContaining({ month: 11, records: 1 }),
    ]);
    expect(await differences()).toEqual([]);
    const year = await yearAs(province);
    expect(year.snapshot).toMatchObject({ no: 1, seq: Number(closing?.seq), records: 2 });
    expect(year.changedSince).toMatchObject({ records: 0, amountFen: "0", count: 0 });
    expect(year.closings[0]?.checkpoint).toContain("630000");
  });

  it("takes two of the province: one asks, another confirms, and nobody both", async () => {
    await expect(ask(reviewer)).rejects.toMatchObject({ code: "FORBIDDEN" });
    for (const until of [inDays(-1), inDays(93)])
      await expect(ask(province, until)).rejects.toMatchObject({
        code: "VALIDATION",
        fieldErrors: { until: [{ key: "reopenUntil" }] },
      });
    const asked = await ask(province);
    expect(asked).toMatchObject({
      status: "closed",
      reopenings: [{ state: "pending", afterNo: 1, actions: ["withdraw"] }],
    });
    await expect(ask(second)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(decide(province, await waitingId(), confirmReopening)).rejects.toMatchObject({
      code: "SECOND_ADMINISTRATOR",
    });
    await expect(decide(reviewer, await waitingId(), confirmReopening)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const declined = await decide(second, await waitingId(), declineReopening);
    expect(declined).toMatchObject({ status: "closed", reopenings: [{ state: "declined" }] });
  });

  it("takes entries until that day, keeps what passed, and is closed as number 2 beside number 1", async () => {
    await ask(province);
    const opened = await decide(second, await waitingId(), confirmReopening);
    expect(opened).toMatchObject({ status: "reopened", reopenedUntil: inDays(7) });
    const before = (await yearAs(province)).closings[0];
    const late = await approvedRecord(clerk, reviewer, day("12"));
    const during = await yearAs(province);
    expect(during.changedSince).toMatchObject({
      records: 1,
      amountFen: late.amountFen,
      lines: [{ id: late.id }],
    });
    await close();
    const closed = await yearAs(province);
    expect(closed).toMatchObject({ status: "closed", reopenedUntil: null });
    expect(closed.closings.map(({ no }) => no)).toEqual([2, 1]);
    expect(closed.closings[1]).toEqual(before);
    const [two, one] = closed.closings;
    const [reopening] = closed.reopenings;
    // what passed through it is the difference of the two closings
    expect(BigInt(two?.frozen?.amountFen ?? 0) - BigInt(one?.frozen?.amountFen ?? 0)).toBe(
      BigInt(reopening?.passed?.amountFen ?? 0),
    );
    expect(reopening?.passed).toMatchObject({ records: 1, lines: [{ id: late.id }] });
    expect(closed.changedSince).toMatchObject({ records: 0, count: 0 });
    const { totals } = await readAs(province.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter: { year: YEAR }, groupBy: [] }),
    );
    expect(two?.frozen?.amountFen).toBe(totals.amountFen);
    // both still are what their records gave at their places, and the nightly checks say so
    expect(await differences()).toEqual([]);
    for (const check of ["closed_years_stand", "closed_years_rest", "subjects_are_as_audited"])
      expect((await owner.query(`SELECT guard.faults_of_${check}()::int AS n`)).rows).toEqual([
        { n: 0 },
      ]);
  });

  it("takes none after its last day, and is closed again all the same", async () => {
    await ask(province, inDays(0));
    await decide(second, await waitingId(), confirmReopening);
    const draft = await as(clerk).create(day("10"));
    await owner.query(`SET session_replication_role = replica;
      UPDATE year_reopenings SET until = until - 1 WHERE year = ${YEAR};
      UPDATE years SET reopened_until = reopened_until - 1 WHERE year = ${YEAR};
      RESET session_replication_role`);
    await expect(as(clerk).submit(draft)).rejects.toMatchObject({ code: "YEAR_CLOSED" });
    await expect(as(clerk).create(day("10"))).rejects.toMatchObject({ code: "YEAR_CLOSED" });
    expect(await close()).toMatchObject({ status: "closed", waiting: { draft: 1 } });
    expect((await yearAs(province)).closings.map(({ no }) => no)).toEqual([3, 2, 1]);
  });
});

test("what a year's own row kept before is carried over as the text its digest is of", async () => {
  const migration = readFileSync(
    "prisma/migrations/20261126100500_year_closings/migration.sql",
    "utf8",
  );
  const [canonical = ""] = /CREATE FUNCTION pg_temp[\s\S]*?\nEND \$\$;/.exec(migration) ?? [];
  await owner.query(canonical);
  const { rows } = await owner.query(
    "SELECT count(*)::int AS kept, (count(*) FILTER (WHERE pg_temp.canonical(payload::jsonb) = payload))::int AS same FROM year_closings",
  );
  expect(rows).toEqual([{ kept: 3, same: 3 }]);
});

test("a hundred approvals race eighteen closings: each is at or below the closing's place, or refused", async () => {
  const roll = dice(33);
  let refused = 0;
  let counted = 0;
  for (let year = 2000; year < 2018; year += 1) {
    const sent = [];
    for (let i = 0; i < 6; i += 1)
      sent.push(await as(clerk).submit(await as(clerk).create({ paidOn: `${year}-06-15` })));
    const { version } = await yearAs(province, year);
    const closing = () =>
      writeAs(province.session, (context) =>
        closeYear({ ...context, now, year, input: { version, acceptOpen: true } }),
      );
    const acts: (() => Promise<unknown>)[] = sent.map((one) => () => as(reviewer).approve(one));
    acts.splice(roll.below(7), 0, closing);
    const outcomes = await Promise.allSettled(acts.map((act) => act()));
    const { rows } = await owner.query<{ approved: number; late: number; frozen: number }>(
      `SELECT count(l.seq)::int AS approved, (count(*) FILTER (WHERE l.seq > c.seq))::int AS late,
         (c.payload::jsonb #>> '{figures,totals,records}')::int AS frozen
       FROM year_closings c LEFT JOIN ledger_entries l ON l.fiscal_year = c.year
       WHERE c.year = $1 GROUP BY c.seq, c.payload`,
      [year],
    );
    const failed = outcomes.filter(({ status }) => status === "rejected");
    for (const one of failed) expect(one).toMatchObject({ reason: { code: "YEAR_CLOSED" } });
    expect(rows).toEqual([{ approved: 6 - failed.length, late: 0, frozen: 6 - failed.length }]);
    refused += failed.length;
    counted += 6 - failed.length;
  }
  expect(refused + counted).toBe(108);
  expect(Math.min(refused, counted)).toBeGreaterThan(0);
  expect(await differences()).toEqual([]);
}, 120_000);
