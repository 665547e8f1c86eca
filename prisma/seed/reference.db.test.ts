import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/testing/database";
import { ORGANISATIONS, REVIEWED_BY_PREFECTURE } from "@/prisma/seed/data/organisations";
import { FUND_SOURCES } from "@/prisma/seed/data/axes";
import { OPEN_YEARS, seedReference } from "./reference";

const database = await testDatabase();
const owner = new pg.Client({ connectionString: database.ownerUrl });
const TABLES = [
  "organisations",
  "programmes",
  "aid_categories",
  "fund_sources",
  "recipient_kinds",
  "approval_rules",
  "years",
];

async function column<T>(text: string, values: unknown[] = []): Promise<T[]> {
  const { rows } = await owner.query<{ value: T }>(text, values);
  return rows.map((row) => row.value);
}
async function contents(): Promise<string[]> {
  const text = TABLES.map((t) => `SELECT '${t}' || to_jsonb(t)::text AS value FROM ${t} t`);
  return column<string>(`${text.join(" UNION ALL ")} ORDER BY 1`);
}

beforeAll(async () => {
  await owner.connect();
  await seedReference(owner);
});
afterAll(() => owner.end());

test("there are 45 county-level unions under 8 prefectures, every code in its prefecture", async () => {
  const counties = await column<string>(
    "SELECT code AS value FROM organisations WHERE kind = 'COUNTY' ORDER BY code",
  );
  expect(counties).toHaveLength(45);
  expect(new Set(counties).size).toBe(45);
  const perPrefecture = await owner.query<{ code: string; n: number }>(
    `SELECT p.code, count(*)::int AS n FROM organisations c JOIN organisations p ON p.id = c.parent_id
     WHERE c.kind = 'COUNTY' AND left(c.code, 4) || '00' = p.code AND p.kind = 'PREFECTURE'
       AND c.region_code = c.code AND c.path = p.path || c.id || '/'
     GROUP BY p.code ORDER BY p.code`,
  );
  expect(perPrefecture.rows.map((row) => [row.code, row.n])).toEqual([
    ["630100", 7],
    ["630200", 6],
    ["632200", 4],
    ["632300", 4],
    ["632500", 5],
    ["632600", 6],
    ["632700", 6],
    ["632800", 7],
  ]);
});

test("names are distinct, Chinese ones end as unions do, autonomous counties are named in full", () => {
  const zh = ORGANISATIONS.map((o) => o.nameZh);
  const en = ORGANISATIONS.map((o) => o.nameEn);
  expect(new Set(zh).size).toBe(zh.length);
  expect(new Set(en).size).toBe(en.length);
  expect(zh.filter((name) => !/^\p{Script=Han}+工会$/u.test(name))).toEqual([]);
  expect(en.filter((name) => !/ (Federation of Trade Unions|Union)$/.test(name))).toEqual([]);
  expect(zh.filter((name) => name.includes("自治县"))).toEqual([
    "大通回族土族自治县总工会",
    "民和回族土族自治县总工会",
    "互助土族自治县总工会",
    "化隆回族自治县总工会",
    "循化撒拉族自治县总工会",
    "门源回族自治县总工会",
    "河南蒙古族自治县总工会",
  ]);
});

test("industrial unions stand beside the regions, under the province", async () => {
  const codes = await column<string>(
    `SELECT o.code AS value FROM organisations o JOIN organisations p ON p.id = o.parent_id
     WHERE p.code = '630000' AND o.region_code IS NULL AND o.kind = 'INDUSTRIAL_UNION'`,
  );
  expect(codes.length).toBeGreaterThan(2);
});

test("small counties are reviewed by the prefecture, large amounts also by the province", async () => {
  const levels = (code: string, yuan: number) =>
    column<string>(
      `SELECT guard.approval_levels(id, $2::bigint * 100)::text AS value FROM organisations WHERE code = $1`,
      [code, yuan],
    );
  expect(await levels("630123", 499_999)).toEqual(["{COUNTY}"]);
  expect(await levels("630123", 500_000)).toEqual(["{COUNTY,PROVINCE}"]);
  for (const code of REVIEWED_BY_PREFECTURE)
    expect(await levels(code, 500_000)).toEqual(["{PREFECTURE,PROVINCE}"]);
});

test("only mutual medical aid is contributory; a default form is an allowed one", async () => {
  expect(await column<string>("SELECT code AS value FROM programmes WHERE contributory")).toEqual([
    "mutual-medical-aid",
  ]);
  expect(
    await column<string>(
      "SELECT code AS value FROM programmes WHERE NOT default_form = ANY (allowed_forms)",
    ),
  ).toEqual([]);
  expect(
    await column<number>("SELECT year AS value FROM years WHERE status = 'OPEN' ORDER BY year"),
  ).toEqual([...OPEN_YEARS]);
});

test("seeding again changes nothing, and leaves what an administrator changed", async () => {
  await owner.query("UPDATE programmes SET name_zh = '早餐工程' WHERE code = 'love-breakfast'");
  const before = await contents();
  await seedReference(owner);
  expect(await contents()).toEqual(before);
});

test("a source that is there already costs no bit, however often the ledger is started", async () => {
  await owner.query("DELETE FROM fund_sources WHERE code = 'county-treasury'");
  for (let start = 0; start < 3; start += 1) await seedReference(owner);
  const ids = await column<number>("SELECT id AS value FROM fund_sources ORDER BY id");
  expect(Math.max(...ids)).toBeLessThanOrEqual(30);
  expect(new Set(ids).size).toBe(FUND_SOURCES.length);
});
