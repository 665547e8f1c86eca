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

const FUNCTIONS = ["finding_context(bigint[])", "read_records(bigint[])"] as const;
const WITHIN = "c.ancestor_id = ANY (v_homes)";
const GUESSED = "0123456789abcdef".repeat(4);

/** Asks about records of the clerk's county, and the correction of one. */
const asks = (guard: string) => async (run: Run) => {
  const call = guard.replace("bigint[]", "$1");
  const rows = await run(`SELECT FROM guard.${call}`, [
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
  ...signedIn,
  {
    law: "what programmes come to elsewhere is asked through a record alone",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await run("SELECT guard.per_head_of_peers('{1}', '{1}', '{2026}')");
    },
    outcome: "42501",
    without:
      "GRANT EXECUTE ON FUNCTION guard.per_head_of_peers(int[], int[], int[]) TO nuanzhang_app",
  },
];

testLaws(database, () => f, laws);
