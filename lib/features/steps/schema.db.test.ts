import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { ALL_ANSWERED, as, TEST_NOW } from "@/testing/records";

const WHOLE = [{ fundSource: "county-union", amountFen: null }];

const actors = testActors(await testDatabase());
let clerk: TestPerson;
let reviewer: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630100");
});

test("an answer covers only the values it was given for", async () => {
  const draft = await as(clerk).create({ paidOn: "2026-03-05" });
  const back = await as(reviewer).return(await as(clerk).submit(draft, ALL_ANSWERED));
  const moved = await as(clerk).update(back, { paidOn: "2026-04-05" });
  expect(moved.findings).toMatchObject([
    { rule: "outside-season", values: { month: 4 }, answer: { covers: false } },
  ]);
  await expect(as(clerk).submit(moved, [])).rejects.toMatchObject({
    code: "FINDINGS",
    fieldErrors: { paidOn: [{}, { key: "answerNeeded", values: { rule: "outside-season" } }] },
  });
  const again = await as(clerk).submit(moved, ALL_ANSWERED);
  expect(again.findings).toMatchObject([{ values: { month: 4 }, answer: { covers: true } }]);
});

const OTHER = {
  amountFen: "14700000",
  shares: [{ fundSource: "county-union", amountFen: null }],
};

test("each submission keeps what was found, answered and changed, whatever is found later", async () => {
  const draft = await as(clerk).create({ paidOn: "2026-03-06", note: "春季", ...OTHER });
  const back = await as(reviewer).return(await as(clerk).submit(draft, ALL_ANSWERED));
  const moved = await as(clerk).update(back, {
    paidOn: "2026-08-06",
    counts: { households: 22 },
  });
  const sent = await as(clerk).submit(moved, [], "已按签领表更正");
  expect(sent.steps.at(-1)).toMatchObject({ action: "submit", words: "已按签领表更正" });
  const copy = await as(clerk).create({ paidOn: "2026-08-06", ...OTHER });
  expect(copy.findings).toMatchObject([{ rule: "possible-duplicate" }]);
  const whole = await as(reviewer).get(sent.id);
  // today it is like another
  expect(whole.findings).toMatchObject([{ rule: "possible-duplicate", answer: null }]);
  expect(whole.rounds).toMatchObject([
    {
      round: 1,
      actor: { id: clerk.userId },
      at: TEST_NOW.toISOString(),
      changes: null,
      reply: null,
      findings: [
        {
          rule: "outside-season",
          values: { month: 3 },
          answer: { code: "checked-correct", words: null, covers: true },
        },
      ],
    },
    { round: 2, actor: { id: clerk.userId }, reply: "已按签领表更正", findings: [] },
  ]);
  expect(whole.rounds[1]?.changes).toEqual({
    before: { paidOn: "2026-03-06", counts: { households: 21 } },
    after: { paidOn: "2026-08-06", counts: { households: 22 } },
  });
  await as(reviewer).approve(sent);
  expect((await as(reviewer).get(sent.id)).rounds).toEqual(whole.rounds);
});

test("a clerk is not told the notices of a submission either", async () => {
  const round = { paidOn: "2026-09-30", amountFen: "20000000", counts: { households: 27 }, shares: [{ fundSource: "county-union", amountFen: null }] }; // prettier-ignore
  const sent = await as(clerk).submit(await as(clerk).create(round), ALL_ANSWERED);
  const kept = async (who: TestPerson) =>
    (await as(who).get(sent.id)).rounds[0]?.findings.map((f) => f.level);
  expect(await kept(reviewer)).toContain("notice");
  expect(await kept(clerk)).not.toContain("notice");
});

test("a submission is taken back until a reviewer has opened it, and not after", async () => {
  const sent = await as(clerk).submit(await as(clerk).create({ amountFen: "1100", shares: WHOLE }));
  expect(sent.actions).toEqual(["withdraw", "void"]);
  const back = await as(clerk).withdraw(sent);
  expect(back).toMatchObject({ status: "draft", version: sent.version + 1 });
  expect(back.steps.map((step) => step.action)).toEqual(["submit", "withdraw"]);
  const again = await as(clerk).submit(back, []);
  // a look of one who only reads is no opening
  expect((await as(await actors.auditor()).open(again)).steps.at(-1)?.action).toBe("submit");
  expect((await as(clerk).open(again)).steps.at(-1)?.action).toBe("submit");
  const opened = await as(reviewer).open(again);
  expect(opened.steps.at(-1)).toMatchObject({
    action: "open",
    actor: { id: reviewer.userId },
    round: 2,
  });
  expect(opened.version).toBe(again.version);
  expect((await as(reviewer).open(again)).steps).toHaveLength(opened.steps.length);
  await expect(as(clerk).withdraw(again)).rejects.toMatchObject({ code: "OPENED" });
  expect((await as(clerk).get(again.id)).actions).toEqual(["void"]);
  const returned = await as(reviewer).return(again);
  const third = await as(clerk).submit(returned, []);
  expect((await as(clerk).withdraw(third)).status).toBe("draft");
  const chain = await actors.owner.query(
    "SELECT action FROM audit_entries WHERE subject_type = 'disbursement' AND subject_id = $1 ORDER BY position",
    [sent.id],
  );
  expect(chain.rows.map((row) => String(row.action).split(".")[1])).toEqual([
    "create",
    "submit",
    "withdraw",
    "submit",
    "open",
    "return",
    "submit",
    "withdraw",
  ]);
});

test("opened and withdrawn at once, one of the two comes first", async () => {
  for (let n = 0; n < 6; n += 1) {
    const sent = await as(clerk).submit(
      await as(clerk).create({ amountFen: `${2000 + n}`, shares: WHOLE }),
    );
    const [opened, withdrawn] = await Promise.allSettled([
      as(reviewer).open(sent),
      as(clerk).withdraw(sent),
    ]);
    const { status, steps } = await as(clerk).get(sent.id);
    const looked = steps.some((step) => step.action === "open");
    expect(looked).toBe(status === "submitted");
    expect([opened.status, withdrawn.status].sort()).toEqual(["fulfilled", "rejected"]);
  }
});

test("a correction is taken back whole", async () => {
  const approved = await as(reviewer).approve(
    await as(clerk).submit(await as(clerk).create({ amountFen: "3000", shares: WHOLE })),
  );
  const { adjustments } = await as(clerk).adjust(approved, {
    programme: "golden-autumn",
    paidOn: "2026-08-28",
    amountFen: "2900",
    counts: { households: 1 },
    shares: WHOLE,
  });
  const id = adjustments[0]?.replacementId ?? "";
  const sent = await as(clerk).submit(await as(clerk).get(id));
  expect((await as(clerk).withdraw(sent)).status).toBe("draft");
  const reversal = await as(clerk).get(adjustments[0]?.reversalId ?? "");
  expect(reversal.status).toBe("draft");
  const again = await as(clerk).submit(await as(clerk).get(id));
  await as(reviewer).open(again);
  await expect(as(clerk).withdraw(await as(clerk).get(reversal.id))).rejects.toMatchObject({
    code: "OPENED",
  });
});
