import { beforeAll } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { rewrite, testLaws, type Law } from "@/testing/laws";

// The laws of a pack in raw SQL, each once more with its guard taken away.
const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;

type Fixture = {
  clerk: TestPerson;
  second: TestPerson;
  neighbour: TestPerson;
  auditor: TestPerson;
  admin: TestPerson;
  place: number;
  sealed: string;
  open: string;
};
const fixture = {} as Fixture;

const pack = async (sealed: boolean): Promise<string> => {
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO packs (organisation_id, year, root_id, seq, at, definition, locale, unit, asked_by)
     SELECT id, 2025, guard.root_of(path), 1, now(), 1, 'zh-CN', 'yuan', $1 FROM organisations WHERE code = '630123'
     RETURNING id::text`,
    [fixture.clerk.userId],
  );
  const id = rows[0]?.id ?? "";
  await owner.query(
    `INSERT INTO pack_files (pack_id, no, name, media_type, bytes, sha256)
     VALUES ($1, 0, 'ledger.csv', 'text/csv', 1, $2)`,
    [id, "0".repeat(64)],
  );
  await owner.query("INSERT INTO pack_chunks VALUES ($1, 0, 0, 'x')", [id]);
  if (sealed)
    await owner.query("UPDATE packs SET sealed_at = now(), manifest_sha256 = $2 WHERE id = $1", [
      id,
      "0".repeat(64),
    ]);
  return id;
};

beforeAll(async () => {
  fixture.clerk = await actors.clerk("630123");
  fixture.second = await actors.clerk("630123");
  fixture.neighbour = await actors.clerk("632222");
  fixture.auditor = await actors.auditor();
  fixture.admin = await actors.admin();
  const { rows } = await owner.query<{ id: number }>(
    "SELECT id FROM organisations WHERE code = '630123'",
  );
  fixture.place = rows[0]?.id ?? 0;
  fixture.sealed = await pack(true);
  fixture.open = await pack(false);
}, 60_000);

const everybody = (table: string) =>
  `DROP POLICY read_own ON ${table}; CREATE POLICY read_own ON ${table} FOR SELECT TO nuanzhang_app USING (true)`;
const counting =
  (table: string) =>
  async (run: Parameters<Law<Fixture>["attempt"]>[0]): Promise<string> =>
    `${(await run(`SELECT FROM ${table}`)).length} rows`;
const session = (who: keyof Fixture) => (f: Fixture) => (f[who] as TestPerson).session;
const asked = (run: Parameters<Law<Fixture>["attempt"]>[0], f: Fixture, of: string | null = null) =>
  run("SELECT FROM guard.ask_pack($1, 2025, 1, 'zh-CN', 'yuan', $2)", [f.place, of]);

const laws: Law<Fixture>[] = [
  ...(["neighbour", "second", "admin"] as const).map((who): Law<Fixture> => ({
    law: `a pack is not read by ${who}`,
    by: session(who),
    attempt: counting("packs"),
    outcome: "0 rows",
    without: everybody("packs"),
    then: "2 rows",
  })),
  {
    law: "nor are its bytes",
    by: session("second"),
    attempt: counting("pack_chunks"),
    outcome: "0 rows",
    without: everybody("pack_chunks"),
    then: "2 rows",
  },
  {
    law: "an auditor over the place reads it, and would not if only its asker did",
    by: session("auditor"),
    attempt: counting("packs"),
    outcome: "2 rows",
    without:
      "DROP POLICY read_own ON packs; CREATE POLICY read_own ON packs FOR SELECT TO nuanzhang_app USING (asked_by = guard.session_user_id())",
    then: "0 rows",
  },
  {
    law: "nobody asks for a pack of records they do not read",
    by: session("neighbour"),
    attempt: async (run, f) => void (await asked(run, f)),
    outcome: "42501",
    without: rewrite(
      "ask_pack(int,int,int,text,text,bigint)",
      "IF NOT guard.reads(p_organisation_id)",
      "IF false",
    ),
    // then it goes on to the audit entry that nobody wrote
    then: "NZ008",
  },
  {
    law: "nor makes somebody else's again",
    by: session("second"),
    attempt: async (run, f) => void (await asked(run, f, f.sealed)),
    outcome: "42501",
    without: rewrite(
      "ask_pack(int,int,int,text,text,bigint)",
      "AND guard.reads_pack(p.organisation_id, p.asked_by)",
      "",
    ),
    then: "NZ008",
  },
  {
    law: "a pack that is asked for is written into the chain",
    by: session("clerk"),
    attempt: async (run, f) => void (await asked(run, f)),
    outcome: "NZ008",
    without: "DROP TRIGGER audited ON packs; DROP TRIGGER audited ON jobs",
  },
  {
    law: "no byte of a sealed pack changes",
    by: () => null,
    role: "owner",
    attempt: async (run, f) =>
      void (await run("UPDATE pack_chunks SET content = 'y' WHERE pack_id = $1", [f.sealed])),
    outcome: "NZ004",
    without: "DROP TRIGGER before_change ON pack_chunks",
  },
  {
    law: "nor is one taken out before its time",
    by: () => null,
    role: "owner",
    attempt: async (run, f) =>
      void (await run("DELETE FROM pack_chunks WHERE pack_id = $1", [f.sealed])),
    outcome: "NZ004",
    without: rewrite("pack_keeping()", "90 days", "-1 days"),
  },
  {
    law: "nor the digest of a file",
    by: () => null,
    role: "owner",
    attempt: async (run, f) =>
      void (await run("UPDATE pack_files SET bytes = 2 WHERE pack_id = $1", [f.sealed])),
    outcome: "NZ004",
    without: "DROP TRIGGER before_change ON pack_files",
  },
  {
    law: "a pack stays at the position it was asked for",
    by: () => null,
    role: "owner",
    attempt: async (run, f) => void (await run("UPDATE packs SET seq = 2 WHERE id = $1", [f.open])),
    outcome: "NZ004",
    without: "DROP TRIGGER before_change ON packs",
  },
  {
    law: "and is never deleted",
    by: () => null,
    role: "owner",
    attempt: async (run, f) => void (await run("DELETE FROM packs WHERE id = $1", [f.open])),
    outcome: "NZ004",
    without: "DROP TRIGGER never_deleted ON packs",
    then: "23503",
  },
  {
    law: "a session writes no file into a pack: only its job does",
    by: session("clerk"),
    attempt: async (run) =>
      void (await run("SELECT guard.begin_pack_file(1, 'a.txt', 'text/plain')")),
    outcome: "42501",
    without: rewrite(
      "require_pack_job()",
      "(j.input ->> 'pack')::bigint INTO v_pack FROM jobs j WHERE j.id = guard.require_job() AND j.kind = 'PACK'",
      "id INTO v_pack FROM packs WHERE sealed_at IS NULL",
    ),
  },
];

testLaws(database, () => fixture, laws);
