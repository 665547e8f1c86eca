import { beforeAll } from "vitest";
import { SHIPPED } from "@/lib/features/layouts/labels";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const { lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;
/** One that stands, and one that was removed. */
let kept = "";
let gone = "";

const bodyOf = (title: string) =>
  JSON.stringify({ ...SHIPPED["cool-summer"], title: { zh: title, en: "" } });
const INSERT = `INSERT INTO report_layouts (organisation_id, title, body, author_id)
  VALUES ((SELECT id FROM organisations WHERE code = $1), $2, $3::jsonb, $4) RETURNING id::text`;

type Row = { author: string; title?: string; place?: string; body?: string };
const inserted = (run: Run, { author, title = "新表", place = "630000", body }: Row) =>
  run(INSERT, [place, title, body ?? bodyOf(title), author]);

/** With its entry, as the application keeps one. */
async function draw(run: Run, row: Row) {
  const [made] = await inserted(run, row);
  await run("SELECT guard.append_audits('{layout.create}', ARRAY[$1], '{\"{}\"}')", [made?.["id"]]);
}

beforeAll(async () => {
  f = await lawFixture(actors);
  const owner: Run = async (text, values) =>
    (await actors.owner.query<Record<string, unknown>>(text, values)).rows;
  const author = f.province.userId;
  kept = String((await inserted(owner, { author, title: "在用" }))[0]?.["id"]);
  gone = String((await inserted(owner, { author, title: "不用" }))[0]?.["id"]);
  await owner("UPDATE report_layouts SET version = version + 1, removed_at = now() WHERE id = $1", [
    gone,
  ]);
}, 120_000);

const found = async (run: Run) =>
  (await run("SELECT FROM report_layouts WHERE id = $1", [kept])).length > 0 ? "found" : "nothing";
const touched =
  (what: string, id = () => kept) =>
  async (run: Run) => {
    const rows = await run(
      `UPDATE report_layouts SET version = version + 1, ${what} WHERE id = $1 RETURNING 1`,
      [id()],
    );
    if (rows.length === 0) return "nothing";
    await run("SELECT guard.append_audits('{layout.update}', ARRAY[$1], '{\"{}\"}')", [id()]);
    return "touched";
  };

const UNREAD = "DROP POLICY read_below ON report_layouts";
const OPEN = `${UNREAD}; DROP POLICY province_draws ON report_layouts; DROP POLICY province_changes ON report_layouts;
  CREATE POLICY anybody ON report_layouts FOR ALL TO nuanzhang_app USING (true) WITH CHECK (true)`;
const NO_TRIGGER = "DROP TRIGGER before_change ON report_layouts";
const RENAMED = `body = jsonb_set(body, '{title,zh}', '"改"'), title = '改'`;

const readers: Law<LawFixture>[] = [
  ...(
    [
      ["a clerk of a county", () => f.clerk.session],
      ["the province", () => f.province.session],
      ["an auditor", () => f.auditor.session],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} reads the province's forms`,
    by,
    attempt: found,
    outcome: "found",
    without: UNREAD,
    then: "nothing",
  })),
  ...(
    [
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
    law: "the province changes its form",
    by: () => f.province.session,
    attempt: touched(RENAMED),
    outcome: "touched",
    without: "DROP POLICY province_changes ON report_layouts",
    then: "nothing",
  },
  ...(
    [
      ["a clerk", () => f.clerk.session],
      ["an auditor", () => f.auditor.session],
    ] as const
  ).map(([who, by]) => ({
    law: `${who} reads it and does not change it`,
    by,
    attempt: touched(RENAMED),
    outcome: "nothing",
    without: OPEN,
    then: "touched",
  })),
  {
    law: "a clerk draws none for the province",
    by: () => f.clerk.session,
    attempt: (run) => draw(run, { author: f.clerk.userId }),
    outcome: "42501",
    without: OPEN,
  },
  {
    law: "a clerk draws none for the county either",
    by: () => f.clerk.session,
    attempt: (run) => draw(run, { author: f.clerk.userId, place: "630123" }),
    outcome: "42501",
    without: OPEN,
  },
  {
    law: "nobody draws in another's name",
    by: () => f.province.session,
    attempt: (run) => draw(run, { author: f.clerk.userId }),
    outcome: "42501",
    without: OPEN,
  },
  {
    law: "nobody deletes one",
    by: () => f.province.session,
    attempt: async (run) => {
      await run("DELETE FROM report_layouts WHERE id = $1", [kept]);
    },
    outcome: "42501",
    without: "GRANT DELETE ON report_layouts TO nuanzhang_app",
  },
  {
    law: "none changes without its entry",
    by: () => f.province.session,
    attempt: async (run) => {
      await run(`UPDATE report_layouts SET version = version + 1, ${RENAMED} WHERE id = $1`, [
        kept,
      ]);
    },
    outcome: "NZ008",
    without: "DROP TRIGGER audited ON report_layouts",
  },
];

const laws: Law<LawFixture>[] = [
  {
    law: "a version is not passed over",
    by: () => f.province.session,
    attempt: async (run) => {
      await run("UPDATE report_layouts SET version = version + 2 WHERE id = $1", [kept]);
      await run("SELECT guard.append_audits('{layout.update}', ARRAY[$1], '{\"{}\"}')", [kept]);
    },
    outcome: "NZ006",
    without: NO_TRIGGER,
  },
  {
    law: "it is not given to somebody else",
    by: () => f.province.session,
    attempt: (run) => touched(`author_id = '${f.clerk.userId}'`)(run),
    outcome: "NZ004",
    without: NO_TRIGGER,
    then: "touched",
  },
  {
    law: "what was removed does not come back",
    by: () => f.province.session,
    role: "owner",
    attempt: async (run) => {
      await run(
        "UPDATE report_layouts SET version = version + 1, removed_at = NULL WHERE id = $1",
        [gone],
      );
    },
    outcome: "NZ004",
    without: NO_TRIGGER,
  },
  {
    law: "a province keeps a hundred at most",
    by: () => f.province.session,
    role: "owner",
    attempt: async (run) => {
      await run(
        `INSERT INTO report_layouts (organisation_id, title, body, author_id)
         SELECT (SELECT id FROM organisations WHERE code = '630000'), 't' || n,
           jsonb_build_object('schema', 1, 'blocks', '[]'::jsonb, 'title', jsonb_build_object('zh', 't' || n)), $1
         FROM generate_series(1, 100) AS n`,
        [f.province.userId],
      );
    },
    outcome: "NZ011",
    without: rewrite("most_layouts()", "100", "101"),
  },
  {
    law: "two of a province have not the same title",
    by: () => f.province.session,
    attempt: (run) => draw(run, { author: f.province.userId, title: "在用" }),
    outcome: "23505",
    without: "DROP INDEX report_layouts_titled",
  },
  {
    law: "the title that is kept is that of the form",
    by: () => f.province.session,
    attempt: (run) => draw(run, { author: f.province.userId, title: "甲", body: bodyOf("乙") }),
    outcome: "23514",
    without: "ALTER TABLE report_layouts DROP CONSTRAINT layout_title",
  },
  {
    law: "a form says of which schema it is",
    by: () => f.province.session,
    attempt: (run) =>
      draw(run, {
        author: f.province.userId,
        title: "丙",
        body: JSON.stringify({ title: { zh: "丙" }, blocks: [] }),
      }),
    outcome: "23514",
    without: "ALTER TABLE report_layouts DROP CONSTRAINT layout_body",
  },
];

testLaws(database, () => f, [...readers, ...writers, ...laws]);
