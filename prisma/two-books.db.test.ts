import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { approvedRecord, as, sampleFields } from "@/testing/records";

const database = await testDatabase();
const { readAs } = await import("@/lib/platform/db");
const { listOpenPlaces, readTwoBooks } = await import("@/lib/features/year-end/queries");
const { createAllotment } = await import("@/lib/features/allotments/commands");
const actors = testActors(database);

let clerk: TestPerson;
let reviewer: TestPerson;
let province: TestPerson;

const paying = (fen: string) => ({
  ...sampleFields,
  amountFen: fen,
  shares: [{ fundSource: "county-union", amountFen: fen }],
});
const books = (year: number) =>
  readAs(province.session, ({ db, scope }) => readTwoBooks({ db, scope, year }));
async function correct(id: string, fen: string): Promise<string> {
  const { adjustments } = await as(clerk).adjust(await as(clerk).get(id), paying(fen));
  const made = adjustments.find(({ replacementId }) => replacementId !== id);
  const replacement = made?.replacementId ?? "";
  await as(reviewer).approve(await as(clerk).submit(await as(clerk).get(replacement)));
  return replacement;
}
const close = (year: number) =>
  actors.owner.query("UPDATE years SET status = 'CLOSED', version = version + 1 WHERE year = $1", [
    year,
  ]);

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
  province = await actors.province();
  await actors.owner.query("INSERT INTO years (year) VALUES (2020)");
  const original = await approvedRecord(clerk, reviewer, {
    ...paying("10000000"),
    paidOn: "2020-11-03",
  });
  await close(2020);
  const replacement = await correct(original.id, "9000000");
  // the correction is corrected again: it still belongs to the year it began in
  await correct(replacement, "8500000");
}, 60_000);

test("a correction is booked where it was made and restated where its record began, chains too", async () => {
  const [closed, now] = [await books(2020), await books(2026)];
  expect(closed).toMatchObject({
    booked: { amountFen: "10000000", records: 1 },
    fromEarlier: { amountFen: "0", records: 0 },
    intoLater: { amountFen: "-1500000", records: 0 },
    restated: { amountFen: "8500000", records: 1 },
  });
  expect(now).toMatchObject({
    booked: { amountFen: "-1500000", records: 0 },
    fromEarlier: { amountFen: "-1500000", records: 0 },
    intoLater: { amountFen: "0", records: 0 },
    restated: { amountFen: "0", records: 0 },
  });
  const sides = closed.pairs.map(({ beforeFen, afterFen }) => [beforeFen, afterFen]);
  expect(sides).toEqual([
    ["10000000", "9000000"],
    ["9000000", "8500000"],
  ]);
  expect(now.pairs).toEqual(closed.pairs);
});

test("what is open of a year stands under its place, and money that arrived for nothing yet", async () => {
  await as(clerk).create({ paidOn: "2026-05-01" });
  await as(clerk).submit(await as(clerk).create({ paidOn: "2026-05-02" }));
  await as(province).write((context) =>
    createAllotment({
      ...context,
      input: {
        organisation: "632222",
        fiscalYear: 2026,
        fundSource: "county-union",
        amountFen: "7700000",
        receivedOn: null,
        amountKind: "exact",
      },
    }),
  );
  const open = await readAs(province.session, ({ db, scope }) =>
    listOpenPlaces({ db, scope, year: 2026, today: "2026-11-26" }),
  );
  const at = (code: string) => open.find(({ organisation }) => organisation === code);
  expect(at("630123")).toMatchObject({ draft: 1, submitted: 1, returned: 0, unspentFen: null });
  expect(at("632222")).toMatchObject({ draft: 0, unspentFen: "7700000" });
  expect(open.map(({ organisation }) => organisation)).toEqual(
    [...open].map(({ organisation }) => organisation).sort(),
  );
});
