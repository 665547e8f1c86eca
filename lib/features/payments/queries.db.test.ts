import { beforeAll, describe, expect, test } from "vitest";
import { GET as FILE } from "@/app/api/v1/disbursements/[id]/roster/batches/[no]/file/route";
import { putRoster } from "@/lib/features/rosters/commands";
import type { LineInput } from "@/lib/features/rosters/types";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { as } from "@/testing/records";
import { ACCOUNTS, approvedRoster, rosterLine } from "@/testing/rosters";
import { cancelBatch, makeBatch, postPayments, reissuePayments } from "./commands";
import { getPayments } from "./queries";
import type { PostPaymentsInput } from "./schema";

const actors = testActors(await testDatabase());
const { owner } = actors;
let clerk: TestPerson;
let reviewer: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
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
const faults = async () => {
  const { rows } = await owner.query(
    `SELECT guard.faults_of_claims_match_rosters() AS claims, guard.faults_of_seals_have_keys() AS keys,
       guard.faults_of_records_are_as_audited() AS chain, guard.faults_of_figures_match_records() AS figures,
       guard.faults_of_batches_add_up() AS batches, guard.faults_of_payments_follow() AS payments`,
  );
  return rows[0] as unknown;
};
const SOUND = { claims: "0", keys: "0", chain: "0", figures: "0", batches: "0", payments: "0" };
const refusedFields = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (failure: unknown) => failure,
  );
  expect(error).toMatchObject({ code: "LINES" });
  const { fieldErrors } = error as { fieldErrors: Record<string, { key: string }[]> };
  return Object.entries(fieldErrors).map(([path, [fault]]) => [path, fault?.key]);
};

describe("a payment file", () => {
  const make = (id: string, more: { format?: "csv" | "xlsx"; accept?: boolean } = {}) =>
    as(clerk).write((c) => makeBatch({ ...c, id, input: { format: "csv", ...more } }));
  const cancel = (id: string, no: number) =>
    as(clerk).write((c) => cancelBatch({ ...c, id, no, input: { reason: "账号有误" } }));
  const take = (id: string, no: number, person = clerk) =>
    call(FILE, person, { params: { id, no: String(no) } });

  test("is made once, taken as often as needed, the same each time, and each time told to the chain", async () => {
    const id = await approved([
      rosterLine(0, { payee: "马·老板", amountFen: "10", note: "患病" }),
      rosterLine(1, { amountFen: "20" }),
      rosterLine(2, { amountFen: "10005" }),
      rosterLine(3),
    ]);
    const made = await make(id);
    expect(made).toMatchObject({
      next: { lines: 0, withoutAccount: 1 },
      batches: [{ no: 1, format: "csv", lines: 3, amountFen: "10035", downloads: 0, answered: false }], // prettier-ignore
    });
    await expect(make(id)).rejects.toMatchObject({ code: "VALIDATION" });
    const { headers, body } = await take(id, 1);
    expect(body["text"]).toBe(
      [
        "序号,姓名,账号,金额,备注",
        `1,马·老板,6228480000000000018,0.10,630123-2026-${id.padStart(6, "0")}`,
        `2,才让卓玛,6217998500000000007,0.20,630123-2026-${id.padStart(6, "0")}`,
        `3,才让卓玛,0101234567890,100.05,630123-2026-${id.padStart(6, "0")}`,
        "合计,3 笔,,100.35,壹佰元叁角伍分",
        "",
      ].join("\r\n"),
    );
    expect(headers.get("cache-control")).toBe("no-store");
    expect(decodeURIComponent(headers.get("content-disposition") ?? "")).not.toMatch(/才让|马/);
    expect((await take(id, 1)).body["text"]).toBe(body["text"]);
    const { batches } = await as(clerk).read((c) => getPayments({ ...c, id }));
    expect(batches[0]).toMatchObject({ downloads: 2 });
    const { rows } = await owner.query<{ body: string }>("SELECT body FROM audit_entries WHERE action = 'export.create' AND actor_id = $1 ORDER BY position", [clerk.userId]); // prettier-ignore
    expect(rows.map((row) => JSON.parse(row.body) as object)).toEqual(
      [1, 2].map((nth) => ({
        ...{ kind: "payment-file", disbursement: id, batch: 1, lines: 3, nth },
        sha256: made.batches[0]?.sha256,
      })),
    );
    for (const person of [reviewer, await actors.province(), await actors.auditor()])
      expect((await take(id, 1, person)).status).toBe(403);
    await owner.query("UPDATE sessions SET proven_at = now() - interval '11 minutes' WHERE user_id = $1", [clerk.userId]); // prettier-ignore
    expect((await take(id, 1)).body.error?.code).toBe("STEP_UP");
    await owner.query("UPDATE sessions SET proven_at = now() WHERE user_id = $1", [clerk.userId]);
    expect(await faults()).toEqual(SOUND);
  });

  test("as a workbook it is the same bytes too, with accounts as text and amounts as numbers", async () => {
    const id = await approved([rosterLine(0), rosterLine(1)]);
    const { batches } = await make(id, { format: "xlsx" });
    const { getBatchFile, hashOf } = await import("./queries");
    const taken = await as(clerk).read((c) => getBatchFile({ ...c, params: { id, no: 1 } }));
    expect(hashOf(taken.body)).toBe(batches[0]?.sha256);
    const { readXlsx } = await import("hucre");
    const { sheets } = await readXlsx(taken.body);
    expect(sheets[0]?.rows.slice(1)).toEqual([
      [1, "才让卓玛", ACCOUNTS[0], 600, expect.stringContaining("630123-2026-")],
      [2, "才让卓玛", ACCOUNTS[1], 600, expect.stringContaining("630123-2026-")],
      ["合计", "2 笔", "", 1200, "壹仟贰佰元整"],
    ]);
  });

  test("a card whose check digit does not fit is asked about; a passbook is not", async () => {
    const id = await approved([rosterLine(0, { account: "6228480000000000019" }), rosterLine(2)]);
    expect(await refusedFields(make(id))).toEqual([["lines.0.account", "accountCheck"]]);
    expect((await make(id, { accept: true })).batches).toHaveLength(1);
  });

  test("the bank answers for the whole of it; what came back goes into the next, what was paid never", async () => {
    const id = await approved([rosterLine(0), rosterLine(1), rosterLine(3)]);
    await make(id);
    expect(await refusedFields(post(id, [paid(1)]))).toEqual([["batch", "paymentSum"]]);
    expect(await refusedFields(post(id, [paid(1)], { totalFen: "60000" }))).toEqual([["batch", "paymentSum"]]); // prettier-ignore
    // the line without an account was paid in cash, and is no part of the batch
    await post(id, [paid(3)]);
    await post(id, [paid(1), returned(2)], { batch: 1 });
    await expect(make(id)).rejects.toMatchObject({ code: "VALIDATION" });
    await reissue(id, [2]);
    expect(await make(id)).toMatchObject({
      batches: [
        { no: 2, lines: 1, amountFen: "60000" },
        { no: 1, answered: true },
      ],
    });
    await expect(cancel(id, 1)).rejects.toMatchObject({ code: "TRANSITION" });
    expect(await refusedFields(post(id, [paid(1)], { batch: 2 }))).toEqual([["rows.0.no", "paymentNo"]]); // prettier-ignore
    await post(id, [paid(2)], { batch: 2, on: "2026-09-21" });
    expect(await faults()).toEqual(SOUND);
  });

  test("is cancelled as a whole, with a reason, and then not taken any more", async () => {
    const id = await approved([rosterLine(0), rosterLine(1)]);
    await make(id);
    expect(await cancel(id, 1)).toMatchObject({
      next: { lines: 2 },
      batches: [{ no: 1, cancelReason: "账号有误" }],
    });
    expect((await take(id, 1)).status).toBe(409);
    await expect(cancel(id, 1)).rejects.toMatchObject({ code: "TRANSITION" });
    expect(await make(id)).toMatchObject({ batches: [{ no: 2, lines: 2 }, { no: 1 }] });
    expect(await faults()).toEqual(SOUND);
  });

  test("two that make one at once: one does", async () => {
    const id = await approved([rosterLine(0), rosterLine(1)]);
    const ends = await Promise.allSettled([make(id), make(id, { format: "xlsx" }), make(id)]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("a correction is not paid in a file where its original was", async () => {
    const id = await approved([rosterLine(0)]);
    await make(id);
    const fields = { programme: "golden-autumn", paidOn: "2026-08-28", amountFen: "60000", counts: { persons: 1 }, shares: [{ fundSource: "county-union", amountFen: "60000" }] }; // prettier-ignore
    const corrected = await as(clerk).adjust(await as(clerk).get(id), fields);
    const replacement = corrected.adjustments[0]?.replacementId ?? "";
    const { version } = await as(clerk).get(replacement);
    const listed = await as(clerk).write((c) => putRoster({ ...c, id: replacement, input: { version, lines: [rosterLine(0)] } })); // prettier-ignore
    await as(reviewer).approve(await as(clerk).submit(listed));
    await expect(make(replacement)).rejects.toMatchObject({
      fieldErrors: { batch: [{ key: "batchPaidBefore" }] },
    });
    await expect(make(id)).rejects.toMatchObject({ code: "TRANSITION" });
  });
});
