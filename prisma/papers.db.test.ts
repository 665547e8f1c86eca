import { randomUUID } from "node:crypto";
import { beforeAll } from "vitest";
import { testActors } from "@/testing/actors";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law, type Run } from "@/testing/laws";

const { database, f, clerk, reviewer, province } = await lawBook();
const { owner } = testActors(database);
const { auditedAs, dropTrigger, without } = await import("@/testing/law-fixture");
const { as } = await import("@/testing/records");
const { putRoster } = await import("@/lib/features/rosters/commands");
const { keysOf } = await import("@/lib/platform/keys");

const KEY = keysOf("FIELD")[0].id;
const seal = (key = KEY) => `\\x0101${key}${"00".repeat(60)}`;

/** A roster that nothing was printed of; one whose list hangs out, one whose days are over, one that was objected to. */
let fresh = "";
let bare = "";
let hung = "";
let over = "";
let objected = "";

async function rostered(named = true): Promise<string> {
  const shares = [{ fundSource: "county-union", amountFen: "100" }];
  const { id, version } = await as(f.clerk).create({ amountFen: "100", counts: { persons: 1 }, shares }); // prettier-ignore
  const lines = [{ name: "才让", amountFen: "100" }];
  if (named) await as(f.clerk).write((c) => putRoster({ ...c, id, input: { version, lines } }));
  return id;
}

const TODAY = "(now() AT TIME ZONE 'Asia/Shanghai')::date";
const insertNotice = (run: Run, id: string, since = TODAY) =>
  run(
    `INSERT INTO public_notices (disbursement_id, organisation_id, roster_digest, lines, place, telephone, posted_on, posted_by)
     SELECT d.id, d.organisation_id, '\\x', 0, '一楼', '0971', ${since}, guard.session_user_id() FROM disbursements d WHERE d.id = $1
     RETURNING id::text, lines, posted_by`,
    [id],
  );
const post = (since?: string) => async (run: Run) => {
  await insertNotice(run, fresh, since);
  await auditedAs(run, "disbursement.notice", fresh);
};
async function speak(run: Run, of: string, more: { answers?: string; upheld?: boolean } = {}) {
  const id = randomUUID();
  const { answers = null, upheld = null } = more;
  await run(
    `INSERT INTO notice_words (id, notice_id, organisation_id, kind, answers_id, upheld, said_on, words, key_id, written_by)
     SELECT $1, n.id, n.organisation_id, CASE WHEN $3::uuid IS NULL THEN 'OBJECTION' ELSE 'ANSWER' END, $3, $4, ${TODAY}, $5, $6, guard.session_user_id()
     FROM public_notices n WHERE n.disbursement_id = $2`,
    [id, of, answers, upheld, seal(), KEY],
  );
  return id;
}
const close = (of: () => string, status: string) => async (run: Run) => {
  const rows = await run(
    `UPDATE public_notices SET status = $2, closed_by = guard.session_user_id(), closed_at = now(),
       close_reason = CASE $2 WHEN 'WITHDRAWN' THEN '更正' END WHERE disbursement_id = $1 RETURNING id`,
    [of(), status],
  );
  if (rows.length === 0) return "nothing";
  await auditedAs(run, "disbursement.notice", of());
  return undefined;
};
const make = async (run: Run, id: string) =>
  run(
    `INSERT INTO sign_sheets (disbursement_id, organisation_id, roster_digest, lines, made_by)
     SELECT d.id, d.organisation_id, '\\x', 99, $2 FROM disbursements d WHERE d.id = $1 RETURNING lines, made_by`,
    [id, f.reviewer.userId],
  );

beforeAll(async () => {
  // every year that the clock may be in is known
  await owner.query(
    `INSERT INTO workday_years (year, source, rest_days, work_days)
     SELECT y, 'test', '{}', '{}' FROM generate_series(extract(year FROM now())::int - 1, extract(year FROM now())::int + 1) AS y
     ON CONFLICT DO NOTHING`,
  );
  [fresh, hung, over, objected] = [
    await rostered(),
    await rostered(),
    await rostered(),
    await rostered(),
  ];
  bare = await rostered(false);
  await owner.query("SELECT set_config('app.session', $1, false)", [f.clerk.session]);
  const run: Run = async (text, values) =>
    (await owner.query<Record<string, unknown>>(text, values)).rows;
  await insertNotice(run, hung);
  await insertNotice(run, over, `${TODAY} - 30`);
  await insertNotice(run, objected, `${TODAY} - 30`);
  await speak(run, objected);
  await make(run, over);
}, 120_000);

const reads = (table: string) => async (run: Run) =>
  (await run(`SELECT FROM ${table}`)).length > 0 ? "found" : "nothing";
const NO_NOTICE_LAW = dropTrigger("before_update", "public_notices");

const laws: Law<LawFixture>[] = [
  {
    law: "a clerk hangs a list out",
    by: clerk,
    attempt: post(),
    outcome: "accepted",
    without: "DROP POLICY clerk_inserts ON public_notices",
    then: "42501",
  },
  {
    law: "not without its entry in the chain",
    by: clerk,
    attempt: async (run) => void (await insertNotice(run, fresh)),
    outcome: "NZ008",
    without: dropTrigger("audited", "public_notices"),
  },
  {
    law: "one list hangs out at a time",
    by: clerk,
    attempt: async (run) => {
      await insertNotice(run, hung);
      await auditedAs(run, "disbursement.notice", hung);
    },
    outcome: "23505",
    without: "DROP INDEX public_notices_one_posted",
  },
  {
    law: "of nobody there is no list",
    by: clerk,
    attempt: async (run) => {
      await insertNotice(run, bare);
      await auditedAs(run, "disbursement.notice", bare);
    },
    outcome: "NZ004",
    without: dropTrigger("before_insert", "public_notices"),
    then: "23514",
  },
  {
    law: "nor one of tomorrow",
    by: clerk,
    attempt: post(`${TODAY} + 1`),
    outcome: "NZ001",
    without: dropTrigger("before_insert", "public_notices"),
    then: "23514",
  },
  {
    law: "the reviewer hangs out nothing",
    by: reviewer,
    attempt: post(),
    outcome: "42501",
    without: "ALTER TABLE public_notices DISABLE ROW LEVEL SECURITY",
  },
  {
    law: "a sheet says itself of which lines it is, and who made it",
    by: clerk,
    attempt: async (run) => {
      const [row] = await make(run, fresh);
      await auditedAs(run, "disbursement.sheet", fresh);
      return row?.["lines"] === 1 && row["made_by"] === f.clerk.userId ? "own" : "another's";
    },
    outcome: "own",
    without: dropTrigger("before_insert", "sign_sheets"),
    then: "23514",
  },
  {
    law: "a sheet is made with its entry in the chain",
    by: clerk,
    attempt: async (run) => void (await make(run, fresh)),
    outcome: "NZ008",
    without: dropTrigger("audited", "sign_sheets"),
  },
  {
    law: "a sheet that was made was made",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await make(run, fresh);
      await run("DELETE FROM sign_sheets");
    },
    outcome: "NZ004",
    without: dropTrigger("append_only", "sign_sheets"),
  },
  {
    law: "a notice is confirmed when its days are over",
    by: reviewer,
    attempt: close(() => over, "CONFIRMED"),
    outcome: "accepted",
    without: "DROP POLICY workers_close ON public_notices",
    then: "nothing",
  },
  {
    law: "and not before",
    by: clerk,
    attempt: close(() => hung, "CONFIRMED"),
    outcome: "NZ007",
    without: NO_NOTICE_LAW,
  },
  {
    law: "not while the holidays of its year are unknown",
    by: clerk,
    attempt: close(() => over, "CONFIRMED"),
    outcome: "accepted",
    without: "ALTER TABLE workday_years DISABLE TRIGGER USER; DELETE FROM workday_years",
    then: "NZ007",
  },
  {
    law: "not while an objection waits",
    by: clerk,
    attempt: close(() => objected, "CONFIRMED"),
    outcome: "NZ007",
    without: NO_NOTICE_LAW,
  },
  {
    law: "not where one was right",
    by: clerk,
    attempt: async (run) => {
      const [said] = await run("SELECT id::text FROM notice_words");
      await speak(run, objected, { answers: String(said?.["id"]), upheld: true });
      return close(() => objected, "CONFIRMED")(run);
    },
    outcome: "NZ007",
    without: NO_NOTICE_LAW,
  },
  {
    law: "where it was answered and not right",
    by: clerk,
    attempt: async (run) => {
      const [said] = await run("SELECT id::text FROM notice_words");
      await speak(run, objected, { answers: String(said?.["id"]), upheld: false });
      return close(() => objected, "CONFIRMED")(run);
    },
    outcome: "accepted",
    without: "DROP POLICY workers_insert ON notice_words",
    then: "42501",
  },
  {
    law: "not of a roster that was changed meanwhile",
    by: clerk,
    attempt: close(() => over, "CONFIRMED"),
    outcome: "accepted",
    without: `ALTER TABLE roster_lines DISABLE TRIGGER USER; UPDATE roster_lines SET persons = 2 WHERE disbursement_id = (SELECT max(disbursement_id) FROM public_notices WHERE posted_on < ${TODAY})
      OR disbursement_id = (SELECT min(disbursement_id) FROM public_notices WHERE posted_on < ${TODAY})`,
    then: "NZ007",
  },
  {
    law: "it is taken down any time",
    by: clerk,
    attempt: close(() => hung, "WITHDRAWN"),
    outcome: "accepted",
    without: "DROP POLICY workers_close ON public_notices",
    then: "nothing",
  },
  {
    law: "what hung out says what it said",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE public_notices SET posted_on = posted_on - 1");
    },
    outcome: "NZ007",
    without: NO_NOTICE_LAW,
  },
  {
    law: "a notice goes from nowhere",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("DELETE FROM public_notices WHERE disbursement_id = $1", [hung]);
    },
    outcome: "NZ004",
    without: dropTrigger("never_deleted", "public_notices"),
  },
  {
    law: "words are said with their entry in the chain",
    by: clerk,
    attempt: async (run) => void (await speak(run, hung)),
    outcome: "NZ008",
    without: dropTrigger("audited", "notice_words"),
  },
  {
    law: "an objection is answered once",
    by: clerk,
    attempt: async (run) => {
      const [said] = await run("SELECT id::text FROM notice_words");
      for (const upheld of [false, true])
        await speak(run, objected, { answers: String(said?.["id"]), upheld });
      await auditedAs(run, "disbursement.notice", objected);
    },
    outcome: "23505",
    without: "DROP INDEX notice_words_answers_id_key",
  },
  {
    law: "an answer is of an objection to the same notice",
    by: clerk,
    attempt: async (run) => {
      const [said] = await run("SELECT id::text FROM notice_words");
      await speak(run, hung, { answers: String(said?.["id"]), upheld: false });
      await auditedAs(run, "disbursement.notice", hung);
    },
    outcome: "NZ004",
    without: dropTrigger("before_insert", "notice_words"),
  },
  {
    law: "what was said stands",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE notice_words SET said_on = said_on - 1");
    },
    outcome: "NZ004",
    without: dropTrigger("only_resealed", "notice_words"),
  },
  {
    law: "and goes from nowhere",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("DELETE FROM notice_words");
    },
    outcome: "NZ004",
    without: dropTrigger("never_deleted", "notice_words"),
  },
  {
    law: "words are sealed by the key they say",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await run("ALTER TABLE notice_words DISABLE TRIGGER USER");
      await run("UPDATE notice_words SET key_id = 'deadbeef'");
    },
    outcome: "23514",
    without: without("notice_words_seals_check", "notice_words"),
  },
  ...(
    [
      ["another county's clerk", () => f.stranger.session],
      ["the province", province],
      ["an auditor", () => f.auditor.session],
      ["an administrator", () => f.admin.session],
    ] as const
  ).map(([who, by]): Law<LawFixture> => ({
    law: `${who} reads nothing of what was said`,
    by,
    attempt: reads("notice_words"),
    outcome: "nothing",
    without: "ALTER TABLE notice_words DISABLE ROW LEVEL SECURITY",
    then: "found",
  })),
  ...(["sign_sheets", "public_notices"] as const).map((table): Law<LawFixture> => ({
    law: `another county's clerk reads no row of ${table}`,
    by: () => f.stranger.session,
    attempt: reads(table),
    outcome: "nothing",
    without: `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
    then: "found",
  })),
  {
    law: "an administrator enters the holidays of a year",
    by: () => f.admin.session,
    attempt: async (run) => {
      await run(
        "INSERT INTO workday_years (year, source, rest_days, work_days) VALUES (2099, '通知', '{2099-01-01}', '{2099-01-04}')",
      );
      await auditedAs(run, "workdays.create", "2099");
    },
    outcome: "accepted",
    without: "DROP POLICY admin_insert ON workday_years",
    then: "42501",
  },
  {
    law: "a Saturday is no holiday that is given out",
    by: () => f.admin.session,
    attempt: async (run) => {
      await run(
        "INSERT INTO workday_years (year, source, rest_days, work_days) VALUES (2099, '通知', '{2099-01-03}', '{}')",
      );
      await auditedAs(run, "workdays.create", "2099");
    },
    outcome: "NZ001",
    without: dropTrigger("of_its_year", "workday_years"),
  },
  {
    law: "a clerk enters none",
    by: clerk,
    attempt: async (run) => {
      await run(
        "INSERT INTO workday_years (year, source, rest_days, work_days) VALUES (2099, '通知', '{}', '{}')",
      );
      await auditedAs(run, "workdays.create", "2099");
    },
    outcome: "42501",
    without: "ALTER TABLE workday_years DISABLE ROW LEVEL SECURITY",
  },
];

testLaws(database, () => f, laws);
