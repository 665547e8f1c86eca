import { beforeAll, describe, expect, test } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { verifyAudit } from "./verify-audit";

const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;
const { as } = await import("@/testing/records");

/** As a superuser with a grudge would: triggers off, and everything put back afterwards. */
async function tampered(change: string) {
  await owner.query("BEGIN");
  await owner.query("SET LOCAL session_replication_role = replica");
  await owner.query(change);
  const verdict = await verifyAudit(owner);
  await owner.query("ROLLBACK");
  return verdict;
}

beforeAll(async () => {
  const clerk = await actors.clerk("630123");
  for (let i = 0; i < 12; i++) await as(clerk).create({ note: "暖账 “引号” \\\\" });
});

describe("the chain", () => {
  test("as written by the database is what this program computes", async () => {
    const verdict = await verifyAudit(owner);
    const { rows } = await owner.query<{ hash: string }>(
      "SELECT hash FROM audit_entries ORDER BY position DESC LIMIT 1",
    );
    expect(verdict).toMatchObject({ count: 12, head: rows[0]?.hash, broken: null });
  });

  test.each([
    ["a body", "UPDATE audit_entries SET body = '{\"n\":2}' WHERE position = 5", 5n, "hash"],
    [
      "an action",
      "UPDATE audit_entries SET action = 'disbursement.update' WHERE position = 5",
      5n,
      "hash",
    ],
    ["a time", "UPDATE audit_entries SET at = at + interval '1 ms' WHERE position = 5", 5n, "hash"],
    [
      "an actor",
      "UPDATE audit_entries SET actor_id = gen_random_uuid() WHERE position = 5",
      5n,
      "hash",
    ],
    [
      "text moved from one field to the next",
      "UPDATE audit_entries SET action = 'disbursement.created', subject_type = 'isbursement' WHERE position = 5",
      5n,
      "hash",
    ],
    ["an entry taken out", "DELETE FROM audit_entries WHERE position = 5", 6n, "gap"],
    [
      "an entry taken out and the rest moved up",
      `DELETE FROM audit_entries WHERE position = 5;
       UPDATE audit_entries SET position = position - 1 WHERE position > 5`,
      5n,
      "link",
    ],
    [
      "two entries exchanged",
      `UPDATE audit_entries SET position = 100 WHERE position = 5; UPDATE audit_entries SET position = 5 WHERE position = 6;
       UPDATE audit_entries SET position = 6 WHERE position = 100`,
      5n,
      "link",
    ],
  ])("shows %s", async (_, change, id, fault) => {
    expect((await tampered(change)).broken).toEqual({ id, fault });
  });

  test("cut off at the end is only told by a head noted down before", async () => {
    const { head } = await verifyAudit(owner);
    expect((await verifyAudit(owner, head)).headFound).toBe(true);
    await owner.query("BEGIN");
    await owner.query("SET LOCAL session_replication_role = replica");
    await owner.query("DELETE FROM audit_entries WHERE position > 10");
    expect(await verifyAudit(owner)).toMatchObject({ count: 10, broken: null, headFound: null });
    expect(await verifyAudit(owner, head)).toMatchObject({ broken: null, headFound: false });
    await owner.query("ROLLBACK");
  });

  test("is not changed by the application's role nor by its owner in passing", async () => {
    await expect(owner.query("UPDATE audit_entries SET body = '{}'")).rejects.toMatchObject({
      code: "NZ004",
    });
    await expect(owner.query("DELETE FROM audit_entries")).rejects.toMatchObject({ code: "NZ004" });
    await expect(owner.query("TRUNCATE audit_entries")).rejects.toMatchObject({ code: "NZ004" });
  });

  test("stays one chain when many write at once", async () => {
    const clerks = await Promise.all(Array.from({ length: 6 }, () => actors.clerk("630123")));
    await Promise.all([...clerks, ...clerks, ...clerks].map((clerk) => as(clerk).create()));
    expect(await verifyAudit(owner)).toMatchObject({ count: 30, broken: null });
  });
});
