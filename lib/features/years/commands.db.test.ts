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
const { queryFigures } = await import("@/lib/features/figures/queries");
const actors = testActors(database);
const now = new Date("2026-11-22T08:00:00Z");

let province: TestPerson;
const years = (person = province) => readAs(person.session, (context) => listYears(context));
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

beforeAll(async () => {
  province = await actors.province();
  const office = await openOffice(database, {
    clerk: await actors.clerk("630100"),
    reviewer: await actors.province(),
    organisations: ["630123", "630104"],
  });
  await office.deeds(250, dice(5));
  await office.close();
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
    expect(closed).toMatchObject({ status: "closed", version: version + 1, actions: [] });
    const { rows } = await actors.owner.query<{
      snapshot: { sha256: string; content: Record<string, { totals: Record<string, unknown> }> };
    }>("SELECT snapshot FROM years WHERE year = 2025");
    const snapshot = rows[0]?.snapshot;
    const sha256 = createHash("sha256")
      .update(canonicalize(snapshot?.content) ?? "")
      .digest("hex");
    expect(closed.snapshotSha256).toBe(sha256);
    expect(snapshot?.sha256).toBe(sha256);
    const figures = await readAs(province.session, ({ db, scope }) =>
      queryFigures({ db, scope, filter: { year: 2025 }, groupBy: [] }),
    );
    expect(snapshot?.content["figures"]?.totals).toEqual(figures.totals);
    const audit = await actors.owner.query(
      "SELECT body::json ->> 'sha256' AS sha256 FROM audit_entries WHERE action = 'year.close' AND subject_id = '2025'",
    );
    expect(audit.rows).toEqual([{ sha256 }]);
    // the nightly check counts every number of it afresh from the records
    const differences = await actors.owner.query("SELECT * FROM guard.frozen_differences()");
    expect(differences.rows).toEqual([]);
    expect(Number(snapshot?.content["contributory"]?.totals["records"])).toBeGreaterThan(0);
    await expect(close(province, 2025, version + 1, true)).rejects.toMatchObject({
      code: "YEAR_CLOSED",
    });
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
});
