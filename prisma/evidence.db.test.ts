import { randomUUID } from "node:crypto";
import { beforeAll } from "vitest";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

// The laws of evidence in raw SQL, each once more with its guard taken away.
const { database, actors, f, clerk, reviewer, province } = await lawBook();
const { auditedAs, dropTrigger, noop, without } = await import("@/testing/law-fixture");
const { keysOf } = await import("@/lib/platform/keys");

const KEY = keysOf("FIELD")[0].id;
const sealOf = (key: string) => `\\x0101${key}${"00".repeat(60)}`;

type Columns = { late?: boolean; by?: string; kind?: string; likeness?: string };
const insertFile = (run: Run, id: string, record: string, columns: Columns = {}) => {
  const { late = false, by = f.clerk.userId, kind = "PHOTO", likeness = null } = columns;
  return run(
    `INSERT INTO attachments (id, disbursement_id, organisation_id, no, kind, media_type, bytes, sha256, source_sha256, late,
       object_key, added_by, added_at, likeness, likeness_version)
     SELECT $1, x.id, coalesce(d.organisation_id, (SELECT id FROM organisations WHERE code = '630123')), 900, $3, 'image/jpeg',
       1, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'), $4, 'ev/00/' || $1::uuid, $5, now(),
       $6::bigint, CASE WHEN $6::text IS NOT NULL THEN 1 END
     FROM (SELECT $2::bigint AS id) x LEFT JOIN disbursements d ON d.id = x.id`,
    [id, record, kind, late, by, likeness],
  );
};
const insertKey = (run: Run, id: string, key = KEY) =>
  run("INSERT INTO file_keys (id, file_key, key_id) VALUES ($1, $2, $3)", [id, sealOf(key), key]);

/** A file with its key and its entry, as the application brings it. */
async function add(run: Run, record: string, columns: Columns & { key?: string } = {}) {
  const id = randomUUID();
  await insertFile(run, id, record, columns);
  await insertKey(run, id, columns.key);
  await auditedAs(run, "attachment.add", id);
}
/** "nothing" where the policies show no such file to change. */
async function remove(run: Run, id: string, by: string = f.clerk.userId, set = "") {
  const rows = await run(
    `UPDATE attachments SET removed_by = $2, removed_at = now()${set} WHERE id = $1 RETURNING id`,
    [id, by],
  );
  if (rows.length === 0) return "nothing";
  await auditedAs(run, "attachment.remove", id);
  return undefined;
}
const counted = (table: string) => async (run: Run) =>
  (await run(`SELECT FROM ${table}`)).length > 0 ? "found" : "nothing";

/** Beside a draft, beside a submitted record, and removed. */
const files = { draft: randomUUID(), submitted: randomUUID(), removed: randomUUID() };
beforeAll(async () => {
  const { owner } = actors;
  const run: Run = async (text, values) => (await owner.query<Record<string, unknown>>(text, values)).rows; // prettier-ignore
  await run("BEGIN");
  await run("SELECT set_config('app.session', $1, true)", [f.clerk.session]);
  for (const [name, record] of [
    ["draft", f.draft],
    ["submitted", f.submitted],
    ["removed", f.draft],
  ] as const) {
    // prettier-ignore
    await insertFile(run, files[name], record, { late: name === "submitted" });
    await insertKey(run, files[name]);
    await auditedAs(run, "attachment.add", files[name]);
  }
  await run("COMMIT");
  await run("BEGIN");
  await run("SELECT set_config('app.session', $1, true)", [f.clerk.session]);
  await remove(run, files.removed);
  await run("COMMIT");
}, 120_000);

const NO_ADD_LAW = dropTrigger("before_insert", "attachments");
const NO_CHANGE_LAW = dropTrigger("before_change", "attachments");
const wall = (table: string) => `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`;
const stranger = () => f.stranger.session;

const laws: Law<LawFixture>[] = [
  {
    law: "nothing is added to a voided record",
    by: clerk,
    attempt: (run) => add(run, f.voided),
    outcome: "NZ004",
    without: NO_ADD_LAW,
  },
  {
    law: "nor to what only undoes",
    by: clerk,
    attempt: (run) => add(run, f.reversal),
    outcome: "NZ004",
    without: NO_ADD_LAW,
  },
  {
    law: "what comes after the submission says so",
    by: clerk,
    attempt: (run) => add(run, f.submitted, { late: false }),
    outcome: "NZ004",
    without: NO_ADD_LAW,
  },
  {
    law: "and what comes before does not claim it",
    by: clerk,
    attempt: (run) => add(run, f.draft, { late: true }),
    outcome: "NZ004",
    without: NO_ADD_LAW,
  },
  {
    law: "nobody adds in another's name",
    by: clerk,
    attempt: async (run) => {
      await insertFile(run, randomUUID(), f.draft, { by: f.colleague.userId });
    },
    outcome: "NZ004",
    without: `${NO_ADD_LAW}; ${dropTrigger("keyed", "attachments")}; ${dropTrigger("audited", "attachments")}`,
  },
  {
    law: "a record has sixty files at most",
    by: clerk,
    attempt: async (run) => {
      for (let n = 0; n < 60; n += 1) await add(run, f.draft);
    },
    outcome: "NZ004",
    without: rewrite("most_attachments()", "60", "61"),
  },
  {
    law: "a file has a key",
    by: clerk,
    attempt: async (run) => {
      const id = randomUUID();
      await insertFile(run, id, f.draft);
      await auditedAs(run, "attachment.add", id);
    },
    outcome: "NZ001",
    without: dropTrigger("keyed", "attachments"),
  },
  {
    law: "its key is sealed by one that is in use",
    by: clerk,
    attempt: (run) => add(run, f.draft, { key: "deadbeef" }),
    outcome: "NZ022",
    without: dropTrigger("sealed_insert", "file_keys"),
  },
  {
    law: "nobody brings a key for a file that another added",
    by: () => f.colleague.session,
    attempt: async (run) => {
      await insertKey(run, files.submitted);
    },
    outcome: "42501",
    without: `${wall("file_keys")}; DELETE FROM file_keys`,
  },
  {
    law: "nothing is added without its entry",
    by: clerk,
    attempt: async (run) => {
      const id = randomUUID();
      await insertFile(run, id, f.draft);
      await insertKey(run, id);
    },
    outcome: "NZ008",
    without: dropTrigger("audited", "attachments"),
  },
  {
    law: "nothing is removed without its entry",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE attachments SET removed_by = $2, removed_at = now() WHERE id = $1", [files.draft, f.clerk.userId]); // prettier-ignore
    },
    outcome: "NZ008",
    without: dropTrigger("audited", "attachments"),
  },
  {
    law: "what was submitted loses nothing",
    by: clerk,
    attempt: (run) => remove(run, files.submitted),
    outcome: "NZ004",
    without: NO_CHANGE_LAW,
  },
  {
    law: "what was removed does not come back",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE attachments SET removed_by = NULL, removed_at = NULL WHERE id = $1", [files.removed]); // prettier-ignore
      await auditedAs(run, "attachment.add", files.removed);
    },
    outcome: "NZ004",
    without: NO_CHANGE_LAW,
  },
  {
    law: "nobody removes in another's name",
    by: clerk,
    attempt: (run) => remove(run, files.draft, f.colleague.userId),
    outcome: "NZ004",
    without: NO_CHANGE_LAW,
  },
  {
    law: "nothing else of it changes",
    by: clerk,
    attempt: (run) => remove(run, files.draft, f.clerk.userId, ", kind = 'NOTICE'"),
    outcome: "42501",
    without: `GRANT UPDATE ON attachments TO nuanzhang_app; ${NO_CHANGE_LAW}`,
  },
  {
    law: "and not by the owner's hand either",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE attachments SET bytes = 2 WHERE id = $1", [files.draft]);
    },
    outcome: "NZ004",
    without: NO_CHANGE_LAW,
  },
  {
    law: "a row is never deleted",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("DELETE FROM attachments WHERE id = $1", [files.removed]);
    },
    outcome: "NZ004",
    without: dropTrigger("never_deleted", "attachments"),
  },
  {
    law: "with a file its key goes",
    by: clerk,
    attempt: async (run) => {
      await remove(run, files.draft);
      return counted(`file_keys WHERE id = '${files.draft}'`)(run);
    },
    outcome: "nothing",
    // a key whose file is gone is read by nobody, and still there
    without: `${dropTrigger("key_goes", "attachments")}; ${wall("file_keys")}`,
    then: "found",
  },
  {
    law: "a key is sealed anew, and nothing else",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE file_keys SET id = gen_random_uuid() WHERE id = $1", [files.draft]);
    },
    outcome: "NZ004",
    without: dropTrigger("only_resealed", "file_keys"),
  },
  {
    law: "a likeness is of photographs alone",
    by: clerk,
    attempt: (run) => add(run, f.draft, { kind: "SIGN-OFF-SHEET", likeness: "1" }),
    outcome: "23514",
    without: without("attachments_likeness_check", "attachments"),
  },
  ...(["attachments", "file_keys"] as const).flatMap((table): Law<LawFixture>[] =>
    [stranger, () => f.admin.session, () => null].map((by, n) => ({
      law: `${table}: ${["elsewhere", "an administrator", "nobody"][n] ?? ""} reads nothing`,
      by,
      attempt: counted(table),
      outcome: "nothing",
      without: `${wall("attachments")}; ${wall("file_keys")}`,
      then: "found",
    })),
  ),
  {
    law: "who judges adds nothing",
    by: reviewer,
    attempt: (run) => add(run, f.draft, { by: f.reviewer.userId }),
    outcome: "42501",
    without: wall("attachments"),
  },
  {
    law: "nor does the province",
    by: province,
    attempt: (run) => add(run, f.draft, { by: f.province.userId }),
    outcome: "42501",
    without: wall("attachments"),
  },
  {
    law: "nor a clerk from elsewhere",
    by: stranger,
    attempt: (run) => add(run, f.draft, { by: f.stranger.userId }),
    outcome: "42501",
    without: wall("attachments"),
  },
  {
    law: "who judges removes nothing",
    by: reviewer,
    attempt: (run) => remove(run, files.draft, f.reviewer.userId),
    outcome: "nothing",
    without: wall("attachments"),
  },
  {
    law: "the store is looked at by its job alone",
    by: clerk,
    attempt: async (run) => {
      await run("SELECT FROM guard.files_to_read_back(now(), 10)");
    },
    outcome: "42501",
    without: noop("require_store_job()"),
  },
];

testLaws(database, () => f, laws);
