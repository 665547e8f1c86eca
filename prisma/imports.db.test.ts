import { beforeAll } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const { auditedAs, insertDraft, change, lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;
/** The clerk's: one being read, one to look at, one being committed. */
let reading = "";
let preview = "";
let committing = "";

const INSERT = `INSERT INTO imports (organisation_id, created_by, file_name, file_bytes, file_sha256)
  SELECT id, $1, '台账.xlsx', 3, repeat('a', 64) FROM organisations WHERE code = $2 RETURNING id::text`;
const LINE = `INSERT INTO import_lines (import_id, row, organisation_id, status, cells, problems, fields, reading, nth)
  SELECT i.id, $2, i.organisation_id, $3, '["金秋助学"]', CASE WHEN $3 = 'BAD' THEN '[{"key": "fen"}]'::jsonb ELSE '[]' END,
    '{}', repeat($4, 64), 1 FROM imports i WHERE i.id = $1`;

async function bring(run: Run, clerk = f.clerk, organisation = clerk.organisation) {
  const [made] = await run(INSERT, [clerk.userId, organisation]);
  const id = String(made?.["id"]);
  await auditedAs(run, "import.create", id);
  return id;
}
const line = (run: Run, id: string, row: number, status = "GOOD", reading = "b") =>
  run(LINE, [id, row, status, reading]);
async function go(run: Run, id: string, status: string) {
  await run(
    `UPDATE imports SET status = $2, reading = '{}', committed_at = CASE WHEN $2 = 'COMMITTED' THEN now() END WHERE id = $1`,
    [id, status],
  );
  const action = { COMMITTING: "import.commit", COMMITTED: "import.finish" }[status];
  if (action) await auditedAs(run, action, id);
}
/** A line of the import that is being committed becomes a record. */
async function enter(run: Run, record: string, row = 2): Promise<void> {
  await run(
    `UPDATE import_lines SET status = 'IN', disbursement_id = $3 WHERE import_id = $1 AND row = $2`,
    [committing, row, record],
  );
}

beforeAll(async () => {
  f = await lawFixture(actors);
  const { owner } = actors;
  const run: Run = async (text, values) => (await owner.query<Record<string, unknown>>(text, values)).rows; // prettier-ignore
  await run("BEGIN");
  await run("SELECT set_config('app.session', $1, true)", [f.clerk.session]);
  [reading, preview, committing] = [await bring(run), await bring(run), await bring(run)];
  for (const id of [preview, committing]) {
    await run("INSERT INTO import_files VALUES ($1, 'abc')", [id]);
    await line(run, id, 2);
    await line(run, id, 3, "GOOD", "c");
    await line(run, id, 4, "KNOWN", "b");
    await go(run, id, "PREVIEW");
  }
  await go(run, committing, "COMMITTING");
  await run("SELECT guard.ask_import_job($1, 'commit', 'zh-CN')", [committing]);
  await run("COMMIT");
}, 120_000);

const TABLES = [
  ["imports", "id"],
  ["import_lines", "import_id"],
  ["import_files", "import_id"],
] as const;
const OPEN = `CREATE POLICY anybody ON imports FOR ALL TO nuanzhang_app USING (true) WITH CHECK (true);
  CREATE POLICY anybody ON import_lines FOR ALL TO nuanzhang_app USING (true) WITH CHECK (true);
  CREATE POLICY anybody ON import_files FOR ALL TO nuanzhang_app USING (true) WITH CHECK (true)`;
const found =
  ([table, id]: (typeof TABLES)[number]) =>
  async (run: Run) =>
    (await run(`SELECT FROM ${table} WHERE ${id} = $1`, [preview])).length > 0
      ? "found"
      : "nothing";

const readers = TABLES.flatMap((table): Law<LawFixture>[] => [
  {
    law: `a colleague who enters there reads ${table[0]}`,
    by: () => f.colleague.session,
    attempt: found(table),
    outcome: "found",
    without: "DROP POLICY clerk_works ON imports; DROP POLICY clerk_works ON import_lines",
    then: "nothing",
  },
  ...(
    [
      ["a clerk of another county", () => f.stranger.session],
      ["a reviewer above", () => f.reviewer.session],
      ["the province", () => f.province.session],
      ["an administrator", () => f.admin.session],
      ["nobody", () => null],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} reads nothing of ${table[0]}`,
    by,
    attempt: found(table),
    outcome: "nothing",
    without: OPEN,
    then: "found",
  })),
]);

const JOB_OF = "guard.job_of_import(bigint)";
const walled = (
  wall: string,
) => `DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('${JOB_OF}'::regprocedure),
  'c.ancestor_id = ANY (guard.homes(''{CLERK}''))', '${wall}'); END $do$`;
const progress = async (run: Run) =>
  (await run("SELECT FROM guard.job_of_import($1)", [committing])).length > 0 ? "found" : "nothing";
const watchers: Law<LawFixture>[] = [
  {
    law: "a colleague who enters there sees how far the work on an import is",
    by: () => f.colleague.session,
    attempt: progress,
    outcome: "found",
    without: walled("false"),
    then: "nothing",
  },
  ...(
    [
      ["a clerk of another county", () => f.stranger.session],
      ["a reviewer above", () => f.reviewer.session],
      ["an administrator", () => f.admin.session],
      ["nobody", () => null],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} sees nothing of the work on an import`,
    by,
    attempt: progress,
    outcome: "nothing",
    without: walled("true"),
    then: "found",
  })),
];

const writers: Law<LawFixture>[] = [
  {
    law: "nobody brings a file in for where they do not enter records",
    by: () => f.stranger.session,
    attempt: async (run) => void (await bring(run, f.stranger, f.clerk.organisation)),
    outcome: "42501",
    without: OPEN,
  },
  {
    law: "a reviewer asks for no work on an import",
    by: () => f.reviewer.session,
    attempt: async (run) => void (await run("SELECT guard.ask_import_job($1, 'undo', 'zh-CN')", [preview])), // prettier-ignore
    outcome: "42501",
    without: `DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('guard.ask_import_job(bigint, text, text)'::regprocedure),
      'guard.homes(''{CLERK}'')', 'guard.homes(''{REVIEWER}'')'); END $do$; DROP TRIGGER audited ON jobs`,
  },
  {
    law: "an import comes with its entry",
    by: () => f.clerk.session,
    attempt: async (run) => void (await run(INSERT, [f.clerk.userId, f.clerk.organisation])),
    outcome: "NZ008",
    without: "DROP TRIGGER audited ON imports",
  },
  {
    law: "it is not committed without its entry",
    by: () => f.clerk.session,
    attempt: async (run) =>
      void (await run("UPDATE imports SET status = 'COMMITTING' WHERE id = $1", [preview])),
    outcome: "NZ008",
    without: "DROP TRIGGER audited_change ON imports",
  },
  {
    law: "two do not work on one import at once",
    by: () => f.clerk.session,
    role: "owner",
    attempt: async (run) => {
      const ask = () => run("SELECT guard.ask_import_job($1, 'undo', 'zh-CN')", [preview]);
      await ask();
      await ask();
    },
    outcome: "NZ011",
    without: `DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('guard.ask_import_job(bigint, text, text)'::regprocedure),
      'ELSIF EXISTS (', 'ELSIF false AND EXISTS ('); END $do$;
      DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('guard.put_job(text, int, uuid, jsonb)'::regprocedure),
      'IF EXISTS (', 'IF false AND EXISTS ('); END $do$`,
  },
];

/** The known row of the preview is said to be another payment than the record. */
async function overrule(run: Run, record: string, words: string | null = "第二次发放") {
  await run(
    `UPDATE import_lines SET status = 'GOOD', nth = 2, overrules = $2, overruled_because = $3
     WHERE import_id = $1 AND row = 4`,
    [preview, record, words],
  );
  await run("UPDATE imports SET status = status WHERE id = $1", [preview]);
}
async function isIn(run: Run): Promise<string> {
  const record = await insertDraft(run, f.clerk);
  await enter(run, record);
  return record;
}

const NO_TRIGGER = "DROP TRIGGER before_change ON imports";
const NO_LINE_TRIGGER = "DROP TRIGGER before_change ON import_lines";
const lives: Law<LawFixture>[] = [
  {
    law: "which file it is does not change",
    by: () => f.clerk.session,
    attempt: async (run) =>
      void (await run("UPDATE imports SET file_sha256 = repeat('0', 64) WHERE id = $1", [preview])),
    outcome: "NZ004",
    without: NO_TRIGGER,
  },
  {
    law: "nothing is committed that was not looked at",
    by: () => f.clerk.session,
    attempt: (run) => go(run, reading, "COMMITTING"),
    outcome: "NZ007",
    without: NO_TRIGGER,
  },
  {
    law: "it is not finished while good rows wait",
    by: () => f.clerk.session,
    attempt: (run) => go(run, committing, "COMMITTED"),
    outcome: "NZ007",
    without: NO_TRIGGER,
  },
  {
    law: "what was looked at does not change under the eye",
    by: () => f.clerk.session,
    attempt: async (run) =>
      void (await run("DELETE FROM import_lines WHERE import_id = $1", [preview])),
    outcome: "NZ004",
    without: NO_LINE_TRIGGER,
  },
  {
    law: "what a line says does not change",
    by: () => f.clerk.session,
    attempt: async (run) =>
      void (await run("UPDATE import_lines SET cells = '[]' WHERE import_id = $1", [committing])),
    outcome: "NZ004",
    without: NO_LINE_TRIGGER,
  },
  {
    law: "a line becomes a draft just made",
    by: () => f.clerk.session,
    attempt: async (run) => enter(run, await insertDraft(run, f.clerk)),
    outcome: "accepted",
    without: "DROP POLICY clerk_works ON import_lines; CREATE POLICY nobody ON import_lines FOR ALL TO nuanzhang_app USING (false)", // prettier-ignore
  },
  {
    law: "a line becomes no record that was there before",
    by: () => f.clerk.session,
    attempt: (run) => enter(run, f.submitted),
    outcome: "NZ007",
    without: NO_LINE_TRIGGER,
  },
  {
    law: "no line is in while nobody commits",
    by: () => f.clerk.session,
    attempt: async (run) => {
      const record = await insertDraft(run, f.clerk);
      await run(
        "UPDATE import_lines SET status = 'IN', disbursement_id = $2 WHERE import_id = $1 AND row = 2",
        [preview, record],
      );
    },
    outcome: "NZ007",
    without: NO_LINE_TRIGGER,
  },
  {
    law: "a line is not undone while its record stands",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await enter(run, await insertDraft(run, f.clerk));
      await enter(run, await insertDraft(run, f.clerk), 3);
      await go(run, committing, "COMMITTED");
      await run("UPDATE import_lines SET status = 'UNDONE' WHERE import_id = $1 AND row = 2", [committing]); // prettier-ignore
    },
    outcome: "NZ007",
    without: NO_LINE_TRIGGER,
  },
  {
    law: "a line is undone with its record",
    by: () => f.clerk.session,
    attempt: async (run) => {
      const record = await insertDraft(run, f.clerk);
      await enter(run, record);
      await enter(run, await insertDraft(run, f.clerk), 3);
      await go(run, committing, "COMMITTED");
      await change(run, record, "status = 'VOIDED'");
      const undone = await run(
        "UPDATE import_lines SET status = 'UNDONE' WHERE import_id = $1 AND row = 2 RETURNING 1",
        [committing],
      );
      return undone.length > 0 ? "undone" : "nothing";
    },
    outcome: "undone",
    without: "DROP POLICY clerk_works ON import_lines",
    // no line was in, so the import is not finished
    then: "NZ007",
  },
  {
    law: "a known row is another payment where somebody says why",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await overrule(run, await isIn(run));
      await auditedAs(run, "import.overrule", preview);
    },
    outcome: "accepted",
    without: "DROP POLICY clerk_works ON import_lines; CREATE POLICY nobody ON import_lines FOR ALL TO nuanzhang_app USING (false)", // prettier-ignore
  },
  {
    law: "a known row does not become another payment without a word",
    by: () => f.clerk.session,
    attempt: async (run) =>
      void (await run("UPDATE import_lines SET status = 'GOOD' WHERE import_id = $1 AND row = 4", [preview])), // prettier-ignore
    outcome: "NZ007",
    without: NO_LINE_TRIGGER,
  },
  {
    law: "nothing is another payment than a record that is not in",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await overrule(run, f.submitted);
      await auditedAs(run, "import.overrule", preview);
    },
    outcome: "NZ007",
    without: NO_LINE_TRIGGER,
  },
  {
    law: "that a row is another payment comes with its entry",
    by: () => f.clerk.session,
    attempt: async (run) => overrule(run, await isIn(run)),
    outcome: "NZ008",
    without: "DROP TRIGGER audited ON import_lines",
  },
  {
    law: "the words say something",
    by: () => f.clerk.session,
    attempt: async (run) => overrule(run, await isIn(run), " "),
    outcome: "23514",
    without: "ALTER TABLE import_lines DROP CONSTRAINT line_overruled; DROP TRIGGER audited ON import_lines", // prettier-ignore
  },
  {
    law: "a row that is in keeps what it was said to be",
    by: () => f.clerk.session,
    attempt: async (run) =>
      void (await run("UPDATE import_lines SET overrules = 1 WHERE import_id = $1 AND row = 4", [preview])), // prettier-ignore
    outcome: "NZ004",
    without: NO_LINE_TRIGGER,
  },
  ...(
    [
      ["the same row is in once", "import_lines_in_once"],
      ["a record is that of one line", "import_lines_one_record"],
    ] as const
  ).map(([law, index]): Law<LawFixture> => ({
    law,
    by: () => f.clerk.session,
    role: "owner",
    attempt: async (run) => {
      const record = await insertDraft(run, f.clerk);
      const other = index === "import_lines_one_record" ? record : await insertDraft(run, f.clerk);
      const again = await bring(run);
      await line(run, again, 2, "GOOD", index === "import_lines_one_record" ? "d" : "b");
      await go(run, again, "PREVIEW");
      await go(run, again, "COMMITTING");
      await enter(run, record);
      await run(
        "UPDATE import_lines SET status = 'IN', disbursement_id = $2 WHERE import_id = $1",
        [again, other],
      );
    },
    outcome: "23505",
    without: `DROP INDEX ${index}`,
  })),
  {
    law: "a bad line says why",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await run(
        `INSERT INTO import_lines (import_id, row, organisation_id, status, cells)
         SELECT id, 9, organisation_id, 'BAD', '[]' FROM imports WHERE id = $1`,
        [reading],
      );
    },
    outcome: "23514",
    without: "ALTER TABLE import_lines DROP CONSTRAINT line_explained",
  },
  {
    law: "a refused file says why",
    by: () => f.clerk.session,
    attempt: (run) => go(run, reading, "REFUSED"),
    outcome: "23514",
    without: "ALTER TABLE imports DROP CONSTRAINT import_refused",
  },
];

testLaws(database, () => f, [...readers, ...watchers, ...writers, ...lives]);
