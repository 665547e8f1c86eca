import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { TestPerson } from "@/testing/actors";
import { lawBook } from "@/testing/law-book";
import { testLaws, rewrite, type Law } from "@/testing/laws";
import type { LawFixture } from "@/testing/law-fixture";
import { testWorker, type TestWorker } from "@/testing/worker";

// What is of a person is emptied: when its years are over, by a job; on request, by two persons.
const { database, actors, f, clerk, province } = await lawBook();
const { audited, auditedAs, change, dropTrigger } = await import("@/testing/law-fixture");
const { as } = await import("@/testing/records");
const { file, freshNumber, happen, holder } = await import("@/testing/households");
const { putRoster } = await import("@/lib/features/rosters/commands");
const { getRoster } = await import("@/lib/features/rosters/queries");
const { getHousehold, findHouseholds } = await import("@/lib/features/households/queries");
const { askRights, confirmRights } = await import("@/lib/features/rights/commands");
const { verify } = await import("./verify/verify");
const { owner } = actors;

const old = { paidOn: "2024-08-28", counts: { persons: 2 } };
/** An approved roster of two: of 2024, unless it is said otherwise. */
async function rostered(numbers: string[], more: { paidOn?: string } = {}) {
  const fen = (60000 * numbers.length).toString();
  const draft = await as(f.clerk).create({ ...old, ...more, counts: { persons: numbers.length }, amountFen: fen, shares: [{ fundSource: "county-union", amountFen: fen }] }); // prettier-ignore
  const lines = numbers.map((idNumber) => ({ name: "才让卓玛", idNumber, phone: "13909712345", note: "患病", amountFen: "60000" })); // prettier-ignore
  const kept = await as(f.clerk).write((c) => putRoster({ ...c, id: draft.id, input: { version: draft.version, lines } })); // prettier-ignore
  return (await as(f.reviewer).approve(await as(f.clerk).submit(kept))).id;
}
async function closedFile(number: string) {
  const made = await file(f.clerk, { members: [holder({ idNumber: number })] });
  return happen(f.clerk, made, {
    kind: "closed",
    reason: "moved",
    on: "2026-11-26",
    note: "已搬走",
  });
}
const ask = (person: TestPerson, input: Omit<Parameters<typeof askRights>[0]["input"], "askedOn" | "reason">) => // prettier-ignore
  as(person).write((c) => askRights({ ...c, input: { reason: "consent-withdrawn", askedOn: "2026-11-01", ...input } })); // prettier-ignore
const confirm = (person: TestPerson, id: string) => as(person).write((c) => confirmRights({ ...c, id })); // prettier-ignore
const count = async (text: string, ...values: unknown[]) =>
  Number((await owner.query<{ n: string }>(text, values)).rows[0]?.n);
const faults = (name: string) => count(`SELECT guard.faults_of_${name}() AS n`);
const LAWS_OF_NIGHT = ["claims_match_rosters", "rosters_add_up", "households_stand", "seals_have_keys", "records_are_as_audited", "subjects_are_as_audited"]; // prettier-ignore
async function allStands() {
  for (const law of LAWS_OF_NIGHT) expect(await faults(law), law).toBe(0);
}
const seals = (table: string, where: string, id: string) =>
  count(`SELECT count(*) AS n FROM ${table} t CROSS JOIN LATERAL jsonb_each_text(to_jsonb(t)) AS c (name, text)
    WHERE t.${where} = $1 AND starts_with(c.text, '\\x01')`, id); // prettier-ignore

let worker: TestWorker | undefined;
afterEach(async () => {
  await worker?.kill();
  worker = undefined;
});

const ids = { line: "", open: "", closed: "", held: "", pending: "" };
const numbers = { line: freshNumber(), closed: freshNumber() };

beforeAll(async () => {
  ids.line = await rostered([numbers.line, freshNumber()]);
  for (let n = 0; n < 3; n += 1) await rostered([freshNumber(), freshNumber()]);
  ids.open = await rostered([freshNumber()], { paidOn: "2026-08-28" });
  ids.closed = (await closedFile(numbers.closed)).id;
  ids.held = (await file(f.clerk)).id;
  await owner.query("UPDATE years SET status = 'CLOSED', version = version + 1 WHERE year = 2024");
  const code = (await owner.query<{ code: string }>("SELECT code FROM households WHERE id = $1", [ids.closed])).rows[0]?.code ?? ""; // prettier-ignore
  ids.pending = (await ask(f.clerk, { kind: "forget", organisation: "630123", file: code })).id;
}, 120_000);

const decide =
  (decision: string) => async (run: (text: string, values?: unknown[]) => Promise<unknown>) => {
    // prettier-ignore
    await run("SELECT guard.decide_rights_request($1, $2)", [ids.pending, decision]);
    await auditedAs(run as never, "rights-request.confirm", ids.pending);
  };
const askFor =
  (kind: string, id: () => string) =>
  async (run: (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>) => {
    // prettier-ignore
    const [row] = await run(
    `INSERT INTO rights_requests (kind, organisation_id, household_id, reason, asked_on)
     SELECT $1, o.id, $2, 'OTHER', '2026-11-01' FROM organisations o WHERE o.code = '630123' RETURNING id::text`,
    [kind, id()],
  );
    await auditedAs(run as never, "rights-request.create", String(row?.["id"]));
  };

const laws: Law<LawFixture>[] = [
  {
    law: "who keeps a file empties none by hand",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE households SET nonce = NULL, address = NULL, key_id = NULL, forgotten_at = now(), version = version + 1 WHERE id = $1", [ids.closed]); // prettier-ignore
      await auditedAs(run, "household.event", ids.closed);
    },
    outcome: "42501",
    without: "GRANT UPDATE ON households TO nuanzhang_app",
  },
  {
    law: "nor limits one by hand",
    by: clerk,
    attempt: async (run) => {
      await run("UPDATE households SET limited_at = now(), version = version + 1 WHERE id = $1", [ids.held]); // prettier-ignore
      await auditedAs(run, "household.event", ids.held);
    },
    outcome: "42501",
    without: "GRANT UPDATE ON households TO nuanzhang_app; DROP POLICY workers_read ON households; CREATE POLICY anybody ON households FOR SELECT USING (true)", // prettier-ignore
  },
  {
    law: "a line that is emptied is emptied whole",
    by: () => null,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE roster_lines SET name = NULL, forgotten_at = now() WHERE disbursement_id = $1", [ids.line]); // prettier-ignore
    },
    outcome: "NZ004",
    without: `${dropTrigger("only_resealed", "roster_lines")}; ALTER TABLE roster_lines DROP CONSTRAINT roster_lines_forgotten_check`, // prettier-ignore
  },
  {
    law: "with its amount nothing else of it changes",
    by: () => null,
    role: "owner",
    attempt: async (run) => {
      await run("SELECT guard.empty_rows('roster_lines', ARRAY(SELECT id FROM roster_lines WHERE disbursement_id = $1), ', amount_fen = 1')", [ids.line]); // prettier-ignore
    },
    outcome: "NZ004",
    without: dropTrigger("only_resealed", "roster_lines"),
  },
  {
    law: "nothing begins as forgotten",
    by: clerk,
    attempt: async (run, { draft }) => {
      await change(run, draft, "note = 'x'");
      await run(
        `INSERT INTO roster_lines (id, disbursement_id, organisation_id, no, persons, commitment, forgotten_at)
         SELECT gen_random_uuid(), d.id, d.organisation_id, 99, 1, decode(repeat('00', 32), 'hex'), now() FROM disbursements d WHERE d.id = $1`, // prettier-ignore
        [draft],
      );
      await audited(run, draft);
    },
    outcome: "NZ022",
    without: dropTrigger("sealed_insert", "roster_lines"),
  },
  {
    law: "whoever asked does not confirm",
    by: (x) => x.clerk.session,
    attempt: decide("CONFIRMED"),
    outcome: "42501",
    without: rewrite("decide_rights_request(bigint, text)", "'{REVIEWER,PROVINCE}'", "'{CLERK,REVIEWER,PROVINCE}'"), // prettier-ignore
    then: "NZ015",
  },
  {
    law: "whoever asked does not confirm, though they judge there too",
    by: (x) => x.province.session,
    attempt: async (run) => {
      await askFor("LIMIT", () => ids.held)(run);
      await run("SELECT guard.decide_rights_request(max(id), 'CONFIRMED') FROM rights_requests");
      const [row] = await run("SELECT max(id)::text AS id FROM rights_requests");
      await auditedAs(run, "rights-request.confirm", String(row?.["id"]));
    },
    outcome: "NZ015",
    without: rewrite("decide_rights_request(bigint, text)", "(p_decision = 'WITHDRAWN') <> (r.requested_by = v_me)", "false"), // prettier-ignore
  },
  {
    law: "a clerk of another county asks nothing here",
    by: (x) => x.stranger.session,
    attempt: askFor("LIMIT", () => ids.held),
    outcome: "NZ007",
    without: `${dropTrigger("before_insert", "rights_requests")}; ALTER TABLE rights_requests ALTER requested_by SET DEFAULT guard.session_user_id(), ALTER code SET DEFAULT 'X'`, // prettier-ignore
    then: "42501",
  },
  {
    law: "a file in use is not asked to be forgotten",
    by: clerk,
    attempt: askFor("FORGET", () => ids.held),
    outcome: "NZ007",
    without: rewrite("rights_refusal(text, uuid, bigint, int)", "WHEN h.status <> 'CLOSED' THEN 'OPEN'", ""), // prettier-ignore
  },
  {
    law: "a request is told to the chain",
    by: clerk,
    attempt: async (run) => {
      await run(
        `INSERT INTO rights_requests (kind, organisation_id, household_id, reason, asked_on)
         SELECT 'LIMIT', o.id, $1, 'OTHER', '2026-11-01' FROM organisations o WHERE o.code = '630123'`,
        [ids.held],
      );
    },
    outcome: "NZ008",
    without: dropTrigger("audited", "rights_requests"),
  },
  {
    law: "how long something is kept is for administrators to say",
    by: province,
    attempt: async (run) =>
      (await run("UPDATE retention_rules SET years = 1, version = version + 1 WHERE kind = 'ROSTER_LINES' RETURNING 1")).length === 0 // prettier-ignore
        ? "nothing"
        : undefined,
    outcome: "nothing",
    without: "DROP POLICY admin_update ON retention_rules; CREATE POLICY anybody ON retention_rules FOR UPDATE USING (true); DROP TRIGGER audited ON retention_rules", // prettier-ignore
  },
  {
    law: "it is told to the chain",
    by: (x) => x.admin.session,
    attempt: async (run) => {
      await run("UPDATE retention_rules SET years = 9, version = version + 1 WHERE kind = 'ROSTER_LINES'"); // prettier-ignore
    },
    outcome: "NZ008",
    without: "DROP TRIGGER audited ON retention_rules",
  },
  {
    law: "who looked is kept for three years at least",
    by: (x) => x.admin.session,
    attempt: async (run) => {
      await run("UPDATE retention_rules SET years = 2, version = version + 1 WHERE kind = 'REVEALS'"); // prettier-ignore
      await auditedAs(run, "retention-rule.update", "REVEALS");
    },
    outcome: "23514",
    without: "ALTER TABLE retention_rules DROP CONSTRAINT retention_rules_years_check",
  },
  {
    law: "nobody ends the years before they are over",
    by: (x) => x.admin.session,
    attempt: async (run) => {
      await run("SELECT guard.retain_next('ROSTER_LINES', '', 10)");
    },
    outcome: "42501",
    without: "CREATE OR REPLACE FUNCTION guard.require_retention() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'", // prettier-ignore
  },
  {
    law: "a look that was taken stays",
    by: () => null,
    role: "owner",
    attempt: async (run) => {
      await run(`INSERT INTO household_reveals (user_id, household_id, organisation_id, fields, reason)
        SELECT $1, h.id, h.organisation_id, '{name}', 'VISIT' FROM households h WHERE h.id = $2`, [f.clerk.userId, ids.held]); // prettier-ignore
      await run("DELETE FROM household_reveals");
    },
    outcome: "NZ004",
    without: dropTrigger("append_only", "household_reveals"),
  },
  {
    law: "a file that is limited is read by nobody who works there",
    by: clerk,
    attempt: async (run) => {
      await run("RESET ROLE");
      await run("UPDATE households SET limited_at = now(), version = version + 1 WHERE id = $1", [ids.held]); // prettier-ignore
      await run("SELECT guard.tell_forgotten('household.limit', ARRAY[$1], '{}')", [ids.held]);
      await run("SET LOCAL ROLE nuanzhang_app");
      const rows = await run("SELECT 1 FROM households WHERE id = $1 UNION ALL SELECT 1 FROM household_members WHERE household_id = $1 UNION ALL SELECT 1 FROM household_events WHERE household_id = $1", [ids.held]); // prettier-ignore
      return rows.length === 0 ? "nothing" : "read";
    },
    role: "owner",
    outcome: "nothing",
    without: "CREATE OR REPLACE FUNCTION guard.is_limited(p_id uuid) RETURNS boolean LANGUAGE sql AS 'SELECT false'", // prettier-ignore
    then: "read",
  },
];
testLaws(database, () => f, laws);

test("a line on request: two persons, and its amount, its counts and the chain stand", async () => {
  await expect(ask(f.clerk, { kind: "forget", record: ids.open, line: 1 })).rejects.toMatchObject({
    fieldErrors: { line: [{ key: "rights-claim" }] },
  });
  const before = await as(f.clerk).get(ids.line);
  const commitment = () => owner.query("SELECT encode(commitment, 'hex') AS c FROM roster_lines WHERE disbursement_id = $1 ORDER BY no", [ids.line]); // prettier-ignore
  const committed = (await commitment()).rows;
  const asked = await ask(f.clerk, { kind: "forget", record: before.reference, line: 1 });
  expect(asked).toMatchObject({ state: "pending", actions: ["withdraw"], line: { no: 1 } });
  await expect(confirm(f.clerk, asked.id)).rejects.toMatchObject({ code: "SECOND_ADMINISTRATOR" });
  const claims = await count("SELECT count(*) AS n FROM aid_claims WHERE case_id = $1", ids.line);
  expect(claims).toBe(2);
  expect(await confirm(f.reviewer, asked.id)).toMatchObject({ state: "confirmed", rows: 1 });
  const roster = await as(f.clerk).read((c) => getRoster({ ...c, id: ids.line }));
  expect(roster.lines).toMatchObject([
    { no: 1, name: null, idNumber: null, phone: null, note: null, amountFen: "60000", persons: 1, unreadable: false, forgotten: true }, // prettier-ignore
    { no: 2, forgotten: false },
  ]);
  expect(roster.sums).toMatchObject({ lines: 2, documented: 1, amountFen: "120000" });
  expect((await commitment()).rows).toEqual(committed);
  const marked = await count("SELECT count(*) AS n FROM roster_marks m JOIN roster_lines l ON l.id = m.line_id WHERE l.disbursement_id = $1 AND l.no = $2", ids.line, 1); // prettier-ignore
  expect(marked).toBe(0);
  expect(await as(f.clerk).get(ids.line)).toMatchObject({ amountFen: before.amountFen });
  expect(await count("SELECT count(*) AS n FROM aid_claims WHERE case_id = $1", ids.line)).toBe(1);
  await allStands();
});

test("a file on request: what it said is gone, and it counts as before", async () => {
  const sums = () => owner.query("SELECT status, count(*) FROM households GROUP BY 1 ORDER BY 1");
  const before = (await sums()).rows;
  expect(await seals("household_members", "household_id", ids.closed)).toBeGreaterThan(3);
  expect(await confirm(f.reviewer, ids.pending)).toMatchObject({ state: "confirmed", rows: 4 });
  for (const [table, column] of [
    ["households", "id"],
    ["household_members", "household_id"],
    ["household_events", "household_id"],
  ] as const)
    // prettier-ignore
    expect(await seals(table, column, ids.closed), table).toBe(0);
  expect((await sums()).rows).toEqual(before);
  const today = "2026-11-27";
  expect(await as(f.clerk).read((c) => getHousehold({ ...c, today, id: ids.closed }))).toMatchObject({ address: null, forgotten: true, members: [{ name: null, idNumber: null }] }); // prettier-ignore
  const found = await as(f.clerk).read((c) => findHouseholds({ ...c, today, input: { idNumber: numbers.closed } })); // prettier-ignore
  expect(found.items).toEqual([]);
  await allStands();
  // nothing of it holds anybody: whoever lived there has a file elsewhere
  await file(f.stranger, {
    organisation: "632222",
    members: [holder({ idNumber: numbers.closed })],
  });
});

test("limited, a file is shown to nobody and counted, until the limit is lifted", async () => {
  const made = await file(f.clerk);
  const today = "2026-11-27";
  const limit = await ask(f.province, { kind: "limit", organisation: "630123", file: made.code });
  await confirm(f.reviewer, limit.id);
  await expect(as(f.clerk).read((c) => getHousehold({ ...c, today, id: made.id }))).rejects.toMatchObject({ code: "NOT_FOUND" }); // prettier-ignore
  const found = () => as(f.reviewer).read((c) => findHouseholds({ ...c, today, input: { code: made.code } })); // prettier-ignore
  expect((await found()).items).toEqual([]);
  await allStands();
  const lift = await ask(f.clerk, { kind: "lift", organisation: "630123", file: made.code });
  await confirm(f.province, lift.id);
  expect((await found()).items).toHaveLength(1);
});

test("years over: a job that is killed on the way goes on with what is left", async () => {
  await owner.query("UPDATE retention_rules SET years = 1, version = version + 1 WHERE kind = 'ROSTER_LINES'"); // prettier-ignore
  const kept = () => count("SELECT count(*) AS n FROM roster_lines l JOIN disbursements d ON d.id = l.disbursement_id WHERE d.fiscal_year = 2024 AND l.name IS NOT NULL"); // prettier-ignore
  expect(await kept()).toBe(7);
  const thisYear = await count("SELECT count(*) AS n FROM roster_lines l JOIN disbursements d ON d.id = l.disbursement_id WHERE d.fiscal_year = 2026 AND l.name IS NOT NULL"); // prettier-ignore
  const job = (await owner.query<{ id: string }>("SELECT guard.ask_system_job('RETENTION')::text AS id")).rows[0]?.id; // prettier-ignore
  // held on one line, and killed there
  await owner.query("BEGIN");
  await owner.query("SELECT FROM roster_lines WHERE disbursement_id = $1 FOR UPDATE", [ids.line]);
  worker = await testWorker(database);
  await vi.waitFor(async () => expect(await count("SELECT attempts AS n FROM jobs WHERE id = $1", job)).toBe(1), { timeout: 30_000 }); // prettier-ignore
  await worker.kill();
  await owner.query("COMMIT");
  expect(await kept()).toBe(7);
  worker = await testWorker(database);
  await vi.waitFor(
    async () => {
      const { rows } = await owner.query("SELECT status, message_values FROM jobs WHERE id = $1", [job]); // prettier-ignore
      expect(rows).toMatchObject([{ status: "DONE", message_values: { lines: 7, households: 0 } }]);
    },
    { timeout: 60_000 },
  );
  expect(await kept()).toBe(0);
  expect(await count("SELECT count(*) AS n FROM roster_lines l JOIN disbursements d ON d.id = l.disbursement_id WHERE d.fiscal_year = 2026 AND l.name IS NOT NULL")).toBe(thisYear); // prettier-ignore
  expect(await count("SELECT count(*) AS n FROM aid_claims c JOIN disbursements d ON d.id = c.case_id WHERE d.fiscal_year = 2024")).toBe(0); // prettier-ignore
  await allStands();
  expect(await count("SELECT count(*) AS n FROM audit_entries WHERE action = 'disbursement.forget' AND actor_id IS NULL AND (body::json ->> 'job') = $1", job)).toBe(4); // prettier-ignore
  const { rows: told } = await owner.query<{ id: string }>(
    "SELECT subject_id AS id FROM audit_entries WHERE action IN ('disbursement.forget', 'household.forget')",
  );
  const { faults: found } = await verify(owner);
  expect(found.filter(({ values }) => told.some(({ id }) => id === values["id"]))).toEqual([]);
}, 120_000);
