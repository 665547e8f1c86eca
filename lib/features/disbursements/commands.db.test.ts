import { beforeAll, describe, expect, test } from "vitest";
import { sql } from "@/lib/platform/db";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { approvedRecord, as, sampleFields, TEST_NOW } from "@/testing/records";
import { createDisbursement } from "./commands";

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let neighbour: TestPerson;
let reviewer: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  neighbour = await actors.clerk("630104");
  reviewer = await actors.reviewer("630100");
});

const refusedWith = (code: string, fields?: Record<string, unknown>) =>
  expect.objectContaining({
    code,
    ...(fields ? { fieldErrors: expect.objectContaining(fields) } : {}),
  });

/** The entries of one record in the audit chain, oldest first. */
async function entriesOf(id: string) {
  const { rows } = await actors.owner.query<{ action: string; actor_id: string; body: string }>(
    "SELECT action, actor_id, body FROM audit_entries WHERE subject_type = 'disbursement' AND subject_id = $1 ORDER BY position",
    [id],
  );
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as Record<string, unknown> }));
}

describe("creating", () => {
  test("a clerk's words and the programme's defaults become a draft, with its audit entry", async () => {
    const draft = await as(clerk).create({ note: "慰问张三" });
    expect(draft).toMatchObject({
      status: "draft",
      version: 1,
      organisation: "630123",
      aidCategory: "education",
      recipientKind: "needy-worker-children",
      form: "transfer",
      month: 8,
      fiscalYear: 2026,
      amountFen: "15390000",
      counts: { households: 21 },
      shares: sampleFields.shares,
      actions: ["edit", "submit", "void"],
      origin: "entered",
      steps: [],
      findings: [],
      reference: expect.stringMatching(/^630123-2026-\d{6}$/),
      createdBy: { id: clerk.userId },
    });
    const [entry, ...more] = await entriesOf(draft.id);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ action: "disbursement.create", actor_id: clerk.userId });
    expect(entry?.body).toMatchObject({ after: { amountFen: "15390000", paidOn: "2026-08-28" } });
    expect(JSON.stringify(entry)).not.toContain("张三");
  });

  test("a draft may be nearly empty", async () => {
    const bare = { programme: "cool-summer", organisation: "630123" };
    const draft = await as(clerk).write((c) => createDisbursement({ ...c, input: bare }));
    expect(draft).toMatchObject({ amountFen: null, paidOn: null, fiscalYear: 2026, shares: [] });
    expect(draft.findings.map((f) => f.rule)).toEqual([
      "amount-missing",
      "shares-missing",
      "date-missing",
      "counts-missing",
    ]);
  });

  test("names every code that does not exist", async () => {
    const attempt = as(clerk).create({
      aidCategory: "gifts",
      recipientKind: "dragons",
      campaign: "no-such",
      shares: [{ fundSource: "piggy-bank", amountFen: "1" }],
    });
    await expect(attempt).rejects.toEqual(
      refusedWith("VALIDATION", {
        aidCategory: [{ key: "unknownCode", values: { value: "gifts" } }],
        recipientKind: [{ key: "unknownCode", values: { value: "dragons" } }],
        campaign: [{ key: "unknownCode", values: { value: "no-such" } }],
        "shares.0.fundSource": [{ key: "unknownCode", values: { value: "piggy-bank" } }],
      }),
    );
    await expect(as(clerk).create({ programme: "gifts" })).rejects.toEqual(
      refusedWith("VALIDATION", { programme: expect.anything() }),
    );
  });

  test("another county's organisation and one that does not exist are the same answer", async () => {
    for (const organisation of ["630104", "nowhere"])
      await expect(as(clerk).create({ organisation })).rejects.toEqual(
        refusedWith("NOT_FOUND", {
          organisation: [{ key: "unknownCode", values: { value: organisation } }],
        }),
      );
  });

  test("is a clerk's work alone", async () => {
    for (const person of [
      reviewer,
      await actors.auditor(),
      await actors.admin(),
      await actors.province(),
    ])
      await expect(as(person).create({ organisation: "630123" })).rejects.toEqual(
        refusedWith("FORBIDDEN"),
      );
  });

  test("not into a year that is closed or was never opened", async () => {
    await actors.owner.query("INSERT INTO years (year, status) VALUES (2021, 'CLOSED')");
    for (const paidOn of ["2021-08-28", "2019-08-28"])
      await expect(as(clerk).create({ paidOn })).rejects.toEqual(
        refusedWith("YEAR_CLOSED", { fiscalYear: expect.anything() }),
      );
  });

  test("provenance is for imports, and one source reference stands once", async () => {
    const provenance = {
      origin: "published" as const,
      sourceRef: "XX-01",
      sourceCitation: "《青海工运》",
    };
    const input = { ...sampleFields, organisation: "630123", amountWording: "15.39万余元" };
    const write = () => as(clerk).write((c) => createDisbursement({ ...c, input, provenance }));
    expect(await write()).toMatchObject({ origin: "published", sourceRef: "XX-01" });
    await expect(write()).rejects.toEqual(refusedWith("CONFLICT"));
  });
});

describe("a retired organisation or programme", () => {
  const retire = (table: string, code: string, active: boolean) =>
    actors.owner.query(`UPDATE ${table} SET active = $2 WHERE code = $1`, [code, active]);

  test.each([
    ["organisations", "630123", "organisation"],
    ["programmes", "golden-autumn", "programme"],
  ])(
    "of the %s takes no new record, and lets an old one be finished",
    async (table, code, field) => {
      const begun = await as(clerk).create();
      await retire(table, code, false);
      try {
        await expect(as(clerk).create()).rejects.toEqual(
          refusedWith("VALIDATION", { [field]: [{ key: "inactive" }] }),
        );
        await expect(as(clerk).update(begun, { note: "补充" })).resolves.toMatchObject({
          version: 2,
        });
      } finally {
        await retire(table, code, true);
      }
    },
  );
});

test("free words never enter the chain: neither the note nor the rate's", async () => {
  const rate = { unitFen: "15390000", count: 1, times: 1, note: "商户让利给李四" };
  const draft = await as(clerk).create({ rate, note: "王五收" });
  await as(clerk).update(draft, { rate: { ...rate, note: "改由赵六收" }, note: "周七收" });
  const { rows } = await actors.owner.query<{ body: string }>(
    "SELECT body FROM audit_entries WHERE subject_type = 'disbursement' AND subject_id = $1",
    [draft.id],
  );
  expect(rows).toHaveLength(2);
  expect(rows.map((row) => row.body).join()).not.toMatch(/李四|王五|赵六|周七/);
});

describe("changing", () => {
  test("replaces what is said and keeps the rest; the entry has before and after", async () => {
    const draft = await as(clerk).create();
    const shares = [{ fundSource: "donation", amountFen: "100" }];
    const changed = await as(clerk).update(draft, { amountFen: "100", shares });
    expect(changed).toMatchObject({
      version: 2,
      amountFen: "100",
      shares,
      counts: { households: 21 },
    });
    const [, entry] = await entriesOf(draft.id);
    expect(entry?.body).toMatchObject({
      before: { amountFen: "15390000" },
      after: { amountFen: "100", shares },
    });
  });

  test("from two windows at once, one is told that it is out of date", async () => {
    const draft = await as(clerk).create();
    const results = await Promise.allSettled(
      ["1", "2", "3", "4"].map((amountFen) => as(clerk).update(draft, { amountFen })),
    );
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    const refused = results.flatMap((r) => (r.status === "rejected" ? [r.reason as unknown] : []));
    expect(refused).toEqual([1, 2, 3].map(() => refusedWith("STALE")));
  });

  test("another county's clerk finds nothing to change", async () => {
    const draft = await as(clerk).create();
    await expect(as(neighbour).update(draft, { note: "x" })).rejects.toEqual(
      refusedWith("NOT_FOUND"),
    );
    await expect(as(neighbour).get(draft.id)).rejects.toEqual(refusedWith("NOT_FOUND"));
    await expect(as(reviewer).update(draft, { note: "x" })).rejects.toEqual(
      refusedWith("FORBIDDEN"),
    );
    await expect(as(clerk).get("999999999999999999")).rejects.toEqual(refusedWith("NOT_FOUND"));
  });

  test("nothing of a submitted record", async () => {
    const submitted = await as(clerk).submit(await as(clerk).create());
    await expect(as(clerk).update(submitted, { note: "x" })).rejects.toEqual(
      refusedWith("TRANSITION"),
    );
  });
});

describe("correcting", () => {
  const replacement = {
    ...sampleFields,
    amountFen: "14000000",
    shares: [{ fundSource: "county-union", amountFen: "14000000" }],
  };

  test("reverses exactly, replaces, and goes through review as a pair", async () => {
    const original = await approvedRecord(clerk, reviewer, { paidOn: "2026-08-03" });
    const corrected = await as(clerk).adjust(original, { ...replacement, paidOn: "2026-08-03" });
    expect(corrected).toMatchObject({
      id: original.id,
      version: original.version,
      status: "approved",
    });
    const [link] = corrected.adjustments;
    expect(link).toMatchObject({
      status: "draft",
      reason: "amount-wrong",
      originalId: original.id,
    });
    const reversal = await as(clerk).get(link?.reversalId ?? "");
    expect(reversal).toMatchObject({
      entryKind: "reversal",
      amountFen: "-15390000",
      counts: { households: -21 },
      paidOn: "2026-08-03",
      status: "draft",
      findings: [],
    });
    expect(reversal.shares.map((s) => s.amountFen)).toEqual(["-10000000", "-5390000"]);

    // acting on one half acts on both
    await as(clerk).submit(reversal);
    const second = await as(clerk).get(link?.replacementId ?? "");
    expect(second).toMatchObject({ status: "submitted", entryKind: "replacement", version: 2 });
    const approved = await as(reviewer).approve(second);
    expect(approved).toMatchObject({ status: "approved", amountFen: "14000000" });
    expect((await as(clerk).get(reversal.id)).status).toBe("approved");
    expect((await as(clerk).get(original.id)).actions).not.toContain("adjust");
    for (const id of [original.id, reversal.id, second.id])
      expect((await entriesOf(id)).at(-1)?.action).toMatch(
        id === original.id ? /adjust/ : /approve/,
      );
  });

  test("a returned correction is mended in its replacement, whichever half is named", async () => {
    const original = await approvedRecord(clerk, reviewer, { paidOn: "2026-08-04" });
    const { adjustments } = await as(clerk).adjust(original, {
      ...replacement,
      paidOn: "2026-08-04",
    });
    const reversalId = adjustments[0]?.reversalId ?? "";
    const sent = await as(clerk).submit(await as(clerk).get(reversalId));
    const back = await as(reviewer).return(sent);
    expect(back).toMatchObject({ status: "returned", actions: [] });
    await as(clerk).update(back, { note: "已更正" });
    const corrected = await as(clerk).get(adjustments[0]?.replacementId ?? "");
    expect(corrected).toMatchObject({ note: "已更正", status: "returned" });
    const voided = await as(clerk).void(corrected);
    expect(voided.status).toBe("voided");
    expect((await as(clerk).get(reversalId)).status).toBe("voided");
    // and then the original may be corrected again
    expect((await as(clerk).get(original.id)).actions).toContain("adjust");
  });

  test("only once at a time, however fast", async () => {
    const original = await approvedRecord(clerk, reviewer, { paidOn: "2026-08-05" });
    const results = await Promise.allSettled([1, 2, 3].map(() => as(clerk).adjust(original, null)));
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    for (const r of results)
      if (r.status === "rejected") expect(r.reason).toEqual(refusedWith("CONFLICT"));
  });

  test("of a record over 500,000 yuan needs the province for both halves", async () => {
    const big = {
      amountFen: "60000000",
      shares: [{ fundSource: "county-union", amountFen: null }],
      paidOn: "2026-08-06",
    };
    const province = await actors.province();
    const approvedOnce = await approvedRecord(clerk, reviewer, big);
    const original = await as(province).approve(approvedOnce);
    expect(original).toMatchObject({ status: "approved", approvalsNeeded: 2 });
    const { adjustments } = await as(clerk).adjust(original, {
      ...replacement,
      paidOn: "2026-08-06",
    });
    const small = await as(clerk).submit(await as(clerk).get(adjustments[0]?.replacementId ?? ""));
    expect(small.approvalsNeeded).toBe(1);
    const first = await as(reviewer).approve(small);
    expect(first).toMatchObject({ status: "submitted", approvalsGiven: 0 });
    await expect(as(reviewer).approve(first)).rejects.toEqual(refusedWith("OWN_ENTRY"));
    const done = await as(province).approve(first);
    expect(done).toMatchObject({ status: "approved", approvalsGiven: 1 });
    expect(await as(clerk).get(adjustments[0]?.reversalId ?? "")).toMatchObject({
      status: "approved",
      approvalsGiven: 2,
    });
  });

  test("of a closed year is posted on the day of correction, in the open year", async () => {
    await actors.owner.query("INSERT INTO years (year) VALUES (2020)");
    const original = await approvedRecord(clerk, reviewer, { paidOn: "2020-08-28" });
    await actors.owner.query(
      "UPDATE years SET status = 'CLOSED', version = version + 1 WHERE year = 2020",
    );
    expect((await as(clerk).get(original.id)).actions).toEqual(["adjust"]);
    const { adjustments } = await as(clerk).adjust(original, {
      ...replacement,
      paidOn: "2020-08-28",
    });
    const ids = [adjustments[0]?.reversalId ?? "", adjustments[0]?.replacementId ?? ""];
    for (const id of ids)
      expect(await as(clerk).get(id)).toMatchObject({ paidOn: "2026-11-20", fiscalYear: 2026 });
  });

  test("is not the reviewer's work, and not on a version that has passed", async () => {
    const original = await approvedRecord(clerk, reviewer, { paidOn: "2026-08-07" });
    await expect(as(reviewer).adjust(original, null)).rejects.toEqual(refusedWith("FORBIDDEN"));
    await expect(as(clerk).adjust({ ...original, version: 1 }, null)).rejects.toEqual(
      refusedWith("STALE"),
    );
    await expect(as(neighbour).adjust(original, null)).rejects.toEqual(refusedWith("NOT_FOUND"));
  });
});

test("the second wall: with another county's session, plain SQL sees no row of it", async () => {
  await as(clerk).create();
  const seen = (person: TestPerson) =>
    as(person, TEST_NOW).read(async ({ db }) => {
      const tables = ["disbursements", "disbursement_shares", "figure_rows", "approval_steps"];
      const counts: number[] = [];
      for (const table of tables) {
        const [row] = await db.rows<{ n: number }>(sql`SELECT count(*)::int AS n
          FROM ${sql([table])} x JOIN organisations o ON o.id = x.organisation_id WHERE o.code = '630123'`);
        counts.push(row?.n ?? 0);
      }
      return counts;
    });
  expect(await seen(neighbour)).toEqual([0, 0, 0, 0]);
  expect(await seen(await actors.admin())).toEqual([0, 0, 0, 0]);
  expect(Math.min(...(await seen(clerk)))).toBeGreaterThan(0);
});
