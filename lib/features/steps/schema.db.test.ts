import { beforeAll, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { ALL_ANSWERED, as, TEST_NOW } from "@/testing/records";

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
      findings: [
        {
          rule: "outside-season",
          values: { month: 3 },
          answer: { code: "checked-correct", words: null, covers: true },
        },
      ],
    },
    { round: 2, actor: { id: clerk.userId }, findings: [] },
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
