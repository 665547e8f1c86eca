import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const { actors, database, f, clerk, province } = await lawBook();
const { auditedAs, dropTrigger } = await import("@/testing/law-fixture");

const payload = (cells: object[], code = "630123") =>
  JSON.stringify({ lines: [{ line: code, code }], cells });
const MANY = { line: "630123", programme: "*", hidden: false, amountFen: "900000", persons: 30 };
const HIDDEN = { line: "630123", programme: "*", hidden: true };

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const HEAD = "(SELECT max(position) FROM audit_entries)";

/** Publishes a text as it stands, with its entry; 2025 is closed here. */
async function publish(run: Run, text: string, { year = 2025, seq = HEAD } = {}) {
  const [row] = await run(
    `INSERT INTO publications (year, seq, payload, sha256, sensitive)
     VALUES ($1::smallint, ${seq}, $2, $3, '{}') RETURNING id::text AS id`,
    [year, text, sha256(text)],
  );
  const id = String(row?.["id"]);
  await auditedAs(run, "publication.create", id);
  return id;
}

const RULE = "NEW.seq IS DISTINCT FROM v_head";
const says =
  (text: string, more = {}) =>
  async (run: Run) => {
    await publish(run, text, more);
  };
const NOT_LOOKED_AT = rewrite("before_publication()", "guard.shows_too_much(NEW.payload)", "false");

const laws: Law<LawFixture>[] = [
  {
    law: "nobody else publishes",
    by: clerk,
    attempt: says(payload([MANY])),
    outcome: "42501",
    without:
      "ALTER TABLE publications DISABLE ROW LEVEL SECURITY; ALTER TABLE publications NO FORCE ROW LEVEL SECURITY",
  },
  {
    law: "an open year is not published",
    by: province,
    attempt: says(payload([MANY]), { year: 2026 }),
    outcome: "NZ007",
    without: rewrite("before_publication()", "AND y.status = 'CLOSED'", ""),
  },
  {
    law: "figures of another position are not published",
    by: province,
    attempt: says(payload([MANY]), { seq: `${HEAD} - 1` }),
    outcome: "NZ006",
    without: rewrite("before_publication()", RULE, "false"),
  },
  {
    law: "a number of one to four is not published",
    by: province,
    attempt: says(payload([{ ...MANY, persons: 3 }])),
    outcome: "23514",
    without: NOT_LOOKED_AT,
  },
  {
    law: "nothing of what is hidden is published",
    by: province,
    attempt: says(payload([{ ...HIDDEN, amountFen: "900000" }])),
    outcome: "23514",
    without: NOT_LOOKED_AT,
  },
  {
    law: "no place below a county is published",
    by: province,
    attempt: says(payload([], "630123-G01")),
    outcome: "23514",
    without: NOT_LOOKED_AT,
  },
  {
    law: "a number stands in a line that is named",
    by: province,
    attempt: says(payload([{ ...MANY, line: "elsewhere" }])),
    outcome: "23514",
    without: NOT_LOOKED_AT,
  },
  {
    law: "what is published has its entry in the chain",
    by: province,
    attempt: async (run) => {
      const text = payload([MANY]);
      await run(
        `INSERT INTO publications (year, seq, payload, sha256, sensitive) VALUES (2025, ${HEAD}, $1, $2, '{}')`,
        [text, sha256(text)],
      );
    },
    outcome: "NZ008",
    without: dropTrigger("audited", "publications"),
  },
  {
    law: "what is published is not changed",
    role: "owner",
    by: province,
    attempt: async (run) => {
      await run("UPDATE publications SET sensitive = '{x}' WHERE no = 1");
    },
    outcome: "NZ004",
    without: dropTrigger("before_publication", "publications"),
  },
  {
    law: "what is published is not deleted",
    role: "owner",
    by: province,
    attempt: async (run) => {
      await run("DELETE FROM publications");
    },
    outcome: "NZ004",
    without: dropTrigger("never_deleted", "publications"),
  },
  {
    law: "a county sees no publication's row",
    by: clerk,
    attempt: async (run) =>
      (await run("SELECT FROM publications")).length > 0 ? "seen" : "nothing",
    outcome: "nothing",
    without: "ALTER TABLE publications DISABLE ROW LEVEL SECURITY",
    then: "seen",
  },
];

/** What everybody reads, over the login that reads nothing else. */
const everybody: Law<LawFixture>[] = [
  {
    law: "everybody reads what stands",
    by: () => null,
    role: "public",
    attempt: async (run) => {
      const rows = await run("SELECT payload FROM guard.published_of(2025)");
      return String(rows[0]?.["payload"] ?? "nothing");
    },
    outcome: payload([MANY]),
    without: rewrite("published()", "p.withdrawn_at IS NULL", "false"),
    then: "nothing",
  },
  {
    law: "everybody reads nothing of what was withdrawn",
    by: () => null,
    role: "public",
    attempt: async (run) =>
      (await run("SELECT FROM guard.published_of(2024)")).length > 0 ? "seen" : "nothing",
    outcome: "nothing",
    without: rewrite("published()", "p.withdrawn_at IS NULL AND", "true AND"),
    then: "seen",
  },
  ...(
    [
      ["who is asking is not asked", "SELECT guard.session_user_id()"],
      ["no session is opened", "SELECT guard.begin_as(repeat('a', 64))"],
      ["no password is looked at", "SELECT guard.begin_sign_in('x', 'x')"],
      ["no bucket but its own is drawn from", "SELECT guard.take_token('x', 1, 1)"],
    ] as const
  ).map(([law, text]): Law<LawFixture> => ({
    law,
    by: () => null,
    role: "public",
    attempt: async (run) => {
      await run(text);
    },
    outcome: "42501",
    without: "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA guard TO nuanzhang_public",
  })),
];

beforeAll(async () => {
  // the second of its year stands; that of 2024 was withdrawn
  const text = payload([MANY]);
  await actors.owner.query(
    `INSERT INTO years (year, status, closed_at) VALUES (2024, 'CLOSED', now()) ON CONFLICT (year) DO NOTHING`,
  );
  await actors.owner.query("SET session_replication_role = replica");
  await actors.owner.query(
    `INSERT INTO publications (year, no, root_id, seq, at, "by", payload, sha256, sensitive, withdrawn_at, withdrawn_by, withdraw_reason)
     SELECT y.year, y.no, o.id, 1, now(), u.id, $1, $2, '{}',
       CASE WHEN y.year = 2024 THEN now() END, CASE WHEN y.year = 2024 THEN u.id END, CASE WHEN y.year = 2024 THEN 'x' END
     FROM (VALUES (2025, 1), (2025, 2), (2024, 1)) AS y (year, no), users u, organisations o
     WHERE u.username = $3 AND o.kind = 'PROVINCE'`,
    [text, sha256(text), f.province.username],
  );
  await actors.owner.query("RESET session_replication_role");
});

testLaws(database, () => f, [...laws, ...everybody]);

test("the login of /public reads no table and no view, each of them tried", async () => {
  const { rows } = await actors.owner.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'guard') AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY 1`,
  );
  expect(rows.length).toBeGreaterThan(40);
  const pg = await import("pg");
  const client = new pg.default.Client({
    connectionString: database.publicUrl,
    options: "-c role=nuanzhang_public",
  });
  await client.connect();
  const read: string[] = [];
  for (const { name } of rows)
    await client.query(`SELECT FROM ${name} LIMIT 1`).then(
      () => read.push(name),
      (error: { code: string }) => expect(error.code, name).toBe("42501"),
    );
  const { rows: callable } = await client.query<{ name: string }>(
    `SELECT p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = 'guard' AND has_function_privilege(p.oid, 'EXECUTE') ORDER BY 1`,
  );
  const roles = await client.query("SET ROLE nuanzhang_app").then(
    () => "became another",
    (error: { code: string }) => error.code,
  );
  await client.end();
  expect(read).toEqual([]);
  expect(callable.map(({ name }) => name)).toEqual(["admit_visitor", "published", "published_of"]);
  expect(roles).toBe("42501");
});
