import { beforeAll } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const { lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;
/** The clerk's own. */
const COPY = "0f0e0d0c-0b0a-4908-8706-050403020100";
const OTHER = "1f0e0d0c-0b0a-4908-8706-050403020100";

beforeAll(async () => {
  f = await lawFixture(actors);
  await actors.owner.query(
    `INSERT INTO working_copies (id, owner_id, kind, title, edits, body)
     VALUES ($1, $2, 'DISBURSEMENT', '金秋助学', 3, '{"amount": "约30"}')`,
    [COPY, f.clerk.userId],
  );
}, 120_000);

const clerk = () => f.clerk.session;
const colleague = () => f.colleague.session;

const insert = (
  run: Run,
  owner: string,
  over: { id?: string; kind?: string; body?: string } = {},
) =>
  run(
    `INSERT INTO working_copies (id, owner_id, kind, edits, body) VALUES ($1, $2, $3, 1, $4::jsonb)`,
    [over.id ?? OTHER, owner, over.kind ?? "DISBURSEMENT", over.body ?? "{}"],
  );
const found = async (run: Run) =>
  (await run("SELECT FROM working_copies WHERE id = $1", [COPY])).length > 0 ? "found" : "nothing";
const touched = (verb: string) => async (run: Run) => {
  const rows = await run(`${verb} WHERE id = $1 RETURNING 1`, [COPY]);
  return rows.length > 0 ? "touched" : "nothing";
};
const NO_POLICY = `DROP POLICY own_copies ON working_copies;
  CREATE POLICY anybody ON working_copies FOR ALL TO nuanzhang_app USING (true) WITH CHECK (true)`;
const UPDATE = "UPDATE working_copies SET version = version + 1, title = 'x'";

const owners: Law<LawFixture>[] = [
  ...(
    [
      ["a colleague of the same county", colleague],
      ["the province", () => f.province.session],
      ["an auditor", () => f.auditor.session],
      ["an administrator", () => f.admin.session],
      ["nobody", () => null],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} reads no working copy of the clerk`,
    by,
    attempt: found,
    outcome: "nothing",
    without: NO_POLICY,
    then: "found",
  })),
  {
    law: "its owner reads it",
    by: clerk,
    attempt: found,
    outcome: "found",
    without: "DROP POLICY own_copies ON working_copies",
    then: "nothing",
  },
  ...[UPDATE, "DELETE FROM working_copies"].map((verb) => ({
    law: `a colleague does not touch it: ${verb.slice(0, 6)}`,
    by: colleague,
    attempt: touched(verb),
    outcome: "nothing",
    without: NO_POLICY,
    then: "touched",
  })),
  {
    law: "nobody writes one for another",
    by: colleague,
    attempt: async (run) => {
      await insert(run, f.clerk.userId);
    },
    outcome: "42501",
    without: NO_POLICY,
  },
  {
    law: "of a record out of reach there is none",
    by: () => f.stranger.session,
    attempt: async (run) => {
      await run(
        `INSERT INTO working_copies (id, owner_id, kind, subject_id, base_version, edits, body)
         VALUES ($1, $2, 'DISBURSEMENT', $3, 1, 1, '{}')`,
        [OTHER, f.stranger.userId, f.draft],
      );
    },
    outcome: "42501",
    without: NO_POLICY,
  },
  {
    law: "whoever signs people in reads none",
    by: clerk,
    role: "sign-in",
    attempt: found,
    outcome: "42501",
    without: `GRANT SELECT ON working_copies TO nuanzhang_sign_in;
      CREATE POLICY theirs ON working_copies FOR SELECT TO nuanzhang_sign_in USING (true)`,
    then: "found",
  },
];

const NO_TRIGGER = "DROP TRIGGER before_change ON working_copies";
const laws: Law<LawFixture>[] = [
  {
    law: "one version follows the other",
    by: clerk,
    attempt: touched("UPDATE working_copies SET version = version + 2"),
    outcome: "NZ006",
    without: NO_TRIGGER,
    then: "touched",
  },
  {
    law: "it does not pass to somebody else",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE working_copies SET version = version + 1, owner_id = $2 WHERE id = $1", [
        COPY,
        f.colleague.userId,
      ]);
    },
    outcome: "NZ004",
    without: `${NO_TRIGGER}; ${NO_POLICY}`,
  },
  {
    law: "a person keeps a hundred at most",
    by: clerk,
    attempt: async (run) => {
      await run(
        `INSERT INTO working_copies (id, owner_id, kind, edits, body)
         SELECT gen_random_uuid(), $1, 'DISBURSEMENT', 1, '{}' FROM generate_series(1, 100)`,
        [f.clerk.userId],
      );
    },
    outcome: "NZ011",
    without: rewrite("most_working_copies()", "100", "101"),
  },
  {
    law: "it holds a form's text, not a library",
    by: clerk,
    attempt: async (run) => {
      await insert(run, f.clerk.userId, { body: JSON.stringify({ note: "字".repeat(100_000) }) });
    },
    outcome: "23514",
    without: "ALTER TABLE working_copies DROP CONSTRAINT copy_size",
  },
  {
    law: "a table holds more, and no library either",
    by: clerk,
    attempt: async (run) => {
      const rows = JSON.stringify({ rows: "行".repeat(200_000) });
      await insert(run, f.clerk.userId, { kind: "GRID", body: rows });
      await insert(run, f.clerk.userId, { id: COPY.replace("0f", "2f"), kind: "GRID", body: JSON.stringify({ rows: "行".repeat(700_000) }) }); // prettier-ignore
    },
    outcome: "23514",
    without: "ALTER TABLE working_copies DROP CONSTRAINT copy_size",
  },
  {
    law: "a table is of no record",
    by: clerk,
    attempt: async (run) => {
      await run(
        `INSERT INTO working_copies (id, owner_id, kind, subject_id, base_version, edits, body)
         SELECT $1, $2, 'GRID', id, version, 1, '{}' FROM disbursements LIMIT 1`,
        [OTHER, f.clerk.userId],
      );
    },
    outcome: "23514",
    without: "ALTER TABLE working_copies DROP CONSTRAINT copy_of_grid",
  },
  {
    law: "its kind is one we know",
    by: clerk,
    attempt: async (run) => {
      await insert(run, f.clerk.userId, { kind: "SECRET" });
    },
    outcome: "23514",
    without: "ALTER TABLE working_copies DROP CONSTRAINT copy_kind",
  },
  {
    law: "a correction is that of a record",
    by: clerk,
    attempt: async (run) => {
      await insert(run, f.clerk.userId, { kind: "CORRECTION" });
    },
    outcome: "23514",
    without: "ALTER TABLE working_copies DROP CONSTRAINT copy_of_correction",
  },
];

testLaws(database, () => f, [...owners, ...laws]);
