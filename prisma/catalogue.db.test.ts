import { beforeAll } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { LawFixture } from "@/testing/law-fixture";
import { rewrite, testLaws, type Law, type Run } from "@/testing/laws";

const database = await testDatabase();
const { auditedAs, dropTrigger, lawFixture } = await import("@/testing/law-fixture");
const actors = testActors(database);
let f: LawFixture;

beforeAll(async () => {
  f = await lawFixture(actors);
  await actors.owner.query(
    `INSERT INTO campaigns (code, name_zh, name_en, organisation_id, programme_id, starts_on, ends_on)
     SELECT 'autumn-fair', '秋招', 'Autumn Fair', o.id, p.id, '2026-08-01', '2027-01-31'
     FROM organisations o, programmes p WHERE o.code = '630000' AND p.code = 'golden-autumn'`,
  );
  await actors.owner.query("BEGIN");
  await actors.owner.query("SET LOCAL session_replication_role = replica");
  await actors.owner.query(
    `UPDATE disbursements SET campaign_id = (SELECT id FROM campaigns WHERE code = 'autumn-fair') WHERE id = $1`,
    [f.draft],
  );
  await actors.owner.query("COMMIT");
});

const admin = () => f.admin.session;
const province = () => f.province.session;

/** One change of one row, with its entry in the audit. */
const changed = (table: string, set: string, code: string, subject: string) => async (run: Run) => {
  const rows = await run(
    `UPDATE ${table} SET version = version + 1, ${set} WHERE code = $1 RETURNING code`,
    [code],
  );
  if (rows.length === 0) return "untouched";
  await auditedAs(run, `${subject}.update`, String(rows[0]?.["code"]));
  return "written";
};

const LISTS = [
  ["programmes", "golden-autumn", "programme"],
  ["aid_categories", "education", "aid-category"],
  ["fund_sources", "county-union", "fund-source"],
  ["recipient_kinds", "needy-worker-children", "recipient-kind"],
  ["campaigns", "autumn-fair", "campaign"],
  ["export_maps", "cool-summer-table", "export-map"],
] as const;

const ofLists = LISTS.flatMap(([table, code, subject]): Law<LawFixture>[] => [
  {
    law: `what figures were made with keeps its code: ${table}`,
    by: admin,
    attempt: changed(table, "code = 'another'", code, subject),
    outcome: "NZ004",
    without: dropTrigger("keeps_code", table),
    then: "written",
  },
  {
    law: `nobody but an administrator changes ${table}`,
    by: province,
    attempt: changed(table, "name_en = 'Another'", code, subject),
    outcome: "untouched",
    without: `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
    then: "written",
  },
  {
    law: `nobody but an administrator invents a code: ${table}`,
    by: province,
    attempt: async (run) => {
      await run(
        `INSERT INTO ${table} SELECT (jsonb_populate_record(x, '{"id": 29, "code": "invented"}')).* FROM ${table} x
         WHERE code = $1`,
        [code],
      );
      await auditedAs(run, `${subject}.create`, "invented");
    },
    outcome: "42501",
    without: `ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`,
  },
  {
    law: `nothing is changed in ${table} without an entry`,
    by: admin,
    attempt: async (run) => {
      await run(`UPDATE ${table} SET version = version + 1 WHERE code = $1`, [code]);
    },
    outcome: "NZ008",
    without: dropTrigger("audited", table),
  },
]);

const meanings: Law<LawFixture>[] = [
  {
    law: "a programme with records does not leave the relief totals",
    by: admin,
    attempt: changed("programmes", "contributory = true", "golden-autumn", "programme"),
    outcome: "NZ004",
    without: rewrite("code_in_use(text,text)", "WHEN 'programmes' THEN", "WHEN 'none' THEN"),
    then: "written",
  },
  {
    law: "a source with records does not lose its limit",
    by: admin,
    attempt: changed(
      "fund_sources",
      "earmarked = NOT earmarked",
      "central-treasury",
      "fund-source",
    ),
    outcome: "NZ004",
    without: dropTrigger("keeps_meaning", "fund_sources"),
    then: "written",
  },
  {
    law: "a campaign with records stays with its programme",
    by: admin,
    attempt: changed(
      "campaigns",
      "programme_id = (SELECT id FROM programmes WHERE code = 'cool-summer')",
      "autumn-fair",
      "campaign",
    ),
    outcome: "NZ004",
    without: dropTrigger("keeps_meaning", "campaigns"),
    then: "written",
  },
  {
    law: "a campaign does not end before it begins",
    by: admin,
    attempt: changed("campaigns", "ends_on = '2026-07-31'", "autumn-fair", "campaign"),
    outcome: "23514",
    without: "ALTER TABLE campaigns DROP CONSTRAINT days_in_order",
    then: "written",
  },
];

const rule = (text: string) => async (run: Run) => {
  const [row] = await run(`${text} RETURNING id::text`);
  if (!row) return "untouched";
  await auditedAs(run, "approval-rule.update", String(row["id"]));
  return "written";
};

const rules: Law<LawFixture>[] = [
  {
    law: "an approval rule does not move to another place",
    by: admin,
    attempt: rule(
      `UPDATE approval_rules SET organisation_id = (SELECT id FROM organisations WHERE code = '630123')
       WHERE organisation_id IS NULL AND step = 2`,
    ),
    outcome: "NZ004",
    without: dropTrigger("keeps_place", "approval_rules"),
    then: "written",
  },
  {
    law: "two rules in use do not contradict each other",
    by: admin,
    attempt: rule(
      "INSERT INTO approval_rules (min_amount_fen, step, level) VALUES (0, 1, 'PROVINCE')",
    ),
    outcome: "23505",
    without: "DROP INDEX approval_rules_once_idx",
    then: "written",
  },
  {
    law: "nobody but an administrator says how many approvals are needed",
    by: province,
    attempt: rule("UPDATE approval_rules SET active = false WHERE step = 2"),
    outcome: "untouched",
    without: "ALTER TABLE approval_rules DISABLE ROW LEVEL SECURITY",
    then: "written",
  },
];

const threshold = (text: string) => async (run: Run) => {
  const [row] = await run(`${text} RETURNING id::text`);
  if (!row) return "untouched";
  await auditedAs(run, "finding-threshold.update", String(row["id"]));
  return "written";
};
const EVERYWHERE = "threshold = 'duplicate-days' AND year IS NULL AND organisation_id IS NULL";

const thresholds: Law<LawFixture>[] = [
  {
    law: "a threshold does not become one of another year",
    by: admin,
    attempt: threshold(`UPDATE finding_thresholds SET year = 2026 WHERE ${EVERYWHERE}`),
    outcome: "NZ004",
    without: dropTrigger("keeps_place", "finding_thresholds"),
    then: "written",
  },
  {
    law: "what holds everywhere is not taken out of use",
    by: admin,
    attempt: threshold(`UPDATE finding_thresholds SET active = false WHERE ${EVERYWHERE}`),
    outcome: "23514",
    without: "ALTER TABLE finding_thresholds DROP CONSTRAINT holds_somewhere",
    then: "written",
  },
  {
    law: "two thresholds in use do not contradict each other",
    by: admin,
    attempt: threshold(
      "INSERT INTO finding_thresholds (threshold, value) VALUES ('duplicate-days', 9)",
    ),
    outcome: "23505",
    without: "DROP INDEX finding_thresholds_once_idx",
    then: "written",
  },
  {
    law: "a threshold stays within its range",
    by: admin,
    attempt: threshold(`UPDATE finding_thresholds SET value = 61 WHERE ${EVERYWHERE}`),
    outcome: "23514",
    without: "ALTER TABLE finding_thresholds DROP CONSTRAINT value_in_range",
    then: "written",
  },
  {
    law: "nobody but an administrator says from where on the checks ask",
    by: province,
    attempt: threshold(`UPDATE finding_thresholds SET value = 60 WHERE ${EVERYWHERE}`),
    outcome: "untouched",
    without: "ALTER TABLE finding_thresholds DISABLE ROW LEVEL SECURITY",
    then: "written",
  },
];

const maps: Law<LawFixture>[] = [
  {
    law: "a table that is handed out has its heads",
    by: admin,
    attempt: changed("export_maps", "headings = '{项目,\"\"}'", "cool-summer-table", "export-map"),
    outcome: "23514",
    without: "ALTER TABLE export_maps DROP CONSTRAINT headed",
    then: "written",
  },
];

testLaws(database, () => f, [...ofLists, ...meanings, ...rules, ...thresholds, ...maps]);
