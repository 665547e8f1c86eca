import { beforeAll, describe, expect, test } from "vitest";
import { sql } from "@/lib/platform/db";
import type { TestPerson } from "@/testing/actors";
import { testCounty } from "@/testing/county";
import { ALL_ANSWERED, as } from "@/testing/records";
import { listReviewQueue } from "@/lib/features/review/queries";

const { actors, clerk, reviewer, province } = await testCounty();
let neighbour: TestPerson;
beforeAll(async () => {
  neighbour = await actors.clerk("630104");
});

const refusedWith = (code: string, fields?: Record<string, unknown>) =>
  expect.objectContaining({
    code,
    ...(fields ? { fieldErrors: expect.objectContaining(fields) } : {}),
  });
const submitted = async (fields: Parameters<ReturnType<typeof as>["create"]>[0] = {}) =>
  as(clerk).submit(await as(clerk).create(fields));
const BIG = { amountFen: "50000000", shares: [{ fundSource: "county-union", amountFen: null }] };

describe("submitting", () => {
  test("hard findings stop it, by field; nothing is half-written", async () => {
    const draft = await as(clerk).create({
      cashFen: "1",
      goodsFen: "1",
      form: null,
      fiscalYear: 2025,
      paidOn: "2026-08-01",
      shares: [{ fundSource: "county-union", amountFen: "1" }],
      rate: { unitFen: "3", count: 1, times: 1 },
    });
    await expect(as(clerk).submit(draft)).rejects.toEqual(
      refusedWith("FINDINGS", {
        cashFen: [expect.objectContaining({ key: "finding.cash-goods-sum" })],
        form: [expect.objectContaining({ key: "finding.classification-missing" })],
        fiscalYear: [expect.objectContaining({ key: "finding.year-of-date" })],
        shares: [expect.objectContaining({ key: "finding.shares-sum" })],
        rate: [expect.objectContaining({ key: "finding.rate-basis" })],
      }),
    );
    expect(await as(clerk).get(draft.id)).toMatchObject({ status: "draft", version: 1, steps: [] });
  });

  test("soft findings need an answer, which travels to the reviewer", async () => {
    const draft = await as(clerk).create({ paidOn: "2026-03-05" });
    expect(draft.findings.map((f) => `${f.rule} ${f.level}`)).toEqual(["outside-season soft"]);
    await expect(as(clerk).submit(draft, [])).rejects.toEqual(
      refusedWith("FINDINGS", {
        paidOn: [
          expect.objectContaining({ key: "finding.outside-season" }),
          { key: "answerNeeded", values: { rule: "outside-season" } },
        ],
      }),
    );
    const bare = [{ rule: "outside-season" as const, answer: "other" as const }];
    await expect(as(clerk).submit(draft, bare)).rejects.toEqual(
      refusedWith("VALIDATION", { "answers.0.words": [{ key: "required" }] }),
    );
    const answers = [{ ...bare[0]!, words: "春季学期补发" }];
    await as(clerk).submit(draft, answers);
    const seen = await as(reviewer).get(draft.id);
    expect(seen.findings[0]?.answer).toEqual({
      code: "other",
      words: "春季学期补发",
      covers: true,
    });
    const { rows } = await actors.owner.query(
      "SELECT rule FROM finding_answers WHERE disbursement_id = $1",
      [draft.id],
    );
    expect(rows).toEqual([{ rule: "outside-season" }]);
  });

  test("earmarked money: not more than was received; not yet recorded is a notice to the reviewer", async () => {
    const shares = [{ fundSource: "central-treasury", amountFen: null }];
    const fields = { paidOn: "2026-08-10", amountFen: "700000", shares };
    const draft = await as(clerk).create(fields);
    expect(draft.findings).toEqual([]);
    const sent = await as(clerk).submit(draft);
    const [notice] = (await as(reviewer).get(sent.id)).findings;
    expect(notice).toMatchObject({ rule: "over-received", level: "notice" });

    await actors.owner.query("SELECT set_config('app.session', $1, false)", [province.session]);
    await actors.owner.query(
      `INSERT INTO allotments (organisation_id, fiscal_year, fund_source_id, amount_fen, created_by, created_at)
       SELECT o.id, 2026, f.id, 1000000, $1, now() FROM organisations o, fund_sources f
       WHERE o.code = '630123' AND f.code = 'central-treasury'`,
      [province.userId],
    );
    expect((await as(reviewer).get(sent.id)).findings).toEqual([]);
    const more = await as(clerk).create({ ...fields, amountFen: "400000", paidOn: "2026-08-20" });
    expect(more.findings).toMatchObject([
      {
        rule: "over-received",
        level: "hard",
        values: { receivedFen: "1000000", spentFen: "1100000" },
      },
    ]);
    await expect(as(clerk).submit(more)).rejects.toEqual(refusedWith("FINDINGS"));
  });

  test("an answer given once stays with the record when it comes back and is submitted again", async () => {
    const draft = await as(clerk).create({ paidOn: "2026-03-05" });
    const sent = await as(clerk).submit(draft, ALL_ANSWERED);
    const again = await as(clerk).submit(await as(reviewer).return(sent), []);
    const asked = again.findings.find((f) => f.rule === "outside-season");
    expect(asked?.answer).toEqual({ code: "checked-correct", words: null, covers: true });
  });

  test("twice with the same version makes one submission", async () => {
    const draft = await as(clerk).create({ paidOn: "2026-08-11" });
    const results = await Promise.allSettled([1, 2].map(() => as(clerk).submit(draft)));
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    const late = results.flatMap((r) => (r.status === "rejected" ? [r.reason as unknown] : []));
    expect(late).toEqual([refusedWith("STALE")]);
    await expect(as(clerk).submit(draft)).rejects.toEqual(refusedWith("STALE"));
    expect((await as(clerk).get(draft.id)).steps).toHaveLength(1);
  });
});

describe("approving", () => {
  test("is never done by whoever entered, edited or submitted the record", async () => {
    const both = await actors.clerk("630123");
    await actors.owner.query(
      `INSERT INTO memberships (user_id, organisation_id, role)
       SELECT $1, id, 'REVIEWER' FROM organisations WHERE code = '630123'`,
      [both.userId],
    );
    // the new role ended the session; open it again
    await actors.owner.query("UPDATE sessions SET revoked_at = NULL WHERE user_id = $1", [
      both.userId,
    ]);
    const own = await as(both).submit(await as(both).create({ paidOn: "2026-08-12" }));
    expect(own.actions).toEqual(["withdraw", "return", "void"]);
    await expect(as(both).approve(own)).rejects.toEqual(refusedWith("OWN_ENTRY"));

    const draft = await as(clerk).create({ paidOn: "2026-08-13" });
    const edited = await as(both).update(draft, { note: "改过" });
    const sent = await as(clerk).submit(edited);
    expect(sent.lastEditedBy.id).toBe(both.userId);
    await expect(as(both).approve(sent)).rejects.toEqual(refusedWith("OWN_ENTRY"));
    // and not by going round the policy either
    const law = as(both).write(async ({ tx, now }) => {
      await tx.run(sql`
        INSERT INTO approval_steps (disbursement_id, organisation_id, action, actor_id, at, round)
        SELECT id, organisation_id, 'APPROVE', ${both.userId}::uuid, ${now}::timestamptz, 1
        FROM disbursements WHERE id = ${sent.id}::bigint`);
      await tx.run(sql`
        UPDATE disbursements SET status = 'APPROVED', approvals_given = 1, approved_at = ${now}, version = version + 1
        WHERE id = ${sent.id}::bigint`);
    });
    await expect(law).rejects.toEqual(refusedWith("OWN_ENTRY"));
  });

  test("is refused to the wrong role, the wrong place and whoever is late", async () => {
    const sent = await submitted({ paidOn: "2026-08-14" });
    await expect(as(clerk).approve(sent)).rejects.toEqual(refusedWith("FORBIDDEN"));
    await expect(as(await actors.auditor()).approve(sent)).rejects.toEqual(
      refusedWith("FORBIDDEN"),
    );
    await expect(as(await actors.admin()).approve(sent)).rejects.toEqual(refusedWith("NOT_FOUND"));
    await expect(as(neighbour).approve(sent)).rejects.toEqual(refusedWith("NOT_FOUND"));
    await expect(as(await actors.reviewer("632200")).approve(sent)).rejects.toEqual(
      refusedWith("NOT_FOUND"),
    );
    await expect(as(reviewer).approve({ ...sent, version: 1 })).rejects.toEqual(
      refusedWith("STALE"),
    );
    await as(reviewer).approve(sent);
    const again = await as(reviewer).get(sent.id);
    await expect(as(reviewer).approve(again)).rejects.toEqual(refusedWith("TRANSITION"));
  });

  test("by two at once is done by one", async () => {
    const sent = await submitted({ paidOn: "2026-08-15" });
    const other = await actors.reviewer("630123");
    const results = await Promise.allSettled([as(reviewer).approve(sent), as(other).approve(sent)]);
    const refused = results.flatMap((r) => (r.status === "rejected" ? [r.reason as unknown] : []));
    expect(refused).toEqual([refusedWith("STALE")]);
    const { steps, approvalsGiven } = await as(clerk).get(sent.id);
    expect([steps.length, approvalsGiven]).toEqual([2, 1]);
  });

  test("from 500,000 yuan up, a second one by the province", async () => {
    const sent = await submitted({ ...BIG, paidOn: "2026-08-16" });
    expect(sent.approvalsNeeded).toBe(2);
    const first = await as(reviewer).approve(sent);
    expect(first).toMatchObject({ status: "submitted", approvalsGiven: 1, actions: ["return"] });
    const other = await actors.reviewer("630123");
    await expect(as(other).approve(first)).rejects.toEqual(refusedWith("APPROVAL_LEVEL"));
    const second = await as(province).approve(first);
    expect(second).toMatchObject({ status: "approved", approvalsGiven: 2 });
    expect(second.steps.map((s) => s.action)).toEqual(["submit", "approve", "approve"]);
  });

  test("after a return begins anew", async () => {
    const sent = await submitted({ ...BIG, paidOn: "2026-08-17" });
    const first = await as(reviewer).approve(sent);
    const back = await as(province).return(first, {
      reason: "evidence-missing",
      words: "缺签领表",
    });
    expect(back).toMatchObject({ status: "returned", approvalsGiven: 0 });
    const mended = await as(clerk).update(back, { note: "已补" });
    const again = await as(clerk).submit(mended);
    expect(again).toMatchObject({ status: "submitted", approvalsGiven: 0 });
    const approved = await as(province).approve(await as(reviewer).approve(again));
    expect(approved.steps.map((s) => `${s.action} ${s.round}`)).toEqual([
      "submit 1",
      "approve 1",
      "return 1",
      "submit 2",
      "approve 2",
      "approve 2",
    ]);
  });
});

test("a county whose chair enters is reviewed by the prefecture", async () => {
  const county = "632626";
  const local = await actors.clerk(county);
  const sent = await as(local).submit(await as(local).create());
  await expect(as(await actors.reviewer(county)).approve(sent)).rejects.toEqual(
    refusedWith("APPROVAL_LEVEL"),
  );
  const prefecture = await actors.reviewer("632600");
  expect((await as(prefecture).approve(sent)).status).toBe("approved");
});

test("a voided record stays, and says who, when and why", async () => {
  const draft = await as(clerk).create({ paidOn: "2026-08-18" });
  const voided = await as(clerk).void(draft, { reason: "entered-twice", words: "与上一笔重复" });
  expect(voided).toMatchObject({
    status: "voided",
    actions: [],
    steps: [
      {
        action: "void",
        reason: "entered-twice",
        words: "与上一笔重复",
        actor: { id: clerk.userId },
      },
    ],
  });
  await expect(as(clerk).void(voided)).rejects.toEqual(refusedWith("TRANSITION"));
  await expect(as(clerk).submit(voided)).rejects.toEqual(refusedWith("TRANSITION"));
});

test("every step has its audit entry, by whoever took it, and no free words in it", async () => {
  const draft = await as(clerk).create({ paidOn: "2026-08-19" });
  const back = await as(reviewer).return(await as(clerk).submit(draft), { words: "请核对李四" });
  await as(reviewer).approve(await as(clerk).submit(back));
  const { rows } = await actors.owner.query<{ action: string; actor_id: string; body: string }>(
    "SELECT action, actor_id, body FROM audit_entries WHERE subject_id = $1 AND subject_type = 'disbursement' ORDER BY position",
    [draft.id],
  );
  expect(rows.map((r) => [r.action, r.actor_id])).toEqual([
    ["disbursement.create", clerk.userId],
    ["disbursement.submit", clerk.userId],
    ["disbursement.return", reviewer.userId],
    ["disbursement.submit", clerk.userId],
    ["disbursement.approve", reviewer.userId],
  ]);
  expect(rows[2]?.body).toContain('"reason":"amount-wrong"');
  expect(rows.map((r) => r.body).join()).not.toContain("李四");
});

test("what a reviewer entered, edited or submitted is neither listed nor counted for them", async () => {
  const county = await actors.clerk("632521");
  const both = await actors.clerk("632521");
  await actors.owner.query(
    `INSERT INTO memberships (user_id, organisation_id, role)
     SELECT $1, id, 'REVIEWER' FROM organisations WHERE code = '632521'`,
    [both.userId],
  );
  await actors.owner.query("UPDATE sessions SET revoked_at = NULL WHERE user_id = $1", [
    both.userId,
  ]);
  const entered = await as(both).create({ paidOn: "2026-08-03" });
  await as(county).submit(entered);
  const edited = await as(county).create({ paidOn: "2026-08-04" });
  await as(county).submit(await as(both).update(edited, { note: "补充" }));
  await as(both).submit(await as(county).create({ paidOn: "2026-08-05" }));
  const theirs = await as(county).submit(await as(county).create({ paidOn: "2026-08-06" }));

  const queue = await as(both).read((c) => listReviewQueue(c));
  expect(queue.items.map((item) => item.record.id)).toEqual([theirs.id]);
  expect(queue.total).toBe(1);
});

test("the queue shows each reader what they may approve, the risky first", async () => {
  const county = await actors.clerk("632222");
  const judge = await actors.reviewer("632200");
  const enter = (fields: Parameters<ReturnType<typeof as>["create"]>[0]) =>
    as(county)
      .create(fields)
      .then((draft) => as(county).submit(draft, ALL_ANSWERED));
  const clean = await enter({ paidOn: "2026-08-01" });
  const soft = await enter({
    paidOn: "2026-02-01",
    amountFen: "900000",
    shares: [{ fundSource: "county-union", amountFen: null }],
  });
  const big = await enter({ ...BIG, paidOn: "2026-08-02" });
  const queue = (person: TestPerson) => as(person).read((c) => listReviewQueue(c));
  const count = async (person: TestPerson) => (await queue(person)).total;

  const mine = await queue(judge);
  expect(mine.items.map((i) => [i.record.id, i.risk])).toEqual([
    [soft.id, 1],
    [clean.id, 3],
    [big.id, 3],
  ]);
  expect([mine.total, await count(judge)]).toEqual([3, 3]);
  await as(judge).approve(big);
  expect((await queue(judge)).items.map((i) => i.record.id)).toEqual([soft.id, clean.id]);
  const [first] = (await queue(province)).items;
  expect(first).toMatchObject({ level: "PROVINCE", record: { id: big.id, approvalsGiven: 1 } });

  const original = await as(judge).approve(clean);
  const { adjustments } = await as(county).adjust(original, {
    ...sampleOf(original),
    amountFen: "15390001",
    shares: [{ fundSource: "county-union", amountFen: null }],
  });
  await enterPair(county, adjustments[0]?.reversalId ?? "");
  const items = (await queue(judge)).items;
  expect(items).toHaveLength(2);
  expect(items.find((i) => i.correction?.reference === original.reference)).toMatchObject({
    record: { entryKind: "replacement" },
    correction: { amountFen: original.amountFen, reason: "amount-wrong" },
  });
  expect(await count(judge)).toBe(2);
  expect((await queue(county)).items).toEqual([]);
});

function sampleOf(record: { programme: string; paidOn: string | null }) {
  return { programme: record.programme, paidOn: record.paidOn, counts: { persons: 21 } };
}

async function enterPair(person: TestPerson, reversalId: string) {
  return as(person).submit(await as(person).get(reversalId));
}

describe("in a closed year", () => {
  const OLD = { paidOn: "2019-08-28" };
  const close = () =>
    actors.owner.query(
      "UPDATE years SET status = 'CLOSED', version = version + 1 WHERE year = 2019",
    );

  test("what never counted is voided, sent back or moved to an open year, and comes to count nowhere", async () => {
    await actors.owner.query("INSERT INTO years (year) VALUES (2019)");
    const [voided, moved] = [await as(clerk).create(OLD), await as(clerk).create(OLD)];
    const [waiting, taken, sent] = [
      await submitted(OLD),
      await submitted(OLD),
      await submitted(OLD),
    ];
    await close();

    expect((await as(clerk).get(voided.id)).actions).toEqual(["edit", "void"]);
    expect(await as(clerk).void(voided)).toMatchObject({ status: "voided" });
    await expect(as(clerk).submit(moved)).rejects.toEqual(refusedWith("YEAR_CLOSED"));
    const edited = await as(clerk).update(moved, { paidOn: "2026-08-28", fiscalYear: 2026 });
    expect(await as(clerk).submit(edited)).toMatchObject({ status: "submitted", fiscalYear: 2026 });

    expect((await as(clerk).get(waiting.id)).actions).toEqual(["withdraw", "void"]);
    expect(await as(clerk).void(waiting)).toMatchObject({ status: "voided" });
    const again = await as(clerk).withdraw(taken);
    expect(await as(clerk).update(again, { paidOn: "2026-08-27" })).toMatchObject({
      status: "draft",
      fiscalYear: 2026,
    });
    expect((await as(reviewer).get(sent.id)).actions).toEqual(["return"]);
    await expect(as(reviewer).approve(sent)).rejects.toEqual(refusedWith("YEAR_CLOSED"));
    const back = await as(reviewer).return(sent);
    expect(await as(clerk).void(await as(clerk).get(back.id))).toMatchObject({ status: "voided" });
  });
});
