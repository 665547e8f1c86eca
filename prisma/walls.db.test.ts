import { beforeAll, expect, test } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const { allot, audited, auditedAs, dropTrigger, lawFixture } =
  await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;
let systemAccount: string;

/** Rows in every table that carries an organisation, in the county the stranger has no business in. */
beforeAll(async () => {
  f = await lawFixture(actors);
  const { owner } = actors;
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO users (username, name_zh, name_en, is_system)
     VALUES ('system', '系统', 'System', true) RETURNING id`,
  );
  systemAccount = rows[0]?.id ?? "";
  await owner.query("BEGIN");
  await owner.query(
    `INSERT INTO finding_answers (disbursement_id, organisation_id, rule, answer_code, answered_by, answered_at)
     SELECT id, organisation_id, 'counts-missing', 'other', created_by, now() FROM disbursements WHERE id = $1`,
    [f.draft],
  );
  await audited(async (text, values) => (await owner.query(text, values)).rows, f.draft);
  await owner.query("SELECT set_config('app.session', $1, true)", [f.province.session]);
  await allot(async (text, values) => (await owner.query(text, values)).rows, 2026, f.province);
  await owner.query("COMMIT");
  // Half of the deltas folded, so that the rollups and what is not folded yet both hold rows.
  await owner.query("SELECT guard.fold_figures(10)");
});

const noRowSecurity = (table: string) => `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`;

const SCOPED = [
  "disbursements",
  "disbursement_shares",
  "approval_steps",
  "finding_answers",
  "submission_rounds",
  "adjustments",
  "allotments",
  "figure_rollups",
  "figure_deltas",
  "figure_totals",
  "figure_rows",
  "audit_entries",
  "ledger_entries",
  "allotment_entries",
  "record_moves",
];

/** Does the reader see rows of the clerk's county? */
const seesCounty = (table: string) => async (run: Run) => {
  const kinds = table === "audit_entries" ? "AND t.subject_type = 'disbursement'" : "";
  const rows = await run(
    `SELECT FROM ${table} t JOIN organisations o ON o.id = t.organisation_id ${kinds}
     WHERE o.code = '630123' LIMIT 1`,
  );
  return rows.length > 0 ? "seen" : "nothing";
};

const scope: Law<LawFixture>[] = SCOPED.map((table) => ({
  law: `a clerk of another county sees nothing of ${table}`,
  by: () => f.stranger.session,
  attempt: seesCounty(table),
  outcome: "nothing",
  // A view that ran as its owner would show every row, whatever its tables' policies say.
  without:
    table === "figure_rows"
      ? "ALTER VIEW figure_rows SET (security_invoker = false)"
      : noRowSecurity(table),
  then: "seen",
}));

const adminSees: Law<LawFixture>[] = SCOPED.map((table) => ({
  law: `an administrator sees nothing of ${table}`,
  by: () => f.admin.session,
  attempt: seesCounty(table),
  outcome: "nothing",
  without: rewrite("reading_homes()", "{CLERK,REVIEWER,PROVINCE,AUDITOR}", "{ADMIN}"),
  then: "seen",
}));

/** What closing froze and told: the fixture closes 2025. */
const frozen: Law<LawFixture>[] = [
  {
    law: "an administrator sees no figure that a closed year froze",
    by: () => f.admin.session,
    attempt: async (run) => {
      const [year] = await run(
        "SELECT sha256 IS NOT NULL AS hashed, content FROM guard.closings WHERE year = 2025",
      );
      return year?.["content"] === null && year["hashed"] === true ? "the hash alone" : "figures";
    },
    outcome: "the hash alone",
    without: rewrite("at_province(text[])", "m.role = ANY (p_roles)", "true"),
    then: "figures",
  },
  {
    law: "nobody reads them past that view",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await run("SELECT payload FROM year_closings WHERE year = 2025");
    },
    outcome: "42501",
    without: `GRANT SELECT ON year_closings TO nuanzhang_app;
      CREATE POLICY anybody ON year_closings FOR SELECT TO nuanzhang_app USING (true)`,
  },
  {
    law: "an administrator does not read the sums in the entry of a closing",
    by: () => f.admin.session,
    attempt: async (run) => {
      const rows = await run("SELECT FROM audit_entries WHERE action = 'year.close'");
      return rows.length > 0 ? "read" : "nothing";
    },
    outcome: "nothing",
    without: noRowSecurity("audit_entries"),
    then: "read",
  },
  {
    law: "a clerk opens no year",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await run("INSERT INTO years (year) VALUES (2031)");
      await auditedAs(run, "year.open", "2031");
    },
    outcome: "42501",
    without: noRowSecurity("years"),
  },
];

/** Everything the application may read at all: tables added later are found by themselves. */
async function seesAnything(run: Run): Promise<string> {
  const tables = await run(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
       AND relkind IN ('r', 'v') AND has_any_column_privilege('nuanzhang_app', oid, 'SELECT')`,
  );
  for (const { name } of tables)
    if ((await run(`SELECT FROM ${String(name)} LIMIT 1`)).length > 0) return "seen";
  return tables.length > 20 ? "nothing" : "no tables found";
}

/** Sessions that count no more, each for one reason only. */
const VOID = {
  revoked: "UPDATE sessions SET revoked_at = now() WHERE user_id = $1",
  idle: "UPDATE sessions SET last_seen_at = now() - interval '31 minutes' WHERE user_id = $1",
  expired: "UPDATE sessions SET expires_at = now() WHERE user_id = $1",
  disabled: "UPDATE users SET active = false WHERE id = $1",
} as const;
const ended = {} as Record<keyof typeof VOID, string>;
beforeAll(async () => {
  for (const state of Object.keys(VOID) as (keyof typeof VOID)[]) {
    const { userId, session } = await actors.clerk("630123");
    await actors.owner.query(VOID[state], [userId]);
    // Disabling also revokes: here the account alone is to blame.
    if (state === "disabled")
      await actors.owner.query("UPDATE sessions SET revoked_at = NULL WHERE user_id = $1", [
        userId,
      ]);
    ended[state] = session;
  }
});
const GUESSED = "0123456789abcdef".repeat(4);
const TOKEN = "s.token_hash = v_hash";
const FIRST_CLERK = `s.id = (SELECT x.id FROM sessions x JOIN memberships m ON m.user_id = x.user_id
  WHERE m.role = 'CLERK' AND x.revoked_at IS NULL ORDER BY x.created_at LIMIT 1)`;
/** The same in what makes a session count. */
const rewriteStates = (from: string, to: string) =>
  `DO $do$ BEGIN EXECUTE 'CREATE OR REPLACE VIEW guard.session_states AS '
     || replace(pg_get_viewdef('guard.session_states'::regclass), $a$${from}$a$, $b$${to}$b$); END $do$`;

const byToken = rewrite("session_user_id()", TOKEN, FIRST_CLERK);
const sessions: Law<LawFixture>[] = [
  ["no session", () => null, byToken] as const,
  ["a guessed token", () => GUESSED, byToken] as const,
  [
    "a revoked session",
    () => ended.revoked,
    rewriteStates("s.revoked_at IS NOT NULL", "false"),
  ] as const,
  [
    "an idle session",
    () => ended.idle,
    rewriteStates("s.last_seen_at <= (now() - guard.idle_time())", "false"),
  ] as const,
  [
    "an expired session",
    () => ended.expired,
    rewriteStates("s.expires_at <= now()", "false"),
  ] as const,
  ["a disabled account", () => ended.disabled, rewriteStates("NOT u.active", "false")] as const,
].map(([what, by, without]) => ({
  law: `${what} sees 0 rows in every table`,
  by,
  attempt: seesAnything,
  outcome: "nothing",
  without,
  then: "seen",
}));

/** An update that row-level security narrows to no rows is refused without an error. */
const touches = (text: string, action: string, id: () => string) => async (run: Run) => {
  const rows = await run(`${text} RETURNING 1`);
  if (rows.length > 0) await auditedAs(run, action, id());
  return rows.length > 0 ? "written" : "untouched";
};
const editDraft = (run: Run) =>
  touches(
    `UPDATE disbursements SET version = version + 1, note = '改' WHERE id = ${f.draft}`,
    "disbursement.update",
    () => f.draft,
  )(run);
const insertStep = async (run: Run) => {
  await run(
    `INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, round)
     SELECT $1, o.id, 'VOID', guard.session_user_id(), now(), 1 FROM organisations o WHERE o.code = '630123'`,
    [f.draft],
  );
  await auditedAs(run, "disbursement.update", f.draft);
};
const grantRole = (role: string, to: () => string, at: string) => async (run: Run) => {
  await run(
    `INSERT INTO memberships (user_id, organisation_id, role)
     SELECT $1, id, $2 FROM organisations WHERE code = $3`,
    [to(), role, at],
  );
  await auditedAs(run, "user.grant-role", to());
};
const anybodyInserts = (table: string) =>
  `CREATE POLICY anybody ON ${table} FOR INSERT TO nuanzhang_app WITH CHECK (true)`;

const rights: Law<LawFixture>[] = [
  ...(["stranger", "auditor", "admin"] as const).flatMap((who): Law<LawFixture>[] => [
    {
      law: `the ${who} changes no record of the county`,
      by: () => f[who].session,
      attempt: editDraft,
      outcome: "untouched",
      without: noRowSecurity("disbursements"),
      then: "written",
    },
    {
      law: `the ${who} takes no step on a record of the county`,
      by: () => f[who].session,
      attempt: insertStep,
      outcome: "42501",
      without: noRowSecurity("approval_steps"),
    },
  ]),
  {
    law: "a clerk records no allotment",
    by: () => f.clerk.session,
    attempt: async (run) => {
      const [row] = await run(
        `INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, created_by, created_at)
         SELECT o.id, 2026, s.id, 1, guard.session_user_id(), now() FROM organisations o, fund_sources s
         WHERE o.code = '630123' AND s.code = 'county-union' RETURNING id::text`,
      );
      await auditedAs(run, "allotment.create", String(row?.["id"]));
    },
    outcome: "42501",
    without: noRowSecurity("allotments"),
  },
  {
    law: "a reviewer closes no year",
    by: () => f.reviewer.session,
    attempt: touches(
      "UPDATE years SET status = 'CLOSED', closed_at = now(), version = version + 1 WHERE year = 2024",
      "year.close",
      () => "2024",
    ),
    outcome: "untouched",
    without: noRowSecurity("years"),
    // then it is closed without its figures
    then: "NZ008",
  },
  {
    law: "a clerk gives nobody a role",
    by: () => f.clerk.session,
    attempt: grantRole("REVIEWER", () => f.colleague.userId, "630123"),
    outcome: "42501",
    without: anybodyInserts("memberships"),
  },
  {
    law: "a clerk makes no account",
    by: () => f.clerk.session,
    attempt: async (run) => {
      const [row] = await run(
        "INSERT INTO users (id, username, name_zh, name_en) VALUES (gen_random_uuid(), 'x', 'x', 'x') RETURNING id::text",
      );
      await auditedAs(run, "user.create", String(row?.["id"]));
    },
    outcome: "42501",
    without: anybodyInserts("users"),
  },
  {
    law: "administrators give themselves no role",
    by: () => f.admin.session,
    attempt: grantRole("REVIEWER", () => f.admin.userId, "630000"),
    outcome: "42501",
    without: dropTrigger("duties", "memberships"),
  },
  {
    law: "the province's role is held at the province",
    by: () => f.admin.session,
    attempt: grantRole("PROVINCE", () => f.colleague.userId, "630123"),
    outcome: "23514",
    without: dropTrigger("duties", "memberships"),
    // nor does one administrator alone give it
    then: "NZ015",
  },
  {
    law: "who works on records is no administrator",
    by: () => f.admin.session,
    attempt: grantRole("ADMIN", () => f.colleague.userId, "630000"),
    outcome: "23514",
    without: dropTrigger("duties", "memberships"),
    then: "NZ015",
  },
  {
    law: "a clerk sets nobody else's password",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await run("SELECT guard.set_password($1, 'hash')", [f.reviewer.userId]);
    },
    outcome: "NZ009",
    without: rewrite("set_password(uuid,text)", "NOT guard.is_admin()", "false"),
  },
  {
    law: "an organisation does not move, with all that hangs on it",
    by: () => f.admin.session,
    attempt: async (run) => {
      await run(
        `UPDATE organisations SET parent_id = (SELECT id FROM organisations WHERE code = '632200')
         WHERE code = '630123'`,
      );
      await auditedAs(run, "organisation.update", "630123");
    },
    outcome: "NZ004",
    without: dropTrigger("stays", "organisations"),
  },
  {
    law: "a record stands in the county it was entered for, whatever it says itself",
    by: () => f.clerk.session,
    attempt: async (run) => {
      const [row] = await run(
        `INSERT INTO disbursements (organisation_id, county_id, prefecture_id, fiscal_year, programme_id, created_by, last_edited_by)
         SELECT o.id, s.id, s.parent_id, 2026, (SELECT min(id) FROM programmes), $1, $1
         FROM organisations o, organisations s WHERE o.code = '630123' AND s.code = '632222'
         RETURNING county_id = organisation_id AS home, id::text`,
        [f.clerk.userId],
      );
      await auditedAs(run, "disbursement.create", String(row?.["id"]));
      return row?.["home"] === true ? "its own" : "another's";
    },
    outcome: "its own",
    without: rewrite(
      "before_disbursement_insert()",
      "guard.place_of(NEW.organisation_id) p",
      "(SELECT NEW.prefecture_id, NEW.county_id) p",
    ),
    then: "another's",
  },
  {
    // For any other account the caller's word is taken: checking the password is the application's work.
    law: "a system account is never signed in",
    by: () => null,
    role: "sign-in",
    attempt: async (run) => {
      await run("SELECT guard.start_session($2, $1, now() + interval '1 hour', 'password')", [
        GUESSED,
        systemAccount,
      ]);
    },
    outcome: "NZ009",
    without: rewrite("start_session(uuid,text,timestamptz,text)", "AND NOT u.is_system", ""),
  },
];

testLaws(database, () => f, [...scope, ...adminSees, ...frozen, ...sessions, ...rights]);

test("every table has forced row-level security, every view its reader's rights", async () => {
  const { rows } = await actors.owner.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
       AND relname <> '_prisma_migrations'
       AND (relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)
         OR relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false))`,
  );
  expect(rows).toEqual([]);
});
