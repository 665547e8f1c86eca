import { beforeAll } from "vitest";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const { database, f, clerk, reviewer, province } = await lawBook();
const { auditedAs, dropTrigger, noop } = await import("@/testing/law-fixture");
const { as } = await import("@/testing/records");
const { approvedRoster, draftedRoster, rosterLine } = await import("@/testing/rosters");
const { makeBatch, postPayments } = await import("@/lib/features/payments/commands");

/** Nothing was said of the first; the second came back. */
let fresh = "";
let back = "";
let draft = "";
/** With two lines in one open batch that the bank has not answered for; and with one that it has. */
let batched = "";
let answered = "";

const HUNDRED = { amountFen: "100", idNumber: null };
const FREE = { amountFen: "0", idNumber: null };

beforeAll(async () => {
  const make = () => approvedRoster(f, [rosterLine(0, HUNDRED), rosterLine(1, FREE)]);
  [fresh, back, answered] = [await make(), await make(), await make()];
  batched = await approvedRoster(f, [
    rosterLine(0, HUNDRED),
    rosterLine(1, FREE),
    rosterLine(2, HUNDRED),
  ]);
  draft = (await draftedRoster(f.clerk, [rosterLine(0, HUNDRED)])).id;
  for (const id of [batched, answered])
    await as(f.clerk).write((c) => makeBatch({ ...c, id, input: { format: "csv" } }));
  for (const id of [back, answered])
    await as(f.clerk).write((c) =>
      postPayments({
        ...c,
        id,
        input: { on: "2026-09-10", rows: [{ no: 1, result: "returned" }] },
      }),
    );
}, 120_000);

const found = (table: string) => async (run: Run) =>
  (await run(`SELECT FROM ${table}`)).length > 0 ? "found" : "nothing";
const reader = (table: string) => `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`;

/** That the first line was paid, as the application writes it. */
async function say(run: Run, id: string): Promise<void> {
  const [posting] = await run(
    `INSERT INTO payment_postings (disbursement_id, organisation_id, kind, told_on, digest, posted_by)
     SELECT d.id, d.organisation_id, 'RETURN', '2026-09-20', sha256('x'), guard.session_user_id()
     FROM disbursements d WHERE d.id = $1 RETURNING id::text`,
    [id],
  );
  await run(
    `INSERT INTO payment_results (id, posting_id, line_id, disbursement_id, organisation_id, no, state)
     SELECT gen_random_uuid(), $2, l.id, l.disbursement_id, l.organisation_id, 1, 'PAID'
     FROM roster_lines l WHERE l.disbursement_id = $1 AND l.no = 1`,
    [id, posting?.["id"]],
  );
  await auditedAs(run, "disbursement.payments", id);
}

/** A batch of lines of a record, as the application writes it; of what it says unless `says`. */
async function batch(
  run: Run,
  id: string,
  nos: number[],
  { says = nos.length, quiet = false } = {},
) {
  const [made] = await run(
    `INSERT INTO payment_batches (disbursement_id, organisation_id, no, format, lines, amount_fen, sha256, made_by, made_at)
     SELECT d.id, d.organisation_id, 1, 'CSV', $2, $2 * 100, sha256('x'), guard.session_user_id(), now()
     FROM disbursements d WHERE d.id = $1 RETURNING id::text`,
    [id, says],
  );
  await run(
    `INSERT INTO payment_batch_lines (batch_id, line_id, organisation_id)
     SELECT $1, l.id, l.organisation_id FROM roster_lines l WHERE l.disbursement_id = $2 AND l.no = ANY ($3::int[])`,
    [made?.["id"], id, nos],
  );
  if (!quiet) await auditedAs(run, "disbursement.batch", id);
}
const batching = (id: () => string, nos: number[], how = {}) => (run: Run) => batch(run, id(), nos, how); // prettier-ignore
const NO_BATCH_LAW = dropTrigger("before_insert", "payment_batches");
const asks = (text: string, id: () => string) => async (run: Run) => {
  await run(text, [id()]);
};
const CANCEL = "SELECT guard.cancel_batch($1, 1, '账号有误', now())";
const TAKE = "SELECT guard.take_batch($1, 1, '付款')";

const laws: Law<LawFixture>[] = [
  {
    law: "a clerk puts lines that wait into a batch",
    by: clerk,
    attempt: batching(() => fresh, [1]),
    outcome: "accepted",
    without: "DROP POLICY clerk_inserts ON payment_batch_lines",
    then: "42501",
  },
  {
    law: "no batch without its entry in the chain",
    by: clerk,
    attempt: batching(() => fresh, [1], { quiet: true }),
    outcome: "NZ008",
    without: dropTrigger("audited", "payment_batches"),
  },
  {
    law: "a batch holds what it says",
    by: clerk,
    attempt: batching(() => fresh, [1], { says: 2 }),
    outcome: "NZ001",
    without: dropTrigger("adds_up", "payment_batches"),
  },
  {
    law: "no batch of what is not approved",
    by: clerk,
    attempt: batching(() => draft, [1]),
    outcome: "NZ004",
    without: NO_BATCH_LAW,
    then: "NZ012",
  },
  {
    law: "a line is in one open batch",
    by: clerk,
    attempt: batching(() => batched, [1, 3]),
    outcome: "23505",
    without: "DROP INDEX payment_batch_lines_open_once",
  },
  {
    law: "what came back is in no file before it is paid anew",
    by: clerk,
    attempt: batching(() => back, [1]),
    outcome: "NZ004",
    without: dropTrigger("waiting", "payment_batch_lines"),
  },
  {
    law: "a line without money is in no file",
    by: clerk,
    attempt: batching(() => fresh, [1, 2], { says: 1 }),
    outcome: "NZ004",
    without: `${dropTrigger("waiting", "payment_batch_lines")}; ${dropTrigger("adds_up", "payment_batches")}`,
  },
  {
    law: "a bank answers for a batch as a whole",
    by: clerk,
    attempt: (run) => say(run, batched),
    outcome: "NZ001",
    without: noop("settle_batches(p_told uuid[], p_returned uuid[])"),
  },
  {
    law: "a batch is cancelled by a clerk of its place",
    by: clerk,
    attempt: async (run) => {
      await run(CANCEL, [batched]);
      await auditedAs(run, "disbursement.cancel-batch", batched);
    },
    outcome: "accepted",
    without:
      "REVOKE EXECUTE ON FUNCTION guard.cancel_batch(bigint, int, text, timestamptz) FROM nuanzhang_app",
    then: "42501",
  },
  {
    law: "not once the bank has answered for it",
    by: clerk,
    attempt: asks(CANCEL, () => answered),
    outcome: "NZ004",
    without: rewrite("is_answered(bigint)", "RETURN EXISTS", "RETURN false AND EXISTS"),
  },
  ...[CANCEL, TAKE].flatMap((text): Law<LawFixture>[] =>
    (
      [
        ["another county's clerk", () => f.stranger.session],
        ["the reviewer", reviewer],
        ["the province", province],
      ] as const
    ).map(([who, by]) => ({
      law: `${who} does not: ${text.slice(13, 25)}`,
      by,
      attempt: asks(text, () => batched),
      outcome: "42501",
      without: rewrite("hold_batch(bigint,int)", "c.ancestor_id = ANY (guard.homes('{CLERK}'))", "true"), // prettier-ignore
    })),
  ),
  {
    law: "the application changes no batch",
    by: clerk,
    attempt: asks("UPDATE payment_batches SET downloads = 0 WHERE disbursement_id = $1", () => batched), // prettier-ignore
    outcome: "42501",
    without: "GRANT UPDATE ON payment_batches TO nuanzhang_app",
  },
  ...(["payment_batches", "payment_batch_lines"] as const).flatMap((table) =>
    (
      [
        ["another county's clerk", () => f.stranger.session],
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
