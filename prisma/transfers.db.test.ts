import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const { database, f, reviewer, province } = await lawBook();
const { auditedAs, dropTrigger } = await import("@/testing/law-fixture");

const idOf = (rows: Record<string, unknown>[]) => String(rows[0]?.["id"]);

/** Recorded by hand, as the fields say. */
async function insert(run: Run, action: string, fields: Record<string, string>): Promise<string> {
  const names = Object.keys(fields);
  const rows = await run(
    `INSERT INTO allotments (fiscal_year, fund_source_id, created_by, created_at, ${names.join(", ")})
     SELECT 2026, (SELECT id FROM fund_sources WHERE code = 'provincial-union'), guard.session_user_id(), now(),
       ${Object.values(fields).join(", ")} RETURNING id::text`,
  );
  const id = idOf(rows);
  await auditedAs(run, action, id);
  return id;
}
const of = (code: string) => `(SELECT id FROM organisations WHERE code = '${code}')`;
const receive = (run: Run) =>
  insert(run, "allotment.create", { organisation_id: of("630100"), amount_fen: "100" });
const give = (run: Run, from: string, fen: number, to = "630123") =>
  insert(run, "allotment.pass-down", {
    ...{ organisation_id: of("630100"), counterpart_id: of(to), amount_fen: `-${fen}` },
    ...{ transfer_kind: "'PASSED'", taken_from_id: from },
  });
const take = (run: Run, given: string, fen: number, organisation = "630123") =>
  insert(run, "allotment.pass-down", {
    ...{ organisation_id: of(organisation), counterpart_id: of("630100"), amount_fen: `${fen}` },
    ...{ transfer_kind: "'PASSED'", paired_id: given },
  });
const cancel = async (run: Run, id: string) => {
  await run(
    `UPDATE allotments SET voided_at = now(), voided_by = created_by, void_reason = '重复', version = 2 WHERE id = $1`,
    [id],
  );
  await auditedAs(run, "allotment.void", id);
};
const NO_PAIR = dropTrigger("pair", "allotments");
const NO_TRANSFER = dropTrigger("before_transfer", "allotments");

const laws: Law<LawFixture>[] = [
  {
    law: "no more is given away than is left",
    by: province,
    attempt: async (run) => {
      const from = await receive(run);
      await take(run, await give(run, from, 60), 60);
      await take(run, await give(run, from, 41), 41);
    },
    outcome: "NZ016",
    without: NO_TRANSFER,
  },
  {
    law: "what one gives is what the other receives",
    by: province,
    attempt: async (run) => {
      await take(run, await give(run, await receive(run), 60), 61);
    },
    outcome: "23514",
    without: NO_TRANSFER,
  },
  {
    law: "money is passed down within the giver's own subtree",
    by: province,
    attempt: async (run) => {
      await take(run, await give(run, await receive(run), 60, "632222"), 60, "632222");
    },
    outcome: "23514",
    without: NO_TRANSFER,
  },
  {
    law: "nothing is given without being received",
    by: province,
    attempt: async (run) => {
      await give(run, await receive(run), 60);
    },
    outcome: "23514",
    without: NO_PAIR,
  },
  {
    law: "a pair is voided at both ends",
    by: province,
    attempt: async (run) => {
      const given = await give(run, await receive(run), 60);
      await take(run, given, 60);
      await cancel(run, given);
    },
    outcome: "23514",
    without: NO_PAIR,
  },
  {
    law: "an allotment of which something was given away is not voided",
    by: province,
    attempt: async (run) => {
      const from = await receive(run);
      await take(run, await give(run, from, 60), 60);
      await cancel(run, from);
    },
    outcome: "NZ017",
    without: dropTrigger("before_void", "allotments"),
  },
  {
    law: "a reviewer records nothing that came from outside",
    by: reviewer,
    attempt: async (run) => {
      await receive(run);
    },
    outcome: "42501",
    without: "ALTER TABLE allotments DISABLE ROW LEVEL SECURITY",
  },
  {
    law: "nobody gives away what they may not read",
    by: reviewer,
    attempt: async (run) => {
      const [row] =
        await run(`SELECT max(guard.allotment_left(x, 'PASSED')) AS fen FROM generate_series(1, 20) AS x
        WHERE NOT EXISTS (SELECT FROM allotments a WHERE a.id = x)`);
      return row?.["fen"] === null ? "nothing" : "told";
    },
    outcome: "nothing",
    without: rewrite("allotment_left(bigint,text)", "OR NOT guard.reads(a.organisation_id)", ""),
    then: "told",
  },
];

testLaws(database, () => f, laws);
