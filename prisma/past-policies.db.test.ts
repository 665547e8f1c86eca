import { beforeAll } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

// These functions read past row-level security, so each keeps its callers apart itself.
const database = await testDatabase();
const { lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;

beforeAll(async () => {
  f = await lawFixture(actors);
}, 120_000);

const CONTEXT = "finding_context(bigint[], disbursements[], disbursement_shares[], bigint, int)";
const FUNCTIONS = [CONTEXT, "read_records(bigint[])"] as const;
const WITHIN = "c.ancestor_id = ANY (v_homes)";
const GUESSED = "0123456789abcdef".repeat(4);

/** Asks about records of the clerk's county, and the correction of one. */
const asks = (guard: string) => async (run: Run) => {
  const [name] = guard.split("(");
  const rows = await run(`SELECT FROM guard.${name}($1)`, [
    [f.draft, f.submitted, f.approved, f.replacement],
  ]);
  return rows.length > 0 ? "answered" : "nothing";
};

const keptApart = FUNCTIONS.flatMap((guard): Law<LawFixture>[] => [
  {
    law: `a clerk of the county is answered by ${guard}`,
    by: () => f.clerk.session,
    attempt: asks(guard),
    outcome: "answered",
    without: rewrite(guard, WITHIN, "false"),
    then: "nothing",
  },
  ...(
    [
      ["a clerk of another county", () => f.stranger.session],
      ["an administrator", () => f.admin.session],
      ["a guessed session", () => GUESSED],
      ["nobody", () => null],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} is answered nothing by ${guard}`,
    by,
    attempt: asks(guard),
    outcome: "nothing",
    without: rewrite(guard, WITHIN, "true"),
    then: "answered",
  })),
  {
    law: `whoever signs people in may not ask ${guard}`,
    by: () => f.clerk.session,
    role: "sign-in",
    attempt: asks(guard),
    outcome: "42501",
    without: `GRANT EXECUTE ON FUNCTION guard.${guard} TO nuanzhang_sign_in`,
    then: "answered",
  },
]);

/** Sends a row of its own making in the place of a stored one, with a share of an earmarked source. */
const judges =
  (organisation: () => string, id: () => string, amountFen = 0) =>
  async (run: Run) => {
    const rows = await run(
      `SELECT c.earmarked->0->>'spentFen' AS spent FROM organisations o, fund_sources f, programmes p,
         guard.finding_context(NULL, ARRAY[jsonb_populate_record(NULL::disbursements, jsonb_build_object('id', $2::bigint,
           'organisation_id', o.id, 'programme_id', p.id, 'fiscal_year', 2026, 'status', 'DRAFT', 'ledger_on', '2026-08-28'))],
         ARRAY[ROW($2::bigint, o.id, f.id, $3::bigint)::disbursement_shares]) c
       WHERE o.code = $1 AND f.code = 'central-treasury' AND p.code = 'golden-autumn'`,
      [organisation(), id(), amountFen],
    );
    return rows.length > 0 ? String(rows[0]?.["spent"]) : "nothing";
  };

const formsApart: Law<LawFixture>[] = [
  {
    law: "a clerk has a form of the own county judged",
    by: () => f.stranger.session,
    attempt: judges(
      () => f.stranger.organisation,
      () => "0",
      77,
    ),
    outcome: "77",
    without: rewrite(CONTEXT, WITHIN, "false"),
    then: "nothing",
  },
  {
    law: "a form of another county is judged for nobody",
    by: () => f.stranger.session,
    attempt: judges(
      () => f.clerk.organisation,
      () => "0",
    ),
    outcome: "nothing",
    without: rewrite(CONTEXT, WITHIN, "true"),
    then: "100001",
  },
  {
    law: "a form that bears the number of another county's record is told nothing of it",
    by: () => f.stranger.session,
    attempt: judges(
      () => f.stranger.organisation,
      () => f.overSubmitted,
    ),
    outcome: "0",
    without: rewrite(
      CONTEXT,
      "e.id = d.id AND e.organisation_id = d.organisation_id",
      "e.id = d.id",
    ),
    then: "-100001",
  },
  {
    law: "nor is a form that says it corrects that record",
    by: () => f.stranger.session,
    attempt: async (run) => {
      const [row] = await run(
        `SELECT c.this_year_fen AS fen FROM organisations o, programmes p,
           guard.finding_context(NULL, ARRAY[jsonb_populate_record(NULL::disbursements, jsonb_build_object('id', 0,
             'organisation_id', o.id, 'programme_id', p.id, 'fiscal_year', 2026, 'status', 'DRAFT',
             'ledger_on', '2026-08-28'))], NULL, $2::bigint, 2026) c
         WHERE o.code = $1 AND p.code = 'golden-autumn'`,
        [f.stranger.organisation, f.approved],
      );
      return String(row?.["fen"]);
    },
    outcome: "0",
    without: rewrite(
      CONTEXT,
      "e.id = p_corrects AND e.organisation_id = c.organisation_id",
      "e.id = p_corrects",
    ),
    then: "-15390000",
  },
];

const CODES = "codes(text[], text[], text[])";
const asksCodes = async (run: Run) => {
  const rows = await run("SELECT FROM guard.codes('{}', '{}', '{}')");
  return rows.length > 0 ? "answered" : "nothing";
};

const signedIn: Law<LawFixture>[] = [
  ...(
    [
      ["a guessed session", () => GUESSED],
      ["nobody", () => null],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} is told no codes`,
    by,
    attempt: asksCodes,
    outcome: "nothing",
    without: rewrite(CODES, "guard.session_user_id() IS NULL", "false"),
    then: "answered",
  })),
  {
    law: "whoever signs people in may not ask for codes",
    by: () => f.clerk.session,
    role: "sign-in",
    attempt: asksCodes,
    outcome: "42501",
    without: `GRANT EXECUTE ON FUNCTION guard.${CODES} TO nuanzhang_sign_in`,
    then: "answered",
  },
];

const laws: Law<LawFixture>[] = [
  ...keptApart,
  ...formsApart,
  ...signedIn,
  {
    law: "what programmes come to elsewhere is asked through a record alone",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await run("SELECT guard.per_head_of_peers('{1}', '{1}', '{2026}', '{f}')");
    },
    outcome: "42501",
    without:
      "GRANT EXECUTE ON FUNCTION guard.per_head_of_peers(int[], int[], int[], boolean[]) TO nuanzhang_app",
  },
];

testLaws(database, () => f, laws);
