import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import pg from "pg";
import type { TestPerson } from "@/testing/actors";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const { actors, database, f, clerk, province } = await lawBook();
const {
  NO_PAIR_CHECK,
  NO_YEAR_CHECK,
  allot,
  audited,
  auditedAs,
  change,
  dropTrigger,
  insertDraft,
  submit,
  without,
} = await import("@/testing/law-fixture");
beforeAll(async () => {
  await actors.owner.query("INSERT INTO years (year) VALUES (2100)");
  // open once more, until the day before
  await actors.owner.query(`SET session_replication_role = replica;
    INSERT INTO years (year, reopened_until) VALUES (2010, (now() AT TIME ZONE 'Asia/Shanghai')::date - 1);
    RESET session_replication_role`);
});

const years: Law<LawFixture>[] = [
  {
    law: "nothing is entered into a closed year",
    by: clerk,
    attempt: async (run) => {
      const [row] = await run(
        `INSERT INTO disbursements (organisation_id, programme_id, fiscal_year, created_by, last_edited_by)
         SELECT organisation_id, programme_id, 2025, created_by, created_by FROM disbursements
         WHERE id = $1 RETURNING id::text`,
        [f.draft],
      );
      await audited(run, String(row?.["id"]));
    },
    outcome: "NZ005",
    without: NO_YEAR_CHECK,
  },
  {
    law: "a draft of a closed year is not finished",
    by: clerk,
    attempt: (run) => change(run, f.old, "note = '补'"),
    outcome: "NZ005",
    without: NO_YEAR_CHECK,
  },
  {
    law: "a draft does not move into a closed year",
    by: clerk,
    attempt: (run) => change(run, f.draft, "fiscal_year = 2025"),
    outcome: "NZ005",
    without: NO_YEAR_CHECK,
  },
  {
    law: "no money arrives in a closed year",
    by: province,
    attempt: async (run) => {
      await allot(run, 2025, f.clerk);
    },
    outcome: "NZ005",
    without: NO_YEAR_CHECK,
  },
  {
    law: "a closed year is not opened again",
    by: province,
    attempt: async (run) => {
      await run("UPDATE years SET status = 'OPEN', version = version + 1 WHERE year = 2025");
      await auditedAs(run, "year.open", "2025");
    },
    outcome: "NZ005",
    without: dropTrigger("before_write", "years"),
  },
  {
    law: "a year that has not ended is not closed",
    by: province,
    attempt: async (run) => {
      await run(
        "UPDATE years SET status = 'CLOSED', closed_at = now(), version = version + 1 WHERE year = 2100",
      );
      await auditedAs(run, "year.close", "2100");
    },
    outcome: "NZ011",
    without: dropTrigger("before_write", "years"),
    // then it is closed without its figures
    then: "NZ008",
  },
  {
    law: "nor is one opened as closed",
    by: province,
    attempt: async (run) => {
      await run("INSERT INTO years (year, status) VALUES (2101, 'CLOSED')");
      await auditedAs(run, "year.open", "2101");
    },
    outcome: "NZ011",
    without: dropTrigger("before_write", "years"),
    // then the chain refuses an opening that tells of no open year
    then: "NZ012",
  },
];

const NOTHING = createHash("sha256").update("{}").digest("hex");

/** Closes 2024 as the application does, but for `wrong`: what is left out, or said otherwise. */
async function close2024(
  run: Run,
  wrong: { closing?: false; told?: string; sha256?: string } = {},
) {
  await run(
    "UPDATE years SET status = 'CLOSED', closed_at = now(), version = version + 1 WHERE year = 2024",
  );
  if (wrong.closing !== false)
    await run("INSERT INTO year_closings (year, payload, sha256) VALUES (2024, '{}', $1)", [
      wrong.sha256 ?? NOTHING,
    ]);
  await run("SELECT guard.append_audits('{year.close}', '{2024}', ARRAY[$1])", [
    JSON.stringify({ sha256: wrong.told ?? NOTHING }),
  ]);
}

const closings: Law<LawFixture>[] = [
  {
    law: "a year is not closed without its figures",
    by: province,
    attempt: (run) => close2024(run, { closing: false }),
    outcome: "NZ008",
    without: dropTrigger("kept", "years"),
  },
  {
    law: "a closing has its entry in the chain, which tells its digest",
    by: province,
    attempt: (run) => close2024(run, { told: "another" }),
    outcome: "NZ008",
    without: dropTrigger("on_chain", "year_closings"),
  },
  {
    law: "its digest is that of its text",
    by: province,
    attempt: (run) => close2024(run, { sha256: "0".repeat(64), told: "0".repeat(64) }),
    outcome: "23514",
    without: without("closing_digest", "year_closings"),
  },
  {
    law: "what was closed before gets no other closing",
    by: province,
    attempt: async (run) => {
      await run("INSERT INTO year_closings (year, payload, sha256) VALUES (2025, '{}', $1)", [
        NOTHING,
      ]);
    },
    outcome: "NZ007",
    without: rewrite("before_closing()", "IF NOT FOUND", "IF false"),
    // the first is there already
    then: "23505",
  },
  {
    law: "a closing never changes",
    by: province,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE year_closings SET note = '改' WHERE year = 2025");
    },
    outcome: "NZ004",
    without: dropTrigger("append_only", "year_closings"),
  },
];

const ask = (run: Run, ahead: number) =>
  run(
    `INSERT INTO year_reopenings (year, reason, until)
     VALUES (2025, '补记', (now() AT TIME ZONE 'Asia/Shanghai')::date + $1::int) RETURNING id::text`,
    [ahead],
  );
async function askAudited(run: Run, ahead = 7) {
  const [row] = await ask(run, ahead);
  const id = String(row?.["id"]);
  await auditedAs(run, "year-reopening.create", id);
  return id;
}

const reopenings: Law<LawFixture>[] = [
  {
    law: "who asked to open a year once more does not confirm it",
    by: province,
    attempt: async (run) => {
      const id = await askAudited(run);
      await run("SELECT guard.decide_reopening($1, 'CONFIRMED')", [id]);
    },
    outcome: "NZ015",
    without: rewrite(
      "decide_reopening(bigint, text)",
      "(p_decision = 'WITHDRAWN') <> (r.requested_by = v_me)",
      "false",
    ),
    // and the row itself says so
    then: "23514",
  },
  {
    law: "nobody decides a request but by that function",
    by: province,
    attempt: async (run) => {
      await askAudited(run);
      await run(
        "UPDATE year_reopenings SET decision = 'CONFIRMED', decided_by = $1, decided_at = now()",
        [f.auditor.userId],
      );
    },
    outcome: "42501",
    without: `GRANT UPDATE ON year_reopenings TO nuanzhang_app;
      CREATE POLICY anybody ON year_reopenings FOR UPDATE TO nuanzhang_app USING (true)`,
  },
  {
    law: "only the province asks",
    by: () => f.reviewer.session,
    attempt: async (run) => {
      await askAudited(run);
    },
    outcome: "42501",
    without: "ALTER TABLE year_reopenings DISABLE ROW LEVEL SECURITY",
  },
  {
    law: "a year is not open once more for long",
    by: province,
    attempt: async (run) => {
      await ask(run, 93);
    },
    outcome: "23514",
    without: rewrite("longest_reopening()", "92", "93"),
    // nobody wrote it down
    then: "NZ008",
  },
  {
    law: "a request is written down",
    by: province,
    attempt: async (run) => {
      await ask(run, 7);
    },
    outcome: "NZ008",
    without: dropTrigger("audited", "year_reopenings"),
  },
  {
    law: "a reopened year takes nothing after its last day",
    by: clerk,
    attempt: async (run) => {
      const [row] = await run(
        `INSERT INTO disbursements (organisation_id, programme_id, fiscal_year, created_by, last_edited_by)
         SELECT organisation_id, programme_id, 2010, created_by, created_by FROM disbursements
         WHERE id = $1 RETURNING id::text`,
        [f.draft],
      );
      await audited(run, String(row?.["id"]));
    },
    outcome: "NZ005",
    without: `CREATE OR REPLACE FUNCTION guard.takes_entries(p_status text, p_reopened_until date) RETURNS boolean
      LANGUAGE sql STABLE RETURN p_status = 'OPEN'`,
  },
  {
    law: "its last day is put off by nobody alone",
    by: province,
    attempt: async (run) => {
      await run(
        "UPDATE years SET reopened_until = reopened_until + 30, version = version + 1 WHERE year = 2010",
      );
      await auditedAs(run, "year.reopen", "2010");
    },
    outcome: "NZ015",
    without: dropTrigger("before_write", "years"),
  },
];

const corrections: Law<LawFixture>[] = [
  ...(
    ["amount_fen = amount_fen - 1", "programme_id = programme_id + 1", "households = 0"] as const
  ).map((wrong): Law<LawFixture> => ({
    law: `a reversal undoes its original exactly: ${wrong.split(" ")[0]}`,
    by: clerk,
    attempt: (run) => change(run, f.reversal, wrong),
    outcome: "NZ011",
    without: NO_PAIR_CHECK,
  })),
  {
    law: "a reversal belongs to an original",
    by: clerk,
    attempt: async (run) => {
      await insertDraft(run, f.reviewer, ", entry_kind", ", 'REVERSAL'");
    },
    outcome: "NZ011",
    without: NO_PAIR_CHECK,
  },
  {
    law: "a record is corrected once at a time",
    by: clerk,
    attempt: async (run) => {
      const [row] = await run(
        `INSERT INTO disbursements (organisation_id, programme_id, fiscal_year, paid_on, aid_category_id,
           recipient_kind_id, form, amount_fen, households, entry_kind, created_by, last_edited_by)
         SELECT organisation_id, programme_id, fiscal_year, paid_on, aid_category_id, recipient_kind_id,
           form, amount_fen, households, entry_kind, created_by, created_by
         FROM disbursements WHERE id = $1 RETURNING id::text`,
        [f.reversal],
      );
      const id = String(row?.["id"]);
      const [again] = await run(
        `INSERT INTO adjustments (organisation_id, original_id, reversal_id, reason_code, words, created_by, created_at)
         SELECT organisation_id, original_id, $2, 'other', '再改', created_by, now()
         FROM adjustments WHERE reversal_id = $1 RETURNING original_id::text AS id`,
        [f.reversal, id],
      );
      await audited(run, id);
      await auditedAs(run, "disbursement.adjust", String(again?.["id"]));
    },
    outcome: "NZ011",
    without: NO_PAIR_CHECK,
  },
  {
    law: "reversal and replacement move together",
    by: clerk,
    attempt: (run) => submit(run, f.replacement),
    outcome: "NZ011",
    without: NO_PAIR_CHECK,
  },
];

testLaws(database, () => f, [...years, ...closings, ...reopenings, ...corrections]);

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: database.url,
    options: "-c role=nuanzhang_app",
  });
  await client.connect();
  return client;
}

async function begin(client: pg.Client, person: TestPerson): Promise<void> {
  await client.query("BEGIN");
  await client.query(
    "SELECT set_config('app.session', $1, true), set_config('lock_timeout', '300', true)",
    [person.session],
  );
}

const runOn =
  (client: pg.Client): Run =>
  async (text, values) =>
    (await client.query<Record<string, unknown>>(text, values)).rows;

const write2024 = (client: pg.Client) =>
  client.query(
    `INSERT INTO disbursements (organisation_id, programme_id, fiscal_year, created_by, last_edited_by)
     SELECT organisation_id, programme_id, 2024, created_by, created_by FROM disbursements WHERE id = $1 RETURNING id::text`,
    [f.draft],
  );

test("a year does not close over a record that is being written, nor is one written into a year that is closing", async () => {
  const [writer, closer] = [await connect(), await connect()];
  try {
    await begin(writer, f.clerk);
    await write2024(writer);
    await begin(closer, f.province);
    await expect(close2024(runOn(closer))).rejects.toMatchObject({ code: "55P03" });
    await closer.query("ROLLBACK");
    await writer.query("ROLLBACK");

    await begin(closer, f.province);
    await close2024(runOn(closer));
    await begin(writer, f.clerk);
    const late = write2024(writer).then(
      () => "written",
      (error: { code?: string }) => error.code,
    );
    await closer.query("COMMIT");
    expect(await late).toBe("NZ005");
  } finally {
    await writer.end();
    await closer.end();
  }
});
