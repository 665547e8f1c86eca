import { beforeAll, describe, expect, it, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { AllotmentInput } from "./schema";

// Money passed down and carried over, through the commands; the same laws in raw SQL: prisma/transfers.db.test.ts.
const database = await testDatabase();
const { readAs, writeAs } = await import("@/lib/platform/db");
const { carryOverAllotment, createAllotment, passDownAllotment, voidAllotment } =
  await import("./commands");
const { getAllotment, listAllotments } = await import("./queries");
const { queryBalance } = await import("@/lib/features/figures/queries");
const { approvedRecord } = await import("@/testing/records");
const actors = testActors(database);
const now = new Date("2026-08-28T02:00:00Z");
const PROVINCE = "630000";
const PREFECTURE = "630100";
const COUNTY = "630123";
const YUAN = 100;

let province: TestPerson;
let prefecture: TestPerson;
let county: TestPerson;
beforeAll(async () => {
  province = await actors.province();
  prefecture = await actors.reviewer(PREFECTURE);
  county = await actors.reviewer(COUNTY);
  await actors.owner.query(
    "INSERT INTO years (year, status) VALUES (2027, 'OPEN') ON CONFLICT DO NOTHING",
  );
});

const receive = (organisation: string, yuan: number, more: Partial<AllotmentInput> = {}) =>
  writeAs(province.session, (context) =>
    createAllotment({
      ...context,
      now,
      input: {
        ...{ organisation, fiscalYear: 2026, fundSource: "provincial-union", amountKind: "exact" },
        ...{ amountFen: String(yuan * YUAN), sourceKind: "own-union", ...more },
      },
    }),
  );
const pass = (by: TestPerson, id: string, ...to: [organisation: string, yuan: number][]) =>
  writeAs(by.session, (context) =>
    passDownAllotment({
      ...context,
      now,
      id,
      input: {
        to: to.map(([organisation, yuan]) => ({ organisation, amountFen: String(yuan * YUAN) })),
        ...{ documentNumber: "青工发〔2026〕12号", passedOn: "2026-03-02" },
      },
    }),
  );
const carry = (id: string, yuan: number) =>
  writeAs(province.session, (context) =>
    carryOverAllotment({ ...context, now, id, input: { amountFen: String(yuan * YUAN) } }),
  );
const cancel = (by: TestPerson, { id, version }: { id: string; version: number }) =>
  writeAs(by.session, (context) =>
    voidAllotment({ ...context, now, id, input: { version, reason: "文号有误" } }),
  );
const get = (by: TestPerson, id: string) =>
  readAs(by.session, (context) => getAllotment({ ...context, id }));

/** 到位 in yuan: of each organisation by itself, or of a subtree. */
const balance = (org: string, year = 2026) =>
  readAs(province.session, (context) =>
    queryBalance({ ...context, filter: { year, org }, groupBy: "organisation" }),
  );
const yuan = (fen: string | null | undefined) => (fen == null ? null : Number(fen) / YUAN);
async function ownOf(org: string, year = 2026) {
  const { rows } = await balance(PROVINCE, year);
  return yuan(rows.find((row) => row.organisation === org)?.receivedFen);
}
const subtreeOf = async (org: string, year = 2026) =>
  yuan((await balance(org, year)).totals.receivedFen);

/** What came into a subtree from outside of it, read row by row, whoever has it now. */
async function fromOutside(org: string, year = 2026) {
  const { rows } = await actors.owner.query<{ yuan: number }>(
    `WITH inside AS (SELECT c.descendant_id AS id FROM organisation_closure c
       JOIN organisations o ON o.id = c.ancestor_id WHERE o.code = $1)
     SELECT coalesce(sum(a.amount_fen), 0)::int / $3 AS yuan FROM allotments a
     WHERE a.organisation_id IN (TABLE inside) AND a.fiscal_year = $2 AND a.voided_at IS NULL
       AND (a.transfer_kind IS DISTINCT FROM 'PASSED' OR a.counterpart_id NOT IN (TABLE inside))`,
    [org, year, YUAN],
  );
  return rows[0]?.yuan;
}

test("of three levels each has what it kept, and nothing is counted twice", async () => {
  const first = await receive(PROVINCE, 100);
  const { received, from } = await pass(province, first.id, [PREFECTURE, 60], ["632222", 10]);
  expect(from).toMatchObject({ leftFen: "3000", amountFen: "10000" });
  expect(received).toMatchObject([
    {
      ...{ organisation: PREFECTURE, amountFen: "6000", leftFen: "6000", receivedOn: "2026-03-02" },
      ...{ documentNumber: "青工发〔2026〕12号", sourceKind: "higher-union" },
      transfer: { kind: "passed", direction: "in", organisation: PROVINCE, fiscalYear: 2026 },
    },
    { organisation: "632222", amountFen: "1000" },
  ]);
  const mine = received[0]?.id ?? "";
  await pass(prefecture, mine, [COUNTY, 25]);
  await receive(COUNTY, 5, { sourceKind: "employer" });
  expect(await Promise.all([PROVINCE, PREFECTURE, COUNTY, "632222"].map((o) => ownOf(o)))).toEqual([
    30, 35, 30, 10,
  ]);
  for (const [org, expected] of [
    [PROVINCE, 105],
    [PREFECTURE, 65],
    [COUNTY, 30],
  ] as const) {
    expect(await subtreeOf(org), org).toBe(expected);
    expect(await fromOutside(org), org).toBe(expected);
  }
  const seen = await readAs(county.session, (c) => listAllotments({ ...c, filter: {} }));
  expect(seen.items.map(({ transfer }) => transfer?.organisation)).toEqual([undefined, PREFECTURE]);
  const { rows } = await actors.owner.query(
    `SELECT FROM audit_entries WHERE action = 'allotment.pass-down'`,
  );
  expect(rows).toHaveLength(6);
});

describe("what is passed down", () => {
  it("is never more than is left, also where several give at once", async () => {
    const one = await receive(PROVINCE, 10);
    await expect(pass(province, one.id, [PREFECTURE, 6], [COUNTY, 5])).rejects.toMatchObject({
      code: "VALIDATION",
      fieldErrors: { to: [{ key: "moreThanLeft", values: { leftFen: "1000", askedFen: "1100" } }] },
    });
    const tries = await Promise.allSettled(
      [1, 2, 3, 4].map(() => pass(province, one.id, [PREFECTURE, 4])),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect((await get(province, one.id)).leftFen).toBe("200");
  });

  it("stays in the giver's own subtree, and is given by whoever has it", async () => {
    const one = await receive(PREFECTURE, 10);
    for (const org of [PREFECTURE, PROVINCE, "632222", "999999"])
      await expect(pass(prefecture, one.id, [org, 1])).rejects.toMatchObject({
        fieldErrors: { "to.0.organisation": [{ key: "notBelow" }] },
      });
    await expect(pass(county, one.id, [COUNTY, 1])).rejects.toMatchObject({ code: "NOT_FOUND" });
    const clerk = await actors.clerk(PREFECTURE);
    await expect(pass(clerk, one.id, [COUNTY, 1])).rejects.toMatchObject({ code: "FORBIDDEN" });
    const above = await receive(PROVINCE, 10);
    await expect(pass(prefecture, above.id, [COUNTY, 1])).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("goes back to the giver when it is voided, from either end, and not before what stands on it", async () => {
    const one = await receive(PROVINCE, 10);
    const { received } = await pass(province, one.id, [PREFECTURE, 6]);
    const part = received[0] ?? one;
    const below = (await pass(prefecture, part.id, [COUNTY, 2])).received[0] ?? one;
    await expect(cancel(province, part)).rejects.toMatchObject({ code: "PASSED_ON" });
    await expect(cancel(province, one)).rejects.toMatchObject({ code: "PASSED_ON" });
    await expect(cancel(county, below)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const before = await ownOf(PREFECTURE);
    await cancel(prefecture, below);
    expect((await get(prefecture, part.id)).leftFen).toBe("600");
    expect(await ownOf(PREFECTURE)).toBe((before ?? 0) + 2);
    await expect(cancel(prefecture, part)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await cancel(province, part);
    expect((await get(province, one.id)).leftFen).toBe("1000");
    await cancel(province, one);
    expect(await subtreeOf(PROVINCE)).toBe(await fromOutside(PROVINCE));
  });

  it("leaves an earmarked source what was spent from it", async () => {
    const one = await receive(PREFECTURE, 10, { fundSource: "central-treasury" });
    await approvedRecord(await actors.clerk(PREFECTURE), prefecture, {
      amountFen: "800",
      shares: [{ fundSource: "central-treasury", amountFen: "800" }],
    });
    await expect(pass(prefecture, one.id, [COUNTY, 3])).rejects.toMatchObject({
      fieldErrors: { to: [{ key: "moreThanLeft", values: { leftFen: "200" } }] },
    });
    await pass(prefecture, one.id, [COUNTY, 2]);
  });
});

describe("what is carried over", () => {
  it("leaves one year and enters the next, of what is neither spent nor waiting", async () => {
    const one = await receive("632200", 100, { fundSource: "donation" });
    await approvedRecord(await actors.clerk("632200"), await actors.reviewer("632200"), {
      amountFen: "7000",
      shares: [{ fundSource: "donation", amountFen: "7000" }],
    });
    await expect(carry(one.id, 31)).rejects.toMatchObject({
      fieldErrors: { amountFen: [{ key: "moreThanUnspent", values: { leftFen: "3000" } }] },
    });
    const { from, received } = await carry(one.id, 30);
    expect(from.leftFen).toBe("7000");
    expect(received).toMatchObject([
      {
        ...{ organisation: "632200", fiscalYear: 2027, amountFen: "3000" },
        transfer: { kind: "carried", direction: "in", organisation: "632200", fiscalYear: 2026 },
      },
    ]);
    expect([await ownOf("632200"), await ownOf("632200", 2027)]).toEqual([70, 30]);
    await expect(carry(one.id, 1)).rejects.toMatchObject({ code: "VALIDATION" });
    await cancel(province, received[0] ?? one);
    expect([await ownOf("632200"), await ownOf("632200", 2027)]).toEqual([100, null]);
  });
});

test("every pair stands, and the books are as audited", async () => {
  for (const id of ["transfers_are_pairs", "allotments_are_whole", "subjects_are_as_audited"]) {
    const { rows } = await actors.owner.query(`SELECT guard.faults_of_${id}()::int AS faults`);
    expect(rows, id).toEqual([{ faults: 0 }]);
  }
});
