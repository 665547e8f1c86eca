import { beforeAll } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law } from "@/testing/laws";

const database = await testDatabase();
const { NO_COMMIT_CHECK, allot, audited, dropTrigger, insertDraft, lawFixture } =
  await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;
beforeAll(async () => {
  f = await lawFixture(actors);
});

const clerk = () => f.clerk.session;
const province = () => f.province.session;
const admin = () => f.admin.session;

const trace: Law<LawFixture>[] = [
  {
    law: "a changed record has its audit entry",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE disbursements SET version = version + 1, note = '改' WHERE id = $1", [
        f.draft,
      ]);
    },
    outcome: "NZ008",
    without: NO_COMMIT_CHECK,
  },
  ...(
    [
      ["users", "INSERT INTO users (username, name_zh, name_en) VALUES ('x', 'x', 'x')"],
      ["organisations", "UPDATE organisations SET name_zh = '改' WHERE code = '630123'"],
      ["programmes", "UPDATE programmes SET active = false WHERE code = 'golden-autumn'"],
      ["approval_rules", "UPDATE approval_rules SET min_amount_fen = 1 WHERE step = 2"],
      [
        "finding_thresholds",
        "UPDATE finding_thresholds SET value = 60 WHERE threshold = 'duplicate-days'",
      ],
      ["export_maps", "UPDATE export_maps SET active = false WHERE code = 'national-list'"],
      [
        "memberships",
        `INSERT INTO memberships (user_id, organisation_id, role)
         SELECT u.id, o.id, 'REVIEWER' FROM users u, organisations o WHERE u.username LIKE 'clerk.%' AND o.code = '630100' LIMIT 1`,
      ],
    ] as const
  ).map(([table, text]): Law<LawFixture> => ({
    law: `an administrator's change has its audit entry: ${table}`,
    by: admin,
    attempt: async (run) => {
      await run(text);
    },
    outcome: "NZ008",
    without: dropTrigger("audited", table),
  })),
  {
    law: "the author of a record is the session's, whatever the row says",
    by: clerk,
    attempt: async (run) => {
      const id = await insertDraft(run, f.reviewer);
      const [row] = await run(
        "SELECT created_by, last_edited_by FROM disbursements WHERE id = $1",
        [id],
      );
      return row?.["created_by"] === f.clerk.userId && row["last_edited_by"] === f.clerk.userId
        ? "own"
        : "forged";
    },
    outcome: "own",
    without: dropTrigger("before_insert", "disbursements"),
    then: "forged",
  },
  {
    law: "the actor of a step is the session's, whatever the row says",
    by: clerk,
    attempt: async (run) => {
      const [row] = await run(
        `INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, round)
         SELECT id, organisation_id, 'VOID', $2, now(), 1 FROM disbursements WHERE id = $1 RETURNING actor_id`,
        [f.draft, f.reviewer.userId],
      );
      await audited(run, f.draft);
      return row?.["actor_id"] === f.clerk.userId ? "own" : "forged";
    },
    outcome: "own",
    without: dropTrigger("before_insert", "approval_steps"),
    then: "forged",
  },
  {
    law: "whoever records an allotment is the session's, whatever the row says",
    by: province,
    attempt: async (run) => {
      const { createdBy } = await allot(run, 2026, f.clerk);
      return createdBy === f.province.userId ? "own" : "forged";
    },
    outcome: "own",
    without: dropTrigger("before_write", "allotments"),
    then: "forged",
  },
  {
    law: "without a session nothing is written",
    by: () => null,
    attempt: async (run) => {
      await run(
        `INSERT INTO disbursements (organisation_id, programme_id, fiscal_year, created_by, last_edited_by)
         VALUES (1, 1, 2026, $1, $1)`,
        [f.clerk.userId],
      );
    },
    outcome: "NZ009",
    without: dropTrigger("before_insert", "disbursements"),
    // The policy stands behind it.
    then: "42501",
  },
];

testLaws(database, () => f, trace);
