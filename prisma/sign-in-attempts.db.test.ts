import { beforeAll } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law } from "@/testing/laws";

const database = await testDatabase();
const { lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;

beforeAll(async () => {
  f = await lawFixture(actors);
  await actors.owner.query(
    `INSERT INTO sign_in_attempts (name_key, address, failures, failed_in_a_row, first_at, tried_at)
     VALUES (repeat('a', 64), '192.0.2.1', 1, 1, now(), now())`,
  );
});

const attempts: Law<LawFixture>[] = [
  {
    law: "who failed to sign in, and from where, is no clerk's to know",
    by: () => f.clerk.session,
    attempt: async (run) =>
      (await run("SELECT id FROM sign_in_attempts")).length > 0 ? "seen" : "nothing",
    outcome: "nothing",
    without: "ALTER TABLE sign_in_attempts DISABLE ROW LEVEL SECURITY",
    then: "seen",
  },
];

testLaws(database, () => f, attempts);
