import { beforeAll } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const { dropTrigger, lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;

beforeAll(async () => {
  f = await lawFixture(actors);
  await actors.owner.query("INSERT INTO notice_reads VALUES ($1, '2026-11-20')", [f.clerk.userId]);
}, 120_000);

const OPEN = "ALTER TABLE notice_reads DISABLE ROW LEVEL SECURITY";
const of = (run: Run, text: string) => run(text, [f.clerk.userId]);
const found = async (run: Run) =>
  (await of(run, "SELECT FROM notice_reads WHERE user_id = $1")).length > 0 ? "found" : "nothing";
const moved = (to: string) => async (run: Run) => {
  const set = `UPDATE notice_reads SET read_up_to = '${to}' WHERE user_id = $1 RETURNING 1`;
  return (await of(run, set)).length > 0 ? "moved" : "untouched";
};

const laws: Law<LawFixture>[] = [
  {
    law: "a person reads how far the person has read",
    by: () => f.clerk.session,
    attempt: found,
    outcome: "found",
    without: "DROP POLICY own_reading ON notice_reads",
    then: "nothing",
  },
  ...(
    [
      ["a colleague", () => f.colleague.session],
      ["an administrator", () => f.admin.session],
      ["nobody", () => null],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} does not`,
    by,
    attempt: found,
    outcome: "nothing",
    without: OPEN,
    then: "found",
  })),
  {
    law: "nor moves it on",
    by: () => f.colleague.session,
    attempt: moved("2026-11-21"),
    outcome: "untouched",
    without: OPEN,
    then: "moved",
  },
  {
    law: "nor makes one for another",
    by: () => f.colleague.session,
    attempt: async (run) => {
      await run("INSERT INTO notice_reads VALUES ($1, now())", [f.stranger.userId]);
    },
    outcome: "42501",
    without: OPEN,
  },
  {
    law: "what was read stays read",
    by: () => f.clerk.session,
    attempt: moved("2026-11-19"),
    outcome: "NZ004",
    without: dropTrigger("goes_forward", "notice_reads"),
    then: "moved",
  },
];

testLaws(database, () => f, laws);
