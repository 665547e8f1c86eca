import { beforeAll, expect, test } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const { lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;
beforeAll(async () => {
  f = await lawFixture(actors);
});

const clerk = () => f.clerk.session;
const says = (text: string) => async (run: Run) => {
  await run(text);
};
const open = (table: string, right: string) =>
  `GRANT ${right} ON ${table} TO nuanzhang_app; ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`;

/** What the application's role cannot touch, whoever is signed in. */
const grants: Law<LawFixture>[] = (
  [
    ["credentials are not read", "SELECT FROM credentials", open("credentials", "SELECT")],
    ["sessions are not read", "SELECT FROM sessions", open("sessions", "SELECT")],
    ["rate buckets are not read", "SELECT FROM rate_buckets", open("rate_buckets", "SELECT")],
    [
      "a session is not made by hand",
      `INSERT INTO sessions (token_hash, user_id, expires_at)
       SELECT repeat('b', 64), id, now() + interval '1 hour' FROM users LIMIT 1`,
      open("sessions", "INSERT"),
    ],
    [
      "a password is not written past its function",
      "UPDATE credentials SET password_hash = 'x'",
      open("credentials", "UPDATE"),
    ],
    [
      "an audit entry is not written past the chain",
      `INSERT INTO audit_entries (root_id, position, at, transaction_id, action, subject_type, subject_id, body, prev_hash, hash)
       VALUES (1, 0, now(), 1, 'x', 'x', 'x', '{}', repeat('x', 64), repeat('y', 64))`,
      open("audit_entries", "INSERT"),
    ],
    [
      "audit entries are not deleted",
      "DELETE FROM audit_entries WHERE false",
      open("audit_entries", "DELETE"),
    ],
    [
      "records are not deleted",
      "DELETE FROM disbursements WHERE false",
      open("disbursements", "DELETE"),
    ],
    [
      "approval steps are not changed",
      "UPDATE approval_steps SET words = 'x' WHERE false",
      open("approval_steps", "UPDATE"),
    ],
    [
      "figures are not written by hand",
      "UPDATE figure_rollups SET amount_fen = 0 WHERE false",
      open("figure_rollups", "UPDATE"),
    ],
    [
      "a fund source is not taken away",
      "DELETE FROM fund_sources WHERE false",
      open("fund_sources", "DELETE"),
    ],
    [
      "the tree's closure is not written by hand",
      `INSERT INTO organisation_closure (ancestor_id, descendant_id)
       SELECT a.id, b.id FROM organisations a, organisations b WHERE a.code = '630123' AND b.code = '632222'`,
      open("organisation_closure", "INSERT"),
    ],
    [
      "figures are not counted anew",
      "SELECT guard.rebuild_figures()",
      "GRANT EXECUTE ON FUNCTION guard.rebuild_figures() TO nuanzhang_app",
    ],
    [
      "nobody's session is opened without a password",
      `SELECT guard.start_session(id, repeat('b', 64), now() + interval '1 hour', 'password')
       FROM users WHERE NOT is_system LIMIT 1`,
      "GRANT EXECUTE ON FUNCTION guard.start_session(uuid, text, timestamptz, text) TO nuanzhang_app",
    ],
    [
      "no password's hash is asked for",
      "SELECT guard.begin_sign_in(username, 'x') FROM users WHERE NOT is_system LIMIT 1",
      "GRANT EXECUTE ON FUNCTION guard.begin_sign_in(text, text) TO nuanzhang_app",
    ],
    [
      "nobody's one-time password is replaced by another",
      "SELECT guard.replace_once_password(id, 'x') FROM users WHERE NOT is_system LIMIT 1",
      `UPDATE credentials SET once_until = now() + interval '1 hour';
       INSERT INTO credentials (user_id, password_hash, once_until)
       SELECT id, 'x', now() + interval '1 hour' FROM users WHERE NOT is_system ON CONFLICT DO NOTHING;
       GRANT EXECUTE ON FUNCTION guard.replace_once_password(uuid, text) TO nuanzhang_app`,
    ],
    [
      "failures to sign in are not forgotten",
      "SELECT guard.sign_in_fits('x', 'x')",
      "GRANT EXECUTE ON FUNCTION guard.sign_in_fits(text, text) TO nuanzhang_app",
    ],
    [
      "nobody reads which names were typed",
      "SELECT name_key FROM sign_in_attempts",
      open("sign_in_attempts", "SELECT"),
    ],
    [
      "no account is found by its identity elsewhere",
      "SELECT guard.find_identity('x', 'x')",
      "GRANT EXECUTE ON FUNCTION guard.find_identity(text, text) TO nuanzhang_app",
    ],
    [
      "other people's sessions are not ended",
      "SELECT guard.end_sessions_of(gen_random_uuid(), 'x')",
      "GRANT EXECUTE ON FUNCTION guard.end_sessions_of(uuid, text) TO nuanzhang_app",
    ],
    [
      "nothing is created in the schema",
      "CREATE TABLE x (id int)",
      "GRANT CREATE ON SCHEMA public TO nuanzhang_app",
    ],
  ] as const
).map(([law, text, without]) => ({
  law,
  by: clerk,
  attempt: says(text),
  outcome: "42501",
  without,
}));

/**
 * Ways out of the role. The web server's login owns nothing and inherits nothing, so leaving the role
 * leaves it with no rights at all. Were DATABASE_URL the owner's address, RESET ROLE would be a way out:
 * the last three of these run on the owner's connection once their guard is gone, and show it.
 */
const escapes: Law<LawFixture>[] = [
  {
    law: "triggers are not switched off",
    by: clerk,
    attempt: says("ALTER TABLE disbursements DISABLE TRIGGER USER"),
    outcome: "42501",
    without: `GRANT CREATE ON SCHEMA public TO nuanzhang_app;
      ALTER TABLE disbursements OWNER TO nuanzhang_app`,
  },
  {
    law: "triggers are not slept through as a replica",
    by: clerk,
    attempt: says("SET LOCAL session_replication_role = replica"),
    outcome: "42501",
    without: "GRANT SET ON PARAMETER session_replication_role TO nuanzhang_app",
  },
  {
    law: "row-level security is not waved away",
    by: clerk,
    attempt: async (run) => {
      await run("SET LOCAL row_security = off");
      await run("SELECT FROM disbursements");
    },
    outcome: "42501",
    without: "ALTER TABLE disbursements DISABLE ROW LEVEL SECURITY",
  },
  {
    law: "a temporary table does not stand in for the memberships",
    by: clerk,
    attempt: async (run) => {
      await run("CREATE TEMP TABLE memberships (LIKE public.memberships) ON COMMIT DROP");
      await run("GRANT SELECT ON pg_temp.memberships TO PUBLIC");
      await run(
        `INSERT INTO pg_temp.memberships (id, user_id, organisation_id, role, granted_at)
         SELECT 0, $1, min(id), 'ADMIN', now() FROM public.organisations`,
        [f.clerk.userId],
      );
      const [row] = await run("SELECT guard.is_admin() AS admin");
      return row?.["admin"] === true ? "forged" : "a clerk";
    },
    outcome: "a clerk",
    without: "ALTER FUNCTION guard.is_admin() SET search_path = pg_catalog, public",
    then: "forged",
  },
  {
    law: "the web server's login becomes nobody greater",
    by: clerk,
    attempt: says("SET LOCAL ROLE postgres"),
    outcome: "42501",
    without: "SELECT 'on the owner''s connection'",
  },
  {
    law: "the web server's login does not become the one that signs people in",
    by: clerk,
    attempt: async (run) => {
      await run("SELECT set_config('role', 'nuanzhang_sign_in', true)");
    },
    outcome: "42501",
    without: "SELECT 'on the owner''s connection'",
  },
  {
    law: "leaving the role leaves every right behind",
    by: clerk,
    attempt: async (run) => {
      await run("RESET ROLE");
      await run("SELECT FROM public.disbursements");
    },
    outcome: "42501",
    without: "SELECT 'on the owner''s connection'",
  },
];

/** Sign-in opens sessions and reads hashes, one account at a time; it sees no table at all. */
const signIn: Law<LawFixture>[] = (
  [
    ["sign-in reads no records", "SELECT FROM disbursements", "disbursements"],
    ["sign-in reads no accounts", "SELECT FROM users", "users"],
    ["sign-in reads no hashes past its function", "SELECT FROM credentials", "credentials"],
  ] as const
).map(([law, text, table]) => ({
  law,
  by: () => null,
  role: "sign-in",
  attempt: says(text.replace("FROM ", "FROM public.")),
  outcome: "42501",
  without: `GRANT USAGE ON SCHEMA public TO nuanzhang_sign_in;
    GRANT SELECT ON ${table} TO nuanzhang_sign_in; ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
}));

testLaws(database, () => f, [...grants, ...escapes, ...signIn]);

test("every guard looks into temporary tables last, and no stranger may call one", async () => {
  const { rows } = await actors.owner.query<{ guard: string }>(
    `SELECT p.oid::regprocedure::text AS guard FROM pg_proc p
     WHERE p.pronamespace = 'guard'::regnamespace AND p.prokind = 'f' AND (
       -- a body bound to its names when it was made looks nowhere any more
       NOT (coalesce(p.proconfig @> ARRAY['search_path=pg_catalog, public, pg_temp'], false)
         OR p.prosqlbody IS NOT NULL AND NOT p.prosecdef)
       OR EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0))`,
  );
  expect(rows).toEqual([]);
});
