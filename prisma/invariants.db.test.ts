import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { INVARIANTS, type Invariant } from "@/lib/features/health/types";
import { freezeView } from "@/lib/features/frozen/commands";
import { makeBatch, postPayments, reissuePayments } from "@/lib/features/payments/commands";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { lawFixture, type LawFixture } from "@/testing/law-fixture";
import { as } from "@/testing/records";
import { approvedRoster, rosterLine } from "@/testing/rosters";

// Each invariant holds on honest books and is seen to fail: the fault is planted as the superuser, with
// triggers and foreign keys asleep, and rolled back.
const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;
const hand = new pg.Client({ connectionString: database.ownerUrl });
let f: LawFixture;

/** A roster whose first file was paid but for one line, which went out once more and waits for the bank. */
async function paidRoster(): Promise<void> {
  const id = await approvedRoster(f, [rosterLine(0), rosterLine(1)]);
  const batch = () => as(f.clerk).write((c) => makeBatch({ ...c, id, input: { format: "csv" } }));
  await batch();
  const rows = [
    { no: 1, result: "paid" as const },
    { no: 2, result: "returned" as const, words: "户名不符" },
  ];
  await as(f.clerk).write((c) =>
    postPayments({ ...c, id, input: { on: "2026-09-10", batch: 1, rows } }),
  );
  await as(f.clerk).write((c) =>
    reissuePayments({ ...c, id, input: { on: "2026-09-20", lines: [2] } }),
  );
  await batch();
}

beforeAll(async () => {
  await hand.connect();
  f = await lawFixture(actors);
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO saved_views (owner_id, page, name, query) VALUES ($1, 'DASHBOARD', '全省', 'year=2026') RETURNING id::text`,
    [f.province.userId],
  );
  await as(f.province).write((context) =>
    freezeView({ ...context, params: { id: rows[0]?.id ?? "" }, body: { version: 1 } }),
  );
  await paidRoster();
}, 120_000);
afterAll(() => hand.end());

const ask = async (client: pg.Client, id: Invariant) => {
  const { rows } = await client.query<{ faults: string }>(
    `SELECT guard.faults_of_${id.replaceAll("-", "_")}() AS faults`,
  );
  return Number(rows[0]?.faults);
};

const approve = (who: "created_by" | "last_edited_by" | "submitted_by") => (x: LawFixture) =>
  `UPDATE approval_steps s SET actor_id = d.${who} FROM disbursements d
   WHERE d.id = s.disbursement_id AND d.id = ${x.approved} AND s.action = 'APPROVE'`;

/** Somebody other than author and sender wrote into it. */
const EDITED = (x: LawFixture) =>
  `UPDATE disbursements SET editors = array_append(editors, '${x.colleague.userId}'::uuid) WHERE id = ${x.approved};
   UPDATE approval_steps SET actor_id = '${x.colleague.userId}'
   WHERE disbursement_id = ${x.approved} AND action = 'APPROVE'`;

/** A line for no money, sealed by a key that nobody has. */
const LINE = (record: string) =>
  `INSERT INTO roster_lines (id, disbursement_id, organisation_id, no, name, nonce, persons, commitment, key_id)
   SELECT gen_random_uuid(), id, organisation_id, 1, s.seal, s.seal, 1, decode(repeat('00', 32), 'hex'), 'deadbeef'
   FROM disbursements, (SELECT decode('0101deadbeef' || repeat('00', 60), 'hex') AS seal) s WHERE id = ${record}`;

/** A file without a key. */
const FILE = (record: string) =>
  `INSERT INTO attachments (id, disbursement_id, organisation_id, no, kind, media_type, bytes, sha256, source_sha256, late,
     object_key, added_by, added_at)
   SELECT gen_random_uuid(), id, organisation_id, 1, 'PHOTO', 'image/jpeg', 1, s.digest, s.digest, true,
     'ev/00/' || gen_random_uuid(), created_by, now()
   FROM disbursements, (SELECT decode(repeat('00', 32), 'hex') AS digest) s WHERE id = ${record}`;

const FAULTS: Record<Invariant, (x: LawFixture) => string> = {
  "figures-match-records": (x) =>
    `UPDATE disbursements SET amount_fen = amount_fen + 1 WHERE id = ${x.approved}`,
  "totals-match-rollups": () =>
    `SELECT guard.fold_figures();
     UPDATE figure_totals SET records = records + 1
     WHERE ctid = (SELECT ctid FROM figure_totals LIMIT 1)`,
  "deltas-are-folded": () => `UPDATE audit_entries SET at = at - interval '1 hour'`,
  "shares-sum": (x) =>
    `UPDATE disbursement_shares SET amount_fen = amount_fen - 1 WHERE disbursement_id = ${x.approved}`,
  "shares-in-their-place": (x) =>
    `UPDATE approval_steps SET organisation_id = organisation_id + 1 WHERE disbursement_id = ${x.approved}`,
  "approved-have-steps": (x) =>
    `DELETE FROM approval_steps WHERE disbursement_id = ${x.approved} AND action = 'APPROVE'`,
  "submitted-have-steps": (x) =>
    `DELETE FROM approval_steps WHERE disbursement_id = ${x.submitted} AND action = 'SUBMIT'`,
  "author-never-approves": approve("created_by"),
  "editor-never-approves": EDITED,
  "sender-never-approves": approve("submitted_by"),
  "one-approval-a-person": (x) =>
    `INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, round)
     SELECT disbursement_id, organisation_id, action, actor_id, at, round FROM approval_steps
     WHERE disbursement_id = ${x.approved} AND action = 'APPROVE'`,
  "derived-dates": (x) => `UPDATE disbursements SET month = 0 WHERE id = ${x.approved}`,
  "reversals-undo": (x) =>
    `UPDATE disbursements SET persons = coalesce(persons, 0) - 1 WHERE id = ${x.reversal}`,
  "pairs-move-together": (x) =>
    `UPDATE disbursements SET status = 'VOIDED' WHERE id = ${x.replacement}`,
  "one-correction-at-a-time": (x) =>
    `INSERT INTO adjustments (organisation_id, original_id, reversal_id, reason_code, words, created_by, created_at)
     SELECT organisation_id, original_id, ${x.approved}, reason_code, words, created_by, created_at
     FROM adjustments WHERE reversal_id = ${x.reversal}`,
  "closed-years-rest": (x) =>
    `UPDATE disbursements SET updated_at = now() + interval '1 second' WHERE id = ${x.old}`,
  "closed-years-stand": () =>
    `UPDATE year_closings SET (payload, sha256) = (SELECT p, guard.hash_of(p)
       FROM (SELECT jsonb_set(payload::jsonb, '{waiting,draft}', '0')::text AS p) AS x) WHERE year = 2025`,
  "frozen-views-stand": (x) =>
    `UPDATE disbursements SET persons = coalesce(persons, 0) + 1 WHERE id = ${x.approved}`,
  "allotments-are-whole": () =>
    `ALTER TABLE allotments DROP CONSTRAINT amount_signed;
     INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, created_by, created_at)
     SELECT o.id, 2026, 1, 0, gen_random_uuid(), now() FROM organisations o WHERE o.code = '630123'`,
  "transfers-are-pairs": () =>
    `INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, transfer_kind, counterpart_id,
       taken_from_id, created_by, created_at)
     SELECT a.organisation_id, a.fiscal_year, a.fund_source_id, -1, 'PASSED', a.organisation_id, a.id, a.created_by, now()
     FROM allotments a ORDER BY a.id LIMIT 1`,
  "projects-stand-apart": () =>
    `INSERT INTO projects (organisation_id, fiscal_year, name, fund_source_id, programme_ids, declared_fen, created_by, created_at)
     SELECT o.id, 2026, '帮扶 ' || n, 1, '{}', 100, (SELECT id FROM users LIMIT 1), now()
     FROM organisations o, generate_series(1, 2) AS n WHERE o.code = '630123'`,
  "project-money-in-place": () =>
    `WITH p AS (INSERT INTO projects (organisation_id, fiscal_year, name, fund_source_id, programme_ids, declared_fen, created_by, created_at)
       SELECT o.id, 2026, '帮扶', 1, '{}', 100, (SELECT id FROM users LIMIT 1), now() FROM organisations o WHERE o.code = '630123'
       RETURNING id)
     UPDATE allotments a SET project_id = p.id FROM p WHERE a.id = (SELECT min(id) FROM allotments)`,
  "chain-verifies": () =>
    `UPDATE audit_entries SET body = '{}' WHERE position = (SELECT max(position) FROM audit_entries WHERE body <> '{}')`,
  "records-are-audited": (x) =>
    `DELETE FROM audit_entries WHERE subject_type = 'disbursement' AND subject_id = '${x.draft}'`,
  "allotments-are-audited": () =>
    `INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, created_by, created_at)
     SELECT o.id, 2026, 1, 5, gen_random_uuid(), now() FROM organisations o WHERE o.code = '630123'`,
  "records-are-as-audited": (x) =>
    `UPDATE disbursement_shares SET fund_source_id = fund_source_id % 5 + 1 WHERE disbursement_id = ${x.submitted}`,
  "subjects-are-as-audited": () => "UPDATE years SET status = 'OPEN' WHERE year = 2025",
  "checkpoints-stand": () => "UPDATE checkpoints SET head = repeat('0', 64)",
  "disabled-have-no-session": (x) =>
    `UPDATE users SET active = false WHERE id = '${x.stranger.userId}'`,
  "import-accounts-never-sign-in": () =>
    `WITH u AS (INSERT INTO users (username, name_zh, name_en, is_system) VALUES ('import.x', '导入', 'x', true)
       RETURNING id)
     INSERT INTO credentials (user_id, password_hash) SELECT id, 'x' FROM u`,
  "administrators-only-administer": (x) =>
    `INSERT INTO memberships (user_id, organisation_id, role)
     SELECT '${x.admin.userId}', id, 'CLERK' FROM organisations WHERE code = '630123'`,
  "tree-is-sound": () =>
    `UPDATE organisations SET path = '/1/' || id || '/9/' WHERE code = '630123'`,
  "rows-are-walled": () => "ALTER TABLE credentials NO FORCE ROW LEVEL SECURITY",
  "grants-are-narrow": () => "GRANT UPDATE ON audit_entries TO nuanzhang_app",
  "roles-are-weak": () => "GRANT nuanzhang_sign_in TO nuanzhang_app",
  "laws-are-in-force": () => "ALTER TABLE disbursements DISABLE TRIGGER before_update",
  "nil-is-nil": (x) =>
    `INSERT INTO nil_declarations (organisation_id, programme_id, period_from, period_to, reason_code, created_by, created_at)
     SELECT organisation_id, programme_id, ledger_on - 1, ledger_on + 1, 'put-off', created_by, now()
     FROM disbursements WHERE id = ${x.submitted}`,
  "working-copies-are-bounded": (x) =>
    `INSERT INTO working_copies (id, owner_id, kind, edits, body)
     SELECT gen_random_uuid(), '${x.clerk.userId}', 'DISBURSEMENT', 1, '{}' FROM generate_series(1, 101)`,
  "imports-match-records": (x) =>
    `WITH i AS (INSERT INTO imports (organisation_id, created_by, file_name, file_bytes, file_sha256, status, reading, committed_at)
       SELECT organisation_id, '${x.clerk.userId}', 'x.csv', 1, repeat('0', 64), 'COMMITTED', '{}', now()
       FROM disbursements WHERE id = ${x.draft} RETURNING id, organisation_id)
     INSERT INTO import_lines (import_id, row, organisation_id, status, cells, fields, reading, nth)
     SELECT id, 2, organisation_id, 'GOOD', '[]', '{}', repeat('0', 64), 1 FROM i`,
  "claims-match-rosters": () =>
    "INSERT INTO aid_claims VALUES (gen_random_uuid(), (SELECT min(id) FROM programmes), '2026', 1)",
  "rosters-add-up": (x) => LINE(x.approved),
  "named-by-rosters": (x) => `UPDATE disbursements SET named = true WHERE id = ${x.approved}`,
  "batches-add-up": () => "UPDATE payment_batches SET amount_fen = amount_fen + 1 WHERE no = 1",
  "payments-follow": () => "UPDATE payment_results SET state = 'PAID', reason = NULL WHERE state = 'RETURNED'", // prettier-ignore
  // a file without an event
  "households-stand": (x) =>
    `INSERT INTO households (id, organisation_id, code, kind, level, cause, status, tier, tier_year, filed_on, nonce,
       commitment, key_id, origin, created_by, created_at, updated_at)
     SELECT gen_random_uuid(), organisation_id, 'X-1', 'URBAN', 'COUNTY', 'ILLNESS', 'OPEN', 'DEEP', 2026, '2026-01-01',
       decode('0101deadbeef' || repeat('00', 60), 'hex'), decode(repeat('00', 32), 'hex'), 'deadbeef', 'ENTERED',
       '${x.clerk.userId}', now(), now() FROM disbursements WHERE id = ${x.draft}`,
  "seals-have-keys": (x) => LINE(x.draft),
  "files-are-whole": (x) =>
    `${FILE(x.approved)}; INSERT INTO attachment_checks SELECT id, now(), 'damaged' FROM attachments`,
  "files-are-known": () => "INSERT INTO stray_objects VALUES ('ev/00/unknown', now())",
  "files-have-keys": (x) => FILE(x.approved),
  "jobs-move-on": () =>
    "INSERT INTO jobs (kind, created_at) VALUES ('PURGE', now() - interval '7 hours')",
};

test("the database asks exactly the invariants that are told", async () => {
  const { rows } = await owner.query<{ id: string }>("SELECT guard.invariants() AS id");
  expect(rows.map(({ id }) => id).sort()).toEqual([...INVARIANTS].sort());
  expect(INVARIANTS.length).toBeGreaterThanOrEqual(20);
});

test.each(INVARIANTS)("%s holds, and a planted fault is found", async (id) => {
  expect(await ask(owner, id), "on honest books").toBe(0);
  await hand.query("BEGIN");
  try {
    await hand.query("SET LOCAL session_replication_role = replica");
    await hand.query(FAULTS[id](f));
    expect(await ask(hand, id), "with the fault").toBeGreaterThan(0);
  } finally {
    await hand.query("ROLLBACK");
  }
});

test.each<[Invariant, string, (x: LawFixture) => string]>([
  ["records-are-as-audited", "a record deleted", (x) => `DELETE FROM disbursements WHERE id = ${x.draft}`], // prettier-ignore
  ["records-are-as-audited", "an approver swapped", (x) => `UPDATE approval_steps SET actor_id = '${x.stranger.userId}' WHERE disbursement_id = ${x.approved} AND action = 'APPROVE'`], // prettier-ignore
  ["subjects-are-as-audited", "a year deleted", () => "DELETE FROM years WHERE year = 2025"],
  ["checkpoints-stand", "a figure of before it", (x) => `INSERT INTO checkpoints (root_id, size, head, at, figures, occasion, note)
     SELECT root_id, position, hash, at, guard.figures_digest(root_id), 'ON_DEMAND', '' FROM audit_entries ORDER BY position DESC LIMIT 1;
     UPDATE disbursements SET amount_fen = amount_fen + 1 WHERE id = ${x.approved}`], // prettier-ignore
  ["batches-add-up", "a line too few", () => "DELETE FROM payment_batch_lines WHERE batch_id = (SELECT min(id) FROM payment_batches) AND open"], // prettier-ignore
  ["batches-add-up", "another amount of its line", () => "UPDATE roster_lines SET amount_fen = amount_fen + 1 WHERE id = (SELECT line_id FROM payment_batch_lines WHERE open LIMIT 1)"], // prettier-ignore
  ["batches-add-up", "a line of another record", (x) => `UPDATE roster_lines SET disbursement_id = ${x.approved}, no = 99 WHERE id = (SELECT line_id FROM payment_batch_lines WHERE open LIMIT 1)`], // prettier-ignore
  ["batches-add-up", "one that came back and is held", () => "DELETE FROM payment_results WHERE state = 'REISSUED'"], // prettier-ignore
  ["batches-add-up", "one held by two", () => "DROP INDEX payment_batch_lines_open_once; UPDATE payment_batch_lines SET open = true WHERE batch_id = (SELECT min(id) FROM payment_batches)"], // prettier-ignore
  ["batches-add-up", "one let go of, though it was paid", () => "UPDATE payment_batch_lines SET open = false WHERE batch_id = (SELECT min(id) FROM payment_batches)"], // prettier-ignore
  ["batches-add-up", "one of a cancelled file that is held", () => "UPDATE payment_batches SET cancelled_at = now(), cancelled_by = made_by, cancel_reason = '重做' WHERE no = 2"], // prettier-ignore
  ["payments-follow", "a result of no posting", () => "UPDATE payment_results SET posting_id = 0 WHERE state = 'PAID'"], // prettier-ignore
  ["payments-follow", "one of a record that is not approved", () => "UPDATE disbursements SET status = 'SUBMITTED' WHERE id = (SELECT disbursement_id FROM payment_results LIMIT 1)"], // prettier-ignore
  ["payments-follow", "one left out", () => "DELETE FROM payment_results WHERE state = 'RETURNED'"], // prettier-ignore
  ["working-copies-are-bounded", "one of a record that is gone", (x) => `INSERT INTO working_copies (id, owner_id, kind, subject_id, base_version, edits, body)
     VALUES (gen_random_uuid(), '${x.clerk.userId}', 'CORRECTION', 987654321, 1, 1, '{}')`], // prettier-ignore
  ["working-copies-are-bounded", "one as large as a library", (x) => `ALTER TABLE working_copies DROP CONSTRAINT copy_size;
     INSERT INTO working_copies (id, owner_id, kind, edits, body)
     VALUES (gen_random_uuid(), '${x.clerk.userId}', 'DISBURSEMENT', 1, jsonb_build_object('note', repeat('x', 300000)))`], // prettier-ignore
  ["frozen-views-stand", "a number kept otherwise", () => `UPDATE frozen_figures SET (payload, sha256) = (SELECT p, guard.hash_of(p)
     FROM (SELECT jsonb_set(payload::jsonb, '{totals,amountFen}', '"1"')::text AS p) AS x)`], // prettier-ignore
  ["frozen-views-stand", "a digest of something else", () => "ALTER TABLE frozen_figures DROP CONSTRAINT frozen_digest; UPDATE frozen_figures SET sha256 = repeat('0', 64)"], // prettier-ignore
  ["frozen-views-stand", "a stamp of another position", () => "UPDATE frozen_views SET seq = seq - 1"], // prettier-ignore
  ["frozen-views-stand", "a line that is gone", () => `UPDATE frozen_figures SET (payload, sha256) = (SELECT p, guard.hash_of(p)
     FROM (SELECT (payload::jsonb #- '{axes,0,rows,0}')::text AS p) AS x)`], // prettier-ignore
  ["closed-years-stand", "a year closed by hand", () => "UPDATE years SET status = 'CLOSED' WHERE year = 2026"], // prettier-ignore
  ["closed-years-stand", "a year closed without its figures", () => "DELETE FROM year_closings WHERE year = 2025"], // prettier-ignore
  ["closed-years-stand", "a year opened once more by nobody", () => "UPDATE years SET status = 'OPEN', reopened_until = '2099-01-01' WHERE year = 2025"], // prettier-ignore
  ["closed-years-stand", "an axis frozen otherwise", () => `UPDATE year_closings SET (payload, sha256) = (SELECT p, guard.hash_of(p)
     FROM (SELECT jsonb_set(payload::jsonb, '{axes,month}', '[{"month": 3, "records": 1}]')::text AS p) AS x) WHERE year = 2025`], // prettier-ignore
])("%s: %s is found", async (id, _, plant) => {
  await hand.query("BEGIN");
  try {
    await hand.query("SET LOCAL session_replication_role = replica");
    await hand.query(plant(f));
    expect(await ask(hand, id)).toBeGreaterThan(0);
  } finally {
    await hand.query("ROLLBACK");
  }
});
