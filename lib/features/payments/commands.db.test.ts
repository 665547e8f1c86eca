import { beforeAll, describe, expect, test } from "vitest";
import { POST } from "@/app/api/v1/disbursements/[id]/roster/payments/route";
import { POST as REISSUE } from "@/app/api/v1/disbursements/[id]/roster/reissue/route";
import { getRoster } from "@/lib/features/rosters/queries";
import type { LineInput } from "@/lib/features/rosters/types";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { as } from "@/testing/records";
import {
  ACCOUNTS,
  approvedRoster,
  draftedRoster,
  freshNumber,
  rosterLine,
} from "@/testing/rosters";
import { postPayments, reissuePayments } from "./commands";
import { getPayments } from "./queries";
import type { PostPaymentsInput } from "./schema";

const actors = testActors(await testDatabase());
const { owner } = actors;
let clerk: TestPerson;
let reviewer: TestPerson;
let elsewhere: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
  elsewhere = await actors.clerk("632222");
});

const approved = (lines: LineInput[]) => approvedRoster({ clerk, reviewer }, lines);

const paid = (no: number) => ({ no, result: "paid" as const });
const returned = (no: number, words = "户名不符：才让") => ({
  no,
  result: "returned" as const,
  words,
});
const post = (id: string, rows: PostPaymentsInput["rows"], more: Partial<PostPaymentsInput> = {}) =>
  as(clerk).write((c) => postPayments({ ...c, id, input: { on: "2026-09-10", rows, ...more } }));
const reissue = (id: string, lines: number[], on = "2026-09-20") =>
  as(clerk).write((c) => reissuePayments({ ...c, id, input: { on, lines } }));
const claims = async (id: string) => {
  const { rows } = await owner.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM aid_claims WHERE case_id = guard.case_of($1)",
    [id],
  );
  return rows[0]?.n;
};
const faults = async () => {
  const { rows } = await owner.query(
    `SELECT guard.faults_of_claims_match_rosters() AS claims, guard.faults_of_seals_have_keys() AS keys,
       guard.faults_of_records_are_as_audited() AS chain, guard.faults_of_figures_match_records() AS figures,
       guard.faults_of_batches_add_up() AS batches, guard.faults_of_payments_follow() AS payments`,
  );
  return rows[0] as unknown;
};
const SOUND = { claims: "0", keys: "0", chain: "0", figures: "0", batches: "0", payments: "0" };
const sum = (lines: number, amountFen = String(lines * 60_000)) => ({ lines, amountFen });
const refusedFields = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (failure: unknown) => failure,
  );
  expect(error).toMatchObject({ code: "LINES" });
  const { fieldErrors } = error as { fieldErrors: Record<string, { key: string }[]> };
  return Object.entries(fieldErrors).map(([path, [fault]]) => [path, fault?.key]);
};

describe("a bank's return", () => {
  test("is posted by number, else by account and amount; sums by state come to the roster", async () => {
    const id = await approved([rosterLine(0), rosterLine(1), rosterLine(2), rosterLine(3)]);
    const before = await as(clerk).read((c) => getRoster({ ...c, id }));
    expect(before.payments).toEqual({ pending: sum(4), paid: sum(0), returned: sum(0), reissued: sum(0) }); // prettier-ignore
    const answer = await post(id, [
      paid(4),
      { account: "6228 4800 0000 0000 018", amountFen: "60000", result: "paid" },
      { account: ACCOUNTS[1], amountFen: "60000", result: "returned", words: "账号已销户" },
      paid(3),
    ]);
    expect(answer).toMatchObject({ posted: 4, already: 0, postedFen: "240000" });
    expect(answer.payments.sums).toEqual({ pending: sum(0), paid: sum(3), returned: sum(1), reissued: sum(0) }); // prettier-ignore
    const { lines, payments } = await as(reviewer).read((c) => getRoster({ ...c, id }));
    expect(payments).toEqual(answer.payments.sums);
    expect(lines?.map(({ payment }) => payment)).toEqual([
      { state: "paid", on: "2026-09-10", reason: null },
      { state: "returned", on: "2026-09-10", reason: "closed" },
      { state: "paid", on: "2026-09-10", reason: null },
      { state: "paid", on: "2026-09-10", reason: null },
    ]);
    // the province sees sums and no line
    const province = await actors.province();
    const theirs = await as(province).read((c) => getRoster({ ...c, id }));
    expect(theirs).toMatchObject({ lines: null, payments });
    const { rows } = await owner.query("SELECT action, body FROM audit_entries WHERE subject_id = $1 ORDER BY position DESC LIMIT 1", [id]); // prettier-ignore
    expect(rows).toEqual([
      {
        action: "disbursement.payments",
        body: '{"bounced":{"amountFen":"60000","lines":1},"on":"2026-09-10","paid":{"amountFen":"180000","lines":3}}',
      },
    ]);
    expect(await faults()).toEqual(SOUND);
  });

  test("the same again posts nothing, and the words stay sealed", async () => {
    const id = await approved([rosterLine(0), rosterLine(1)]);
    const rows = [paid(1), returned(2)];
    expect(await post(id, rows)).toMatchObject({ posted: 2, already: 0 });
    expect(await post(id, rows)).toMatchObject({ posted: 0, already: 2 });
    // said otherwise, it is still what was said before
    expect(await post(id, [paid(1)])).toMatchObject({ posted: 0, already: 1 });
    // a return of before 补发 does not undo it
    await reissue(id, [2]);
    expect(await post(id, rows)).toMatchObject({ posted: 0, already: 2 });
    const { rows: kept } = await owner.query("SELECT w::text AS text FROM payment_words w JOIN payment_results r USING (id) WHERE r.disbursement_id = $1", [id]); // prettier-ignore
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain("才让");
    const { rows: said } = await owner.query("SELECT count(*)::int AS n FROM payment_results WHERE disbursement_id = $1", [id]); // prettier-ignore
    expect(said).toEqual([{ n: 3 }]);
  });

  test("posts nothing where a row is unknown, fits two, says another amount, or the sum is another", async () => {
    const id = await approved([rosterLine(0), rosterLine(0), rosterLine(2), rosterLine(3)]);
    expect(
      await refusedFields(
        post(id, [
          { account: ACCOUNTS[0], amountFen: "60000", result: "paid" },
          { account: "9999999999", amountFen: "60000", result: "paid" },
          { account: ACCOUNTS[2], amountFen: "60001", result: "paid" },
          { no: 3, amountFen: "1", result: "paid" },
          { no: 3, account: ACCOUNTS[0], result: "paid" },
          { no: 77, result: "paid" },
          { account: ACCOUNTS[2], result: "paid" },
          paid(4),
          paid(4),
        ]),
      ),
    ).toEqual([
      ["rows.0.account", "paymentSeveral"],
      ["rows.1.account", "paymentUnknown"],
      ["rows.2.account", "paymentUnknown"],
      ["rows.3.amountFen", "paymentAmount"],
      ["rows.4.account", "paymentAccount"],
      ["rows.5.no", "paymentNo"],
      ["rows.6.no", "paymentWho"],
      ["rows.8.no", "paymentTwice"],
    ]);
    expect(await refusedFields(post(id, [paid(1), paid(2)]))).toEqual([["totalFen", "paymentSum"]]);
    expect(await refusedFields(post(id, [paid(1), paid(2)], { totalFen: "120001" }))).toEqual([
      ["totalFen", "paymentSum"],
    ]);
    expect((await as(clerk).read((c) => getPayments({ ...c, id }))).postings).toEqual([]);
    // a part of it, where the bank says what the part comes to
    expect(await post(id, [paid(1), paid(2)], { totalFen: "120000" })).toMatchObject({ posted: 2 });
    // the sentence names the lines and no account
    const answer = await call(POST, clerk, {
      method: "POST",
      params: { id },
      body: { on: "2026-09-10", rows: [{ account: ACCOUNTS[0], amountFen: "60000", result: "returned" }] }, // prettier-ignore
    });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.fieldErrors?.["rows.0.account"]).toEqual([
      "第 1 行：花名册第 1, 2 行都对得上，请写明序号",
    ]);
    expect(JSON.stringify(answer.body)).not.toContain(ACCOUNTS[0]);
  });

  test("is of approved records, of a day that has been, and posted by clerks of the place", async () => {
    const draft = await draftedRoster(clerk, [rosterLine(0)]);
    await expect(post(draft.id, [paid(1)])).rejects.toMatchObject({ code: "TRANSITION" });
    const id = await approved([rosterLine(0)]);
    await expect(post(id, [paid(1)], { on: "2026-11-21" })).rejects.toMatchObject({ code: "VALIDATION" }); // prettier-ignore
    for (const person of [reviewer, await actors.province(), await actors.auditor()])
      await expect(
        as(person).write((c) => postPayments({ ...c, id, input: { on: "2026-09-10", rows: [paid(1)] } })), // prettier-ignore
      ).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(
      as(elsewhere).write((c) => postPayments({ ...c, id, input: { on: "2026-09-10", rows: [paid(1)] } })), // prettier-ignore
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("two that post the same at once: it is said once", async () => {
    const id = await approved([rosterLine(0)]);
    for (let round = 0; round < 5; round += 1)
      await Promise.allSettled([
        post(id, [paid(1)]),
        post(id, [{ no: 1, amountFen: "60000", result: "paid" }]),
      ]);
    const { rows } = await owner.query("SELECT state FROM payment_results WHERE disbursement_id = $1", [id]); // prettier-ignore
    expect(rows).toEqual([{ state: "PAID" }]);
  });
});

describe("come back, and paid anew", () => {
  test("once; the claim goes with the money and is taken again, and no figure moves", async () => {
    const id = await approved([rosterLine(0), rosterLine(1)]);
    const before = await as(clerk).get(id);
    expect(await claims(id)).toBe(2);
    await post(id, [paid(1), returned(2)]);
    expect(await claims(id)).toBe(1);
    expect(await refusedFields(reissue(id, [1, 2]))).toEqual([["lines.0", "notReturned"]]);
    const answer = await reissue(id, [2]);
    expect(answer).toMatchObject({ posted: 1, postedFen: "60000" });
    expect(answer.payments.sums).toEqual({ pending: sum(0), paid: sum(1), returned: sum(0), reissued: sum(1) }); // prettier-ignore
    expect(await claims(id)).toBe(2);
    // the bank's word on it, and once more it comes back: that is the end of it
    await post(id, [returned(2)], { on: "2026-09-25" });
    expect(await claims(id)).toBe(1);
    expect(await refusedFields(reissue(id, [2], "2026-09-26"))).toEqual([["lines.0", "reissuedOnce"]]); // prettier-ignore
    expect(await refusedFields(post(id, [paid(2)], { on: "2026-09-27" }))).toEqual([["rows.0.result", "paymentCameBack"]]); // prettier-ignore
    expect(await refusedFields(post(id, [returned(1)], { on: "2026-09-01" }))).toEqual([["rows.0.result", "paymentBefore"]]); // prettier-ignore
    // what was paid may still come back
    await post(id, [returned(1)], { on: "2026-09-28" });
    expect(await claims(id)).toBe(0);
    const after = await as(clerk).get(id);
    expect({ ...after, findings: [] }).toEqual({ ...before, findings: [] });
    expect(await faults()).toEqual(SOUND);
  });

  test("not where the person was aided elsewhere meanwhile; the refusal is written down", async () => {
    const idNumber = freshNumber();
    const id = await approved([rosterLine(0, { idNumber })]);
    const theirs = await draftedRoster(elsewhere, [rosterLine(1, { idNumber })]);
    await expect(as(elsewhere).submit(theirs)).rejects.toMatchObject({ code: "FINDINGS" });
    await post(id, [returned(1)]);
    await as(elsewhere).submit(theirs);
    const answer = await call(REISSUE, clerk, {
      method: "POST",
      path: `/api/v1/disbursements/${id}/roster/reissue`,
      params: { id },
      body: { on: "2026-09-20", lines: [1] },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.error?.fieldErrors).toEqual({
      roster: ["有人在本项目本周期已在别处享受过。第 1 行，共 1 行"],
    });
    const { rows } = await owner.query("SELECT lines FROM claim_refusals WHERE disbursement_id = $1 AND user_id = $2", [id, clerk.userId]); // prettier-ignore
    expect(rows).toEqual([{ lines: 1 }]);
    expect(await faults()).toEqual(SOUND);
  });

  test("not under a record that a correction took back", async () => {
    const id = await approved([rosterLine(0)]);
    await post(id, [returned(1)]);
    const record = await as(clerk).get(id);
    const corrected = await as(clerk).adjust(record, null);
    const reversal = corrected.adjustments[0]?.reversalId ?? "";
    await as(clerk).submit(await as(clerk).get(reversal));
    await as(reviewer).approve(await as(clerk).get(reversal));
    await expect(reissue(id, [1])).rejects.toMatchObject({ code: "TRANSITION" });
  });
});
