import { beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/v1/disbursements/[id]/adjust/route";
import { testActors, type TestPerson } from "@/testing/actors";
import { testDatabase } from "@/testing/database";
import { call } from "@/testing/http";
import { as } from "@/testing/records";
import { approvedRoster, draftedRoster, rosterLine } from "@/testing/rosters";
import { putRoster } from "./commands";
import { getRoster } from "./queries";

const actors = testActors(await testDatabase());
const { owner } = actors;
let clerk: TestPerson;
let reviewer: TestPerson;

beforeAll(async () => {
  clerk = await actors.clerk("630123");
  reviewer = await actors.reviewer("630123");
});

const REPLACEMENT = {
  programme: "golden-autumn",
  paidOn: "2026-08-28",
  amountFen: "120000",
  counts: { persons: 2 },
  shares: [{ fundSource: "county-union", amountFen: "120000" }],
};

async function adjust(id: string, replacement: object | null) {
  const { version } = await as(clerk).get(id);
  const answer = await call(POST, clerk, {
    method: "POST",
    params: { id },
    body: { version, reason: "amount-wrong", words: "重新核对", replacement },
  });
  expect(answer.status).toBe(200);
  const { adjustments } = answer.body as { adjustments: { replacementId: string | null }[] };
  return adjustments.at(-1)?.replacementId ?? null;
}
const sealsOf = async (id: string) => {
  const { rows } = await owner.query<{ id: string; identity: string; seals: string[] }>(
    `SELECT id::text AS id, identity_id::text AS identity, ARRAY[name::text, id_number::text, account::text, nonce::text, commitment::text] AS seals
     FROM roster_lines WHERE disbursement_id = $1 ORDER BY no`,
    [id],
  );
  return rows;
};

test("a replacement begins with the lines of its original, sealed for their new rows", async () => {
  const id = await approvedRoster({ clerk, reviewer }, [
    rosterLine(0, { payee: "马老板", phone: "13909712345", note: "现金" }),
    rosterLine(1, { households: 1 }),
  ]);
  const before = await as(clerk).read((c) => getRoster({ ...c, id }));
  const to = (await adjust(id, REPLACEMENT)) ?? "";
  const taken = await as(clerk).read((c) => getRoster({ ...c, id: to }));
  expect(taken).toMatchObject({ sight: "open", editable: true, sums: before.sums });
  expect(taken.lines?.[0]).toMatchObject({ payee: "马老板", phone: "13909712345", note: "现金" });
  const [was, is] = [await sealsOf(id), await sealsOf(to)];
  expect(is.map(({ identity }) => identity)).toEqual(was.map(({ identity }) => identity));
  const seals = [...was, ...is].flatMap((row) => [row.id, ...row.seals]);
  expect(new Set(seals).size).toBe(seals.length);
  // it goes on like any other: nobody claims anything twice, and the chain vouches for it
  await as(reviewer).approve(await as(clerk).submit(await as(clerk).get(to)));
  const { rows } = await owner.query(
    `SELECT guard.faults_of_claims_match_rosters() AS claims, guard.faults_of_records_are_as_audited() AS chain`,
  );
  expect(rows).toEqual([{ claims: "0", chain: "0" }]);
  // and once more, of the newest
  const again = (await adjust(to, REPLACEMENT)) ?? "";
  expect(await sealsOf(again)).toHaveLength(2);
});

test("where one line does not open, none is taken over; and none of what is only taken back", async () => {
  const id = await approvedRoster({ clerk, reviewer }, [rosterLine(0), rosterLine(1)]);
  await owner.query("ALTER TABLE roster_lines DISABLE TRIGGER USER");
  await owner.query("UPDATE roster_lines SET account = (SELECT account FROM roster_lines x WHERE x.disbursement_id = $1 AND x.no = 1) WHERE disbursement_id = $1 AND no = 2", [id]); // prettier-ignore
  await owner.query("ALTER TABLE roster_lines ENABLE TRIGGER USER");
  const to = (await adjust(id, REPLACEMENT)) ?? "";
  expect(await sealsOf(to)).toEqual([]);
  const other = await approvedRoster({ clerk, reviewer }, [rosterLine(0)]);
  expect(await adjust(other, null)).toBeNull();
});

test("a line that says what it said stays the row that it is; one that says anything else is another", async () => {
  const said = [
    rosterLine(0, { phone: "13909712345", note: "现金" }),
    rosterLine(1, { name: "马\u00B7阿里" }),
    rosterLine(2, { idNumber: null }),
  ];
  const { id, version } = await draftedRoster(clerk, said);
  let at = version;
  const save = async (lines: typeof said) => {
    at = (await as(clerk).write((c) => putRoster({ ...c, id, input: { version: at, lines } })))
      .version;
    return (await sealsOf(id)).map((row) => JSON.stringify(row));
  };
  const before = (await sealsOf(id)).map((row) => JSON.stringify(row));
  const printed = async () =>
    (await owner.query<{ digest: string }>("SELECT guard.roster_digest($1)::text AS digest", [id]))
      .rows[0]?.digest;
  const digest = await printed();
  // typed with another dot and other spaces it says the same
  const again = [{ ...said[0]!, phone: "139 0971 2345" }, { ...said[1]!, name: "马\u30FB阿里" }, said[2]!]; // prettier-ignore
  expect(await save(again)).toEqual(before);
  expect(await printed()).toBe(digest);
  expect(at).toBe(version + 1);

  const other: Partial<(typeof said)[number]>[] = [
    { name: "才让卓玛二" },
    { idNumber: null },
    { phone: null },
    { payee: "马老板" },
    { account: null },
    { note: "代领" },
    { amountFen: "60001" },
    { packs: 1 },
    { persons: 2 },
    { households: 1 },
  ];
  for (const one of other) {
    const was = await save(said);
    const is = await save([{ ...said[0]!, ...one }, said[1]!, said[2]!]);
    expect(is.slice(1), JSON.stringify(one)).toEqual(was.slice(1));
    expect(is[0], JSON.stringify(one)).not.toBe(was[0]);
    expect(await printed()).not.toBe(digest);
  }
  // in another order every line that moved is another one; a line less takes away the last
  const was = await save(said);
  const turned = await save([said[1]!, said[0]!, said[2]!]);
  expect([turned[0] === was[0], turned[1] === was[1], turned[2]]).toEqual([false, false, was[2]]);
  expect(await save([said[1]!, said[0]!])).toEqual(turned.slice(0, 2));
  expect(await save([])).toEqual([]);
});

test("a line that does not open is written anew as it was sent, and what follows goes on", async () => {
  const said = [rosterLine(0), rosterLine(1)];
  const { id, version } = await draftedRoster(clerk, said);
  const was = await sealsOf(id);
  await owner.query("ALTER TABLE roster_lines DISABLE TRIGGER USER");
  await owner.query("UPDATE roster_lines SET name = (SELECT name FROM roster_lines x WHERE x.disbursement_id = $1 AND x.no = 1) WHERE disbursement_id = $1 AND no = 2", [id]); // prettier-ignore
  await owner.query("ALTER TABLE roster_lines ENABLE TRIGGER USER");
  const input = { version, lines: said };
  const { lines } = await as(clerk).write((c) => putRoster({ ...c, id, input }));
  expect(lines?.map(({ name, unreadable }) => [name, unreadable])).toEqual(said.map(({ name }) => [name, false])); // prettier-ignore
  const is = await sealsOf(id);
  expect(is[0]).toEqual(was[0]);
  expect(is[1]?.id).not.toBe(was[1]?.id);
  await as(reviewer).approve(await as(clerk).submit(await as(clerk).get(id)));
  const { rows } = await owner.query(
    `SELECT guard.faults_of_claims_match_rosters() AS claims, guard.faults_of_records_are_as_audited() AS chain`,
  );
  expect(rows).toEqual([{ claims: "0", chain: "0" }]);
});
