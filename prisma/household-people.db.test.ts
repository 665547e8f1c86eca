import { beforeAll } from "vitest";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law } from "@/testing/laws";

// Whom files hold: what may be said of it, and how often.
const { database, actors, f, reviewer } = await lawBook();
const { filedWith } = await import("@/testing/household-rows");
const { as } = await import("@/testing/records");
const { createHousehold } = await import("@/lib/features/households/commands");

/** Who has a file in one county, and who has one in another; as the owner reads it, since no clerk can of both. */
const DOCUMENTS = { here: "639901198001010014", there: "639901198001010022" };
const held = { here: "", there: "" };
let known: { id: string; digest: string }[] = [];
const digestsOf = (id: string) => known.filter((one) => one.id === id).map(({ digest }) => digest);

beforeAll(async () => {
  for (const [at, idNumber] of Object.entries(DOCUMENTS)) {
    const head = { kind: "urban", level: "county", cause: "illness", tier: "deep" } as const;
    const member = { relation: "self", name: "才让", idNumber } as const;
    const organisation = at === "here" ? "630123" : "632222";
    const input = { ...head, otherCauses: [], organisation, filedOn: "2026-01-05" };
    const person = at === "here" ? f.clerk : f.stranger;
    await as(person).write((c) =>
      createHousehold({ ...c, input: { ...input, members: [member] } }),
    );
  }
  const { owner } = actors;
  known = (
    await owner.query<{ id: string; digest: string }>(
      "SELECT identity_id::text AS id, encode(digest, 'hex') AS digest FROM person_keys",
    )
  ).rows;
  const { rows } = await owner.query<{ id: string; code: string }>(
    `SELECT m.identity_id::text AS id, o.code FROM household_members m JOIN organisations o ON o.id = m.organisation_id`,
  );
  for (const { id, code } of rows) held[code === "630123" ? "here" : "there"] = id;
  // what the other county's clerk was answered about files elsewhere is as much as a day allows
  await owner.query(
    "INSERT INTO household_refusals (user_id, organisation_id, people) SELECT $1, id, 20 FROM organisations WHERE code = '632222'",
    [f.stranger.userId],
  );
}, 120_000);

const NO_LIMIT = rewrite("most_people_named()", "SELECT 20", "SELECT 2000");
const alwaysTrue = (signature: string) =>
  `CREATE OR REPLACE FUNCTION guard.${signature} RETURNS boolean LANGUAGE sql AS 'SELECT true'`;

const laws: Law<LawFixture>[] = [
  {
    law: "who holds a number is told within reach alone",
    by: (x) => x.stranger.session,
    attempt: async (run) =>
      (await run("SELECT FROM guard.households_of($1)", [known.map(({ digest }) => digest)]))
        .length > 1
        ? "all"
        : "own",
    outcome: "own",
    without: alwaysTrue("works_for(p_organisation_id int, p_roles text[])"),
    then: "all",
  },
  {
    law: "only who works there writes down that a file was refused",
    by: reviewer,
    attempt: async (run) => {
      await run(
        "SELECT guard.note_household_refusal((SELECT id FROM organisations WHERE code = '630123'), 1)",
      );
    },
    outcome: "42501",
    without: rewrite("note_household_refusal(int, int)", "'{CLERK}'", "'{CLERK,REVIEWER}'"),
  },
  {
    law: "whoever was told of twenty people elsewhere in a day is told of no more, file by file",
    by: (x) => x.stranger.session,
    attempt: (run) => filedWith(run, "632222", held.here),
    outcome: "NZ021",
    without: NO_LIMIT,
    then: "NZ041",
  },
  {
    law: "nor in a list",
    by: (x) => x.stranger.session,
    attempt: async (run) => {
      const digests = digestsOf(held.here).map((digest) => ({ digest }));
      const [found] = await run(
        "SELECT asked FROM guard.files_holding((SELECT id FROM organisations WHERE code = '632222'), $1, true)",
        [JSON.stringify([{ n: 1, digests }])],
      );
      return found?.["asked"] === true ? "told" : "not told";
    },
    outcome: "not told",
    without: NO_LIMIT,
    then: "told",
  },
];

testLaws(database, () => f, laws);
