import { beforeAll, describe, expect, test } from "vitest";
import { createAllotment } from "@/lib/features/allotments/commands";
import type { CheckedSet } from "@/lib/features/disbursements/schema";
import type { SubmittedSet } from "@/lib/features/steps/schema";
import { openFindings } from "@/lib/features/findings/present";
import { sql } from "@/lib/platform/db";
import type { RouteHandler } from "@/lib/platform/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { ALL_ANSWERED, approvedRecord, as, sampleFields } from "@/testing/records";
import { POST as check } from "./check/route";
import { POST as create } from "./route";
import { POST as submit } from "./submit/route";

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  stranger = await actors.clerk("630104");
});

const post = (handler: RouteHandler, person: TestPerson, body: unknown, key?: string) =>
  call(handler, person, {
    method: "POST",
    body,
    headers: { "Idempotency-Key": key ?? crypto.randomUUID(), "sec-fetch-site": "same-origin" },
  });

const row = (amountFen = "15390000", more: object = {}) => ({
  ...sampleFields,
  organisation: "630123",
  amountFen,
  shares: [{ fundSource: "county-union", amountFen: null }],
  ...more,
});

async function standing() {
  const { rows } = await actors.owner.query<{ records: number; entries: number }>(`
    SELECT (SELECT count(*)::int FROM disbursements) AS records,
      (SELECT count(*)::int FROM audit_entries WHERE action = 'disbursement.create') AS entries`);
  return rows[0];
}

type Saved = { id: string; reference: string; version: number; findings: { rule: string }[] };

describe("many drafts", () => {
  test("are made in one go, in their order, each with its audit entry, once a key", async () => {
    const before = await standing();
    const rows = Array.from({ length: 250 }, (_, n) => row(String(100_000 + n)));
    const key = crypto.randomUUID();
    const made = await post(create, clerk, { rows }, key);
    expect(made.status).toBe(201);
    const items = made.body["items"] as Saved[];
    expect(items).toHaveLength(250);
    const { rows: stored } = await actors.owner.query<{ fen: string }>(
      `SELECT d.amount_fen::text AS fen FROM unnest($1::bigint[]) WITH ORDINALITY AS i (id, n)
       JOIN disbursements d ON d.id = i.id ORDER BY i.n`,
      [items.map(({ id }) => id)],
    );
    expect(stored.map(({ fen }) => fen)).toEqual(rows.map(({ amountFen }) => amountFen));
    expect(items[7]).toMatchObject({
      version: 1,
      reference: expect.stringMatching(/^630123-2026-/),
    });
    const after = await standing();
    expect(after).toEqual({
      records: (before?.records ?? 0) + 250,
      entries: (before?.entries ?? 0) + 250,
    });
    expect((await post(create, clerk, { rows }, key)).body["items"]).toEqual(items);
    expect(await standing()).toEqual(after);
  }, 60_000);

  test("are none where one cannot be, and each that cannot is named by its row", async () => {
    const before = await standing();
    const rows = [
      row(),
      row("1", { aidCategory: "gifts" }),
      row("2", { organisation: "630104" }),
      row("3", { paidOn: "2019-08-28" }),
    ];
    const refused = await post(create, clerk, { rows });
    expect(refused.status).toBe(400);
    expect(Object.keys(refused.body.error?.fieldErrors ?? {})).toEqual([
      "rows.1.aidCategory",
      "rows.2.organisation",
      "rows.3.fiscalYear",
    ]);
    expect(await standing()).toEqual(before);
    const malformed = await post(create, clerk, { rows: [row(), row("1,5")] });
    expect(Object.keys(malformed.body.error?.fieldErrors ?? {})).toEqual(["rows.1.amountFen"]);
  });

  test("are a clerk’s, of the own county, and a thousand at most", async () => {
    expect((await post(create, stranger, { rows: [row()] })).status).toBe(404);
    const reviewer = await actors.reviewer("630100");
    expect((await post(create, reviewer, { rows: [row()] })).status).toBe(403);
    const rows = Array.from({ length: 1001 }, () => ({ organisation: "630123", programme: "x" }));
    expect((await post(create, clerk, { rows })).body.error?.fieldErrors).toHaveProperty("rows");
    expect((await post(create, clerk, { rows: [] })).status).toBe(400);
  });

  test("end the working copy they were typed in, and a refusal leaves it", async () => {
    const id = crypto.randomUUID();
    await as(clerk).write(({ tx, actor }) =>
      tx.run(sql`INSERT INTO working_copies (id, owner_id, kind, title, edits, body)
        VALUES (${id}::uuid, ${actor.userId}::uuid, 'DISBURSEMENT', '40 行', 3, '{}'::jsonb)`),
    );
    const left = async () => {
      const { rowCount } = await actors.owner.query("SELECT FROM working_copies WHERE id = $1", [
        id,
      ]);
      return rowCount;
    };
    await post(create, clerk, { rows: [row("1", { programme: "none" })], workingCopy: id });
    expect(await left()).toBe(1);
    await post(create, clerk, { rows: [row()], workingCopy: id });
    expect(await left()).toBe(0);
  });
});

describe("checking many", () => {
  const ask = async (person: TestPerson, rows: object[]) =>
    (await post(check, person, { rows })).body as unknown as CheckedSet;

  test("finds in each what its own check finds, and stores nothing", async () => {
    const before = await standing();
    const rows = [
      row("777", { counts: {} }),
      row("778", { paidOn: null }),
      row("779", { programme: "no-such" }),
      row("780", { shares: [] }),
    ];
    const { items } = await ask(clerk, rows);
    expect(items.map(({ code }) => code)).toEqual([null, null, "VALIDATION", null]);
    expect(items[2]?.problems).toEqual([
      { path: "programme", key: "unknownCode", values: { value: "no-such" } },
    ]);
    for (const [n, rule] of [
      [0, "counts-missing"],
      [1, "date-missing"],
      [3, "shares-missing"],
    ] as const)
      // prettier-ignore
      expect(items[n]?.findings.map((finding) => finding.rule)).toContain(rule);
    expect(await standing()).toEqual(before);
    const stored = await as(clerk).create(rows[0]);
    expect(items[0]?.findings).toEqual(stored.findings);
  });

  test("says which of them are alike, by the threshold of the place", async () => {
    const rows = [row("4711"), row("4711"), row("4711", { paidOn: "2026-09-04" }), row("4711", { paidOn: "2026-09-05" })]; // prettier-ignore
    const { items } = await ask(clerk, rows);
    expect(items.map(({ alike }) => alike)).toEqual([[1, 2], [0, 2], [0, 1, 3], [2]]);
  });

  test("is for whoever may enter there", async () => {
    const { items } = await ask(stranger, [row(), { ...row(), organisation: "630104" }]);
    expect(items.map(({ code }) => code)).toEqual(["NOT_FOUND", null]);
    expect((await post(check, clerk, { rows: Array.from({ length: 201 }, () => row()) })).status).toBe(400); // prettier-ignore
  });
});

describe("submitting many", () => {
  const ask = async (person: TestPerson, items: object[], key?: string) => {
    const answer = await post(submit, person, { items }, key);
    return { status: answer.status, ...(answer.body as unknown as SubmittedSet) };
  };
  const statusOf = async (id: string) => (await as(clerk).get(id)).status;

  test("sends the clean ones; each other says why it stays", async () => {
    const clean = await as(clerk).create(row("11100000"));
    const bare = await as(clerk).create({ ...row("11200000"), shares: [] });
    const soft = await as(clerk).create({ ...row("11300000"), counts: {} });
    const old = await as(clerk).create(row("11400000"));
    const gone = await as(clerk).submit(await as(clerk).create(row("11500000")));
    const key = crypto.randomUUID();
    const items = [
      { id: clean.id, version: clean.version },
      { id: bare.id, version: bare.version },
      { id: soft.id, version: soft.version },
      { id: old.id, version: 9 },
      { id: gone.id, version: gone.version },
      { id: "999999999", version: 1 },
    ];
    const answer = await ask(clerk, items, key);
    expect(answer.items.map(({ code }) => code)).toEqual([
      null,
      "FINDINGS",
      "FINDINGS",
      "STALE",
      "TRANSITION",
      "NOT_FOUND",
    ]);
    expect(answer.items[0]).toMatchObject({ status: "submitted", version: 2, reference: clean.reference }); // prettier-ignore
    expect(answer.items[1]?.findings.map(({ rule }) => rule)).toContain("shares-missing");
    expect(answer.items[2]).toMatchObject({ status: "draft", version: 1 });
    expect(answer.items[5]).toMatchObject({ reference: null, version: null, findings: [] });
    expect(await statusOf(clean.id)).toBe("submitted");
    expect(await statusOf(bare.id)).toBe("draft");
    const { rows } = await actors.owner.query(
      "SELECT subject_id::text FROM audit_entries WHERE action = 'disbursement.submit' AND subject_id = ANY ($1)",
      [items.map(({ id }) => id)],
    );
    expect(rows.map(({ subject_id }) => String(subject_id)).sort()).toEqual(
      [clean.id, gone.id].sort(),
    );
    expect((await ask(clerk, items, key)).items).toEqual(answer.items);

    const answered = {
      id: soft.id,
      version: 1,
      answers: [{ rule: "counts-missing", answer: "checked-correct" }],
    };
    expect((await ask(clerk, [answered])).items[0]).toMatchObject({ code: null, status: "submitted" }); // prettier-ignore
    const wordless = { id: old.id, version: 1, answers: [{ rule: "counts-missing", answer: "other" }] }; // prettier-ignore
    expect((await ask(clerk, [wordless])).items[0]).toMatchObject({
      code: "VALIDATION",
      problems: [{ path: "answers.0.words", key: "required" }],
    });
  });

  test("keeps back what only together is too much, and lets the rest go", async () => {
    const province = await actors.province();
    await as(province).write((context) =>
      createAllotment({
        ...context,
        input: {
          organisation: "630123",
          fiscalYear: 2026,
          fundSource: "provincial-treasury",
          amountFen: "10000000",
          amountKind: "exact",
        },
      }),
    );
    const earmarked = { shares: [{ fundSource: "provincial-treasury", amountFen: null }] };
    const one = await as(clerk).create({ ...row("6000000"), ...earmarked });
    const two = await as(clerk).create({ ...row("6100000"), ...earmarked });
    const free = await as(clerk).create(row("6200000"));
    const items = [one, two, free].map(({ id, version }) => ({ id, version }));
    const answer = await ask(clerk, items);
    expect(answer.items.map(({ code }) => code)).toEqual(["FINDINGS", null, null]);
    expect(answer.items[0]?.problems).toEqual([
      {
        path: "shares",
        key: "finding.over-received",
        values: expect.objectContaining({
          fundSource: { nameZh: "省财政", nameEn: "Provincial treasury" },
          overFen: "2100000",
        }),
      },
      { path: "shares", key: "leftOfSource", values: { leftFen: "10000000" } },
    ]);
    const statuses = [await statusOf(one.id), await statusOf(two.id), await statusOf(free.id)];
    expect(statuses).toEqual(["draft", "submitted", "submitted"]);
  });

  test("asks a word of what only together is unusual, and hands it in with that word", async () => {
    const own = await actors.clerk("630102");
    const reviewer = await actors.reviewer("630100");
    const shares = [{ fundSource: "county-union", amountFen: null }];
    const lastYear = { paidOn: "2025-08-28", amountFen: "10000000", shares };
    await approvedRecord(own, reviewer, lastYear);
    const halves = [
      await as(own).create({ amountFen: "16000000", shares }),
      await as(own).create({ amountFen: "15900000", shares, paidOn: "2026-08-01" }),
    ];
    const asked = async (answers: object[]) =>
      (await ask(own, halves.map(({ id, version }) => ({ id, version, answers })))).items; // prettier-ignore
    const rule = "much-above-last-year";
    for (const half of halves) expect(half.findings.map((found) => found.rule)).not.toContain(rule);
    const others = ALL_ANSWERED.filter((answer) => answer.rule !== rule);
    for (const { code, findings } of await asked(others)) {
      expect(code).toBe("FINDINGS");
      expect(openFindings(findings).unanswered.map((found) => found.rule)).toEqual([rule]);
    }
    for (const { code, findings } of await asked(ALL_ANSWERED)) {
      expect(code).toBeNull();
      expect(findings.find((found) => found.rule === rule)?.answer).toMatchObject({ covers: true });
    }
    const { rows } = await actors.owner.query<{ rule: string }>(
      `SELECT jsonb_array_elements(body::jsonb->'answers')->>'rule' AS rule FROM audit_entries
       WHERE action = 'disbursement.submit' AND subject_id = ANY ($1)`,
      [halves.map(({ id }) => id)],
    );
    expect(rows.filter((answered) => answered.rule === rule)).toHaveLength(2);
  });

  test("is nobody else’s, and names each record once", async () => {
    const draft = await as(clerk).create(row("7700000"));
    const item = { id: draft.id, version: draft.version };
    expect((await ask(stranger, [item])).items[0]).toMatchObject({ code: "NOT_FOUND", status: null }); // prettier-ignore
    const reviewer = await actors.reviewer("630100");
    expect((await ask(reviewer, [item])).items[0]?.code).toBe("FORBIDDEN");
    expect((await ask(clerk, [item, item])).status).toBe(400);
    expect(await statusOf(draft.id)).toBe("draft");
  });
});
