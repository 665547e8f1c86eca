import { beforeAll, expect, test } from "vitest";
import pg from "pg";
import type { TestPerson } from "@/testing/actors";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law } from "@/testing/laws";

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
} = await import("@/testing/law-fixture");
beforeAll(async () => {
  await actors.owner.query("INSERT INTO years (year) VALUES (2100)");
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

testLaws(database, () => f, [...years, ...corrections]);

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

async function close2024(client: pg.Client): Promise<void> {
  await client.query(
    "UPDATE years SET status = 'CLOSED', closed_at = now(), version = version + 1 WHERE year = 2024",
  );
  await client.query("SELECT guard.append_audits('{year.close}', '{2024}', '{\"{}\"}')");
}

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
    await expect(close2024(closer)).rejects.toMatchObject({ code: "55P03" });
    await closer.query("ROLLBACK");
    await writer.query("ROLLBACK");

    await begin(closer, f.province);
    await close2024(closer);
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
