import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { approvedRecord, as } from "@/testing/records";
import { readDashboard } from "@/lib/features/dashboard/queries";
import { readPlaces } from "@/lib/features/filter/queries";
import { explainAndCheck, listDisbursements } from "@/lib/features/ledger/queries";
import { getReference } from "@/lib/features/reference/queries";
import { listReviewQueue } from "@/lib/features/review/queries";
import { getWorkbench } from "@/lib/features/workbench/queries";
import type { ReadContext } from "@/lib/platform/db";

/** How often a page goes to the database: each statement waits for the one before it. */

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let reviewer: TestPerson;
let province: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
  province = await actors.province();
  await approvedRecord(clerk, reviewer);
  await as(clerk).submit(await as(clerk).create({ paidOn: "2026-08-02" }));
});

/** Statements of one snapshot, with its BEGIN and COMMIT. */
async function trips(
  person: TestPerson,
  work: (context: ReadContext & { now: Date }) => Promise<unknown>,
): Promise<number> {
  let count = 2;
  await as(person).read((context) =>
    work({
      ...context,
      db: {
        rows: (query) => {
          count += 1;
          return context.db.rows(query);
        },
      },
    }),
  );
  return count;
}

const year = 2026;
const asked = { year, org: "630000", programme: ["golden-autumn"] };

test("a dashboard with the year before and the balance", async () => {
  const load = async (c: ReadContext) => {
    const { filter } = await readPlaces({ ...c, asked, current: year });
    await readDashboard(c, { filter, today: "2026-11-25", balanceBy: "prefecture" });
  };
  expect(await trips(province, load)).toBe(7);
});

test("a page of the ledger, and of the vouchers behind a figure", async () => {
  expect(await trips(clerk, (c) => listDisbursements({ ...c, filter: { year } }))).toBe(4);
  expect(await trips(province, (c) => listDisbursements({ ...c, filter: asked }))).toBe(5);
  expect(await trips(province, (c) => explainAndCheck({ ...c, filter: asked }))).toBe(6);
});

test("a workbench and a review queue, however much waits", async () => {
  const both = [await trips(clerk, getWorkbench), await trips(province, getWorkbench)];
  expect(both).toEqual([9, 11]);
  const load = async (c: ReadContext & { now: Date }) => [
    await getReference(c),
    await listReviewQueue(c),
  ];
  expect(await trips(reviewer, load)).toBe(6);
});
