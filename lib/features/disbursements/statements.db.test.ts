import { beforeAll, describe, expect, test } from "vitest";
import type { Reader } from "@/lib/platform/db";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { as, sampleFields } from "@/testing/records";
import { saveDisbursements } from "./commands";
import type { DisbursementFields } from "./schema";

const actors = testActors(await testDatabase());
let clerk: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
});

const refusedWith = (code: string, fields: Record<string, unknown>) =>
  expect.objectContaining({ code, fieldErrors: expect.objectContaining(fields) });

async function entriesOf(id: string) {
  const { rows } = await actors.owner.query(
    "SELECT FROM audit_entries WHERE subject_type = 'disbursement' AND subject_id = $1",
    [id],
  );
  return rows;
}

describe("in sets", () => {
  const fields = (
    amountFen: string,
    more: Partial<DisbursementFields> = {},
  ): DisbursementFields => ({
    ...sampleFields,
    organisation: "630123",
    amountFen,
    shares: [{ fundSource: "county-union", amountFen: null }],
    ...more,
  });
  const count = async () => {
    const { rows } = await actors.owner.query<{ n: number }>("SELECT count(*)::int AS n FROM disbursements"); // prettier-ignore
    return rows[0]?.n;
  };

  test("many are created and many changed at once, an entry each, in the order they came", async () => {
    const [first, second] = [await as(clerk).create(), await as(clerk).create({ shares: [] })];
    const created = Array.from({ length: 40 }, (_, n) => ({ fields: fields(String(900 + n)) }));
    const changed = [
      { id: second.id, fields: { version: 1, shares: sampleFields.shares } },
      { id: first.id, fields: { version: 1, note: "改" } },
    ];
    const saved = await as(clerk).write((c) => saveDisbursements({ ...c, created, changed }));
    expect(saved.slice(0, 40).map((d) => d.amountFen)).toEqual(
      created.map((item) => item.fields.amountFen),
    );
    expect(saved.slice(40).map((d) => [d.id, d.version])).toEqual([
      [second.id, 2],
      [first.id, 2],
    ]);
    for (const detail of saved.slice(38)) expect(await as(clerk).get(detail.id)).toEqual({ ...detail, rounds: [] }); // prettier-ignore
    expect(new Set(saved.map((d) => d.id)).size).toBe(42);
    for (const { id } of saved) expect(await entriesOf(id)).toHaveLength(changed.some((c) => c.id === id) ? 2 : 1); // prettier-ignore
  });

  test("a thousand drafts take the statements of one, but that a hundred are judged at once", async () => {
    const statements = (n: number) =>
      as(clerk).write(async (c) => {
        let trips = 0;
        const rows: Reader["rows"] = (query) => ((trips += 1), c.tx.rows(query));
        const tx = { ...c.tx, rows };
        const created = Array.from({ length: n }, (_, i) => ({ fields: fields(String(5000 + i)) }));
        await saveDisbursements({ ...c, tx, db: tx, created });
        return trips;
      });
    // a statement has five seconds, whatever the machine carries
    expect([await statements(1), await statements(1000)]).toEqual([3, 12]);
    expect((await actors.owner.query("SELECT guard.figure_differences()")).rows).toEqual([]);
  });

  test("one that is refused is named, and nothing of the set is written", async () => {
    const before = await count();
    const refused = (created: { fields: DisbursementFields }[]) =>
      as(clerk).write((c) => saveDisbursements({ ...c, created }));
    await expect(
      refused([{ fields: fields("1") }, { fields: fields("2", { aidCategory: "gifts" }) }]),
    ).rejects.toEqual(
      refusedWith("VALIDATION", { "created.1.aidCategory": [expect.objectContaining({ key: "unknownCode" })] }), // prettier-ignore
    );
    await expect(
      refused([{ fields: fields("1") }, { fields: fields("2", { organisation: "630104" }) }]),
    ).rejects.toEqual(refusedWith("NOT_FOUND", { "created.1.organisation": expect.anything() }));
    const draft = await as(clerk).create();
    const changed = [
      { id: draft.id, fields: { version: 1, note: "a" } },
      { id: draft.id, fields: { version: 1, note: "b" } },
    ];
    await expect(as(clerk).write((c) => saveDisbursements({ ...c, changed }))).rejects.toEqual(
      refusedWith("STALE", { "changed.1": [{ key: "code.STALE" }] }),
    );
    expect(await count()).toBe((before ?? 0) + 1);
    expect((await as(clerk).get(draft.id)).version).toBe(1);
  });

  test("a code may be called like something every object has", async () => {
    const names = ["constructor", "__proto__", "toString"];
    for (const name of names) {
      const attempt = as(clerk).create({ aidCategory: name, recipientKind: name, shares: [{ fundSource: name, amountFen: "1" }] }); // prettier-ignore
      await expect(attempt).rejects.toEqual(
        refusedWith("VALIDATION", { aidCategory: expect.anything(), recipientKind: expect.anything(), "shares.0.fundSource": expect.anything() }), // prettier-ignore
      );
    }
  });
});
