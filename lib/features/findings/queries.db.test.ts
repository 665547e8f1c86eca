import { beforeAll, describe, expect, test } from "vitest";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { approvedRecord, as } from "@/testing/records";

const actors = testActors(await testDatabase());
let clerk: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
});

const rules = async (id: string) => (await as(clerk).get(id)).findings.map((f) => f.rule);

describe("a possible duplicate", () => {
  test.each([
    ["2026-08-21", true],
    ["2026-09-04", true],
    ["2026-08-20", false],
    ["2026-09-05", false],
  ])("of 28 August is looked for seven days around: %s → %s", async (paidOn, found) => {
    const amountFen = `${Number(paidOn.replaceAll("-", "")) * 100}`;
    const money = { amountFen, shares: [{ fundSource: "county-union", amountFen }] };
    await as(clerk).create({ ...money, paidOn });
    const record = await as(clerk).create({ ...money, paidOn: "2026-08-28" });
    expect((await rules(record.id)).includes("possible-duplicate")).toBe(found);
  });
});

describe("what others pay per head", () => {
  const PEERS = ["630102", "630103", "630104", "630105", "630121"] as const;
  /** 100 yuan a household everywhere else. */
  const usual = {
    amountFen: "1000000",
    counts: { households: 100, persons: 100 },
    shares: [{ fundSource: "county-union", amountFen: "1000000" }],
  };

  async function paysIn(organisation: string, reviewer: TestPerson) {
    await approvedRecord(await actors.clerk(organisation), reviewer, usual);
  }

  test("is said with five others, and not with four: a median of few tells on each of them", async () => {
    const reviewer = await actors.reviewer("630100");
    const odd = await as(clerk).create({
      amountFen: "90000000",
      counts: { households: 100, persons: 100 },
      shares: [{ fundSource: "county-union", amountFen: "90000000" }],
    });
    const [fifth = "", ...four] = PEERS;
    for (const organisation of four) await paysIn(organisation, reviewer);
    expect(await rules(odd.id)).not.toContain("per-head-unusual");
    await paysIn(fifth, reviewer);
    expect(await rules(odd.id)).toContain("per-head-unusual");
  });
});
