import { randomUUID } from "node:crypto";
import { beforeAll } from "vitest";
import type { TestPerson } from "@/testing/actors";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law, type Run } from "@/testing/laws";

const { database, f, clerk, reviewer, province } = await lawBook();
const { auditedAs, dropTrigger, without } = await import("@/testing/law-fixture");
const { as } = await import("@/testing/records");
const { putRoster } = await import("@/lib/features/rosters/commands");
const { postPayments, reissuePayments } = await import("@/lib/features/payments/commands");
const { keysOf } = await import("@/lib/platform/keys");

const KEY = keysOf("FIELD")[0].id;
const seal = (key = KEY) => `\\x0101${key}${"00".repeat(60)}`;

/** Approved rosters: nothing said of the first; the second came back; the third was paid anew and came back again. */
let fresh = "";
let back = "";
let twice = "";
let draft = "";

let serial = 0;
async function rostered(person: TestPerson, approve = true, paying = 1): Promise<string> {
  serial += 1;
  const amountFen = String(paying * 100);
  const shares = [{ fundSource: "county-union", amountFen }];
  const { id, version } = await as(person).create({
    amountFen,
    counts: { persons: paying + 1 },
    shares,
  });
  const lines = [
    { name: "才让", amountFen: "100", account: `62284800000${serial}` },
    { name: "卓玛", amountFen: "0", account: "62284800009" },
    ...Array.from({ length: paying - 1 }, () => ({
      name: "扎西",
      amountFen: "100",
      account: "62284800008",
    })),
  ];
  await as(person).write((c) => putRoster({ ...c, id, input: { version, lines } }));
  if (approve) await as(f.reviewer).approve(await as(person).submit(await as(person).get(id)));
  return id;
}
const comesBack = (id: string, on: string) =>
  as(f.clerk).write((c) =>
    postPayments({ ...c, id, input: { on, rows: [{ no: 1, result: "returned", words: "销户" }] } }),
  );

beforeAll(async () => {
  [fresh, back, twice] = [
    await rostered(f.clerk),
    await rostered(f.clerk),
    await rostered(f.clerk),
  ];
  draft = await rostered(f.clerk, false);
  await comesBack(back, "2026-09-10");
  await comesBack(twice, "2026-09-10");
  await as(f.clerk).write((c) =>
    reissuePayments({ ...c, id: twice, input: { on: "2026-09-11", lines: [1] } }),
  );
  await comesBack(twice, "2026-09-12");
}, 120_000);

type Said = {
  kind?: string;
  on?: string;
  state?: string;
  line?: number;
  nth?: number;
  quiet?: boolean;
};
/** A posting and one result of it, as the application writes them. */
async function say(run: Run, id: string, said: Said = {}): Promise<string> {
  const { kind = "RETURN", on = "2026-09-20", state = "PAID", line = 1, nth = 1, quiet } = said;
  const [posting] = await run(
    `INSERT INTO payment_postings (disbursement_id, organisation_id, kind, told_on, digest, posted_by)
     SELECT d.id, d.organisation_id, $2, $3, CASE $2 WHEN 'RETURN' THEN sha256(convert_to(clock_timestamp()::text, 'UTF8')) END,
       guard.session_user_id() FROM disbursements d WHERE d.id = $1 RETURNING id::text, posted_by`,
    [id, kind, on],
  );
  const result = await result1(run, String(posting?.["id"]), id, { state, line, nth });
  if (!quiet) await auditedAs(run, "disbursement.payments", id);
  return result;
}
async function result1(
  run: Run,
  posting: string,
  id: string,
  { state = "PAID", line = 1, nth = 1 }: Said,
) {
  const result = randomUUID();
  await run(
    `INSERT INTO payment_results (id, posting_id, line_id, disbursement_id, organisation_id, no, state, reason)
     SELECT $1, $2, l.id, l.disbursement_id, l.organisation_id, $5, $6, CASE $6 WHEN 'RETURNED' THEN 'OTHER' END
     FROM roster_lines l WHERE l.disbursement_id = $3 AND l.no = $4`,
    [result, posting, id, line, nth, state],
  );
  return result;
}
const saying =
  (id: () => string, said: Said = {}) =>
  async (run: Run) =>
    void (await say(run, id(), said));
const NO_ORDER = dropTrigger("follows", "payment_results");
const NO_POSTING = dropTrigger("before_insert", "payment_postings");
const found = (table: string) => async (run: Run) =>
  (await run(`SELECT FROM ${table}`)).length > 0 ? "found" : "nothing";
const reader = (table: string) => `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`;

const laws: Law<LawFixture>[] = [
  {
    law: "a clerk of the place says what became of a line's money",
    by: clerk,
    attempt: saying(() => fresh),
    outcome: "accepted",
    without: "DROP POLICY clerk_inserts ON payment_results",
    then: "42501",
  },
  {
    law: "nothing is said without its entry in the chain",
    by: clerk,
    attempt: saying(() => fresh, { quiet: true }),
    outcome: "NZ008",
    without: dropTrigger("audited", "payment_postings"),
  },
  {
    law: "nothing is paid of what is not approved",
    by: clerk,
    attempt: saying(() => draft),
    outcome: "NZ004",
    without: NO_POSTING,
    // nor does its entry fit a draft
    then: "NZ012",
  },
  {
    law: "a bank does not speak of tomorrow",
    by: clerk,
    attempt: saying(() => fresh, { on: "2099-01-01" }),
    outcome: "NZ001",
    without: NO_POSTING,
  },
  {
    law: "a line without money is not paid",
    by: clerk,
    attempt: saying(() => fresh, { line: 2 }),
    outcome: "NZ004",
    without: NO_ORDER,
  },
  {
    law: "what came back is not paid before it is paid anew",
    by: clerk,
    attempt: saying(() => back, { nth: 2 }),
    outcome: "NZ004",
    without: NO_ORDER,
  },
  {
    law: "what did not come back is not paid anew",
    by: clerk,
    attempt: saying(() => fresh, { kind: "REISSUE", state: "REISSUED" }),
    outcome: "NZ004",
    without: NO_ORDER,
  },
  {
    law: "what came back is paid anew",
    by: clerk,
    attempt: saying(() => back, { kind: "REISSUE", state: "REISSUED", nth: 2 }),
    outcome: "accepted",
    without: "DROP POLICY clerk_inserts ON payment_postings",
    then: "42501",
  },
  {
    law: "it is paid anew once",
    by: clerk,
    attempt: saying(() => twice, { kind: "REISSUE", state: "REISSUED", nth: 4 }),
    outcome: "23505",
    without: "DROP INDEX payment_results_reissued_once",
  },
  {
    law: "a return does not pay anew",
    by: clerk,
    attempt: saying(() => back, { state: "REISSUED", nth: 2 }),
    outcome: "NZ004",
    without: NO_ORDER,
  },
  {
    law: "what is said follows what was said",
    by: clerk,
    attempt: saying(() => fresh, { nth: 2 }),
    outcome: "NZ004",
    without: NO_ORDER,
  },
  {
    law: "and is not of a day before it",
    by: clerk,
    attempt: saying(() => back, { kind: "REISSUE", state: "REISSUED", nth: 2, on: "2026-09-09" }),
    outcome: "NZ004",
    without: NO_ORDER,
  },
  {
    law: "nothing is added to what was posted before",
    by: clerk,
    attempt: async (run) => {
      const [posting] = await run("SELECT id::text FROM payment_postings WHERE disbursement_id = $1", [back]); // prettier-ignore
      await result1(run, String(posting?.["id"]), back, { state: "PAID", line: 2 });
    },
    outcome: "NZ004",
    without: NO_ORDER,
  },
  {
    law: "who posts is who is signed in",
    by: clerk,
    attempt: async (run) => {
      const [posting] = await run(
        `INSERT INTO payment_postings (disbursement_id, organisation_id, kind, told_on, posted_by)
         SELECT d.id, d.organisation_id, 'REISSUE', '2026-09-20', $2 FROM disbursements d WHERE d.id = $1 RETURNING id::text, posted_by`,
        [back, f.colleague.userId],
      );
      await result1(run, String(posting?.["id"]), back, { state: "REISSUED", nth: 2 });
      await auditedAs(run, "disbursement.payments", back);
      return posting?.["posted_by"] === f.clerk.userId ? "own" : "another's";
    },
    outcome: "own",
    without: NO_POSTING,
    then: "NZ004",
  },
  {
    law: "what was said of a payment stands",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE payment_results SET reason = 'LOST' WHERE disbursement_id = $1", [back]);
    },
    outcome: "NZ004",
    without: dropTrigger("append_only", "payment_results"),
  },
  {
    law: "and goes from nowhere",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("DELETE FROM payment_words");
    },
    outcome: "NZ004",
    without: dropTrigger("never_deleted", "payment_words"),
  },
  {
    law: "the bank's words belong to what is said now",
    by: clerk,
    attempt: async (run) => {
      await run(
        `INSERT INTO payment_words (id, organisation_id, words, key_id)
         SELECT r.id, r.organisation_id, $2, $3 FROM payment_results r WHERE r.disbursement_id = $1 AND r.state = 'REISSUED'`,
        [twice, seal(), KEY],
      );
    },
    outcome: "NZ004",
    without: dropTrigger("follows", "payment_words"),
  },
  {
    law: "words are sealed by the key they say",
    by: clerk,
    attempt: async (run) => {
      const id = await say(run, fresh);
      await run("INSERT INTO payment_words (id, organisation_id, words, key_id) SELECT id, organisation_id, $2, $3 FROM payment_results WHERE id = $1", [id, seal("deadbeef"), KEY]); // prettier-ignore
    },
    outcome: "23514",
    without: without("payment_words_seals_check", "payment_words"),
  },
  {
    law: "another county's clerk says nothing of it",
    by: () => f.stranger.session,
    attempt: async (run) => {
      await run(
        `INSERT INTO payment_postings (disbursement_id, organisation_id, kind, told_on, posted_by)
         SELECT $1::bigint, o.id, 'REISSUE', '2026-09-20', $2 FROM organisations o WHERE o.code = '630123'`,
        [back, f.stranger.userId],
      );
      await auditedAs(run, "disbursement.payments", back);
    },
    outcome: "42501",
    without: "ALTER TABLE payment_postings DISABLE ROW LEVEL SECURITY",
    // an entry tells of what was changed
    then: "NZ012",
  },
  {
    law: "the reviewer reads which line came back and posts nothing",
    by: reviewer,
    attempt: saying(() => fresh),
    outcome: "42501",
    without:
      "ALTER TABLE payment_postings DISABLE ROW LEVEL SECURITY; ALTER TABLE payment_results DISABLE ROW LEVEL SECURITY",
  },
  ...(["payment_results", "payment_words"] as const).flatMap((table) =>
    (
      [
        ["another county's clerk", () => f.stranger.session],
        ["the province", province],
        ["an auditor", () => f.auditor.session],
        ["an administrator", () => f.admin.session],
      ] as const
    ).map(([who, by]): Law<LawFixture> => ({
      law: `${who} reads no row of ${table}`,
      by,
      attempt: found(table),
      outcome: "nothing",
      without: reader(table),
      then: "found",
    })),
  ),
];

testLaws(database, () => f, laws);
