import { beforeAll, describe, expect, test } from "vitest";
import { AUDIT_ACTIONS } from "@/lib/kernel/audit-actions";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const { auditedAs, dropTrigger, lawFixture } = await import("@/testing/law-fixture");
const { as } = await import("@/testing/records");
const actors = testActors(database);
const { owner } = actors;
let f: LawFixture;
beforeAll(async () => {
  f = await lawFixture(actors);
});

const clerk = () => f.clerk.session;
const edit = (run: Run) =>
  run("UPDATE disbursements SET version = version + 1, note = '改' WHERE id = $1", [f.draft]);

/** What judges an entry, made to find every one of them true. */
const EVERYTHING_IS_TRUE = `DO $do$ BEGIN EXECUTE replace(
  pg_get_functiondef('guard.append_audits(text[],text[],text[])'::regprocedure), ', false)))[1]', ', false) IS NOT NULL))[1]'); END $do$`;

/** One injected statement must not be able to write history. */
const forgeries: Law<LawFixture>[] = [
  ...(
    [
      ["a record nobody changed now", "disbursement.update", () => f.draft],
      ["a record approved before", "disbursement.approve", () => f.approved],
      ["an account nobody changed", "user.grant-role", () => f.colleague.userId],
      ["a year nobody closed", "year.close", () => "2026"],
      ["a record that does not exist", "disbursement.void", () => "999999"],
      ["somebody's signing in", "session.start", () => f.colleague.userId],
      ["a password nobody set", "user.reset-password", () => f.colleague.userId],
      ["a deed without a name", "disbursement.forgotten", () => f.draft],
      ["an export made up", "export.create", () => "台账.xlsx"],
    ] as const
  ).map(([what, action, id]): Law<LawFixture> => ({
    law: `no entry about ${what}`,
    by: clerk,
    attempt: async (run) => {
      await auditedAs(run, action, id());
    },
    outcome: "NZ012",
    without: EVERYTHING_IS_TRUE,
  })),
  {
    law: "an edit is not told as an approval",
    by: clerk,
    attempt: async (run) => {
      await edit(run);
      await auditedAs(run, "disbursement.approve", f.draft);
    },
    outcome: "NZ012",
    without: EVERYTHING_IS_TRUE,
  },
  {
    law: "a new role is not told as a signing in",
    by: () => f.admin.session,
    attempt: async (run) => {
      await run("UPDATE users SET name_en = 'x' WHERE id = $1", [f.clerk.userId]);
      await auditedAs(run, "session.start", f.clerk.userId);
    },
    outcome: "NZ012",
    without: EVERYTHING_IS_TRUE,
  },
  {
    law: "a correction is told of what was corrected",
    by: clerk,
    attempt: async (run) => {
      await edit(run);
      await auditedAs(run, "disbursement.adjust", f.draft);
    },
    outcome: "NZ012",
    without: EVERYTHING_IS_TRUE,
  },
  {
    law: "an export is told of what its reader may read",
    by: () => f.stranger.session,
    attempt: async (run) => {
      await run(
        "SELECT guard.append_export('台账.xlsx', organisation_id, '{}') FROM ledger_entries LIMIT 1",
      );
      await run("SELECT guard.append_export('台账.xlsx', 1, '{}')");
    },
    outcome: "42501",
    without: `CREATE OR REPLACE FUNCTION guard.reads(p_organisation_id int) RETURNS boolean
      LANGUAGE sql AS 'SELECT true'`,
  },
  ...(
    [
      ["judged by nobody", "write_entries(int, text[], text[], int[], text[], text[])", "(1, '{year.open}', '{2026}', '{NULL}', '{\"{}\"}', '{NULL}')"], // prettier-ignore
      ["of a sign-in that was none", "append_session(text, uuid, text)", "('start', gen_random_uuid(), '{}')"], // prettier-ignore
      ["of a position in the ledger", "enter(int, bigint, text[], text[])", "(1, 0, '{}', '{}')"],
    ] as const
  ).map(([what, guard, call]): Law<LawFixture> => ({
    law: `the application writes no entry ${what}`,
    by: clerk,
    attempt: async (run) => {
      await run(`SELECT guard.${guard.slice(0, guard.indexOf("("))}${call}`);
    },
    outcome: "42501",
    without: `GRANT EXECUTE ON FUNCTION guard.${guard} TO nuanzhang_app`,
  })),
  {
    law: "a body that is not JSON",
    by: clerk,
    attempt: async (run) => {
      await edit(run);
      await run("SELECT guard.append_audits('{disbursement.update}', ARRAY[$1], '{no}')", [
        f.draft,
      ]);
    },
    outcome: "22P02",
    without: `DO $do$ BEGIN EXECUTE replace(
      pg_get_functiondef('guard.append_audits(text[],text[],text[])'::regprocedure), 'e.body::json', 'e.body'); END $do$`,
  },
  ...["ledger_entries", "allotment_entries", "record_moves"].map((table): Law<LawFixture> => ({
    law: `${table}: written once, even by their owner`,
    by: () => null,
    role: "owner",
    attempt: async (run) => {
      await run("SELECT set_config('app.session', $1, true)", [f.province.session]);
      await run(
        `WITH a AS (INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, created_by, created_at)
           SELECT 1, 2026, 1, 1, gen_random_uuid(), now() RETURNING id) SELECT id::text FROM a`,
      );
      await run("SELECT guard.enter_earlier_rows()");
      await run(`UPDATE ${table} SET seq = -seq - 1`);
    },
    outcome: "NZ004",
    without: dropTrigger("append_only", table),
  })),
  {
    law: "nobody works under two roots",
    by: () => f.admin.session,
    attempt: async (run) => {
      await run(
        `INSERT INTO organisations (id, code, name_zh, name_en, kind, path) VALUES (9000, '990000', '另一省', 'Elsewhere', 'PROVINCE', '/9000/')`,
      );
      await auditedAs(run, "organisation.create", "990000").catch(() => undefined);
      await run(
        "INSERT INTO memberships (user_id, organisation_id, role) VALUES ($1, 9000, 'CLERK')",
        [f.clerk.userId],
      );
      await auditedAs(run, "user.grant-role", f.clerk.userId);
    },
    outcome: "23514",
    without: dropTrigger("duties", "memberships"),
  },
];

testLaws(database, () => f, forgeries);

describe("the chain", () => {
  test("knows the same actions in the database and in the program", async () => {
    const { rows } = await owner.query<{ action: string }>(
      "SELECT action FROM guard.audit_actions",
    );
    expect(rows.map(({ action }) => action).sort()).toEqual([...AUDIT_ACTIONS].sort());
  });

  test("does not step back when the clock does", async () => {
    await owner.query(
      "ALTER TABLE audit_entries DISABLE TRIGGER append_only; UPDATE audit_entries SET at = at + interval '1 hour'; ALTER TABLE audit_entries ENABLE TRIGGER append_only",
    );
    await as(f.clerk).create();
    const { rows } = await owner.query<{ steps: number }>(
      `SELECT count(*) FILTER (WHERE at < before)::int AS steps FROM (
         SELECT at, lag(at) OVER (PARTITION BY root_id ORDER BY position) AS before FROM audit_entries) x`,
    );
    expect(rows[0]?.steps).toBe(0);
    const last = await owner.query<{ late: boolean }>(
      "SELECT at > now() + interval '50 minutes' AS late FROM audit_entries ORDER BY position DESC LIMIT 1",
    );
    expect(last.rows[0]?.late).toBe(true);
  });

  test("is locked last: what a trigger tells, it tells at the commit", async () => {
    const early = async () =>
      (
        await owner.query<{ trigger: string }>(
          `WITH RECURSIVE tellers (oid, name) AS (
             SELECT p.oid, p.proname::text FROM pg_proc p WHERE p.pronamespace = 'guard'::regnamespace AND p.proname = 'write_entries'
             UNION SELECT p.oid, p.proname::text FROM pg_proc p
             JOIN tellers t ON p.pronamespace = 'guard'::regnamespace AND p.prosrc ~ ('guard\\.' || t.name || '\\('))
           SELECT g.tgrelid::regclass || '.' || g.tgname AS trigger FROM pg_trigger g JOIN tellers t ON t.oid = g.tgfoid
           WHERE NOT g.tginitdeferred ORDER BY 1`,
        )
      ).rows.map(({ trigger }) => trigger);
    expect(await early()).toEqual([]);
    await owner.query("BEGIN");
    await owner.query(
      `CREATE TRIGGER told AFTER INSERT ON claim_refusals FOR EACH ROW EXECUTE FUNCTION guard.after_claim_refusal()`,
    );
    expect(await early()).toEqual(["claim_refusals.told"]);
    await owner.query("ROLLBACK");
  });

  test("gives each root its own, and the other's waits for nothing", async () => {
    const first = (
      await owner.query<{ id: number }>("SELECT id FROM organisations WHERE parent_id IS NULL")
    ).rows[0]?.id;
    await owner.query("BEGIN");
    await owner.query("SELECT pg_advisory_xact_lock(guard.lock_of_audit($1))", [first]);
    const other = new (await import("pg")).default.Client({
      connectionString: database.ownerUrl,
      options: "-c lock_timeout=2000",
    });
    await other.connect();
    await other.query(
      `BEGIN; INSERT INTO organisations (id, code, name_zh, name_en, kind, path)
       VALUES (9001, '990001', '另一省', 'Elsewhere', 'PROVINCE', '/9001/')`,
    );
    const { rows } = await other.query<{ position: string }>(
      "SELECT guard.append_audits('{organisation.create}', '{990001}', '{\"{}\"}') AS position",
    );
    expect(rows[0]?.position).toBe("1");
    await other.query("ROLLBACK");
    await other.end();
    await owner.query("ROLLBACK");
  });
});

describe("positions of the ledger", () => {
  const positions = async (text: string, id: string) =>
    (await owner.query<Record<string, unknown>>(text, [id])).rows;

  test("a record counts from its approval's entry on", async () => {
    const rows = await positions(
      `SELECT l.seq = a.position AS same, a.transaction_id = l.transaction_id AS together, l.fiscal_year
       FROM ledger_entries l JOIN audit_entries a ON a.subject_type = 'disbursement' AND a.action = 'disbursement.approve'
         AND a.subject_id = l.disbursement_id::text WHERE l.disbursement_id = $1`,
      f.approved,
    );
    expect(rows).toEqual([{ same: true, together: true, fiscal_year: 2026 }]);
    expect(
      await positions("SELECT 1 FROM ledger_entries WHERE disbursement_id = $1", f.halfway),
    ).toEqual([]);
  });

  test("what does not count yet is told move by move, from one year to another too", async () => {
    const moves = (id: string) =>
      positions(
        `SELECT from_status AS "from", to_status AS "to", fiscal_year AS year FROM record_moves
         WHERE disbursement_id = $1 ORDER BY seq, to_status NULLS FIRST`,
        id,
      );
    const draft = await as(f.clerk).create({ paidOn: "2026-08-28" });
    const moved = await as(f.clerk).update(draft, { paidOn: "2027-02-01", fiscalYear: 2027 });
    await as(f.clerk).update(moved, { note: "只改文字" });
    expect(await moves(draft.id)).toEqual([
      { from: null, to: "DRAFT", year: 2026 },
      { from: "DRAFT", to: null, year: 2026 },
      { from: null, to: "DRAFT", year: 2027 },
    ]);
    expect(await moves(f.approved)).toEqual([
      { from: null, to: "DRAFT", year: 2026 },
      { from: "DRAFT", to: "SUBMITTED", year: 2026 },
      { from: "SUBMITTED", to: "APPROVED", year: 2026 },
    ]);
  });

  test("counted by moves, every cell holds what it holds", async () => {
    const { rows } = await owner.query(
      `WITH counted AS (
         SELECT organisation_id, fiscal_year, programme_id, to_status AS status, 1 AS n FROM record_moves WHERE to_status IS NOT NULL
         UNION ALL
         SELECT organisation_id, fiscal_year, programme_id, from_status, -1 FROM record_moves WHERE from_status IS NOT NULL
         UNION ALL
         SELECT organisation_id, fiscal_year, programme_id, status, -1 FROM disbursements)
       SELECT organisation_id, fiscal_year, programme_id, status, sum(n) FROM counted
       GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0`,
    );
    expect(rows).toEqual([]);
  });
});

test("the end of a chain is found by its index, also by a plan that was made while it was short", async () => {
  const read = async () => {
    const { rows } = await owner.query<{ rows: string }>(
      "SELECT seq_tup_read::text AS rows FROM pg_stat_xact_user_tables WHERE relname = 'audit_entries'",
    );
    return rows[0]?.rows;
  };
  const write = () =>
    owner.query(
      "SELECT guard.write_entries(1, '{year.open}', '{2026}', '{NULL}', '{\"{}\"}', '{NULL}')",
    );
  await owner.query("BEGIN");
  try {
    await owner.query("SET LOCAL session_replication_role = replica");
    await owner.query("TRUNCATE audit_entries");
    await write();
    await owner.query("ANALYZE audit_entries");
    await owner.query("DISCARD PLANS");
    const before = await read();
    await write();
    expect(await read()).toBe(before);
  } finally {
    await owner.query("ROLLBACK");
  }
});
