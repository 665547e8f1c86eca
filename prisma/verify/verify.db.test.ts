import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { FaultKind } from "./faults";

const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;
const { approvedRecord, as, sampleFields } = await import("@/testing/records");
const { allot } = await import("@/testing/law-fixture");
const { writeAs } = await import("@/lib/platform/db");
const { callGuard } = await import("@/lib/platform/guard");
const { checkpointKey, writeCheckpoints } = await import("@/lib/platform/checkpoint");
const { publicKeyOf, signNote } = await import("@/lib/platform/signed-note");
const { openSession } = await import("@/lib/platform/sign-in");
const { closeYear } = await import("@/lib/features/years/commands");
const { createUser } = await import("@/lib/features/admin/commands");
const { sentenceOf } = await import("./faults");
const { verify } = await import("./verify");
const folder = mkdtempSync(join(tmpdir(), "nuanzhang-verify-"));
afterAll(() => rmSync(folder, { recursive: true }));

let clerk: TestPerson;
let other: TestPerson;
/** Ids of an approved record, of one in a closed year, of a submitted one, and of an account made on the screen. */
let approved = "";
let old = "";
let submitted = "";
let account = "";
let note = "";

async function ordinaryWork(): Promise<void> {
  clerk = await actors.clerk("630123");
  other = await actors.reviewer("630100");
  const province = await actors.province();
  const admin = await actors.admin();
  const reviewer = await actors.reviewer("630100");
  const record = await approvedRecord(clerk, reviewer, { paidOn: "2026-08-20" });
  approved = (await approvedRecord(clerk, reviewer)).id;
  submitted = (await as(clerk).submit(await as(clerk).create())).id;
  await as(clerk).adjust(record, { ...sampleFields, note: "更正" });
  await as(clerk).update(await as(clerk).create(), { note: "改过" });
  await as(reviewer).return(await as(clerk).submit(await as(clerk).create()));
  old = (await approvedRecord(clerk, reviewer, { paidOn: "2024-08-20" })).id;
  await as(clerk).create({ paidOn: "2024-08-21" });
  await owner.query("BEGIN");
  await owner.query("SELECT set_config('app.session', $1, true)", [province.session]);
  for (const year of [2024, 2026])
    await allot(async (text, values) => (await owner.query(text, values)).rows, year, province);
  await owner.query("COMMIT");
  const { user } = await writeAs(admin.session, (context) =>
    createUser({
      ...context,
      password: "",
      passwordHash: "x",
      body: {
        username: "made.on.screen",
        nameZh: "新账号",
        nameEn: "New",
        membership: { role: "REVIEWER", organisation: "630100" },
      },
    }),
  );
  account = user.id;
  await owner.query("BEGIN; SET LOCAL TimeZone = 'Asia/Shanghai'");
  await owner.query("SELECT set_config('app.session', $1, true)", [admin.session]);
  await owner.query("SELECT guard.set_password($1, 'hash')", [account]);
  await owner.query("COMMIT");
  await writeAs(province.session, (context) =>
    closeYear({ ...context, now: new Date(), year: 2024, input: { version: 1, acceptOpen: true } }),
  );
  await owner.query("SELECT guard.fold_figures()");
  for (let i = 0; i < 3; i++) await openSession(clerk.userId, new Date());
  [note = ""] = await writeCheckpoints({ rows: callGuard }, "ON_DEMAND");
}
beforeAll(ordinaryWork);

/** As a superuser with a grudge would: triggers asleep; and everything put back afterwards. */
async function tampered(change: string, values: unknown[] = [], notes: string[] = []) {
  await owner.query("BEGIN");
  try {
    await owner.query("SET LOCAL session_replication_role = replica");
    await owner.query(change, values);
    return await verify(owner, { notes, publicKey: checkpointKey() });
  } finally {
    await owner.query("ROLLBACK");
  }
}
const kinds = (verdict: Awaited<ReturnType<typeof tampered>>) =>
  verdict.faults.map(({ kind }) => kind);

/** A chain whose hashes are all made anew from an entry on, as somebody who reads this program can. */
const REWRITE = `DO $do$
DECLARE e audit_entries; v_hash text := repeat('0', 64);
BEGIN
  FOR e IN SELECT * FROM audit_entries ORDER BY position LOOP
    UPDATE audit_entries SET prev_hash = v_hash, hash = guard.hash_of(concat_ws(' ', v_hash, e.root_id, e.position,
      to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      guard.hash_of(guard.frame(e.transaction_id::text, e.actor_id::text, e.action, e.subject_type, e.subject_id,
        e.organisation_id::text, e.body, e.state_digest::text))))
    WHERE position = e.position RETURNING hash INTO v_hash;
  END LOOP;
END $do$`;
const LAST = "position = (SELECT max(position) FROM audit_entries)";
/** A snapshot of the closed year that says something else, and a chain that vouches for it. */
const frozen = (path: string, value: string) =>
  `UPDATE year_closings SET (payload, sha256) = (SELECT p, guard.hash_of(p)
     FROM (SELECT ${value === "[]" ? "'[]'" : `jsonb_set(payload::jsonb, '${path}', '${value}')::text`} AS p) AS x) WHERE year = 2024;
   UPDATE audit_entries SET state_digest = (SELECT digest FROM guard.audit_states('year', '{2024}')),
     body = jsonb_set(body::jsonb, '{sha256}', to_jsonb((SELECT sha256::text FROM year_closings WHERE year = 2024)))::text
   WHERE action = 'year.close';
   ${REWRITE}`;
const forge = (
  action: string,
  id: string,
) => `SELECT guard.write_entries(1, ARRAY['${action}'], ARRAY['${id}'],
  ARRAY[(SELECT organisation_id FROM disbursements WHERE id = ${id})], ARRAY['{}'],
  ARRAY[(SELECT digest FROM guard.audit_states('disbursement', ARRAY['${id}']))])`;

test("ordinary work is found sound, and says what it could not answer", async () => {
  const verdict = await verify(owner, { notes: [note], publicKey: checkpointKey() });
  expect(verdict.faults.map(sentenceOf)).toEqual([]);
  expect(verdict.chains).toHaveLength(1);
  expect(verdict.records).toBe(9);
  expect(verdict.unanswered).toEqual([]);
  await owner.query("SET TimeZone = 'Asia/Kathmandu'");
  const alone = await verify(owner);
  expect(alone.faults).toEqual([]);
  expect(alone.unanswered.join()).toContain("--checkpoint");
  expect(alone.unanswered.join()).toContain("--public-key");
  await owner.query("RESET TimeZone");
  const own = await verify(owner, { notes: [note], publicKey: checkpointKey(), ownKey: true });
  expect(own.unanswered.join()).toContain("this installation's own key");
});

type Tampering = [what: string, change: () => string, named: FaultKind];

const chainTamperings: Tampering[] = [
  ["a body", () => "UPDATE audit_entries SET body = '{\"n\":2}' WHERE position = 5", "hash"],
  ["an action", () => "UPDATE audit_entries SET action = 'disbursement.update' WHERE position = 2", "hash"], // prettier-ignore
  ["a time", () => "UPDATE audit_entries SET at = at + interval '1 ms' WHERE position = 5", "hash"],
  ["an actor", () => "UPDATE audit_entries SET actor_id = gen_random_uuid() WHERE position = 5", "hash"], // prettier-ignore
  ["a digest", () => "UPDATE audit_entries SET state_digest = repeat('0', 64) WHERE position = 5", "hash"], // prettier-ignore
  ["text moved from one field to the next", () => "UPDATE audit_entries SET action = subject_type || action, subject_type = '' WHERE position = 5", "hash"], // prettier-ignore
  ["an entry taken out", () => "DELETE FROM audit_entries WHERE position = 5", "gap"],
  ["an entry taken out and the rest moved up", () => "DELETE FROM audit_entries WHERE position = 5; UPDATE audit_entries SET position = -position WHERE position > 5; UPDATE audit_entries SET position = -position - 1 WHERE position < 0", "link"], // prettier-ignore
  ["two entries exchanged", () => "UPDATE audit_entries SET position = 0 WHERE position = 5; UPDATE audit_entries SET position = 5 WHERE position = 6; UPDATE audit_entries SET position = 6 WHERE position = 0", "link"], // prettier-ignore
  ["a time before the one before it, hashes made anew", () => `UPDATE audit_entries SET at = at - interval '1 day' WHERE position = 5; ${REWRITE}`, "time"], // prettier-ignore
  ["an action nobody knows, hashes made anew", () => `UPDATE audit_entries SET action = 'user.vanish' WHERE ${LAST}; ${REWRITE}`, "action-unknown"], // prettier-ignore
];

const recordTamperings: Tampering[] = [
  ["all entries deleted", () => "DELETE FROM audit_entries", "entries-gone"],
  ["all entries and checkpoints deleted", () => "DELETE FROM audit_entries; DELETE FROM checkpoints", "entries-gone"], // prettier-ignore
  ["the tail cut", () => "DELETE FROM audit_entries WHERE position > 9", "tail-cut"],
  ["the tail cut, seen by what is kept here", () => `DELETE FROM audit_entries WHERE ${LAST}`, "checkpoint-beyond"], // prettier-ignore
  ["the chain rewritten, seen by what is kept here", () => `UPDATE audit_entries SET actor_id = gen_random_uuid() WHERE action = 'session.start'; ${REWRITE}`, "checkpoint-head"], // prettier-ignore
  ["an approval forged at the end", () => forge("disbursement.approve", approved), "step-forged"],
  ["an edit forged at the end", () => forge("disbursement.void", approved), "entry-forged"],
  ["an approved amount", () => `UPDATE disbursements SET amount_fen = amount_fen + 100 WHERE id = ${approved}`, "record-amount"], // prettier-ignore
  ["an approved amount, with its share and the figures", () => `UPDATE disbursements SET amount_fen = amount_fen + 100 WHERE id = ${approved};
    UPDATE disbursement_shares SET amount_fen = amount_fen + 100 WHERE disbursement_id = ${approved}; SELECT guard.rebuild_figures()`, "record-amount"], // prettier-ignore
  ["figures fixed by a checkpoint", () => `UPDATE disbursements SET amount_fen = amount_fen + 100 WHERE id = ${approved}`, "checkpoint-figures"], // prettier-ignore
  ["a record deleted", () => `DELETE FROM disbursements WHERE id = ${approved}`, "record-deleted"],
  ["a record nobody entered", () => `INSERT INTO disbursements (organisation_id, programme_id, fiscal_year, created_by, last_edited_by)
    SELECT organisation_id, programme_id, 2026, created_by, created_by FROM disbursements WHERE id = ${approved}`, "record-unknown"], // prettier-ignore
  ["an approver swapped", () => `UPDATE approval_steps SET actor_id = '${other.userId}' WHERE disbursement_id = ${approved} AND action = 'APPROVE'`, "record-step"], // prettier-ignore
  ["a step taken away", () => `DELETE FROM approval_steps WHERE disbursement_id = ${approved} AND action = 'APPROVE'`, "step-forged"], // prettier-ignore
  ["a note under an approved record", () => `UPDATE disbursements SET note = '改' WHERE id = ${approved}`, "record-changed"], // prettier-ignore
  ["money said to come from elsewhere", () => `UPDATE disbursement_shares SET fund_source_id = fund_source_id % 5 + 1 WHERE disbursement_id = ${submitted}`, "record-changed"], // prettier-ignore
  ["a share that no longer fits", () => `UPDATE disbursement_shares SET amount_fen = 1 WHERE disbursement_id = ${approved}`, "record-shares"], // prettier-ignore
  ["a correction made undone", () => "DELETE FROM adjustments", "record-changed"],
  ["a record approved past everybody", () => `UPDATE disbursements SET status = 'APPROVED', approvals_given = 1, approved_at = now() WHERE id = ${submitted}`, "ledger-differs"], // prettier-ignore
  ["money received", () => "UPDATE allotments SET amount_fen = amount_fen + 1", "subject-changed"],
  ["money received, deleted", () => "DELETE FROM allotments", "subject-deleted"],
  ["money received that nobody entered", () => `INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, created_by, created_at)
    SELECT organisation_id, 2026, 1, 5, created_by, now() FROM allotments`, "allotment-unknown"], // prettier-ignore
  ["a role given by hand", () => `INSERT INTO memberships (user_id, organisation_id, role) VALUES ('${account}', 1, 'PROVINCE')`, "subject-changed"], // prettier-ignore
  ["a rollup", () => "UPDATE figure_rollups SET amount_fen = amount_fen + 1 WHERE fund_source_id = 0", "figures-differ"], // prettier-ignore
  ["figures moved into a campaign", () => "UPDATE figure_rollups SET campaign_id = 7 WHERE fund_source_id = 0", "figures-differ"], // prettier-ignore
  ["both rollups alike", () => "UPDATE figure_rollups SET records = records * 2; UPDATE figure_totals SET records = records * 2", "figures-differ"], // prettier-ignore
  ["a closed year's figures", () => `UPDATE year_closings SET (payload, sha256) = ('{}', guard.hash_of('{}')) WHERE year = 2024`, "year-altered"], // prettier-ignore
  [
    "a closed year opened",
    () => "UPDATE years SET status = 'OPEN' WHERE year = 2024",
    "year-altered",
  ],
  ["figures that were never those of the year, frozen with every hash made anew", () => frozen("{figures,totals,amountFen}", '"1"'), "year-frozen-otherwise"], // prettier-ignore
  ["the year's money received, frozen likewise", () => frozen("{balance,rows,0,receivedFen}", '"1"'), "year-frozen-otherwise"], // prettier-ignore
  ["what waited at the closing, frozen likewise", () => frozen("{waiting,draft}", "0"), "year-frozen-otherwise"], // prettier-ignore
  ["no figures at all, frozen likewise", () => frozen("{content}", "[]"), "year-frozen-otherwise"],
  ["an amount of a closed year", () => `UPDATE disbursements SET amount_fen = amount_fen + 100 WHERE id = ${old}`, "year-frozen-otherwise"], // prettier-ignore
  ["a year closed by hand", () => "UPDATE years SET status = 'CLOSED' WHERE year = 2025", "year-closed-unseen"], // prettier-ignore
  ["a record slipped into a closed year", () => `UPDATE ledger_entries SET fiscal_year = 2024, seq = (SELECT max(position) FROM audit_entries) WHERE disbursement_id = ${approved}`, "year-entered-late"], // prettier-ignore
  ["a guard switched off", () => "ALTER TABLE disbursements DISABLE TRIGGER before_update", "guard-off"], // prettier-ignore
  ["a guard taken away", () => "DROP TRIGGER append_only ON audit_entries", "guard-off"],
  ["a wall taken down", () => "ALTER TABLE allotments NO FORCE ROW LEVEL SECURITY", "guard-off"],
  ["a kept checkpoint", () => "UPDATE checkpoints SET size = size - 1", "checkpoint-altered"],
  ["a kept checkpoint and its text", () => "UPDATE checkpoints SET size = size - 1, note = replace(note, ' ', '  ')", "checkpoint-signature"], // prettier-ignore
];

describe("shows and names", () => {
  test.each([...chainTamperings, ...recordTamperings])("%s", async (_, change, named) => {
    const verdict = await tampered(change());
    expect(kinds(verdict)).toContain(named);
    const sentence = sentenceOf(verdict.faults.find(({ kind }) => kind === named) ?? { kind: named, values: {} }); // prettier-ignore
    expect(sentence).not.toContain("undefined");
    expect(sentence).toMatch(/[\u4e00-\u9fff].*。\n {2}\S.*\.$/);
  });
});

describe("with a checkpoint kept elsewhere", () => {
  const cut = `DELETE FROM checkpoints; DELETE FROM audit_entries WHERE ${LAST}`;
  const rewritten = `DELETE FROM checkpoints; UPDATE audit_entries SET actor_id = gen_random_uuid() WHERE action = 'session.start'; ${REWRITE}`;

  test.each([
    ["a tail cut with everything that told of it", cut, "checkpoint-beyond"],
    ["a chain rewritten with everything that told of it", rewritten, "checkpoint-head"],
  ] as const)("shows %s, which nothing else does", async (_, change, named) => {
    expect(kinds(await tampered(change))).toEqual([]);
    expect(kinds(await tampered(change, [], [note]))).toEqual([named]);
  });

  test("takes no word for it that another key signed, nor of another province", async () => {
    const forged = signNote(note.slice(0, note.lastIndexOf("\n\n") + 1), "x".repeat(32));
    expect(kinds(await tampered("SELECT", [], [forged]))).toEqual(["checkpoint-signature"]);
    const elsewhere = note.slice(0, note.lastIndexOf("\n\n") + 1).replace("630000", "640000");
    const key = process.env["NUANZHANG_CHECKPOINT_KEY"] ?? "";
    expect(kinds(await tampered("SELECT", [], [signNote(elsewhere, key)]))).toEqual([
      "checkpoint-origin",
    ]);
  });
});

describe("the command", () => {
  function run(...args: string[]) {
    const { NUANZHANG_CHECKPOINT_KEY: _, ...env } = process.env;
    const flags = ["--conditions=react-server", "--import", "tsx", "prisma/verify/main.ts"];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, ...args], { env });
    return { status, said: `${stdout}${stderr}` };
  }
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test("ends with 0 where all is sound, with the public key alone", () => {
    const given = [
      "--checkpoint",
      file("note", note),
      "--public-key",
      file("key", checkpointKey()),
    ];
    const { status, said } = run(...given);
    expect(said).toContain("verified");
    expect(status).toBe(0);
  });

  test("ends with 1 where something was tampered with", () => {
    const { status, said } = run("--checkpoint", file("note", note), "--public-key", publicKeyOf("y".repeat(32))); // prettier-ignore
    expect(said).not.toContain("verified");
    expect(status).toBe(1);
  });

  test("ends with 3 where it could not do what was asked", () => {
    expect(run("--checkpoint", join(folder, "nowhere")).status).toBe(3);
    expect(run("--checkpoint", file("empty", "no checkpoint\n")).status).toBe(3);
    expect(run("--public-key", "no key").status).toBe(3);
    expect(run("--nonsense").status).toBe(3);
  });
});

test("of nothing it says nothing: the command ends with 2", async () => {
  const empty = new URL(database.ownerUrl);
  empty.pathname = `${empty.pathname}_empty`;
  const name = empty.pathname.slice(1);
  await owner.query(`CREATE DATABASE ${name} TEMPLATE ${await emptyTemplate()}`);
  try {
    const flags = ["--conditions=react-server", "--import", "tsx", "prisma/verify/main.ts"];
    const env = { ...process.env, DATABASE_OWNER_URL: empty.toString() };
    const { status, stdout, stderr } = spawnSync(process.execPath, flags, { env });
    expect(`${stdout}${stderr}`).toContain("nothing to verify");
    expect(`${stdout}${stderr}`).not.toContain("verified");
    expect(status).toBe(2);
  } finally {
    await owner.query(`DROP DATABASE ${name}`);
  }
});

async function emptyTemplate(): Promise<string> {
  const { rows } = await owner.query<{ name: string }>(
    "SELECT datname AS name FROM pg_database WHERE starts_with(datname, 'template_') ORDER BY oid DESC LIMIT 1",
  );
  return rows[0]?.name ?? "";
}
