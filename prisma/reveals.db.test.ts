import { beforeAll } from "vitest";
import { lawBook } from "@/testing/law-book";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const { database, actors, f, clerk, province } = await lawBook();
const { dropTrigger, without } = await import("@/testing/law-fixture");
const { draftedRoster, rosterLine } = await import("@/testing/rosters");

/** Rosters of one line, of twenty-one, and of fifty-one. */
let one = "";
let many = "";
let most = "";

beforeAll(async () => {
  const roster = async (lines: number) =>
    (await draftedRoster(f.clerk, Array.from({ length: lines }, () => rosterLine(0, { idNumber: null })))).id; // prettier-ignore
  await actors.owner.query(
    "UPDATE sessions SET proven_at = now() - interval '11 minutes' WHERE user_id = $1",
    [f.auditor.userId],
  );
  [one, many, most] = [await roster(1), await roster(21), await roster(51)];
}, 120_000);

type Asked = { fields?: string; reason?: string; words?: string };
const reveal =
  (id: () => string, { fields = "name", reason = "AUDIT", words = "抽查" }: Asked = {}) =>
  async (run: Run) => {
    const rows = await run("SELECT name, account FROM guard.reveal_lines($1, ARRAY[$2], NULL, $3, $4)", [id(), fields, reason, words]); // prettier-ignore
    return rows.some(({ account }) => account !== null)
      ? "more than was asked for"
      : `${rows.length}`;
  };
const REACH = rewrite("reveal_lines(bigint,text[],integer[],text,text)", "AND guard.reads(d.organisation_id)", ""); // prettier-ignore
const limit = (name: string) =>
  `CREATE OR REPLACE FUNCTION guard.${name}() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 100'`;
const reads = (table: string) => async (run: Run) => {
  await run(`SELECT FROM ${table}`);
};

const laws: Law<LawFixture>[] = [
  {
    law: "what was not asked for stays where it is",
    by: province,
    attempt: reveal(() => one),
    outcome: "1",
    without: rewrite("shown_lines(bigint,integer,uuid[],text[],text,text,bigint)", "CASE WHEN 'account' = ANY (p_fields) THEN l.account END", "l.account"), // prettier-ignore
    then: "more than was asked for",
  },
  ...(
    [
      ["another county's clerk", () => f.stranger.session],
      ["an administrator", () => f.admin.session],
    ] as const
  ).map(([who, by]): Law<LawFixture> => ({
    law: `${who} is shown nobody`,
    by,
    attempt: reveal(() => one),
    outcome: "42501",
    without: REACH,
    then: "1",
  })),
  {
    law: "nobody is shown nobody",
    by: () => null,
    attempt: reveal(() => one),
    outcome: "NZ009",
    without: `CREATE OR REPLACE FUNCTION guard.require_session() RETURNS uuid LANGUAGE sql AS $$SELECT min(id::text)::uuid FROM users$$; ${REACH}`,
    then: "1",
  },
  {
    law: "above twenty somebody shows once more that they sit there",
    by: () => f.auditor.session,
    attempt: reveal(() => many),
    outcome: "NZ023",
    without: limit("lines_without_proof"),
    then: "21",
  },
  {
    law: "above fifty nothing is shown",
    by: () => f.auditor.session,
    attempt: reveal(() => most),
    outcome: "NZ021",
    without: `${limit("most_revealed_lines")}; ${limit("lines_without_proof")}`,
    then: "51",
  },
  {
    law: "a reason is one of those there are",
    by: clerk,
    attempt: reveal(() => one, { reason: "CURIOSITY" }),
    outcome: "23514",
    without: without("roster_reveals_reason_check", "roster_reveals"),
    then: "1",
  },
  {
    law: "and names no number",
    by: clerk,
    attempt: reveal(() => one, { words: "639901198001010014" }),
    outcome: "23514",
    without: without("roster_reveals_words_check", "roster_reveals"),
    then: "1",
  },
  {
    law: "fields are those there are",
    by: clerk,
    attempt: reveal(() => one, { fields: "nonce" }),
    outcome: "23514",
    without: without("roster_reveals_fields_check", "roster_reveals"),
    then: "1",
  },
  {
    law: "who was shown what stands for good",
    by: clerk,
    role: "owner",
    attempt: async (run) => {
      await reveal(() => one)(run);
      await run("DELETE FROM roster_reveal_lines");
    },
    outcome: "NZ004",
    without: dropTrigger("append_only", "roster_reveal_lines"),
  },
  {
    law: "a clerk is told no counts",
    by: clerk,
    attempt: async (run) => {
      await run("SELECT * FROM guard.reveal_counts(30)");
    },
    outcome: "42501",
    without: rewrite("reveal_counts(integer,text)", "{ADMIN,AUDITOR}", "{ADMIN,AUDITOR,CLERK}"),
  },
  ...["roster_reveals", "roster_reveal_lines"].map((table): Law<LawFixture> => ({
    law: `${table} is closed to the application`,
    by: clerk,
    attempt: reads(table),
    outcome: "42501",
    without: `GRANT SELECT ON ${table} TO nuanzhang_app`,
  })),
];

testLaws(database, () => f, laws);
