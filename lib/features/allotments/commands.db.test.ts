import { beforeAll, describe, expect, it } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import type { AllotmentInput } from "./schema";

const database = await testDatabase();
const { readAs, writeAs } = await import("@/lib/platform/db");
const { createAllotment, voidAllotment } = await import("./commands");
const { listAllotments } = await import("./queries");
const { queryBalance } = await import("@/lib/features/figures/queries");
const actors = testActors(database);
const now = new Date("2026-08-28T02:00:00Z");

let province: TestPerson;
let clerk: TestPerson;
const input: AllotmentInput = {
  organisation: "630123",
  fiscalYear: 2026,
  fundSource: "county-union",
  amountFen: "203907000",
  amountKind: "exact",
  receivedOn: "2026-03-01",
};
const create = (person: TestPerson, more: Partial<AllotmentInput> = {}) =>
  writeAs(person.session, (context) =>
    createAllotment({ ...context, now, input: { ...input, ...more } }),
  );
const cancel = (person: TestPerson, id: string, version: number) =>
  writeAs(person.session, (context) =>
    voidAllotment({ ...context, now, id, input: { version, reason: "重复登记" } }),
  );
const list = (person: TestPerson, filter: object = {}) =>
  readAs(person.session, (context) => listAllotments({ ...context, filter }));
const received = () =>
  readAs(province.session, async ({ db, scope }) => {
    const filter = { year: 2026, org: "630123" };
    return (await queryBalance({ db, scope, filter, groupBy: "fundSource" })).totals.receivedFen;
  });

beforeAll(async () => {
  province = await actors.province();
  clerk = await actors.clerk("630123");
});

describe("money received", () => {
  it("is recorded by the province, counted in the balance, and written into the audit chain", async () => {
    const made = await create(province);
    expect(made).toMatchObject({
      ...input,
      version: 1,
      origin: "entered",
      voided: null,
      actions: ["carry-over", "void"],
    });
    expect(await received()).toBe("203907000");
    const { rows } = await actors.owner.query<{ action: string; actor_id: string }>(
      "SELECT action, actor_id FROM audit_entries WHERE subject_type = 'allotment' AND subject_id = $1",
      [made.id],
    );
    expect(rows).toEqual([{ action: "allotment.create", actor_id: province.userId }]);
  });

  it("is voided with a reason, stays visible and no longer counts", async () => {
    const before = await received();
    const made = await create(province, { amountFen: "100" });
    const voided = await cancel(province, made.id, 1);
    expect(voided).toMatchObject({ version: 2, voided: { reason: "重复登记" }, actions: [] });
    expect(await received()).toBe(before);
    const page = await list(clerk);
    expect(page.items.find((item) => item.id === made.id)?.voided).not.toBeNull();
    await expect(cancel(province, made.id, 2)).rejects.toMatchObject({ code: "TRANSITION" });
    await expect(cancel(province, made.id, 1)).rejects.toMatchObject({ code: "STALE" });
  });

  it("is voided once, however many try at the same time", async () => {
    const made = await create(province);
    const tries = await Promise.allSettled([1, 2, 3].map(() => cancel(province, made.id, 1)));
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  it("is nobody else's to record or void", async () => {
    const made = await create(province);
    for (const person of [clerk, await actors.reviewer("630100"), await actors.auditor()]) {
      await expect(create(person)).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(cancel(person, made.id, 1)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    const other = await actors.clerk("632222");
    await expect(cancel(other, made.id, 1)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await list(other)).items).toEqual([]);
    await expect(list(other, { org: "630123" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("names what is wrong, by field", async () => {
    const fields = (fieldErrors: object) => ({ code: "VALIDATION", fieldErrors });
    await expect(create(province, { fundSource: "nobody" })).rejects.toMatchObject(
      fields({ fundSource: [{ key: "unknownCode", values: { value: "nobody" } }] }),
    );
    await expect(create(province, { programme: "nothing" })).rejects.toMatchObject(
      fields({ programme: [{}] }),
    );
    await expect(create(province, { receivedOn: "2026-08-29" })).rejects.toMatchObject(
      fields({ receivedOn: [{ key: "futureDate" }] }),
    );
    await expect(create(province, { fiscalYear: 2099 })).rejects.toMatchObject(
      fields({ fiscalYear: [{}] }),
    );
    await expect(create(province, { organisation: "999999" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("comes a page at a time, with the totals of the whole filter", async () => {
    const all = await list(province, { year: 2026 });
    const first = await list(province, { year: 2026, limit: 2 });
    expect(first.items.map((item) => item.id)).toEqual(
      all.items.slice(0, 2).map((item) => item.id),
    );
    const second = await list(province, { year: 2026, limit: 2, cursor: first.nextCursor ?? "" });
    expect(second.items[0]?.id).toBe(all.items[2]?.id);
    expect(first.totals).toEqual(all.totals);
    const counted = all.items.filter((item) => item.voided === null);
    expect(all.totals.receivedFen).toBe(
      counted.reduce((sum, item) => sum + BigInt(item.amountFen), 0n).toString(),
    );
  });
});
