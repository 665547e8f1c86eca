import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { seedDemo, type DemoCounts } from "./demo";
import { seedReference } from "./reference";

const database = await testDatabase();
const owner = new pg.Client({ connectionString: database.ownerUrl });
let counts: DemoCounts;

async function rows(text: string): Promise<Record<string, unknown>[]> {
  return (await owner.query<Record<string, unknown>>(text)).rows;
}

beforeAll(async () => {
  await owner.connect();
  await seedReference(owner);
  await owner.query("BEGIN");
  const begun = performance.now();
  counts = await seedDemo(owner);
  console.log("written", performance.now() - begun);
  await owner.query("COMMIT");
  console.log("committed", performance.now() - begun, counts);
}, 120_000);
afterAll(() => owner.end());

test("about six thousand records, none in 2024, all labelled as demo", async () => {
  expect(counts.records).toBeGreaterThan(5_500);
  expect(counts.records).toBeLessThan(7_500);
  expect(
    await rows("SELECT DISTINCT fiscal_year AS year, origin FROM disbursements ORDER BY 1"),
  ).toEqual([2023, 2025, 2026].map((year) => ({ year, origin: "DEMO" })));
  console.table(
    await rows(
      "SELECT status, entry_kind, count(*)::int FROM disbursements GROUP BY 1,2 ORDER BY 1,2",
    ),
  );
});
