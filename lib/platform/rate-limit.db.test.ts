import { expect, test } from "vitest";
import { contracts } from "@/lib/features/open-api/schema";
import { testActors } from "@/testing/actors";
import { testDatabase } from "@/testing/database";

const actors = testActors(await testDatabase());
const { admit, admitPerson, BUCKETS } = await import("./rate-limit");

/** As if nothing flowed back while the test takes what is in the bucket. */
const drain = (userId: string, rate: string) =>
  actors.owner.query(
    `INSERT INTO rate_buckets (key, tokens, updated_at) VALUES ($1, 0, now() + interval '1 hour')
     ON CONFLICT (key) DO UPDATE SET tokens = 0, updated_at = excluded.updated_at`,
    [`${rate}:${userId}`],
  );

test("what hands over files has a bucket of its own, which reads and writes do not share", async () => {
  const person = await actors.province();
  await drain(person.userId, "export");
  await expect(admit(person.session, "export")).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await expect(admit(person.session, "read")).resolves.toBe(person.userId);
  await expect(admit(person.session, "write")).resolves.toBe(person.userId);
  await drain(person.userId, "read");
  await expect(admit(person.session, "read")).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await expect(admitPerson(person.session)).rejects.toMatchObject({ code: "RATE_LIMITED" });
});

test("every contract that produces a file is counted as an export, and no other", () => {
  const files = contracts.filter((contract) => contract.produces !== undefined);
  expect(files.map((contract) => contract.id)).toContain("exportLedger");
  expect(contracts.filter((contract) => contract.rate === "export")).toEqual(files);
});

test("an export costs more than a read: its bucket is smaller and fills more slowly", () => {
  expect(BUCKETS.export.capacity).toBeLessThan(BUCKETS.read.capacity);
  expect(BUCKETS.export.perSecond).toBeLessThan(BUCKETS.write.perSecond);
});
