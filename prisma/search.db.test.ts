import { beforeAll, describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { pinyinInitials } from "@/lib/kernel/pinyin-initials";
import { parseAmount } from "@/lib/kernel/amount-reading";
import { testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const { lawFixture } = await import("@/testing/law-fixture");
const { as, approvedRecord } = await import("@/testing/records");
const { figuresOf } = await import("@/lib/features/figures/queries");
const { resolveFilter } = await import("@/lib/features/filter/queries");
const { listDisbursements } = await import("@/lib/features/ledger/queries");
const { findRecords } = await import("@/lib/features/search/queries");
const { getReference } = await import("@/lib/features/reference/queries");
const actors = testActors(database);
let f: LawFixture;
let admin: TestPerson;
let county: number;

/** What stands in notes, and what somebody might look for. */
const NOTES = [
  "慰问一线职工，米面油",
  "慰问一线环卫职工 Rice & Oil",
  "a_b%c\\d 'quoted' \"twice\"",
  "矿难",
  "矿难矿难矿",
  "难矿，𠮷野家",
  "ÄÖÜ straße И",
  "12",
  "第99批\n次行",
  "端午慰问（第二批）·城东［补］",
  "全角ＡＢＣ１２３，总工会—省级",
];
const WORDS = [
  ...["矿", "矿难", "难矿", "矿难矿", "油", "一线职工", "慰问一线", "一线 慰问", "慰问 油", "𠮷"],
  ...["rice", "RICE", "i", "&", "_", "%", "a_b", "%c", "\\", "'", "''", '"', "c\\d", "'quoted'"],
  ...[
    "äöü",
    "и",
    "ße",
    "𠮷野",
    "野家",
    "12",
    "2",
    "99",
    "第",
    "第9",
    "批次",
    "次行",
    "湟源",
    "湟源 矿",
  ],
  ...[
    "（第二批）",
    "(第二批)",
    "〔第二批〕",
    "·城东",
    "．城东",
    "[补]",
    "abc123",
    "ＡＢＣ",
    "-省级",
    "，总",
  ],
  ...["153900", "15.39万", "153,900.00", "湟源 15.39万元", "153901", "630123-2026-1"],
  ...["hy", "HY", "gh", "hyx", "jqzx", "zgh", "hy 矿", "jqzx hy 油", "xn"],
  ...[
    "县级工会",
    "县总",
    "省财政",
    "treasury 慰问",
    "中央 财政",
    "省财政 矿难",
    "财政 拨付",
    "szc",
    "jcxz 油",
    "基层 12",
  ],
  ...["帮扶", "aid", "A", "630123-2026-000012", "没有的", "慰问\u0001油", "工 2"],
];
/** By the county's two sources, by none of them, by one of each. */
const PAID = [
  {},
  { shares: [{ fundSource: "employer", amountFen: "15390000" }] },
  {
    shares: [
      { fundSource: "provincial-treasury", amountFen: "5390000" },
      { fundSource: "county-union", amountFen: "10000000" },
    ],
  },
];
const FILTERS = [
  {},
  { year: 2026, status: ["draft" as const] },
  { month: 8, form: ["transfer" as const], aidCategory: ["education"] },
  { org: "630100", recipientKind: ["needy-worker-children"] },
  { prefecture: "630000", programme: ["golden-autumn"] },
  { fundSource: ["donation", "county-union"] },
  { campaign: ["second-batch"] },
  { campaign: ["none"], year: 2026 },
];

beforeAll(async () => {
  f = await lawFixture(actors);
  admin = await actors.admin();
  const { owner } = actors;
  await owner.query("SET session_replication_role = replica");
  await owner.query("UPDATE disbursements SET note = '塌方慰问' WHERE id = $1", [f.draft]);
  await owner.query("SET session_replication_role = DEFAULT");
  const { rows } = await owner.query<{ county_id: number }>(
    "SELECT county_id FROM disbursements WHERE id = $1",
    [f.draft],
  );
  county = rows[0]?.county_id ?? 0;
  await owner.query(
    `INSERT INTO campaigns (code, name_zh, name_en, organisation_id, programme_id, starts_on, ends_on)
     SELECT 'second-batch', 'zzz', 'zzz', o.id, p.id, '2026-01-01', '2026-12-31'
     FROM organisations o, programmes p WHERE o.code = '630000' AND p.code = 'golden-autumn'`,
  );
  const clerks = [f.clerk, f.stranger, await actors.clerk("630100"), await actors.clerk("630000")];
  for (const [at, note] of NOTES.entries()) {
    const clerk = clerks[at % clerks.length] ?? f.clerk;
    const paid = PAID[at % PAID.length];
    await as(clerk).create({ note, campaign: at % 2 === 0 ? "second-batch" : null, ...paid });
    await approvedRecord(clerk, f.province, {
      note: `${note} ${at}`,
      amountFen: "15390000",
      ...paid,
    });
  }
}, 120_000);

type Asked = { words?: string; numbers?: string; within?: string; most?: number };

/** "nothing", or a word that says how much the answer gave away. */
async function found(run: Run, { words = "{}", numbers = "{}", within = "{}", most = 9 }: Asked) {
  const [row] = await run(
    "SELECT guard.found_records($1::text[], $2::bigint[], $3::text[], $4)::text AS ids",
    [words, numbers, within, most],
  );
  if (row?.["ids"] === null) return "more than that";
  return row?.["ids"] === `{${f.draft}}` ? "found" : row?.["ids"] === "{}" ? "nothing" : "else";
}

async function summed(run: Run) {
  const rows = await run(
    "SELECT sum(records) AS n FROM guard.found_figures('{塌方}', $1::bigint[], '{}', '{}') HAVING count(*) > 0",
    [`{${f.draft}}`],
  );
  return rows.length === 0 ? "nothing" : "summed";
}

/** The reader's reach is where a search meets another county's records, or does not. */
const everywhere = `CREATE OR REPLACE FUNCTION guard.reads_everything() RETURNS boolean
  LANGUAGE sql STABLE AS 'SELECT true'`;
const stranger = { by: () => f.stranger.session, outcome: "nothing", without: everywhere };

const laws: Law<LawFixture>[] = [
  {
    ...stranger,
    law: "a word of another county's record finds nothing",
    attempt: (run) => found(run, { words: "{塌方}" }),
    then: "found",
  },
  {
    ...stranger,
    law: "nor a character of it",
    attempt: (run) => found(run, { words: "{塌}" }),
    then: "found",
  },
  {
    ...stranger,
    law: "nor a source of money that a share of it comes from",
    attempt: (run) => found(run, { words: "{塌方,县财政}" }),
    then: "found",
  },
  {
    ...stranger,
    law: "nor the record's number",
    attempt: (run) => found(run, { words: "{塌方}", numbers: `{${f.draft}}` }),
    then: "found",
  },
  {
    ...stranger,
    law: "nor asking within the other county",
    attempt: (run) => found(run, { words: "{塌方}", within: `{k${county}}` }),
    then: "found",
  },
  {
    ...stranger,
    law: "that there is one cannot be learnt from the limit",
    attempt: (run) => found(run, { words: "{塌方}", most: 0 }),
    then: "more than that",
  },
  { ...stranger, law: "what it comes to is not summed", attempt: summed, then: "summed" },
  {
    ...stranger,
    law: "without a session a search finds nothing",
    by: () => null,
    attempt: (run) => found(run, { words: "{塌方}" }),
    then: "found",
  },
  {
    ...stranger,
    law: "an administrator finds no records",
    by: () => admin.session,
    attempt: (run) => found(run, { words: "{塌方}" }),
    then: "found",
  },
  ...(
    [
      "found_records(text[],bigint[],text[],int,bigint[],text[])",
      "found_figures(text[],bigint[],text[],text[],bigint[],text[])",
    ] as const
  ).map(
    // prettier-ignore
    (guard): Law<LawFixture> => ({
      law: `who signs people in does not search: ${guard}`,
      role: "sign-in",
      by: () => f.clerk.session,
      attempt: guard.startsWith("found_records")
        ? (run) => found(run, { words: "{塌方}" })
        : summed,
      outcome: "42501",
      without: `GRANT EXECUTE ON FUNCTION guard.${guard} TO nuanzhang_sign_in`,
      then: guard.startsWith("found_records") ? "found" : "summed",
    }),
  ),
];

testLaws(database, () => f, laws);

/** Once more, in plain lines: wide and narrow, brackets, dots and dashes of every kind are alike. */
const folded = (text: string) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[〔[]/g, "(")
    .replace(/[〕\]]/g, ")")
    .replace(/[·。]/g, ".")
    .replace(/—/g, "-")
    .replace(/’/g, "'");

/** Once more, by writing out every way to read the name. */
const initialsHold = (name: string, letters: string) =>
  pinyinInitials(name).some((way) =>
    letters.length < 3 ? way.startsWith(letters) : way.includes(letters),
  );

describe("a search", () => {
  test("two letters find a county by its initials, and a word may stand beside them", async () => {
    const asked = async (q: string) => {
      const { items } = await as(f.province).read(({ db, scope }) =>
        listDisbursements({ db, scope, filter: { q, limit: 200 } }),
      );
      return new Set(items.map((r) => r.organisation));
    };
    expect(await asked("hy")).toContain("630123");
    expect(await asked("hy")).not.toContain("630100");
    expect(await asked("HYX 矿难")).toEqual(new Set(["630123"]));
    expect(await asked("hyy")).toEqual(new Set());
  });

  test("a ninth word is refused, not dropped", async () => {
    const asked = (q: string) =>
      as(f.province).read(({ db, scope }) => listDisbursements({ db, scope, filter: { q } }));
    await expect(asked("一 二 三 四 五 六 七 八 九")).rejects.toMatchObject({
      fieldErrors: { q: [{ key: "tooManyWords" }] },
    });
    expect((await asked("一 二 三 四 五 六 七 八")).items).toEqual([]);
  });

  test.each(WORDS)("%j is found wherever it stands, and nowhere else", async (q) => {
    const [{ items }, found, reference] = await as(f.province).read(async ({ db, scope }) => [
      await listDisbursements({ db, scope, filter: { limit: 200 } }),
      await listDisbursements({ db, scope, filter: { q, limit: 200 } }),
      await getReference({ db }),
    ]);
    const named = [...reference.organisations, ...reference.programmes, ...reference.fundSources];
    const nameOf = new Map(named.map((n) => [n.code, `${n.nameZh}\n${n.nameEn}`]));
    const zh = new Map([...named, ...reference.campaigns].map((n) => [n.code, n.nameZh]));
    const zhOf = (code: string | null) => zh.get(code ?? "") ?? "";
    const expected = items.filter((r) =>
      q.split(/[ \u0001]/).every((word) => {
        const sources = r.shares.map((share) => share.fundSource);
        const said = [
          r.note,
          ...[r.organisation, r.programme, ...sources].map((code) => nameOf.get(code)),
        ].join("\n");
        const called =
          r.reference.replace(/-0*/g, "-") === word.replace(/-0*/g, "-") || r.id === word;
        const paid = parseAmount(word);
        const worth =
          /^[¥.]?\d/.test(word) && paid.ok && r.amountFen?.replace("-", "") === paid.fen.toString();
        const read = [r.organisation, r.programme, r.campaign, ...sources]
          .map(zhOf)
          .some((name) => /^[a-z]{2,12}$/i.test(word) && initialsHold(name, word.toLowerCase()));
        return called || worth || read || folded(said).includes(folded(word));
      }),
    );
    expect(items.length).toBeGreaterThan(NOTES.length * 2);
    expect(found.items.map((r) => r.id)).toEqual(expected.map((r) => r.id));
  });

  test.each(WORDS)("of many records the index sums up what the records say: %j", async (q) => {
    for (const filter of FILTERS) {
      const [one, other] = await as(f.province).read(async ({ db, scope }) => {
        const resolved = await resolveFilter({ db, scope, filter });
        const few = await findRecords(db, { q, resolved, most: 1_000 });
        const many = await findRecords(db, { q, resolved, most: -1 });
        expect([few?.set.cells, typeof many?.set.cells]).toEqual([undefined, "object"]);
        return figuresOf(db, [
          { resolved, groupBy: [], ...few?.set },
          { resolved, groupBy: [], ...many?.set },
        ]);
      });
      expect(other, JSON.stringify(filter)).toEqual(one);
    }
  });
});
