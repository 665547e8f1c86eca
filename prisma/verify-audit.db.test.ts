import { beforeAll, describe, expect, test } from "vitest";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { verifyAudit } from "./verify-audit";

const database = await testDatabase();
const actors = testActors(database);
const { owner } = actors;

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
  const body = '{"note":"暖账 “引号” \\\\ \\u0000","n":1}';
  for (let i = 0; i < 12; i++)
    await owner.query("SELECT guard.append_audit($1, 'test', $2, NULL, $3)", [
      `test.${i}`,
      `编号 ${i}`,
      i % 2 ? body : "{}",
    ]);
});

describe("the chain", () => {
  test("as written by the database is what this program computes", async () => {
    const verdict = await verifyAudit(owner);
    const { rows } = await owner.query<{ hash: string }>(
      "SELECT hash FROM audit_entries ORDER BY id DESC LIMIT 1",
    );
    expect(verdict).toMatchObject({ count: 12, head: rows[0]?.hash, broken: null });
  });

  test.each([
    ["a body", "UPDATE audit_entries SET body = '{\"n\":2}' WHERE id = 5", 5n, "hash"],
    ["an action", "UPDATE audit_entries SET action = 'test.x' WHERE id = 5", 5n, "hash"],
    ["a time", "UPDATE audit_entries SET at = at + interval '1 ms' WHERE id = 5", 5n, "hash"],
    ["an actor", "UPDATE audit_entries SET actor_id = gen_random_uuid() WHERE id = 5", 5n, "hash"],
    [
      "text moved from one field to the next",
      "UPDATE audit_entries SET action = 'test.4t', subject_type = 'est' WHERE id = 5",
      5n,
      "hash",
    ],
    ["an entry taken out", "DELETE FROM audit_entries WHERE id = 5", 6n, "gap"],
    [
      "an entry taken out and the rest moved up",
      `DELETE FROM audit_entries WHERE id = 5;
       UPDATE audit_entries SET id = id - 1 WHERE id > 5`,
      5n,
      "link",
    ],
    [
      "two entries exchanged",
      `UPDATE audit_entries SET id = 100 WHERE id = 5; UPDATE audit_entries SET id = 5 WHERE id = 6;
       UPDATE audit_entries SET id = 6 WHERE id = 100`,
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
    await owner.query("DELETE FROM audit_entries WHERE id > 10");
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
    const { writeAs } = await import("@/lib/platform/db");
    const { appendAudit } = await import("@/lib/platform/audit");
    const person = await actors.province();
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        writeAs(person.session, ({ tx }) =>
          appendAudit(tx, {
            action: "test.race",
            subjectType: "test",
            subjectId: String(i),
            organisationId: null,
            body: { b: "2", a: "1" },
          }),
        ),
      ),
    );
    expect(await verifyAudit(owner)).toMatchObject({ count: 42, broken: null });
  });
});
