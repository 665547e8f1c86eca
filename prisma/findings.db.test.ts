import { beforeAll } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

// What records are compared with is read past row-level security: the function itself keeps its callers apart.
const database = await testDatabase();
const { lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;

beforeAll(async () => {
  f = await lawFixture(actors);
}, 120_000);

const asksAbout = (ids: () => string[]) => async (run: Run) => {
  const rows = await run("SELECT FROM guard.finding_context($1)", [ids()]);
  return rows.length > 0 ? "answered" : "nothing";
};
const aboutTheCounty = asksAbout(() => [f.draft, f.submitted, f.approved]);

const CONTEXT = "finding_context(bigint[])";
const WITHIN = "c.ancestor_id = ANY (v_homes)";
const GUESSED = "0123456789abcdef".repeat(4);

const laws: Law<LawFixture>[] = [
  {
    law: "a clerk of the county is answered about its records",
    by: () => f.clerk.session,
    attempt: aboutTheCounty,
    outcome: "answered",
    without: rewrite(CONTEXT, WITHIN, "false"),
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
    law: `${who} is answered nothing about a record of the county`,
    by,
    attempt: aboutTheCounty,
    outcome: "nothing",
    without: rewrite(CONTEXT, WITHIN, "true"),
    then: "answered",
  })),
  {
    law: "whoever signs people in may not ask",
    by: () => f.clerk.session,
    role: "sign-in",
    attempt: aboutTheCounty,
    outcome: "42501",
    without: `GRANT EXECUTE ON FUNCTION guard.${CONTEXT} TO nuanzhang_sign_in`,
    then: "answered",
  },
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
