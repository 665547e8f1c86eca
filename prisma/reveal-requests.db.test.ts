import { beforeAll } from "vitest";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const { database, actors, f, clerk, reviewer, dual } = await lawBook();
const { auditedAs, dropTrigger, without } = await import("@/testing/law-fixture");
const { draftedRoster, rosterLine } = await import("@/testing/rosters");
const { as } = await import("@/testing/records");
const { grantReveal, requestReveal } = await import("@/lib/features/reveals/commands");

/** A roster; and of others what the clerk asked for, and what was granted them. */
const ids = { roster: "", pending: "", granted: "", late: "", unproven: "" };

beforeAll(async () => {
  const roster = async () => (await draftedRoster(f.clerk, [rosterLine(0), rosterLine(1)])).id;
  const asked = async (person = f.clerk) => {
    const id = await roster();
    const input = { fields: ["name" as const], reason: { code: "audit" as const, words: "抽查" } };
    return (await as(person).write((c) => requestReveal({ ...c, id, input }))).id;
  };
  const granted = async (person = f.clerk) => {
    const id = await asked(person);
    await as(person === f.clerk ? f.reviewer : f.province).write((c) => grantReveal({ ...c, id }));
    return id;
  };
  ids.roster = await roster();
  [ids.pending, ids.granted, ids.late] = [await asked(), await granted(), await granted()];
  ids.unproven = await granted(f.auditor);
  await actors.owner.query("ALTER TABLE reveal_requests DISABLE TRIGGER USER");
  await actors.owner.query("UPDATE reveal_requests SET decided_at = decided_at - interval '2 hours' WHERE id = $1", [ids.late]); // prettier-ignore
  await actors.owner.query("ALTER TABLE reveal_requests ENABLE TRIGGER USER");
  await actors.owner.query(
    "UPDATE sessions SET proven_at = now() - interval '11 minutes' WHERE user_id = $1",
    [f.auditor.userId],
  );
}, 120_000);

type Asked = { fields?: string; reason?: string; words?: string };
const ask =
  ({ fields = "name", reason = "AUDIT", words = "抽查" }: Asked = {}) =>
  async (run: Run) => {
    const [row] = await run(
      `INSERT INTO reveal_requests (disbursement_id, organisation_id, fields, reason, words)
       SELECT $1, o.id, ARRAY[$2], $3, $4 FROM organisations o WHERE o.code = '630123' RETURNING id::text`,
      [ids.roster, fields, reason, words],
    );
    const id = String(row?.["id"]);
    await auditedAs(run, "reveal-request.create", id);
    return id;
  };
const asked = (how?: Asked) => async (run: Run) => {
  await ask(how)(run);
};
const decide =
  (id: () => string, decision: string, action = "grant") =>
  async (run: Run) => {
    await run("SELECT guard.decide_reveal_request($1, $2)", [id(), decision]);
    await auditedAs(run, `reveal-request.${action}`, id());
  };
const look = (id: () => string) => async (run: Run) =>
  `${(await run("SELECT name FROM guard.reveal_granted($1)", [id()])).length}`;
const DECIDE = "decide_reveal_request(bigint, text)";
const LOOK = "reveal_granted(bigint)";

const laws: Law<LawFixture>[] = [
  {
    law: "whoever asked does not grant, though they judge there",
    by: dual,
    attempt: async (run) => {
      const id = await ask()(run);
      await decide(() => id, "GRANTED")(run);
    },
    outcome: "NZ015",
    without: `${rewrite(DECIDE, "(p_decision = 'WITHDRAWN') <> (r.requested_by = v_me)", "false")}; ${without("reveal_requests_by_two_check", "reveal_requests")}`, // prettier-ignore
  },
  {
    law: "and the row itself cannot say so",
    by: () => null,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE reveal_requests SET decision = 'GRANTED', decided_by = requested_by, decided_at = now() WHERE id = $1", [ids.pending]); // prettier-ignore
    },
    outcome: "23514",
    without: `${without("reveal_requests_by_two_check", "reveal_requests")}; ${dropTrigger("audited", "reveal_requests")}`, // prettier-ignore
  },
  {
    law: "another clerk of the place grants nothing",
    by: ({ colleague }) => colleague.session,
    attempt: decide(() => ids.pending, "GRANTED"),
    outcome: "42501",
    without: rewrite(DECIDE, "'{REVIEWER,PROVINCE}'", "'{CLERK,REVIEWER,PROVINCE}'"),
  },
  {
    law: "an auditor grants nothing",
    by: ({ auditor }) => auditor.session,
    attempt: decide(() => ids.pending, "GRANTED"),
    outcome: "42501",
    without: rewrite(DECIDE, "'{REVIEWER,PROVINCE}'", "'{AUDITOR,REVIEWER,PROVINCE}'"),
  },
  {
    law: "a reviewer below the place from where it is asked grants nothing",
    by: ({ province }) => province.session,
    attempt: async (run, { reviewer: below }) => {
      const id = await ask()(run);
      await run("SELECT set_config('app.session', $1, true)", [below.session]);
      await decide(() => id, "GRANTED")(run);
    },
    outcome: "42501",
    without: rewrite(DECIDE, "guard.works_for(r.place_id,", "guard.works_for(r.organisation_id,"),
  },
  {
    law: "what was decided is decided",
    by: reviewer,
    attempt: decide(() => ids.granted, "DECLINED", "decline"),
    outcome: "NZ006",
    without: `${rewrite(DECIDE, "guard.reveal_request_state(r) <> 'PENDING'", "false")}; ${dropTrigger("decided_once", "reveal_requests")}`, // prettier-ignore
  },
  {
    law: "what was granted is for whoever asked",
    by: reviewer,
    attempt: look(() => ids.granted),
    outcome: "42501",
    without: `${rewrite(LOOK, "r.requested_by <> v_me", "false")}`,
    then: "2",
  },
  {
    law: "and not before it was granted",
    by: clerk,
    attempt: look(() => ids.pending),
    outcome: "NZ006",
    without: rewrite(LOOK, "guard.reveal_request_state(r) <> 'GRANTED'", "false"),
    then: "2",
  },
  {
    law: "nor when its hour is over",
    by: clerk,
    attempt: look(() => ids.late),
    outcome: "NZ006",
    without: "CREATE OR REPLACE FUNCTION guard.reveal_grant_life() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '3 hours' $$", // prettier-ignore
    then: "2",
  },
  {
    law: "it is looked at once",
    by: clerk,
    attempt: async (run) => {
      await look(() => ids.granted)(run);
      return look(() => ids.granted)(run);
    },
    outcome: "NZ006",
    without: rewrite(LOOK, "guard.reveal_request_state(r) <> 'GRANTED'", "false"),
    then: "23505",
  },
  {
    law: "by whoever shows once more that they sit there",
    by: ({ auditor }) => auditor.session,
    attempt: look(() => ids.unproven),
    outcome: "NZ023",
    without: rewrite(LOOK, "NOT guard.is_proven()", "false"),
    then: "2",
  },
  {
    law: "and reads the record still",
    by: clerk,
    attempt: look(() => ids.granted),
    outcome: "2",
    without: "CREATE OR REPLACE FUNCTION guard.reads(p_organisation_id int) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$", // prettier-ignore
    then: "42501",
  },
  {
    law: "lines are not shown past those doors",
    by: clerk,
    attempt: async (run) => {
      await run("SELECT guard.shown_lines(1, 1, '{}', '{name}', 'AUDIT', 'x', NULL)");
    },
    outcome: "42501",
    without: "GRANT EXECUTE ON FUNCTION guard.shown_lines(bigint, int, uuid[], text[], text, text, bigint) TO nuanzhang_app", // prettier-ignore
    then: "23514",
  },
  {
    law: "nobody asks of a place that is not theirs",
    by: ({ stranger }) => stranger.session,
    attempt: asked(),
    outcome: "42501",
    without: "DROP POLICY readers_ask ON reveal_requests; CREATE POLICY anybody ON reveal_requests FOR INSERT WITH CHECK (true)", // prettier-ignore
    then: "23502",
  },
  {
    law: "the same is asked for once at a time",
    by: clerk,
    attempt: async (run) => {
      await ask()(run);
      await ask()(run);
    },
    outcome: "NZ007",
    without: rewrite("before_reveal_request()", "IN ('PENDING', 'GRANTED')", "IN ('NEVER')"),
  },
  ...(
    [
      ["a reason is one of those there are", { reason: "CURIOSITY" }, "reason"],
      ["and names no number", { words: "639901198001010014" }, "words"],
      ["fields are those there are", { fields: "nonce" }, "fields"],
    ] as const
  ).map(([law, how, name]): Law<LawFixture> => ({
    law,
    by: clerk,
    attempt: asked(how),
    outcome: "23514",
    without: without(`reveal_requests_${name}_check`, "reveal_requests"),
  })),
  {
    law: "what is asked for is told to the chain",
    by: clerk,
    attempt: async (run) => {
      await run(
        `INSERT INTO reveal_requests (disbursement_id, organisation_id, fields, reason, words)
         SELECT $1, o.id, '{name}', 'AUDIT', 'x' FROM organisations o WHERE o.code = '630123'`,
        [ids.roster],
      );
    },
    outcome: "NZ008",
    without: dropTrigger("audited", "reveal_requests"),
  },
  {
    law: "nothing of it is changed afterwards",
    by: () => null,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE reveal_requests SET fields = '{account}' WHERE id = $1", [ids.granted]);
    },
    outcome: "NZ004",
    without: dropTrigger("decided_once", "reveal_requests"),
  },
  {
    law: "nothing of it is deleted",
    by: () => null,
    role: "owner",
    attempt: async (run) => {
      await run("DELETE FROM reveal_requests WHERE id = $1", [ids.pending]);
    },
    outcome: "NZ004",
    without: dropTrigger("never_deleted", "reveal_requests"),
  },
  {
    law: "the application decides nothing by hand",
    by: reviewer,
    attempt: async (run) => {
      await run("UPDATE reveal_requests SET decision = 'GRANTED', decided_at = now() WHERE id = $1", [ids.pending]); // prettier-ignore
    },
    outcome: "42501",
    without: "GRANT UPDATE ON reveal_requests TO nuanzhang_app",
  },
  {
    law: "another clerk of the place reads no request",
    by: ({ colleague }) => colleague.session,
    attempt: async (run) => `${(await run("SELECT FROM reveal_requests")).length}`,
    outcome: "0",
    without: "DROP POLICY asked_or_judged ON reveal_requests; CREATE POLICY anybody ON reveal_requests FOR SELECT USING (true)", // prettier-ignore
    then: "4",
  },
];

testLaws(database, () => f, laws);
