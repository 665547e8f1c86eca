import { beforeAll } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const { lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;
/** A reviewer of the prefecture above the clerk's county. */
let above: TestPerson;
let kept = "";

type Row = { author: string; place?: string; version?: number; source?: number | null };
const BODY = JSON.stringify({ title: "简报", paragraphs: [] });
const inserted = (run: Run, { author, place = "630123", version = 2, source = null }: Row) =>
  run(
    `INSERT INTO narrative_texts (organisation_id, year, lang, version, author_id, how, source, body, seq, as_of)
     SELECT id, 2026, 'zh-CN', $2, $3, CASE WHEN $4::int IS NULL THEN 'EDITED' ELSE 'RESTORED' END, $4, $5::jsonb, 1, now()
     FROM organisations WHERE code = $1 RETURNING id::text`,
    [place, version, author, source, BODY],
  );

/** With its entry, as the application keeps one. */
async function save(run: Run, row: Row) {
  const [made] = await inserted(run, row);
  await run("SELECT guard.append_audits('{narrative.save}', ARRAY[$1], '{\"{}\"}')", [
    made?.["id"],
  ]);
}

beforeAll(async () => {
  f = await lawFixture(actors);
  above = await actors.reviewer("630100");
  const owner: Run = async (text, values) =>
    (await actors.owner.query<Record<string, unknown>>(text, values)).rows;
  const [made] = await inserted(owner, { author: f.clerk.userId, version: 1 });
  kept = String(made?.["id"]);
}, 120_000);

const found = async (run: Run) =>
  (await run("SELECT FROM narrative_texts WHERE id = $1", [kept])).length > 0 ? "found" : "nothing";

const UNREAD = "DROP POLICY read_scope ON narrative_texts";
const OPEN = `${UNREAD}; DROP POLICY author_writes ON narrative_texts;
  CREATE POLICY anybody ON narrative_texts FOR ALL TO nuanzhang_app USING (true) WITH CHECK (true)`;

const readers: Law<LawFixture>[] = [
  ...(
    [
      ["whoever works in the county", () => f.clerk.session],
      ["a reviewer above it", () => above.session],
      ["the province", () => f.province.session],
      ["an auditor", () => f.auditor.session],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} reads its briefs`,
    by,
    attempt: found,
    outcome: "found",
    without: UNREAD,
    then: "nothing",
  })),
  ...(
    [
      ["a clerk of another county", () => f.stranger.session],
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
];

const writers: Law<LawFixture>[] = [
  {
    law: "whoever works in the county, or above it, writes the next version",
    by: () => f.clerk.session,
    attempt: async (run) => {
      await save(run, { author: f.clerk.userId });
      return "saved";
    },
    outcome: "saved",
    without: "DROP POLICY author_writes ON narrative_texts",
    then: "42501",
  },
  {
    law: "a clerk of another county writes none of it",
    by: () => f.stranger.session,
    attempt: (run) => save(run, { author: f.stranger.userId }),
    outcome: "42501",
    without: OPEN,
  },
  {
    law: "an auditor writes none",
    by: () => f.auditor.session,
    attempt: (run) => save(run, { author: f.auditor.userId }),
    outcome: "42501",
    without: OPEN,
  },
  {
    law: "nobody writes under another's name",
    by: () => f.clerk.session,
    attempt: (run) => save(run, { author: f.colleague.userId }),
    outcome: "42501",
    without: OPEN,
  },
  {
    law: "no version is saved without its entry",
    by: () => f.clerk.session,
    attempt: async (run) => void (await inserted(run, { author: f.clerk.userId })),
    outcome: "NZ008",
    without: "DROP TRIGGER audited ON narrative_texts",
  },
];

const versions: Law<LawFixture>[] = [
  {
    law: "a version is not passed over",
    by: () => f.clerk.session,
    attempt: (run) => save(run, { author: f.clerk.userId, version: 3 }),
    outcome: "NZ006",
    without: "DROP TRIGGER before_change ON narrative_texts",
  },
  {
    law: "nor is there one twice",
    by: () => f.clerk.session,
    attempt: (run) => save(run, { author: f.clerk.userId, version: 1 }),
    outcome: "NZ006",
    without: "DROP TRIGGER before_change ON narrative_texts",
    then: "23505",
  },
  {
    law: "a version is made of an earlier one",
    by: () => f.clerk.session,
    attempt: (run) => save(run, { author: f.clerk.userId, source: 2 }),
    outcome: "23514",
    without: "ALTER TABLE narrative_texts DROP CONSTRAINT text_source",
  },
  {
    law: "what was saved is never changed",
    by: () => f.clerk.session,
    role: "owner",
    attempt: async (run) => void (await run("UPDATE narrative_texts SET seq = 2 WHERE id = $1", [kept])), // prettier-ignore
    outcome: "NZ004",
    without: "DROP TRIGGER append_only ON narrative_texts",
  },
  {
    law: "nor by the application",
    by: () => f.clerk.session,
    attempt: async (run) => void (await run("UPDATE narrative_texts SET seq = 2 WHERE id = $1", [kept])), // prettier-ignore
    outcome: "42501",
    without: "GRANT UPDATE ON narrative_texts TO nuanzhang_app",
  },
];

testLaws(database, () => f, [...readers, ...writers, ...versions]);
