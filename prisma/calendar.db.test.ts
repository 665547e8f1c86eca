import { beforeAll } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";
import { as, sampleFields } from "@/testing/records";

const database = await testDatabase();
const { audited, auditedAs, dropTrigger, lawFixture, NO_YEAR_CHECK, step, submit, without } =
  await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;
/** Of the clerk's county: one that stands, one taken back, and one whose programme was entered after it. */
let standing = "";
let ended = "";
let overtaken = "";
let draft = "";
/** The lock of the county's chain. */
let chain = "";

const EXPECT = `INSERT INTO expectations (programme_id, organisation_id, owed_by, repeats, from_month, from_day,
    to_month, to_day, due_month, due_day, first_year)
  SELECT p.id, o.id, 'COUNTY', 'YEARLY', 6, 1, 9, 30, 10, 15, 2025 FROM programmes p, organisations o
  WHERE p.code = ANY ($1) AND o.code = '630000'`;
const DECLARE = `INSERT INTO nil_declarations (organisation_id, programme_id, period_from, period_to, reason_code, created_by, created_at)
  SELECT o.id, p.id, make_date($2, 6, 1), make_date($2, 9, 30), 'put-off', $3, now()
  FROM organisations o, programmes p WHERE o.code = $4 AND p.code = $1 RETURNING id::text`;

beforeAll(async () => {
  f = await lawFixture(actors);
  const { owner } = actors;
  const programmes = ["golden-autumn", "cool-summer", "summer-camp", "health-check", "recuperation"]; // prettier-ignore
  await owner.query(EXPECT, [programmes]);
  await owner.query("BEGIN");
  await owner.query("SELECT set_config('app.session', $1, true)", [f.clerk.session]);
  const made = async (programme: string) =>
    (await owner.query<{ id: string }>(DECLARE, [programme, 2026, f.clerk.userId, "630123"]))
      .rows[0]?.id ?? "";
  [standing, ended, overtaken] = [await made("cool-summer"), await made("summer-camp"), await made("health-check")]; // prettier-ignore
  await owner.query(
    "UPDATE nil_declarations SET end_kind = 'WITHDRAWN', ended_at = now(), version = 2 WHERE id = $1",
    [ended],
  );
  await owner.query("COMMIT");
  const { id } = await as(f.clerk).create({ ...sampleFields, programme: "health-check" });
  draft = id;
  const { rows } = await owner.query<{ lock: string }>(
    "SELECT guard.lock_of_audit(guard.root_of(path))::text AS lock FROM organisations WHERE code = '630123'",
  );
  chain = rows[0]?.lock ?? "";
}, 120_000);

type Declared = { programme?: string; year?: number; by?: string; organisation?: string };
/** As the application declares it, with its entry. */
async function declare(run: Run, over: Declared = {}): Promise<string> {
  const { programme = "recuperation", year = 2026, organisation = "630123" } = over;
  const by = over.by ?? f.clerk.userId;
  const [row] = await run(DECLARE, [programme, year, by, organisation]);
  const id = String(row?.["id"]);
  await auditedAs(run, "nil-declaration.create", id);
  return id;
}

const WALLS_DOWN = "ALTER TABLE nil_declarations DISABLE ROW LEVEL SECURITY";
const NO_LAW = dropTrigger("before_write", "nil_declarations");

const made: Law<LawFixture>[] = [
  {
    law: "a clerk declares for the own county",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await declare(run);
    },
    outcome: "accepted",
    without: "DROP POLICY clerk_inserts ON nil_declarations",
    then: "42501",
  },
  ...(
    [
      ["a clerk of another county", () => f.stranger],
      ["a reviewer", () => f.reviewer],
      ["the province", () => f.province],
      ["an auditor", () => f.auditor],
      ["an administrator", () => f.admin],
    ] as const
  ).map(([who, person]) => ({
    law: `${who} does not`,
    by: () => person().session,
    attempt: async (run: Run) => {
      await declare(run, { by: person().userId });
    },
    outcome: "42501",
    without: WALLS_DOWN,
  })),
  {
    law: "nothing is declared where a record stands, be it a draft",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await declare(run, { programme: "golden-autumn" });
    },
    outcome: "NZ011",
    without: rewrite("before_nil_declaration()", "PERFORM FROM guard.dated_entries d", "PERFORM FROM guard.dated_entries d JOIN years ON false"), // prettier-ignore
  },
  {
    law: "nor where nothing is expected",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await declare(run, { programme: "winter-wellness" });
    },
    outcome: "NZ011",
    without: NO_LAW,
  },
  {
    law: "nor in a closed year",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await declare(run, { year: 2025 });
    },
    outcome: "NZ005",
    without: NO_YEAR_CHECK,
  },
  {
    law: "nor twice",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await declare(run, { programme: "cool-summer" });
    },
    outcome: "23505",
    without: "DROP INDEX nil_declarations_once_idx",
  },
  {
    law: "nor in another's name: the database says whose it is",
    by: () => f.clerk.session,
    attempt: async (run) => {
      const id = await declare(run, { by: f.stranger.userId });
      const [row] = await run("SELECT created_by FROM nil_declarations WHERE id = $1", [id]);
      return row?.["created_by"] === f.clerk.userId ? "own" : "another's";
    },
    outcome: "own",
    without: NO_LAW,
    then: "another's",
  },
  {
    law: "nor without its audit entry",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await run(DECLARE, ["recuperation", 2026, f.clerk.userId, "630123"]);
    },
    outcome: "NZ008",
    without: dropTrigger("audited", "nil_declarations"),
  },
  {
    law: "other reasons are told in words",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await run(DECLARE.replace("'put-off'", "'other'"), ["recuperation", 2026, f.clerk.userId, "630123"]); // prettier-ignore
    },
    outcome: "23514",
    without: `${without("other_in_words", "nil_declarations")}; ${dropTrigger("audited", "nil_declarations")}`,
  },
];

const found = (id: () => string) => async (run: Run) =>
  (await run("SELECT FROM nil_declarations WHERE id = $1", [id()])).length > 0
    ? "found"
    : "nothing";
const changed =
  (set: string, id = () => standing, version = "version + 1") =>
  async (run: Run) => {
    const rows = await run(
      `UPDATE nil_declarations SET version = ${version}, ${set} WHERE id = $1 RETURNING end_kind`,
      [id()],
    );
    if (rows.length === 0) return "untouched";
    if (rows[0]?.["end_kind"] === "WITHDRAWN")
      await auditedAs(run, "nil-declaration.withdraw", id());
    return "changed";
  };
const WITHDRAW = "end_kind = 'WITHDRAWN', ended_at = now(), ended_by = guard.session_user_id()";

const kept: Law<LawFixture>[] = [
  ...(
    [
      ["the county's clerk", () => f.clerk.session, "found"],
      ["the prefecture's reviewer", () => f.reviewer.session, "found"],
    ] as const
  ).map(([who, by, outcome]) => ({
    law: `${who} reads it`,
    by,
    attempt: found(() => standing),
    outcome,
    without: "DROP POLICY read_scope ON nil_declarations",
    then: "nothing",
  })),
  ...(
    [
      ["a clerk of another county", () => f.stranger.session],
      ["an administrator", () => f.admin.session],
      ["nobody", () => null],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} does not read it`,
    by,
    attempt: found(() => standing),
    outcome: "nothing",
    without: WALLS_DOWN,
    then: "found",
  })),
  {
    law: "a colleague takes it back",
    by: () => f.colleague.session,
    attempt: changed(WITHDRAW),
    outcome: "changed",
    without: "DROP POLICY clerk_updates ON nil_declarations",
    then: "untouched",
  },
  {
    law: "a reviewer does not",
    by: () => f.reviewer.session,
    attempt: changed(WITHDRAW),
    outcome: "untouched",
    without: WALLS_DOWN,
    then: "changed",
  },
  {
    law: "what it says does not change",
    by: () => f.clerk.session,
    attempt: changed("words = '改过'"),
    outcome: "NZ004",
    without: `${NO_LAW}; ${dropTrigger("audited", "nil_declarations")}`,
    then: "changed",
  },
  {
    law: "what has ended stays so",
    by: () => f.clerk.session,
    attempt: changed(WITHDRAW, () => ended),
    outcome: "NZ004",
    without: NO_LAW,
    then: "changed",
  },
  {
    law: "versions follow one another",
    by: () => f.clerk.session,
    attempt: changed(WITHDRAW, () => standing, "version + 2"),
    outcome: "NZ006",
    without: NO_LAW,
    then: "changed",
  },
  {
    law: "only a record of its days takes its place",
    by: () => f.clerk.session,
    attempt: (run) =>
      changed(
        `end_kind = 'SUPERSEDED', ended_at = now(), ended_by = guard.session_user_id(), superseded_by = ${f.approved}`,
      )(run),
    outcome: "NZ004",
    without: `${NO_LAW}; ${dropTrigger("audited", "nil_declarations")}`,
    then: "changed",
  },
  {
    law: "nobody deletes one",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await run("DELETE FROM nil_declarations WHERE id = $1", [standing]);
    },
    outcome: "42501",
    without: `GRANT DELETE ON nil_declarations TO nuanzhang_app; CREATE POLICY anybody ON nil_declarations USING (true)`,
    then: "NZ004",
  },
  {
    law: "a record that is submitted takes its place",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await submit(run, draft);
      const [row] = await run("SELECT end_kind, superseded_by::text AS by FROM nil_declarations WHERE id = $1", [overtaken]); // prettier-ignore
      return row?.["by"] === draft ? String(row["end_kind"]) : "standing";
    },
    outcome: "SUPERSEDED",
    without: dropTrigger("ends_nil", "disbursements"),
    then: "standing",
  },
  {
    // whoever holds the chain and waits for money is waited for by whoever has that money and comes to the chain
    law: "taking its place holds the chain for nobody before the commit",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await step(run, draft, "SUBMIT");
      await run(
        "UPDATE disbursements SET version = version + 1, status = 'SUBMITTED', submitted_at = now() WHERE id = $1",
        [draft],
      );
      const [row] = await run(
        "SELECT count(*)::int AS held FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory' AND (classid::bigint << 32 | objid::bigint) = $1",
        [chain],
      );
      await audited(run, draft);
      return row?.["held"] === 0 ? "free" : "held";
    },
    outcome: "free",
    without: `${dropTrigger("announced", "nil_declarations")}; CREATE TRIGGER announced AFTER UPDATE ON nil_declarations
      FOR EACH ROW WHEN (NEW.end_kind = 'SUPERSEDED') EXECUTE FUNCTION guard.after_superseded()`,
    then: "held",
  },
];

const expectation = (set: string) => async (run: Run) => {
  const rows = await run(
    `UPDATE expectations SET version = version + 1, ${set} WHERE id = (SELECT min(id) FROM expectations) RETURNING id::text`,
  );
  if (rows.length === 0) return "untouched";
  await auditedAs(run, "expectation.update", String(rows[0]?.["id"]));
  return "changed";
};
const laidDown: Law<LawFixture>[] = [
  {
    law: "what is expected does not move to another place",
    by: () => f.admin.session,
    attempt: expectation("owed_by = 'PREFECTURE'"),
    outcome: "NZ004",
    without: dropTrigger("keeps_place", "expectations"),
    then: "changed",
  },
  {
    law: "nobody but an administrator changes it",
    by: () => f.province.session,
    attempt: expectation("due_day = 20"),
    outcome: "untouched",
    without: "ALTER TABLE expectations DISABLE ROW LEVEL SECURITY",
    then: "changed",
  },
  {
    law: "nor lays one down",
    by: () => f.province.session,
    attempt: async (run) => {
      await run(EXPECT, [["winter-wellness"]]);
    },
    outcome: "42501",
    without: `ALTER TABLE expectations DISABLE ROW LEVEL SECURITY; ${dropTrigger("audited", "expectations")}`,
  },
  {
    law: "nobody changes it unseen",
    by: () => f.admin.session,
    attempt: async (run) => {
      await run("UPDATE expectations SET version = version + 1, due_day = 20");
    },
    outcome: "NZ008",
    without: dropTrigger("audited", "expectations"),
  },
  {
    law: "a period has all its days",
    by: () => f.admin.session,
    attempt: expectation("due_day = NULL"),
    outcome: "23514",
    without: without("days_whole", "expectations"),
    then: "changed",
  },
];

testLaws(database, () => f, [...made, ...kept, ...laidDown]);
