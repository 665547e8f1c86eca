import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";
import { dice, openOffice } from "@/testing/office";
import { draftedRoster, rosterLine } from "@/testing/rosters";

const { database, actors, f, clerk, reviewer } = await lawBook();
const { audited, change, step } = await import("@/testing/law-fixture");
const { as, sampleFields } = await import("@/testing/records");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { owner } = actors;

const NAMED = `NEW.named := CASE WHEN NEW.status NOT IN ('SUBMITTED', 'APPROVED') THEN false
    WHEN OLD.status = 'SUBMITTED' THEN OLD.named ELSE guard.has_roster(OLD) END;`;
const AS_TOLD = rewrite("before_disbursement_update()", NAMED, "");
const BEFORE_COMMIT = rewrite("check_disbursement(bigint)", "d.named <> guard.has_roster(d)", "false"); // prettier-ignore
const NOT_A_DRAFT = "ALTER TABLE disbursements DROP CONSTRAINT named_once_submitted";

const isNamed = async (run: Run, id: string): Promise<string> => {
  const [row] = await run("SELECT named FROM disbursements WHERE id = $1", [id]);
  return row?.["named"] === true ? "named" : "not named";
};
const sendNamed = async (run: Run) => {
  await step(run, f.draft, "SUBMIT");
  await change(run, f.draft, "status = 'SUBMITTED', submitted_at = now(), named = true");
  return isNamed(run, f.draft);
};

const laws: Law<LawFixture>[] = [
  {
    law: "nobody names a draft",
    by: clerk,
    attempt: async (run) => {
      await change(run, f.draft, "named = true");
      return isNamed(run, f.draft);
    },
    outcome: "not named",
    without: `${AS_TOLD}; ${NOT_A_DRAFT}`,
    then: "named",
  },
  {
    law: "not even the row itself takes a draft for named",
    by: clerk,
    attempt: async (run) => {
      await change(run, f.draft, "named = true");
      return isNamed(run, f.draft);
    },
    outcome: "not named",
    without: AS_TOLD,
    then: "23514",
  },
  {
    law: "a record does not begin as named",
    by: clerk,
    attempt: async (run) => {
      const [row] = await run(
        `INSERT INTO disbursements (organisation_id, fiscal_year, programme_id, created_by, last_edited_by, named)
         SELECT organisation_id, fiscal_year, programme_id, created_by, created_by, true FROM disbursements WHERE id = $1
         RETURNING id::text`,
        [f.draft],
      );
      const id = String(row?.["id"]);
      await audited(run, id);
      return isNamed(run, id);
    },
    outcome: "not named",
    without: rewrite("before_disbursement_insert()", "NEW.named := false;", ""),
    then: "23514",
  },
  {
    law: "what is handed in without a roster is not named, whatever is said",
    by: clerk,
    attempt: sendNamed,
    outcome: "not named",
    without: AS_TOLD,
    // the second wall
    then: "NZ001",
  },
  {
    law: "and is asked once more before it is committed",
    by: clerk,
    attempt: sendNamed,
    outcome: "not named",
    without: `${AS_TOLD}; ${BEFORE_COMMIT}`,
    then: "named",
  },
  {
    law: "nobody names what waits",
    by: reviewer,
    attempt: async (run) => {
      await run("UPDATE disbursements SET named = true, version = version + 1, approvals_given = approvals_given + 1 WHERE id = $1", [f.submitted]); // prettier-ignore
    },
    outcome: "NZ004",
    without: `ALTER TABLE disbursements DISABLE TRIGGER before_update`,
    then: "NZ008",
  },
  {
    law: "nobody names what was approved",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE disbursements SET named = true WHERE id = $1", [f.approved]);
      await audited(run, f.approved);
    },
    outcome: "NZ004",
    without: "ALTER TABLE disbursements DISABLE TRIGGER before_update",
    then: "NZ001",
  },
];

testLaws(database, () => f, laws);

const one = async (text: string, values: unknown[] = []) =>
  (await owner.query<Record<string, unknown>>(text, values)).rows[0] ?? {};
const states = async (ids: readonly string[]) =>
  (
    await owner.query<{ named: boolean }>(
      "SELECT d.named FROM unnest($1::bigint[]) WITH ORDINALITY AS x (id, n) JOIN disbursements d USING (id) ORDER BY x.n",
      [ids],
    )
  ).rows.map(({ named }) => named);
const namedOf = () =>
  as(f.reviewer).read(async ({ db, scope }) => {
    const filter = { year: 2026, org: "630123" };
    const { named } = await queryFigures({ db, scope, filter, groupBy: [] });
    const asked = { ...filter, named: "yes" as const };
    const { totals } = await queryFigures({ db, scope, filter: asked, groupBy: [] });
    // the sums beside a figure are those of the records that a condition finds
    expect([totals.amountFen, totals.records, totals.persons]).toEqual([named.namedFen, named.namedRecords, named.namedPersons]); // prettier-ignore
    return named;
  });
const PLANTED = "SELECT guard.faults_of_named_by_rosters() AS faults";

test("a record is named from the moment it is handed in, and what takes it back takes its name out of the figures", async () => {
  const before = await namedOf();
  const draft = await draftedRoster(f.clerk, [rosterLine(0), rosterLine(1)]);
  const { id } = draft;
  const desk = as(f.clerk);
  expect(await states([id])).toEqual([false]);
  const sent = await desk.submit(await desk.get(id));
  expect(await states([id])).toEqual([true]);
  const back = await desk.withdraw(sent);
  expect(await states([id])).toEqual([false]);
  const approved = await as(f.reviewer).approve(await desk.submit(back));
  expect(await states([id])).toEqual([true]);
  expect(await namedOf()).toEqual({
    namedRecords: before.namedRecords + 1,
    namedFen: String(BigInt(before.namedFen) + 120_000n),
    namedPersons: before.namedPersons + 2,
    namedHouseholds: before.namedHouseholds,
  });
  const { adjustments } = await desk.adjust(approved, { ...sampleFields, amountFen: "50000", counts: { persons: 1 }, shares: [{ fundSource: "county-union", amountFen: "50000" }] }); // prettier-ignore
  const { reversalId = "", replacementId = "" } = adjustments[0] ?? {};
  expect(await states([reversalId, replacementId ?? ""])).toEqual([false, false]);
  const replacement = await desk.submit(await desk.get(replacementId ?? ""));
  expect(await states([reversalId, replacementId ?? ""])).toEqual([true, false]);
  await as(f.reviewer).approve(replacement);
  expect(await namedOf()).toEqual(before);
  expect(await one(PLANTED)).toEqual({ faults: "0" });
  expect((await owner.query("SELECT guard.figure_differences()")).rows).toEqual([]);
}, 60_000);

test("no digest that was signed before says anything of it", async () => {
  const approved = await as(f.reviewer).approve(
    await as(f.clerk).submit(await draftedRoster(f.clerk, [rosterLine(2)])),
  );
  const digests = () =>
    one(
      `SELECT guard.figures_digest(1) AS rolled, guard.figures_digest(1, (SELECT max(position) FROM audit_entries)) AS counted,
         (SELECT s.digest FROM guard.record_states(ARRAY[$1::bigint]) s) AS record`,
      [approved.id],
    );
  const before = await digests();
  expect(before["rolled"]).toBe(before["counted"]);
  await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
  await owner.query("UPDATE disbursements SET named = false");
  await owner.query("SELECT guard.rebuild_figures()");
  expect(await digests()).toEqual(before);
  // and so it is asked every night
  expect(await one(PLANTED)).not.toEqual({ faults: "0" });
  await owner.query("UPDATE disbursements SET persons = persons + 1 WHERE id = $1", [approved.id]);
  await owner.query("SELECT guard.rebuild_figures()");
  expect(await digests()).not.toEqual(before);
  await owner.query("ROLLBACK");
}, 60_000);

test("what was handed in with a roster before the column was there is found and counted", async () => {
  const office = await openOffice(database, {
    clerk: await actors.clerk("630000"),
    reviewer: await actors.province(),
    organisations: ["630123", "632222"],
  });
  await office.deeds(300, dice(48));
  await office.close();
  const migration = readFileSync("prisma/migrations/20261127104000_named_records/migration.sql", "utf8"); // prettier-ignore
  const backfill = migration.slice(migration.indexOf('UPDATE "disbursements"'));
  const sums = "SELECT sum(named_records)::int AS records, sum(named_fen)::text AS fen FROM figure_rows WHERE fund_source_id <> 0"; // prettier-ignore
  const before = await one(sums);
  expect(before["records"]).toBeGreaterThan(10);
  await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
  await owner.query("UPDATE disbursements SET named = false");
  await owner.query("SELECT guard.rebuild_figures()");
  expect(await one(sums)).toEqual({ records: 0, fen: "0" });
  await owner.query(backfill);
  expect(await one(PLANTED)).toEqual({ faults: "0" });
  expect(await one(sums)).toEqual(before);
  expect((await owner.query("SELECT guard.figure_differences()")).rows).toEqual([]);
  await owner.query("SELECT guard.fold_figures()");
  expect((await owner.query("SELECT guard.figure_differences()")).rows).toEqual([]);
  await owner.query("ROLLBACK");
}, 120_000);
