import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { approvedRecord, as, sampleFields } from "@/testing/records";

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { explainAndCheck, listDisbursements } = await import("@/lib/features/ledger/queries");
const { getYearSummaryFile } = await import("@/lib/features/files/queries");
const { getYearSummary } = await import("@/lib/features/summary/queries");
const { summaryTable } = await import("@/lib/features/summary/present");
const { cardSayings } = await import("@/lib/platform/card-words");
const actors = testActors(database);

const now = new Date("2026-11-26T02:00:00Z");
const CORRECTED = 14_390_000n;
let clerk: TestPerson;
let original: string;
let reversal: string;
let replacement: string;
let moved: bigint;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  const reviewer = await actors.reviewer("630100");
  await actors.owner.query("INSERT INTO years (year) VALUES (2020)");
  await approvedRecord(clerk, reviewer, { paidOn: "2026-08-20" });
  const record = await approvedRecord(clerk, reviewer, { paidOn: "2020-08-28" });
  await actors.owner.query(
    "UPDATE years SET status = 'CLOSED', version = version + 1 WHERE year = 2020",
  );
  const { adjustments } = await as(clerk).adjust(record, {
    ...sampleFields,
    paidOn: "2020-08-28",
    amountFen: String(CORRECTED),
    shares: [{ fundSource: "county-union", amountFen: String(CORRECTED) }],
  });
  original = record.id;
  reversal = adjustments[0]?.reversalId ?? "";
  replacement = adjustments[0]?.replacementId ?? "";
  await as(reviewer).approve(await as(clerk).submit(await as(clerk).get(replacement)));
  moved = CORRECTED - BigInt(sampleFields.amountFen);
}, 60_000);

const ledger = (filter: object) =>
  readAs(clerk.session, ({ db, scope }) => listDisbursements({ db, scope, filter }));

test("the corrections that a closed year counts are a list that opens, exactly they", async () => {
  const { rows } = await actors.owner.query<{ later: number; fen: string }>(
    `SELECT count(*)::int AS later, sum(later_fen)::text AS fen
     FROM guard.corrections_of_years WHERE later AND year = 2020`,
  );
  expect(rows).toEqual([{ later: 1, fen: String(moved) }]);
  const list = await ledger({ corrects: 2020, status: ["approved"] });
  expect(list.items.map(({ id }) => id).sort()).toEqual([reversal, replacement].sort());
  expect(list).toMatchObject({ rows: 2, totals: { amountFen: String(moved), records: 0 } });
  expect((await ledger({ corrects: 2026 })).items).toEqual([]);
  expect((await ledger({ corrects: "earlier", year: 2026 })).items.length).toBe(2);
  expect((await ledger({ year: 2020 })).items.map(({ id }) => id)).toEqual([original]);
});

test("the explanation of a year's figure says what of it corrects earlier years", async () => {
  const explained = (filter: object) =>
    readAs(clerk.session, ({ db, scope }) => explainAndCheck({ db, scope, filter }));
  expect((await explained({ year: 2026 })).earlier).toMatchObject({ amountFen: String(moved) });
  expect((await explained({ year: 2020 })).earlier).toBeNull();
  expect((await explained({})).earlier).toBeNull();
});

test("the yearly summary says it of its total and of the line that holds it, in page and file", async () => {
  const said = "含以前年度更正 -10,000.00 元";
  const words = { locale: "zh-CN" as const, unit: "yuan" as const, ...cardSayings("zh-CN") };
  const summary = await readAs(clerk.session, ({ db, scope }) =>
    getYearSummary({ db, scope, year: 2026, today: "2026-11-26" }),
  );
  const note = summaryTable(summary, words).notes.find((one) => one.includes("以前年度更正"));
  expect(note).toBe(`湟源县总工会${said}。`);
  const file = await readAs(clerk.session, (context) =>
    getYearSummaryFile({
      ...context,
      locale: "zh-CN",
      now,
      query: { year: 2026, format: "csv", unit: "yuan" },
    }),
  );
  expect(new TextDecoder().decode(file.body as Uint8Array)).toContain(note);
});
