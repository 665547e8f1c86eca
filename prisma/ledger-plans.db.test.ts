import { beforeAll, expect, test } from "vitest";
import type { Sort } from "@/lib/features/filter/types";
import type { Reader } from "@/lib/platform/db";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";

const database = await testDatabase();
const { readAs, sql } = await import("@/lib/platform/db");
const { listDisbursements } = await import("@/lib/features/ledger/queries");
const actors = testActors(database);

type Node = {
  "Node Type": string;
  "Index Name"?: string;
  "Relation Name"?: string;
  "One-Time Filter"?: string;
  Plans?: Node[];
};

/** Enough for a plan to be worth choosing, in every place and year. */
const RECORDS = 40_000;
let province: TestPerson;
let clerk: TestPerson;

beforeAll(async () => {
  province = await actors.province();
  clerk = await actors.clerk("630123");
  const { owner } = actors;
  await owner.query("SET session_replication_role = replica");
  await owner.query(
    `INSERT INTO disbursements (organisation_id, prefecture_id, county_id, fiscal_year, month, paid_on, ledger_on,
       programme_id, form, amount_fen, persons, status, created_by, last_edited_by, updated_at)
     SELECT o.id, o.prefecture_id, o.county_id, extract(year FROM day), extract(month FROM day), day, day,
       p.ids[1 + n % cardinality(p.ids)], 'CASH', CASE WHEN n % 50 > 0 THEN 1 + (n * 7919::bigint) % 9000000 END, 1,
       'DRAFT', $2::uuid, $2::uuid, now() - make_interval(mins => n)
     FROM generate_series(1, $1::int) AS n
     CROSS JOIN LATERAL (SELECT date '2024-01-01' + (n * 37) % 1000 AS day) AS days
     CROSS JOIN (SELECT array_agg(id ORDER BY id) AS ids FROM programmes) AS p
     JOIN (SELECT o.id, row_number() OVER (ORDER BY o.id) - 1 AS at, count(*) OVER () AS all_of,
         (SELECT c.ancestor_id FROM organisation_closure c JOIN organisations a ON a.id = c.ancestor_id
          WHERE c.descendant_id = o.id AND a.kind IN ('PREFECTURE', 'PROVINCE') ORDER BY a.kind LIMIT 1) AS prefecture_id,
         CASE WHEN o.kind = 'COUNTY' THEN o.id END AS county_id
       FROM organisations o) AS o ON o.at = n % o.all_of`,
    [RECORDS, clerk.userId],
  );
  await owner.query("SET session_replication_role = DEFAULT");
  await owner.query("ANALYZE disbursements");
}, 120_000);

/** Without what is read only where the rest does not fill the page: records without an amount. */
const below = (node: Node): Node[] =>
  "One-Time Filter" in node ? [] : [node, ...(node.Plans ?? []).flatMap(below)];

/** How the page of a ledger is read: its plan, without a clock. */
async function planOf(person: TestPerson, filter: object): Promise<Node[]> {
  const plans: Node[] = [];
  await readAs(person.session, async ({ db, scope }) => {
    const looking: Reader = {
      async rows<T>(query: Parameters<Reader["rows"]>[0], planned?: "once") {
        if (query.text.includes(" AS place ")) {
          const [row] = await db.rows<{ "QUERY PLAN": { Plan: Node }[] }>(
            sql`EXPLAIN (FORMAT JSON, COSTS OFF) ${query}`,
          );
          plans.push(...(row?.["QUERY PLAN"].map(({ Plan }) => Plan) ?? []));
        }
        return db.rows<T>(query, planned);
      },
    };
    await listDisbursements({ db: looking, scope, filter });
  });
  const [plan] = plans;
  if (!plan) throw new Error("no page was read");
  return below(plan);
}

const indexesOf = (nodes: Node[]) => [
  ...new Set(
    nodes
      .filter((node) => node["Relation Name"] === "disbursements")
      .map((node) => node["Index Name"] ?? node["Node Type"]),
  ),
];
/** Whether the records below a node are read without a LIMIT between. */
const readsAll = (node: Node): boolean =>
  node["Node Type"] !== "Limit" &&
  !("One-Time Filter" in node) &&
  (node["Relation Name"] === "disbursements" || (node.Plans ?? []).some(readsAll));
/** A page may be sorted once it is found; what is sorted before was read to its end. */
const fullSorts = (nodes: Node[]) =>
  nodes.filter((node) => /Sort$/.test(node["Node Type"]) && readsAll(node));

const YEAR = { year: 2025 };
const COUNTY = { org: "630123" };
const CASES: [sort: Sort, filter: object, index: string][] = [
  ["-ledgerOn", {}, "disbursements_ledger_on_id_idx"],
  ["ledgerOn", {}, "disbursements_ledger_on_id_idx"],
  ["-ledgerOn", YEAR, "disbursements_fiscal_year_ledger_on_id_idx"],
  ["-ledgerOn", COUNTY, "disbursements_county_id_ledger_on_id_idx"],
  ["ledgerOn", { ...COUNTY, ...YEAR }, "disbursements_county_id_fiscal_year_ledger_on_id_idx"],
  ["-amountFen", {}, "disbursements_amount_fen_id_idx"],
  ["amountFen", {}, "disbursements_amount_fen_id_idx"],
  ["-updatedAt", {}, "disbursements_updated_at_id_idx"],
  ["updatedAt", {}, "disbursements_updated_at_id_idx"],
  ["organisation", {}, "disbursements_organisation_id_ledger_on_id_idx"],
  ["-organisation", YEAR, "disbursements_organisation_id_fiscal_year_ledger_on_id_idx"],
];

test.each(CASES)("the ledger by %s of %o reads its page out of %s", async (sort, filter, index) => {
  const nodes = await planOf(province, { ...filter, sort });
  expect(indexesOf(nodes)).toEqual([index]);
  expect(fullSorts(nodes)).toEqual([]);
});

test("a clerk's own ledger reads a page of the county's index", async () => {
  const nodes = await planOf(clerk, {});
  expect(indexesOf(nodes)).toEqual(["disbursements_county_id_ledger_on_id_idx"]);
  expect(fullSorts(nodes)).toEqual([]);
});
