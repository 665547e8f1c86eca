import { beforeAll, expect, test } from "vitest";
import { addTotals } from "@/lib/features/figures/present";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { approvedRecord, as, sampleFields } from "@/testing/records";

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { getDashboard } = await import("./queries");
const actors = testActors(database);

let clerk: TestPerson;
let reviewer: TestPerson;

/** Enters a record, and corrects it to another amount once it is approved; both halves are approved. */
async function corrected(paidOn: string, to: bigint, close?: number) {
  const original = await approvedRecord(clerk, reviewer, { paidOn });
  if (close !== undefined)
    await actors.owner.query(
      "UPDATE years SET status = 'CLOSED', version = version + 1 WHERE year = $1",
      [close],
    );
  const { adjustments } = await as(clerk).adjust(original, {
    ...sampleFields,
    paidOn,
    amountFen: String(to),
    counts: { households: 19 },
    shares: [{ fundSource: "county-union", amountFen: String(to) }],
  });
  const replacement = await as(clerk).get(adjustments[0]?.replacementId ?? "");
  await as(reviewer).approve(await as(clerk).submit(replacement));
}

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
  await actors.owner.query("INSERT INTO years (year) VALUES (2020)");
}, 60_000);

test("of a year's corrections exactly those of earlier years are told apart, both halves of each", async () => {
  await approvedRecord(clerk, reviewer, { paidOn: "2026-08-20" });
  await corrected("2026-08-21", 15_000_000n);
  await corrected("2020-08-28", 14_390_000n, 2020);
  const { earlier } = await readAs(clerk.session, ({ db, scope, actor }) =>
    getDashboard({ db, scope, actor, asked: { year: 2026 }, today: "2026-11-26" }),
  );
  const fen = 14_390_000n - BigInt(sampleFields.amountFen);
  expect(addTotals(earlier.byRecord)).toMatchObject({
    amountFen: fen.toString(),
    records: 0,
    households: 19 - 21,
  });
  const bySource = Object.fromEntries(
    earlier.byFundSource.map((cell) => [cell.fundSource, cell.amountFen]),
  );
  expect(bySource).toEqual({
    "county-treasury": "-10000000",
    "county-union": (14_390_000n - 5_390_000n).toString(),
  });
});
