import { describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";

const database = await testDatabase();
const actors = testActors(database);
const { readAs, writeAs, sql } = await import("./db");
const { admit, admitPerson } = await import("./rate-limit");

const set = (person: TestPerson, change: string) =>
  actors.owner.query(`UPDATE sessions SET ${change} WHERE token_hash = $1`, [person.session]);

async function shutOut(hash: string): Promise<void> {
  const gone = { code: "UNAUTHENTICATED" };
  await expect(admit(hash, "read")).rejects.toMatchObject(gone);
  await expect(admitPerson(hash)).rejects.toMatchObject(gone);
  await expect(readAs(hash, () => Promise.resolve("read"))).rejects.toMatchObject(gone);
  await expect(writeAs(hash, () => Promise.resolve("wrote"))).rejects.toMatchObject(gone);
}

async function letIn(person: TestPerson): Promise<void> {
  await expect(admit(person.session, "read")).resolves.toBe(person.userId);
  const read = readAs(person.session, ({ actor }) => Promise.resolve(actor));
  await expect(admitPerson(person.session)).resolves.toEqual(await read);
  await expect(readAs(person.session, ({ actor }) => Promise.resolve(actor.userId))).resolves.toBe(
    person.userId,
  );
}

describe("a session ends", () => {
  test("when it never began", async () => {
    await shutOut("0".repeat(64));
    await shutOut("not a hash");
    await shutOut("' OR true --");
  });

  test.each([
    ["revoked", "revoked_at = now(), end_reason = 'signed-out'"],
    ["idle for half an hour", "last_seen_at = now() - interval '30 minutes'"],
    ["after a working day", "expires_at = now()"],
  ])("%s", async (_, change) => {
    const person = await actors.province();
    await letIn(person);
    await set(person, change);
    await shutOut(person.session);
  });

  test.each([
    [
      "a role is given",
      "INSERT INTO memberships (user_id, organisation_id, role) SELECT $1::uuid, id, 'AUDITOR' FROM organisations WHERE code = '630000'",
    ],
    ["a role is taken", "UPDATE memberships SET revoked_at = now() WHERE user_id = $1::uuid"],
    ["the account is disabled", "UPDATE users SET active = false WHERE id = $1::uuid"],
  ])("when %s", async (_, change) => {
    const person = await actors.province();
    await letIn(person);
    await actors.owner.query(change, [person.userId]);
    await shutOut(person.session);
  });

  test("with a role that was taken: after the next sign-in it is still gone", async () => {
    const person = await actors.clerk("630123");
    const kept = await actors.clerk("630123");
    await actors.owner.query(
      "UPDATE memberships SET revoked_at = now() WHERE user_id = $1::uuid AND role = 'CLERK'",
      [person.userId],
    );
    await set(person, "revoked_at = NULL, end_reason = NULL");
    const rights = (of: TestPerson) =>
      readAs(of.session, ({ actor, scope }) =>
        Promise.resolve({ roles: actor.memberships.length, places: scope.homes.length }),
      );
    expect(await rights(kept)).toEqual({ roles: 1, places: 1 });
    expect(await rights(person)).toEqual({ roles: 0, places: 0 });
    const seen = await readAs(person.session, ({ db }) =>
      db.rows<{ n: number }>(sql`SELECT cardinality(guard.reading_homes()) AS n`),
    );
    expect(seen).toEqual([{ n: 0 }]);
  });

  test("when the person changes the password, and only theirs", async () => {
    const [person, other] = [await actors.province(), await actors.province()];
    await writeAs(person.session, ({ tx }) =>
      tx.run(sql`SELECT guard.set_password(${person.userId}::uuid, 'hash')`),
    );
    await shutOut(person.session);
    await letIn(other);
    const theft = writeAs(other.session, ({ tx }) =>
      tx.run(sql`SELECT guard.set_password(${person.userId}::uuid, 'mine now')`),
    );
    await expect(theft).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("and says why", async () => {
    const person = await actors.province();
    const why = async () => {
      const { rows } = await actors.owner.query<{ why: string | null }>(
        "SELECT guard.session_end($1) AS why",
        [person.session],
      );
      return rows[0]?.why;
    };
    expect(await why()).toBeNull();
    await set(person, "last_seen_at = now() - interval '31 minutes'");
    expect(await why()).toBe("expired");
    await actors.owner.query("UPDATE memberships SET revoked_at = now() WHERE user_id = $1", [
      person.userId,
    ]);
    expect(await why()).toBe("role-changed");
  });
});

test("being seen is written down at most once a minute", async () => {
  const person = await actors.province();
  const seen = async () => {
    const { rows } = await actors.owner.query<{ at: Date }>(
      "SELECT last_seen_at AS at FROM sessions WHERE token_hash = $1",
      [person.session],
    );
    return rows[0]?.at.getTime() ?? 0;
  };
  await set(person, "last_seen_at = now() - interval '5 minutes'");
  const before = await seen();
  await admit(person.session, "read");
  const first = await seen();
  expect(first).toBeGreaterThan(before);
  await admit(person.session, "read");
  expect(await seen()).toBe(first);
});

describe("an administrator", () => {
  test("sees no record, share, step, allotment or figure, even by SQL with the application's own role", async () => {
    const { as } = await import("@/testing/records");
    const clerk = as(await actors.clerk("630123"));
    await clerk.submit(await clerk.create());
    const province = await actors.province();
    await actors.owner.query("SELECT set_config('app.session', $1, false)", [province.session]);
    await actors.owner.query(
      `INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, created_by, created_at)
       SELECT o.id, 2026, f.id, 100, $1::uuid, now() FROM organisations o, fund_sources f
       WHERE o.code = '630123' LIMIT 1`,
      [province.userId],
    );
    const tables = [
      "disbursements",
      "disbursement_shares",
      "approval_steps",
      "allotments",
      "figure_rows",
    ];
    const counts = (hash: string) =>
      readAs(hash, async ({ db }) => {
        const [row] = await db.rows<Record<string, number>>(sql`SELECT
          (SELECT count(*)::int FROM disbursements) AS disbursements,
          (SELECT count(*)::int FROM disbursement_shares) AS disbursement_shares,
          (SELECT count(*)::int FROM approval_steps) AS approval_steps,
          (SELECT count(*)::int FROM allotments) AS allotments,
          (SELECT count(*)::int FROM figure_rows) AS figure_rows`);
        return tables.map((table) => row?.[table]);
      });
    const seen = await counts(province.session);
    expect(seen.every((count) => (count ?? 0) > 0)).toBe(true);
    expect(await counts((await actors.admin()).session)).toEqual([0, 0, 0, 0, 0]);
  });
});
