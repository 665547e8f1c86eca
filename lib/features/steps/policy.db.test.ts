import { beforeAll, expect, test } from "vitest";
import { createAllotment, voidAllotment } from "@/lib/features/allotments/commands";
import { updateListItem } from "@/lib/features/catalogue/commands";
import { listReviewQueue } from "@/lib/features/review/queries";
import type { TestPerson } from "@/testing/actors";
import { testCounty } from "@/testing/county";
import { as, TEST_NOW } from "@/testing/records";

const { actors, clerk, reviewer, province } = await testCounty();
let colleague: TestPerson;
beforeAll(async () => {
  colleague = await actors.clerk("630123");
});

const receive = (fundSource: string, amountFen: string, fiscalYear = 2026) =>
  as(province).write((context) =>
    createAllotment({
      ...context,
      input: {
        organisation: "630123",
        fiscalYear,
        fundSource,
        amountFen,
        amountKind: "exact",
        receivedOn: null,
      },
    }),
  );

let day = 0;
/** Drafts that are alike in nothing but where their money comes from. */
function draftOf(fundSource: string, amountFen: string) {
  day += 1;
  return as(clerk).create({
    paidOn: `2026-0${8 + Math.floor(day / 28)}-${String(1 + (day % 28)).padStart(2, "0")}`,
    amountFen,
    shares: [{ fundSource, amountFen: null }],
  });
}

const spent = async (fundSource: string) => {
  const { rows } = await actors.owner.query<{ fen: string }>(
    `SELECT coalesce(sum(s.amount_fen), 0)::text AS fen FROM disbursement_shares s
     JOIN disbursements d ON d.id = s.disbursement_id JOIN fund_sources f ON f.id = s.fund_source_id
     WHERE f.code = $1 AND d.status IN ('SUBMITTED', 'APPROVED')`,
    [fundSource],
  );
  return rows[0]?.fen;
};

const refusals = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.flatMap((r) => (r.status === "rejected" ? [(r.reason as { code: string }).code] : []));

test("however many submit at once, no more than was received is taken from an earmarked source", async () => {
  await receive("central-treasury", "100000");
  const drafts = [];
  for (let n = 0; n < 8; n += 1) drafts.push(await draftOf("central-treasury", "30000"));
  const results = await Promise.allSettled(drafts.map((draft) => as(clerk).submit(draft)));
  expect(refusals(results)).toEqual(["FINDINGS", "FINDINGS", "FINDINGS", "FINDINGS", "FINDINGS"]);
  expect(await spent("central-treasury")).toBe("90000");
  const refused = results.find((r) => r.status === "rejected");
  expect(refused?.reason).toMatchObject({
    fieldErrors: {
      shares: [
        { key: "finding.over-received", values: { overFen: "20000" } },
        { key: "leftOfSource", values: { leftFen: "10000" } },
      ],
    },
  });
});

test("approvals at once stay within what is received by then, and each that stops says why", async () => {
  // nothing is recorded yet, so all may be submitted
  const sent = [];
  for (let n = 0; n < 4; n += 1)
    sent.push(await as(clerk).submit(await draftOf("provincial-treasury", "30000")));
  await receive("provincial-treasury", "100000");
  const over = await Promise.allSettled(sent.map((one) => as(reviewer).approve(one)));
  expect(refusals(over)).toEqual(["FINDINGS", "FINDINGS", "FINDINGS", "FINDINGS"]);
  await as(reviewer).return(sent[0]!);
  const [, ...rest] = await Promise.allSettled(sent.map((one) => as(reviewer).approve(one)));
  expect(refusals(rest)).toEqual([]);
  expect(await spent("provincial-treasury")).toBe("90000");
});

test("what follows more than was received is a rule of the source, from a year on", async () => {
  const admin = as(await actors.admin());
  const rule = (code: string, version: number, fromYear: number, limit: "stop" | "warn" | "none") =>
    admin.write((context) =>
      updateListItem({
        ...context,
        params: { list: "fund-sources", code },
        body: { version, limit: { fromYear, limit } },
      }),
    );
  await receive("provincial-union", "10000");
  const over = () => draftOf("provincial-union", "20000");
  const found = async () =>
    (await over()).findings.find((one) => one.rule === "over-received")?.level;
  expect(await found(), "no rule, and not earmarked").toBeUndefined();
  const stopped = await rule("provincial-union", 1, 2025, "stop");
  expect(stopped.limits).toEqual([{ fromYear: 2025, limit: "stop" }]);
  expect(await found()).toBe("hard");
  await expect(as(clerk).submit(await over())).rejects.toMatchObject({ code: "FINDINGS" });
  await rule("provincial-union", 2, 2026, "warn");
  expect(await found()).toBe("soft");
  await expect(as(clerk).submit(await over(), [])).rejects.toMatchObject({ code: "FINDINGS" });
  await as(reviewer).approve(await as(clerk).submit(await over()));
  await rule("provincial-union", 3, 2026, "none");
  expect(await found()).toBeUndefined();
  await expect(rule("provincial-union", 1, 2026, "stop")).rejects.toMatchObject({ code: "STALE" });
  const { rows } = await actors.owner.query(
    `SELECT body::json ->> 'limit' AS limit FROM audit_entries WHERE action = 'fund-source.update' ORDER BY position`,
  );
  expect(rows.map(({ limit }) => limit)).toEqual(["stop", "warn", "none"]);
});

test("money that was voided after a submission stops its approval", async () => {
  await receive("acftu", "20000");
  const extra = await receive("acftu", "30000");
  const sent = await as(clerk).submit(await draftOf("acftu", "40000"));
  await as(province).write((context) =>
    voidAllotment({ ...context, id: extra.id, input: { version: extra.version, reason: "重复" } }),
  );
  await expect(as(reviewer).approve(sent)).rejects.toMatchObject({
    code: "FINDINGS",
    fieldErrors: {
      shares: [
        {
          key: "finding.over-received",
          values: {
            fundSource: { nameZh: "全国总工会", nameEn: "All-China Federation of Trade Unions" },
            receivedFen: "20000",
            spentFen: "40000",
            overFen: "20000",
          },
        },
        { key: "leftOfSource", values: { leftFen: "20000" } },
      ],
    },
  });
});

test("a hard finding that stands at the moment of approval stops it, though none stood at submission", async () => {
  const sent = await as(clerk).submit(await draftOf("county-union", "10000"));
  const before = new Date("2026-01-01T00:00:00Z");
  await expect(as(reviewer, before).approve(sent)).rejects.toMatchObject({
    code: "FINDINGS",
    fieldErrors: { paidOn: [{ key: "finding.future-date" }] },
  });
  expect(await as(reviewer, TEST_NOW).approve(sent)).toMatchObject({ status: "approved" });
});

test("whoever wrote into a record does not approve it, whoever wrote and submitted after", async () => {
  const both = await actors.clerk("630123");
  await actors.owner.query(
    `INSERT INTO memberships (user_id, organisation_id, role)
     SELECT $1, id, 'REVIEWER' FROM organisations WHERE code = '630123'`,
    [both.userId],
  );
  await actors.owner.query("UPDATE sessions SET revoked_at = NULL WHERE user_id = $1", [
    both.userId,
  ]);
  const draft = await draftOf("county-union", "10000");
  const priced = await as(both).update(draft, {
    amountFen: "9990000",
    shares: [{ fundSource: "county-union", amountFen: null }],
  });
  const noted = await as(colleague).update(priced, { note: "改过备注" });
  const sent = await as(clerk).submit(noted);
  await expect(as(both).approve(sent)).rejects.toMatchObject({ code: "OWN_ENTRY" });
  const again = await as(clerk).submit(await as(reviewer).return(sent));
  await expect(as(both).approve(again)).rejects.toMatchObject({ code: "OWN_ENTRY" });
  expect((await as(both).get(sent.id)).actions).toEqual(["withdraw", "return", "void"]);
  const shown = await as(both).read((context) => listReviewQueue(context));
  expect(shown.items.map(({ record }) => record.id)).not.toContain(sent.id);
  expect(shown.total).toBe(shown.items.length);
});
