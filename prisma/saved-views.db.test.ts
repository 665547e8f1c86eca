import { beforeAll } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const { lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;
/** Somebody of the prefecture above the clerk's county, who shares one view and keeps another. */
let above: TestPerson;
let shared = "";
let kept = "";

const INSERT = `INSERT INTO saved_views (owner_id, page, name, query, shared_with_id)
  VALUES ($1, 'LEDGER', $2, 'year=2026', (SELECT id FROM organisations WHERE code = $3)) RETURNING id::text`;

beforeAll(async () => {
  f = await lawFixture(actors);
  above = await actors.reviewer("630100");
  const made = async (name: string, place: string | null) =>
    (await actors.owner.query<{ id: string }>(INSERT, [above.userId, name, place])).rows[0]?.id;
  shared = (await made("全市", "630100")) ?? "";
  kept = (await made("自用", null)) ?? "";
}, 120_000);

const found = (id: () => string) => async (run: Run) =>
  (await run("SELECT FROM saved_views WHERE id = $1", [id()])).length > 0 ? "found" : "nothing";
const touched =
  (what: string, id = () => shared) =>
  async (run: Run) => {
    const set = `UPDATE saved_views SET version = version + 1, ${what} WHERE id = $1 RETURNING 1`;
    const rows = await run(set, [id()]);
    if (rows.length === 0) return "nothing";
    await run("SELECT guard.append_audits('{view.update}', ARRAY[$1], '{\"{}\"}')", [id()]);
    return "touched";
  };
/** With its entry, as the application keeps one. */
async function keep(run: Run, owner: string, over: { name?: string; place?: string } = {}) {
  const [made] = await run(INSERT, [owner, over.name ?? "新的", over.place ?? null]);
  await run("SELECT guard.append_audits('{view.create}', ARRAY[$1], '{\"{}\"}')", [made?.["id"]]);
}

const OPEN = `DROP POLICY own_views ON saved_views; DROP POLICY shared_views ON saved_views;
  DROP POLICY owner_keeps ON saved_views; DROP POLICY owner_changes ON saved_views;
  CREATE POLICY anybody ON saved_views FOR ALL TO nuanzhang_app USING (true) WITH CHECK (true)`;
const NOT_SHARED = "DROP POLICY shared_views ON saved_views";

const readers: Law<LawFixture>[] = [
  ...(
    [
      ["a clerk of a county below", () => f.clerk.session],
      ["its owner", () => above.session],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} reads what is shared with the subtree`,
    by,
    attempt: found(() => shared),
    outcome: "found",
    without: `${NOT_SHARED}; DROP POLICY own_views ON saved_views`,
    then: "nothing",
  })),
  ...(
    [
      ["a clerk of another prefecture", () => f.stranger.session],
      ["the province above", () => f.province.session],
      ["an administrator", () => f.admin.session],
      ["nobody", () => null],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} does not`,
    by,
    attempt: found(() => shared),
    outcome: "nothing",
    without: OPEN,
    then: "found",
  })),
  {
    law: "what is not shared is its owner's alone",
    by: () => f.clerk.session,
    attempt: found(() => kept),
    outcome: "nothing",
    without: OPEN,
    then: "found",
  },
  {
    law: "it is shared for as long as its owner works there",
    by: () => f.clerk.session,
    role: "owner",
    attempt: async (run) => {
      await run("UPDATE memberships SET revoked_at = now() WHERE user_id = $1", [above.userId]);
      await run("SET LOCAL ROLE nuanzhang_app");
      const seen = await found(() => shared)(run);
      await run("RESET ROLE");
      return seen;
    },
    outcome: "nothing",
    without: OPEN,
    then: "found",
  },
];

const writers: Law<LawFixture>[] = [
  {
    law: "a reader of it does not change it",
    by: () => f.clerk.session,
    attempt: touched("name = '改'"),
    outcome: "nothing",
    without: OPEN,
    then: "touched",
  },
  {
    law: "nobody deletes one",
    by: () => above.session,
    attempt: async (run) => {
      await run("DELETE FROM saved_views WHERE id = $1", [shared]);
    },
    outcome: "42501",
    without: "GRANT DELETE ON saved_views TO nuanzhang_app",
  },
  {
    law: "nobody keeps one for another",
    by: () => f.clerk.session,
    attempt: (run) => keep(run, above.userId),
    outcome: "42501",
    without: OPEN,
  },
  {
    law: "nobody shares from where they do not work",
    by: () => f.clerk.session,
    attempt: (run) => keep(run, f.clerk.userId, { place: "630100" }),
    outcome: "42501",
    without: OPEN,
  },
  {
    law: "an administrator keeps none",
    by: () => f.admin.session,
    attempt: (run) => keep(run, f.admin.userId),
    outcome: "42501",
    without: OPEN,
  },
  {
    law: "no view changes without its entry",
    by: () => above.session,
    attempt: async (run) => {
      await run("UPDATE saved_views SET version = version + 1, name = '改' WHERE id = $1", [kept]);
    },
    outcome: "NZ008",
    without: "DROP TRIGGER audited ON saved_views",
  },
];

const NO_TRIGGER = "DROP TRIGGER before_change ON saved_views";
const laws: Law<LawFixture>[] = [
  {
    law: "its owner changes it",
    by: () => above.session,
    attempt: touched("name = '改名'"),
    outcome: "touched",
    without: "DROP POLICY owner_changes ON saved_views",
    then: "nothing",
  },
  {
    law: "a version is not passed over",
    by: () => above.session,
    attempt: async (run) => {
      await run("UPDATE saved_views SET version = version + 2 WHERE id = $1", [kept]);
      await run("SELECT guard.append_audits('{view.update}', ARRAY[$1], '{\"{}\"}')", [kept]);
    },
    outcome: "NZ006",
    without: NO_TRIGGER,
  },
  {
    law: "it does not pass to somebody else",
    by: () => above.session,
    attempt: (run) => touched(`owner_id = '${f.clerk.userId}'`)(run),
    outcome: "NZ004",
    without: `${NO_TRIGGER}; ${OPEN}`,
    then: "touched",
  },
  {
    law: "what was removed does not come back",
    by: () => above.session,
    role: "owner",
    attempt: async (run) => {
      await run(
        "UPDATE saved_views SET version = version + 1, removed_at = now(), name = '', query = '' WHERE id = $1",
        [kept],
      );
      await run(
        "UPDATE saved_views SET version = version + 1, removed_at = NULL, name = '又来' WHERE id = $1",
        [kept],
      );
    },
    outcome: "NZ004",
    without: NO_TRIGGER,
  },
  {
    law: "a person keeps a hundred at most",
    by: () => f.clerk.session,
    role: "owner",
    attempt: async (run) => {
      await run(
        `INSERT INTO saved_views (owner_id, page, name, query)
         SELECT $1, 'LEDGER', 'v' || n, '' FROM generate_series(1, 101) AS n`,
        [f.clerk.userId],
      );
    },
    outcome: "NZ011",
    without: rewrite("most_saved_views()", "100", "101"),
  },
  {
    law: "two of a person have not the same name",
    by: () => above.session,
    attempt: (run) => keep(run, above.userId, { name: "自用" }),
    outcome: "23505",
    without: "DROP INDEX saved_views_own",
  },
  {
    law: "a name is one line of sixty characters",
    by: () => above.session,
    attempt: (run) => keep(run, above.userId, { name: "长".repeat(61) }),
    outcome: "23514",
    without: "ALTER TABLE saved_views DROP CONSTRAINT view_name",
  },
  {
    law: "of a removed one nothing is kept",
    by: () => above.session,
    role: "owner",
    attempt: async (run) => {
      await run(
        "UPDATE saved_views SET version = version + 1, removed_at = now(), name = '' WHERE id = $1",
        [kept],
      );
    },
    outcome: "23514",
    without: "ALTER TABLE saved_views DROP CONSTRAINT view_removed",
  },
];

testLaws(database, () => f, [...readers, ...writers, ...laws]);
