import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { rawFigures } from "@/testing/raw-figures";
import { approvedRecord, as, sampleFields } from "@/testing/records";

/** Decision 30: what of a statistics year corrects an earlier one, by the day of the correction and that of the original. */
const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { queryFigures } = await import("@/lib/features/figures/queries");
const { explainAndCheck, listDisbursements } = await import("@/lib/features/ledger/queries");
const { getDashboard } = await import("@/lib/features/dashboard/queries");
const actors = testActors(database);

type Dated = { paidOn: string } | { paidOn: null; periodFrom: string; periodTo: string };
const WHOLE = { paidOn: null, periodFrom: "2024-01-01", periodTo: "2024-12-31" } as const;
/** Of 2024, corrected in 2025 after that book was closed; each by another amount, so that sums tell them apart. */
const CORRECTED: Record<string, { when: Dated; on: string; byFen: bigint }> = {
  "within one statistics year": { when: { paidOn: "2024-11-07" }, on: "2025-02-03", byFen: 1n },
  "on its first day": { when: { paidOn: "2024-10-01" }, on: "2025-09-30", byFen: 20n },
  "on the last of the one before": { when: { paidOn: "2024-09-30" }, on: "2025-02-04", byFen: 300n }, // prettier-ignore
  "of a month nobody knows": { when: WHOLE, on: "2025-03-05", byFen: 4_000n },
  "in the one after": { when: { paidOn: "2024-12-09" }, on: "2025-10-01", byFen: 50_000n },
};

let clerk: TestPerson;
let reviewer: TestPerson;
const AMOUNT = BigInt(sampleFields.amountFen);
const paying = (when: Dated, fen: bigint) => ({
  ...sampleFields,
  ...when,
  amountFen: String(fen),
  shares: [{ fundSource: "county-union", amountFen: String(fen) }],
});

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
  const originals = [];
  for (const { when } of Object.values(CORRECTED))
    originals.push(await approvedRecord(clerk, reviewer, paying(when, AMOUNT)));
  await actors.owner.query(
    "UPDATE years SET status = 'CLOSED', version = version + 1 WHERE year = 2024",
  );
  for (const [n, { when, on, byFen }] of Object.values(CORRECTED).entries()) {
    const then = as(clerk, new Date(`${on}T02:00:00Z`));
    const original = await then.get(originals[n]?.id ?? "");
    const { adjustments } = await then.adjust(original, paying(when, AMOUNT + byFen));
    const made = await then.get(adjustments[0]?.replacementId ?? "");
    await as(reviewer).approve(await then.submit(made));
  }
}, 120_000);

const STATISTICS = { yearAxis: "statistics" } as const;
const fen = async (filter: object) => {
  const answer = await readAs(clerk.session, ({ db, scope }) =>
    queryFigures({ db, scope, filter, groupBy: [] }),
  );
  const counted = (await rawFigures(actors.owner, filter)).total();
  expect(counted, JSON.stringify(filter)).toMatchObject(answer.totals);
  return Number(answer.totals.amountFen);
};

test("a correction within one statistics year is none of an earlier one, though the book is another", async () => {
  expect(await fen({ year: 2025, corrects: "earlier" })).toBe(54_321);
  // not the first two: there and then corrected within October 2024 to September 2025
  expect(await fen({ ...STATISTICS, year: 2025, corrects: "earlier" })).toBe(4_300);
  expect(await fen({ ...STATISTICS, year: 2026, corrects: "earlier" })).toBe(50_000);
});

test("of one year are those whose original lies in it; what lies in none is of none", async () => {
  expect(await fen({ corrects: 2024 })).toBe(54_321);
  expect(await fen({ ...STATISTICS, corrects: 2024 })).toBe(300);
  expect(await fen({ ...STATISTICS, corrects: 2025 })).toBe(50_000);
  expect(await fen({ ...STATISTICS, corrects: "earlier" })).toBe(54_300);
});

test("explanation, dashboard and the list that both open say the same", async () => {
  const filter = { ...STATISTICS, year: 2025 };
  await readAs(clerk.session, async ({ db, scope, actor }) => {
    const { earlier } = await explainAndCheck({ db, scope, filter });
    expect(earlier).toMatchObject({ amountFen: "4300", records: 0 });
    const board = await getDashboard({ db, scope, actor, asked: filter, today: "2026-11-26" });
    const rows = board.earlier.byRecord.map(({ amountFen }) => Number(amountFen));
    expect(rows.reduce((sum, one) => sum + one, 0)).toBe(4_300);
    const asked = { ...filter, corrects: "earlier" as const };
    const list = await listDisbursements({ db, scope, filter: asked });
    expect([list.rows, list.totals.amountFen]).toEqual([4, "4300"]);
  });
});

test("what was in no statistics year leaves that of its correction by what it never held, and that is said beside it", async () => {
  // three corrections and the three originals of its own days; the one of no month is told beside
  const filter = { ...STATISTICS, year: 2025 };
  expect(await fen(filter)).toBe(Number(3n * AMOUNT + 1n + 20n + 300n + 4_000n));
  const { leftOut } = await readAs(clerk.session, ({ db, scope }) =>
    queryFigures({ db, scope, filter, groupBy: [] }),
  );
  expect(leftOut.unplaced).toMatchObject({ records: 1, amountFen: String(AMOUNT) });
});
