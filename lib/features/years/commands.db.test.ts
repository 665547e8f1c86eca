import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { beforeAll, describe, expect, it } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { dice, openOffice } from "@/testing/office";

const database = await testDatabase();
const { readAs, writeAs } = await import("@/lib/platform/db");
const { closeYear, openYear } = await import("./commands");
const { listYears } = await import("./queries");
const { listAuditEntries } = await import("@/lib/features/audit/queries");
const { as } = await import("@/testing/records");
const { queryFigures } = await import("@/lib/features/figures/queries");
const actors = testActors(database);
const now = new Date("2026-11-22T08:00:00Z");

let province: TestPerson;
const years = (person = province) =>
  readAs(person.session, (context) => listYears({ ...context, now }));
const stateOf = async (year: number) => {
  const found = (await years()).find((one) => one.year === year);
  if (!found) throw new Error(`no year ${year}`);
  return found;
};
const close = (person: TestPerson, year: number, version: number, acceptOpen: boolean) =>
  writeAs(person.session, (context) =>
    closeYear({ ...context, now, year, input: { version, acceptOpen } }),
  );
const open = (person: TestPerson, year: number) =>
  writeAs(person.session, (context) => openYear({ ...context, now, year }));

/** An approved record of 2025 that nobody corrects. */
async function uncorrected() {
  const { rows } = await actors.owner.query<{ id: string; organisation: string; amount: string }>(
    `SELECT d.id::text, o.code AS organisation, d.amount_fen::text AS amount
     FROM disbursements d JOIN organisations o ON o.id = d.organisation_id
     WHERE d.fiscal_year = 2025 AND d.status = 'APPROVED' AND d.entry_kind <> 'REVERSAL' AND d.amount_fen > 0
       AND NOT EXISTS (SELECT FROM adjustments a WHERE a.original_id = d.id)
     ORDER BY d.id LIMIT 1`,
  );
  const [original] = rows;
  if (!original) throw new Error("no approved record of 2025");
  return original;
}

beforeAll(async () => {
  province = await actors.province();
  const office = await openOffice(database, {
    clerk: await actors.clerk("630100"),
    reviewer: await actors.province(),
    organisations: ["630123", "630104"],
  });
  await office.deeds(250, dice(5));
  await office.close();
  const { id, organisation } = await uncorrected();
  const clerk = as(await actors.clerk(organisation));
  await clerk.adjust(await clerk.get(id), null);
});

describe("closing a year", () => {
  it("says how many records wait, and closes over them only when told to", async () => {
    const before = await stateOf(2025);
    const { waiting } = before;
    expect((waiting?.draft ?? 0) + (waiting?.submitted ?? 0)).toBeGreaterThan(0);
    await expect(close(province, 2025, before.version, false)).rejects.toMatchObject({
      code: "CONFLICT",
      fieldErrors: { acceptOpen: [{ key: "yearWaiting", values: waiting }] },
    });
    expect((await stateOf(2025)).status).toBe("open");
  });

  it("waits until the year has ended in China, and says from which day", async () => {
    const state = await stateOf(2026);
    expect(state).toMatchObject({ closesFrom: "2027-01-01", actions: [] });
    await expect(close(province, 2026, state.version, true)).rejects.toMatchObject({
      code: "CONFLICT",
      fieldErrors: { year: [{ key: "yearNotEnded", values: { day: "2027-01-01" } }] },
    });
    expect(await stateOf(2025)).toMatchObject({ closesFrom: null, actions: ["close"] });
  });

  it("is nobody's but the province's", async () => {
    const { version } = await stateOf(2025);
    for (const person of [
      await actors.clerk("630123"),
      await actors.reviewer("630000"),
      await actors.auditor(),
    ]) {
      await expect(close(person, 2025, version, true)).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(open(person, 2028)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  it("freezes the figures under a hash anybody can work out again", async () => {
    const { version } = await stateOf(2025);
    await expect(close(province, 2025, version + 1, true)).rejects.toMatchObject({ code: "STALE" });
    const closed = await close(province, 2025, version, true);
    expect(closed).toMatchObject({ status: "closed", version: version + 1, actions: ["reopen"] });
    const { rows } = await actors.owner.query<{ payload: string; seq: string }>(
      "SELECT payload, seq FROM year_closings WHERE year = 2025",
    );
    const payload = rows[0]?.payload ?? "";
    const sha256 = createHash("sha256").update(payload).digest("hex");
    expect(closed.snapshotSha256).toBe(sha256);
    const content = JSON.parse(payload) as Record<string, { totals: Record<string, unknown> }>;
    expect(canonicalize(content)).toBe(payload);
    const figures = await readAs(province.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter: { year: 2025 }, groupBy: [] }),
    );
    expect(content["figures"]?.totals).toEqual(figures.totals);
    const audit = await actors.owner.query(
      "SELECT body::json ->> 'sha256' AS sha256 FROM audit_entries WHERE action = 'year.close' AND subject_id = '2025'",
    );
    expect(audit.rows).toEqual([{ sha256 }]);
    expect(closed.frozen).toMatchObject({
      records: figures.totals.records,
      amountFen: figures.totals.amountFen,
      contributory: {
        amountFen: content["contributory"]?.totals["amountFen"],
        records: content["contributory"]?.totals["records"],
      },
      balanceFen: content["balance"]?.totals["balanceFen"],
    });
    expect(closed.later).toEqual({ corrections: 0, amountFen: "0" });
    // the nightly check counts every number of it afresh from the records
    const differences = await actors.owner.query("SELECT * FROM guard.frozen_differences()");
    expect(differences.rows).toEqual([]);
    expect(Number(content["contributory"]?.totals["records"])).toBeGreaterThan(0);
    await expect(close(province, 2025, version + 1, true)).rejects.toMatchObject({
      code: "YEAR_CLOSED",
    });
  });

  it("tells what was corrected since, and only those who read the whole province what was frozen", async () => {
    const original = await uncorrected();
    const { correctionsUnderWay } = await stateOf(2025);
    expect(correctionsUnderWay).toBeGreaterThan(0);
    const clerk = as(await actors.clerk(original.organisation));
    const { adjustments } = await clerk.adjust(await clerk.get(original.id), null);
    const reversal = await clerk.submit(await clerk.get(adjustments[0]?.reversalId ?? ""));
    expect(await stateOf(2025)).toMatchObject({
      correctionsUnderWay,
      later: { corrections: 0 },
    });
    await as(province).approve(reversal);
    const state = await stateOf(2025);
    expect(state.later).toEqual({ corrections: 1, amountFen: `-${original.amount}` });
    const auditor = (await years(await actors.auditor())).find((one) => one.year === 2025);
    expect(auditor?.frozen).toEqual(state.frozen);
    for (const person of [await actors.clerk("630123"), await actors.admin()]) {
      const seen = (await years(person)).find((one) => one.year === 2025);
      expect(seen).toMatchObject({
        snapshotSha256: state.snapshotSha256,
        frozen: null,
        later: null,
      });
    }
  });

  it("leaves nothing to be written into it", async () => {
    const before = await readAs(province.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter: { year: 2025 }, groupBy: ["month"] }),
    );
    const office = await openOffice(database, {
      clerk: await actors.clerk("630100"),
      reviewer: await actors.province(),
      organisations: ["630123"],
    });
    const refused = await office.deeds(60, dice(6));
    await office.close();
    expect(refused).toContain("NZ005");
    const after = await readAs(province.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter: { year: 2025 }, groupBy: ["month"] }),
    );
    expect(after.rows).toEqual(before.rows);
  });
});

describe("opening a year", () => {
  it("goes one after the other", async () => {
    const last = Math.max(...(await years()).map((one) => one.year));
    await expect(open(province, last + 2)).rejects.toMatchObject({ code: "VALIDATION" });
    await expect(open(province, last)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await open(province, last + 1)).toMatchObject({ year: last + 1, status: "open" });
  });

  it("shows an administrator the years and no records", async () => {
    const seen = await years(await actors.admin());
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.every((one) => one.waiting === null && one.actions.length === 0)).toBe(true);
  });

  it("is an administrator's too; closing is not, nor are the sums that its entry tells", async () => {
    const admin = await actors.admin();
    const last = Math.max(...(await years()).map((one) => one.year));
    expect(await open(admin, last + 1)).toMatchObject({ year: last + 1, waiting: null });
    const { version } = await stateOf(last + 1);
    await expect(close(admin, last + 1, version, true)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const told = async (person: TestPerson) => {
      const query = { subjectType: "year", limit: 200 };
      const { items } = await readAs(person.session, (c) => listAuditEntries({ ...c, query }));
      return [...new Set(items.map(({ action }) => action))].sort();
    };
    expect(await told(admin)).toEqual(["year.open"]);
    expect(await told(await actors.auditor())).toEqual(["year.close", "year.open"]);
  });
});
