import { beforeAll, describe, expect, test } from "vitest";
import { createAllotment } from "@/lib/features/allotments/commands";
import type { StandingDisbursement } from "@/lib/features/disbursements/types";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { ALL_ANSWERED, as } from "@/testing/records";
import {
  approveDisbursements,
  returnDisbursements,
  submitDisbursements,
  voidDisbursements,
} from "./commands";

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let reviewer: TestPerson;
let province: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
  province = await actors.province();
});

const refusedWith = (code: string, fields: Record<string, unknown>) =>
  expect.objectContaining({ code, fieldErrors: expect.objectContaining(fields) });
const submitted = async () => as(clerk).submit(await as(clerk).create());
const BIG = { amountFen: "50000000", shares: [{ fundSource: "county-union", amountFen: null }] };

describe("the answer to a step", () => {
  /** Nothing is read again for it, so it must say what a reading would. */
  const asRead = async <T extends StandingDisbursement>(
    person: TestPerson,
    answered: Promise<T>,
  ): Promise<T> => {
    const answer = await answered;
    const { findings, rounds, ...standing } = await as(person).get(answer.id);
    expect(rounds).toHaveLength(standing.steps.filter((s) => s.action === "submit").length);
    // What is found is part of the answer where the step asks for it, and is looked for there alone.
    expect("findings" in answer ? { ...standing, findings } : standing).toEqual(answer);
    return answer;
  };

  test("is what is read afterwards, through a whole life", async () => {
    const draft = await asRead(
      clerk,
      as(clerk).create({ ...BIG, paidOn: "2026-08-21", note: "一" }),
    );
    const rated = {
      rate: { unitFen: "5000", count: 100, times: 100, note: "据实" },
      counts: { persons: 3 },
    };
    const edited = await asRead(clerk, as(clerk).update(draft, { ...rated, periodFrom: "2026-08-01", periodTo: "2026-08-31", shares: [{ fundSource: "donation", amountFen: "1" }, { fundSource: "county-union", amountFen: "49999999" }] })); // prettier-ignore
    const sent = await asRead(clerk, as(clerk).submit(edited));
    const back = await asRead(reviewer, as(reviewer).return(sent));
    const again = await asRead(clerk, as(clerk).submit(back));
    const approvedOnce = await asRead(reviewer, as(reviewer).approve(again));
    const approvedTwice = await asRead(province, as(province).approve(approvedOnce));
    const replacement = { programme: "golden-autumn", paidOn: "2026-08-21", amountFen: "100", shares: [{ fundSource: "donation", amountFen: null }] }; // prettier-ignore
    const corrected = await asRead(clerk, as(clerk).adjust(approvedTwice, replacement));
    const reversal = await as(clerk).get(corrected.adjustments[0]?.reversalId ?? "");
    const pair = await asRead(clerk, as(clerk).submit(reversal));
    const returned = await asRead(reviewer, as(reviewer).return(pair));
    await asRead(clerk, as(clerk).void(returned));
  });
});

describe("many at once", () => {
  test("take their step together, each with its step and entry", async () => {
    const drafts = [];
    for (let n = 1; n <= 12; n++) drafts.push(await as(clerk).create({ amountFen: String(n), shares: [{ fundSource: "county-union", amountFen: null }] })); // prettier-ignore
    const items = drafts.map(({ id }) => ({ id, input: { version: 1, answers: ALL_ANSWERED } }));
    const sent = await as(clerk).write((c) => submitDisbursements({ ...c, items }));
    expect(sent.map((d) => [d.id, d.status])).toEqual(drafts.map((d) => [d.id, "submitted"]));
    const approvals = sent.map(({ id, version }) => ({ id, input: { version } }));
    const passed = await as(reviewer).write((c) =>
      approveDisbursements({ ...c, items: approvals }),
    );
    expect(passed.map((d) => d.status)).toEqual(drafts.map(() => "approved"));
    const { rows } = await actors.owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_entries WHERE action IN ('disbursement.submit', 'disbursement.approve')
         AND subject_id = ANY ($1)`,
      [drafts.map((d) => d.id)],
    );
    expect(rows[0]?.n).toBe(24);
    expect((await actors.owner.query("SELECT guard.figure_differences()")).rows).toEqual([]);
  });

  test("or not at all: one that is refused is named", async () => {
    const [good, stale] = [await submitted(), await submitted()];
    const back = { reason: "other" as const, words: "请核" };
    const items = [
      { id: good.id, input: { version: good.version, ...back } },
      { id: stale.id, input: { version: 1, ...back } },
    ];
    const attempt = as(reviewer).write((c) => returnDisbursements({ ...c, items }));
    await expect(attempt).rejects.toEqual(
      refusedWith("STALE", { "items.1": [{ key: "code.STALE" }] }),
    );
    const hard = await as(clerk).create({ shares: [] });
    const submissions = [hard, await as(clerk).create()].map(({ id }) => ({ id, input: { version: 1, answers: ALL_ANSWERED } })); // prettier-ignore
    await expect(
      as(clerk).write((c) => submitDisbursements({ ...c, items: submissions })),
    ).rejects.toEqual(refusedWith("FINDINGS", { "items.0.shares": expect.anything() }));
    const voids = [good, good].map(({ id, version }) => ({ id, input: { version, reason: "other" as const, words: "重" } })); // prettier-ignore
    await expect(as(clerk).write((c) => voidDisbursements({ ...c, items: voids }))).rejects.toEqual(
      refusedWith("STALE", { "items.1": expect.anything() }),
    );
    expect((await as(reviewer).get(good.id)).status).toBe("submitted");
  });

  test("are judged together: what each may spend alone, all of them may not", async () => {
    const received = { organisation: "632222", fiscalYear: 2026, fundSource: "central-treasury", amountFen: "1000", amountKind: "exact" as const, receivedOn: "2026-01-05" }; // prettier-ignore
    await as(province).write((c) => createAllotment({ ...c, input: received }));
    const local = await actors.clerk("632222");
    const from = (amountFen: string) => as(local).create({ amountFen, shares: [{ fundSource: "central-treasury", amountFen: null }] }); // prettier-ignore
    const [one, two] = [await from("600"), await from("500")];
    const submission = ({ id }: { id: string }) => ({ id, input: { version: 1, answers: ALL_ANSWERED } }); // prettier-ignore
    await expect(
      as(local).write((c) =>
        submitDisbursements({ ...c, items: [submission(one), submission(two)] }),
      ),
    ).rejects.toEqual(refusedWith("FINDINGS", { "items.0.shares": expect.anything() }));
    expect((await as(local).submit(one)).status).toBe("submitted");
    await expect(as(local).submit(two)).rejects.toEqual(refusedWith("FINDINGS", { shares: expect.anything() })); // prettier-ignore
  });
});
